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
