/** What every desk page does: come back after a change of language to the address shown now, and ? goes to the keys. */
import { isOut } from './html.js';

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const back = form.matches('.tongue') && form.querySelector('input[name=back]');
  if (back instanceof HTMLInputElement) back.value = location.pathname + location.search;
});

// A page that stood open for long asks first whether one is still signed in: sent to a closed door, what was typed would go.
const LONG_MS = 10 * 60_000;
let asked = Date.now();
document.addEventListener('submit', async (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== 'post' || form.matches('.tongue') || Date.now() - asked < LONG_MS) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = event.submitter;
  if (await isOut()) return;
  asked = Date.now();
  form.requestSubmit(button);
}, { capture: true });

document.addEventListener('keydown', (event) => {
  if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (/** @type {HTMLElement} */ (event.target).matches('input, select, textarea')) return;
  document.getElementById('keys')?.focus();
});
