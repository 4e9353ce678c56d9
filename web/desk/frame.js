/** What every desk page does: after a change of language, come back to the address that is shown now. */
document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const back = form.matches('.tongue') && form.querySelector('input[name=back]');
  if (back instanceof HTMLInputElement) back.value = location.pathname + location.search;
});
