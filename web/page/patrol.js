// What sort of note it is, tapped: the cursor stands in the words, and the keyboard is open to be spoken to.

for (const pick of document.querySelectorAll('[data-then]')) {
  let tapped = false;
  // Arrow keys choose too, and stay among the choices.
  pick.addEventListener('pointerdown', () => (tapped = true));
  pick.addEventListener('click', ({ target }) => {
    if (!tapped || !(target instanceof HTMLInputElement)) return;
    tapped = false;
    document.getElementById(/** @type {HTMLElement} */ (pick).dataset.then ?? '')?.focus();
  });
}

const place = document.querySelector('[data-tapped]');
if (place instanceof HTMLInputElement) {
  place.form?.scrollIntoView();
  // From here on the form keeps it (drafts.js): another choice is not undone by loading the page anew.
  if (navigator.serviceWorker?.controller) history.replaceState(null, '', `${location.pathname}?grid=${new FormData(place.form ?? undefined).get('grid')}`);
}
