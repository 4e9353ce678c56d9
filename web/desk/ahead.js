/** From door to door by arrows, on whatever board they stand. */
/** @type {Record<string, [number, number]>} */
const ways = { arrowleft: [-1, 0], arrowright: [1, 0], arrowup: [0, -1], arrowdown: [0, 1] };

/** The way an arrow points; undefined for any other key. @param {string} key */
export const wayOf = (key) => ways[key.toLowerCase()];

const middle = (/** @type {HTMLElement} */ door) => {
  const box = door.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
};

/**
 * The nearest door that way: what lies straight ahead counts before what lies aside.
 * @param {HTMLElement} from @param {[number, number]} way @param {HTMLElement[]} doors
 */
export function ahead(from, [dx, dy], doors) {
  const here = middle(from);
  let best = null;
  let least = Infinity;
  for (const door of doors) {
    const { x, y } = middle(door);
    const along = (x - here.x) * dx + (y - here.y) * dy;
    const aside = Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx);
    if (door === from || along < 8) continue;
    const far = along + aside * 4;
    if (far < least) [best, least] = [door, far];
  }
  return best;
}
