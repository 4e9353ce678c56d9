// What changes by itself while one looks: the unsent count, receipts, unsent marks, the bar of what still arrives.
//
// The page is asked for once more from whoever drew it. Only in elements that say data-live (and in doors of the board) is
// something put, and only what differs: all else stays the very same, under a finger and half-written.
// data-live="still": in a list or above one. It keeps its height, so that nothing moves.

import { offerSharing } from './capsule.js';
import { cover, hasLocked } from './locking.js';
import { own } from './trust.js';

const CONTROLS = 'a, button, input, summary';

/** Draw the living parts of this page again. */
export async function refresh() {
  const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(own.createHTML(await answer.text()), 'text/html');
  if (fresh.querySelector('[data-trouble=gone]')) return location.replace('/field/');
  if (hasLocked(fresh)) return cover();
  for (const old of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-live], a[data-door]'))) {
    const { id, dataset } = old;
    const now = dataset.door ? fresh.querySelector(`[data-door="${dataset.door}"]`) : fresh.getElementById(id);
    if (now ? !now.isEqualNode(old) : dataset.live === 'still') put(old, now ?? /** @type {Element} */ (old.cloneNode()));
  }
  offerSharing();
}

/** @param {HTMLElement} old @param {Element} fresh */
function put(old, fresh) {
  const focused = [...old.querySelectorAll(CONTROLS)].indexOf(/** @type {Element} */ (document.activeElement));
  if (old.dataset.live === 'still') old.style.minHeight = `${old.offsetHeight}px`;
  for (const name of new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()])) {
    // Which doors are dim is said by whoever finds, here.
    if (!['style', 'data-dim'].includes(name)) setOrRemove(old, name, fresh.getAttribute(name));
  }
  const before = [...old.childNodes];
  const after = [...fresh.childNodes].map((node) => {
    const same = before.findIndex((each) => each.isEqualNode(node));
    return same < 0 ? node : before.splice(same, 1)[0];
  });
  for (const gone of before) gone.remove();
  after.forEach((node, i) => node !== old.childNodes[i] && old.insertBefore(node, old.childNodes[i] ?? null));
  const again = focused < 0 ? null : old.querySelectorAll(CONTROLS)[focused];
  if (again instanceof HTMLElement && again !== document.activeElement) again.focus({ preventScroll: true });
  window.htmx?.process(old);
}

/** @param {Element} element @param {string} name @param {string | null} value */
const setOrRemove = (element, name, value) => (value === null ? element.removeAttribute(name) : element.setAttribute(name, value));
