/** One building, large: arrows go from door to door, J and K to the next building and back. */
import { ahead, wayOf } from './ahead.js';

const doors = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.page .door')]);

/** @param {number} step */
function building(step) {
  const all = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll('.beside a')]);
  const next = all[all.findIndex((link) => link.hasAttribute('aria-current')) + step];
  if (next) location.replace(next.href);
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const key = event.key.toLowerCase();
  if (key === 'j') return building(1);
  if (key === 'k') return building(-1);
  const way = wayOf(key);
  if (!way) return;
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  const on = doors().includes(focused);
  if (!on && focused !== document.body) return;
  event.preventDefault();
  const next = on ? ahead(focused, way, doors()) : doors()[0];
  next?.focus();
});
