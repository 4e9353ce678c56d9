/** The list of visits while it is open: J, K, Enter, / and Esc, and which row is open. */
import { followArrivals } from './arrivals.js';

const all = (/** @type {string} */ query) => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(query)]);
const one = (/** @type {string} */ query) => /** @type {HTMLElement | null} */ (document.querySelector(query));
const links = () => all('#list tr[id] a');
const current = () => one('#list a[aria-current]');

/** @param {HTMLElement | undefined} link */
function open(link) {
  if (!link) return;
  link.focus({ preventScroll: true });
  link.closest('tr')?.scrollIntoView({ block: 'nearest' });
  link.click();
}

/** @param {number} step */
function move(step) {
  const rows = links();
  const at = rows.findIndex((link) => link === current());
  const next = rows[at < 0 ? 0 : at + step];
  if (next) open(next);
  else if (step > 0) one('#list .more :is(a, button)')?.focus();
}

/** Whether what is shown is what the list says is open. */
let opening = false;

/** @type {Record<string, (event: KeyboardEvent) => void>} */
const keys = {
  j: () => move(1),
  k: () => move(-1),
  // What is still on its way is neither read nor asked about.
  e: (event) => { if (!opening && !event.repeat) one('#pane [data-press=e]')?.click(); },
  r: (event) => {
    // The letter itself is no part of the note.
    event.preventDefault();
    if (!opening) one('#pane [data-note]')?.focus();
  },
  g: () => { one('#list')?.scrollTo({ top: 0 }); open(links()[0]); },
  '/': (event) => {
    event.preventDefault();
    const find = /** @type {HTMLInputElement | null} */ (one('#q'));
    find?.focus();
    find?.select();
  },
  enter: (event) => {
    const focused = document.activeElement;
    const idle = focused === document.body || focused === one('#list') || focused === one('#main');
    const household = current()?.dataset.household;
    if (household && (idle || focused === current())) {
      event.preventDefault();
      location.href = household;
    }
  },
  escape: () => { one('#pane')?.setAttribute('data-auto', ''); current()?.focus(); },
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = /** @type {HTMLElement} */ (event.target);
  const key = event.key.toLowerCase();
  if (target.matches('input, select, textarea')) {
    // A choice or a day takes no slash of its own.
    if (key === '/' && target.matches('select, [type=date]')) keys[key]?.(event);
    if (key === 'escape') {
      // What was looked for stays: Escape goes to what was found.
      event.preventDefault();
      current() ? current()?.focus() : target.blur();
    }
    return;
  }
  keys[key]?.(event);
});

document.addEventListener('click', (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (target.closest('.shut')) return keys.escape?.(/** @type {any} */ (event));
  if (target.closest('#newest')) return keys.g?.(/** @type {any} */ (event));
  const row = target.closest('#list tr[id]');
  const link = /** @type {HTMLElement | null | undefined} */ (row?.querySelector('a'));
  if (!row || !link) return;
  if (!target.closest('a')) {
    // Words being selected for copying are not a press.
    if (getSelection()?.isCollapsed !== false) link.click();
    return;
  }
  current()?.removeAttribute('aria-current');
  link.setAttribute('aria-current', 'true');
  opening = true;
  row.classList.remove('fresh');
  one('#pane')?.removeAttribute('data-auto');
  one('#pane')?.scrollTo({ top: 0 });
});

// A new list takes the place of the old one: who stood in it stands in it again.
let inList = false;
document.addEventListener('focusin', (event) => { inList = Boolean(one('#list')?.contains(/** @type {Node} */ (event.target))); });
document.addEventListener('htmx:after:swap', () => {
  opening = false;
  if (inList && document.activeElement === document.body) current()?.focus({ preventScroll: true });
});

let sent = false;
document.addEventListener('submit', (event) => {
  if (!(/** @type {HTMLElement} */ (event.target).closest('#pane'))) return;
  if (sent) event.preventDefault();
  sent = true;
});
addEventListener('pageshow', () => { sent = false; opening = false; });

followArrivals();
