/**
 * What gives somebody a way in waits for a passkey: a form with `data-fresh` is sent once it was shown. Whoever has just
 * shown theirs is not asked again.
 */
import { here, makePasskey, showPasskey, told } from '../page/passkey.js';

/** @type {WeakSet<HTMLFormElement>} */
const cleared = new WeakSet();

document.addEventListener('submit', async (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches('[data-fresh]') || cleared.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = /** @type {SubmitEvent} */ (event).submitter;
  const done = await told(form, async () => { await showPasskey('/desk/me/confirmation'); return true; });
  if (!done) return;
  if (form.dataset.make) {
    const label = /** @type {HTMLInputElement} */ (form.elements.namedItem('label')).value || here();
    const went = await told(form, () => makePasskey(form.dataset.make ?? '', label));
    if (went) location.assign(went.to);
    return;
  }
  cleared.add(form);
  form.requestSubmit(button);
}, { capture: true });
