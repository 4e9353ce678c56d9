/** One building, large: arrows go from door to door, J and K to the next building and back. */
const doors = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.page .door')]);
const middle = (/** @type {HTMLElement} */ door) => {
  const box = door.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
};

/** @type {Record<string, [number, number]>} */
const ways = { arrowleft: [-1, 0], arrowright: [1, 0], arrowup: [0, -1], arrowdown: [0, 1] };

/**
 * The nearest door that way: what lies straight ahead counts before what lies aside.
 * @param {HTMLElement} from @param {[number, number]} way
 */
function ahead(from, [dx, dy]) {
  const here = middle(from);
  let best = null;
  let least = Infinity;
  for (const door of doors()) {
    const { x, y } = middle(door);
    const along = (x - here.x) * dx + (y - here.y) * dy;
    const aside = Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx);
    if (door === from || along < 8) continue;
    const far = along + aside * 4;
    if (far < least) [best, least] = [door, far];
  }
  return best;
}

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
  const way = ways[key];
  if (!way) return;
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  const on = doors().includes(focused);
  if (!on && focused !== document.body) return;
  event.preventDefault();
  const next = on ? ahead(focused, way) : doors()[0];
  next?.focus();
});
