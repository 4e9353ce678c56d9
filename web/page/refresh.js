// What changes by itself while one looks: the unsent count, the bar of what still arrives, receipts in the outbox.
//
// The page is asked for once more from whoever drew it, and only the parts that differ are put in place.

import { offerSharing } from './capsule.js';
import { own } from './trust.js';

const PARTS = ['#outgoing', '#carried', '#arriving', '#tells', '#blobs-told', '.tabs'];
const OUTBOX = '/field/outbox';

/** Draw the living parts of this page again. */
export async function refresh() {
  const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(own.createHTML(await answer.text()), 'text/html');
  const parts = location.pathname === OUTBOX ? [...PARTS, '#main'] : PARTS;
  for (const part of parts) put(document.querySelector(part), fresh.querySelector(part));
}

/** @param {Element | null} old @param {Element | null} fresh */
function put(old, fresh) {
  if (old && !fresh) old.remove();
  if (!old || !fresh || old.isEqualNode(fresh)) return;
  const controls = 'a, button, input, summary';
  const focused = [...old.querySelectorAll(controls)].indexOf(/** @type {Element} */ (document.activeElement));
  old.replaceWith(document.adoptNode(fresh));
  const again = focused < 0 ? null : fresh.querySelectorAll(controls)[focused];
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  window.htmx?.process(fresh);
  offerSharing();
}
