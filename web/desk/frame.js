/** What every desk page does: come back after a change of language to the address shown now, and ? goes to the keys. */
document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const back = form.matches('.tongue') && form.querySelector('input[name=back]');
  if (back instanceof HTMLInputElement) back.value = location.pathname + location.search;
});

document.addEventListener('keydown', (event) => {
  if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (/** @type {HTMLElement} */ (event.target).matches('input, select, textarea')) return;
  document.getElementById('keys')?.focus();
});
