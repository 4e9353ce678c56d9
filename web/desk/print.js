// A sheet that is printed: the button says so where there is something to print with.

const button = /** @type {HTMLButtonElement | null} */ (document.querySelector('[data-print]'));
if (button) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
