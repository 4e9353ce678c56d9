/** The community's boards: J and K change the grid, arrows the building; the line above says which one is in focus. */
import { piece } from './html.js';
import { listen } from './live.js';

const REDRAW_MS = 4000;

const grids = () => /** @type {HTMLElement} */ (document.getElementById('grids'));
const readout = /** @type {HTMLElement} */ (document.getElementById('readout'));
const rows = () => [...grids().children].map((grid) => /** @type {HTMLElement[]} */ ([...grid.querySelectorAll('ol a')]));

/** @param {number} down @param {number} along */
function move(down, along) {
  const boards = rows().filter((row) => row.length);
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  const y = boards.findIndex((row) => row.includes(focused));
  const row = boards[y < 0 ? 0 : Math.min(boards.length - 1, Math.max(0, y + down))];
  if (!row) return;
  const x = y < 0 ? 0 : (boards[y]?.indexOf(focused) ?? 0) + along;
  const next = row[Math.min(row.length - 1, Math.max(0, x))];
  next?.focus({ preventScroll: true });
  next?.closest('#grids > li')?.scrollIntoView({ block: 'nearest' });
}

/** @type {Record<string, [number, number]>} */
const steps = { j: [1, 0], k: [-1, 0], arrowdown: [1, 0], arrowup: [-1, 0], arrowleft: [0, -1], arrowright: [0, 1] };

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const step = steps[event.key.toLowerCase()];
  const within = document.activeElement === document.body || grids().contains(document.activeElement);
  if (!step || !(within || event.key.length === 1)) return;
  event.preventDefault();
  move(...step);
});

/** @param {Event} event */
function point(event) {
  const board = /** @type {HTMLElement} */ (event.target).closest?.('#grids a');
  if (board instanceof HTMLElement) readout.textContent = readout.dataset.words?.replace('#', board.dataset.readout ?? '') ?? '';
}
document.addEventListener('focusin', point);
document.addEventListener('pointerover', point);

// A visit paints its door: the drawings follow, and whoever stands on one stays on it.
let waiting = 0;
let first = true;

async function redraw() {
  waiting = 0;
  const came = await piece('/desk/boards');
  const fresh = came?.getElementById('grids');
  if (!fresh) return;
  const here = document.activeElement?.getAttribute('href');
  const drawn = new Map([...grids().querySelectorAll('li')].map((grid) => [grid.querySelector('a')?.href, grid.innerHTML]));
  if ([...fresh.querySelectorAll('li')].every((grid) => drawn.get(grid.querySelector('a')?.href) === grid.innerHTML)) return;
  grids().replaceChildren(...fresh.children);
  if (here) /** @type {HTMLElement | null} */ (grids().querySelector(`a[href="${CSS.escape(here)}"]`))?.focus({ preventScroll: true });
  const [say, said] = [document.getElementById('say'), came?.getElementById('say')];
  if (say && said) say.textContent = said.textContent;
}

listen(() => {
  if (!first && !waiting) waiting = window.setTimeout(redraw, REDRAW_MS);
  first = false;
}, () => {});
