/**
 * Doors picked for an order: arrows go from door to door, space ticks one; a floor, an entrance, a building or all that
 * is shown at once. What is looked for stays on this page; what is ticked stays ticked, shown or not.
 */
import { ahead, wayOf } from './ahead.js';

const all = (/** @type {string} */ query, /** @type {ParentNode} */ at = document) => /** @type {HTMLElement[]} */ ([...at.querySelectorAll(query)]);
const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const boxes = (/** @type {ParentNode} */ at = document) => /** @type {HTMLInputElement[]} */ (all('input[name=home]', at));
const shows = (/** @type {HTMLInputElement} */ box) => !box.closest('[data-dim]');
const find = /** @type {HTMLInputElement} */ (byId('find'));
const kinds = all('[data-kind]');

/** @param {HTMLElement} at @param {number} n */
const say = (at, n) => { at.textContent = n ? (at.dataset.words ?? '').replace('#', String(n)) : (at.dataset.none ?? ''); };

function count() {
  say(byId('picked'), boxes().filter((box) => box.checked).length);
  for (const block of all('details[data-group]')) {
    const some = block.querySelector('.some');
    if (some instanceof HTMLElement) say(some, boxes(block).filter((box) => box.checked).length);
  }
}

/** Ticked where some are not yet; taken off where all are. @param {HTMLInputElement[]} some */
function turn(some) {
  const on = some.some((box) => !box.checked);
  for (const box of some) box.checked = on;
  count();
}

/** What is asked for stands out and lies open, the rest is dim. 3-2 is an entrance, and no part of 3-3-201. */
function narrow() {
  const words = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const asked = kinds.filter((each) => each.ariaPressed === 'true').map(({ dataset }) => dataset.kind);
  const any = words.length + asked.length > 0;
  for (const door of all('.picking .door')) {
    const { is, find: said = '' } = door.dataset;
    const fits = (!asked.length || asked.includes(is)) && words.every((word) => ` ${said}`.includes(word.includes('-') ? ` ${word}` : word));
    door.toggleAttribute('data-dim', any && !fits);
  }
  if (any) {
    for (const block of /** @type {HTMLDetailsElement[]} */ (all('details[data-group]'))) block.open = boxes(block).some(shows);
  }
  const button = byId('all-shown');
  const n = boxes().filter(shows).length;
  button.hidden = !any || !n;
  say(button, n);
}

const pickShown = () => turn(boxes().filter(shows));

for (const element of all('[data-narrowing], [data-all]')) element.hidden = false;
for (const level of all('.level')) /** @type {HTMLButtonElement} */ (level).disabled = false;
find.addEventListener('input', narrow);
document.addEventListener('change', count);
document.addEventListener('click', (event) => {
  const at = /** @type {HTMLElement} */ (event.target).closest('button');
  if (!(at instanceof HTMLElement)) return;
  if (at.id === 'all-shown') pickShown();
  if (at.id === 'none') turn(boxes().filter((box) => box.checked));
  if ('all' in at.dataset) turn(boxes(at.closest('[data-group]') ?? document).filter(shows));
  if (!at.dataset.kind) return;
  at.ariaPressed = String(at.ariaPressed !== 'true');
  narrow();
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const at = /** @type {HTMLElement} */ (event.target);
  const way = wayOf(event.key);
  const seen = boxes().filter((box) => shows(box) && box.offsetParent);
  if (way && at.matches('input[name=home]')) {
    event.preventDefault();
    ahead(at, way, seen)?.focus();
  } else if (at === find && ['Enter', 'ArrowDown'].includes(event.key)) {
    event.preventDefault();
    seen[0]?.focus();
  } else if (event.key === 'Escape' && at.closest('.picking')) byId('issue').focus();
  else if (at.matches('input:not([type=checkbox]), textarea')) return;
  else if (event.key === '/') {
    event.preventDefault();
    find.focus();
  } else if (event.key.toLowerCase() === 'a' && !byId('all-shown').hidden) pickShown();
});

// A page gone back to keeps what was ticked.
addEventListener('pageshow', () => { count(); narrow(); });
