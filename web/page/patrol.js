// A patrol's note. What sort it is, tapped: the cursor stands in the words, and the keyboard is open to be spoken to.
// A place that was tapped on the door board counts more than what was kept of the form before.

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
  // As if it had been chosen on this page (drafts.js): from here on the form keeps it, and no address says it again.
  place.checked = true;
  place.defaultChecked = false;
  place.form?.scrollIntoView();
  if (navigator.serviceWorker?.controller) history.replaceState(null, '', `${location.pathname}?grid=${new FormData(place.form ?? undefined).get('grid')}`);
}
