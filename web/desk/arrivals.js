/**
 * Visits that arrive while the list is open: on a green wash at its top, and never under a finger.
 *
 * Who reads at the top sees them come in. Who has scrolled, chosen a row or has the pointer on the list keeps every
 * row where it is: the new ones wait above, and a line says so.
 */
import { piece } from './html.js';
import { listen } from './live.js';

const get = (/** @type {string} */ id) => document.getElementById(id);

/** Whether moving the rows would move them under a finger, a pointer or the reader's eye. */
function inUse(/** @type {HTMLElement} */ list) {
  return list.scrollTop > 0 || list.matches(':hover') || list.contains(document.activeElement) || !get('pane')?.hasAttribute('data-auto');
}

/** @param {HTMLElement} list @param {() => void} change */
function inPlace(list, change) {
  const room = /** @type {HTMLElement} */ (list.querySelector('.room'));
  const height = () => room.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop;
  const before = height();
  const top = list.scrollTop;
  change();
  const after = height();
  const wanted = top + after - before;
  // A short list has nothing to scroll: room below it lets its rows stay where they are.
  room.style.height = `${Math.max(0, wanted + list.clientHeight - after)}px`;
  list.scrollTop = wanted;
}

/** The list's own heading of the same day. @param {HTMLElement} list @param {HTMLElement} day */
const dayOf = (list, day) => list.querySelector(`tr.day[data-date="${day.dataset.date}"]`);

/** @param {HTMLElement} list @param {HTMLTemplateElement} came @returns {number} how many are new */
function lay(list, came) {
  const fresh = /** @type {HTMLElement} */ (get('fresh'));
  let count = 0;
  // A list left open over midnight: what was today is yesterday.
  for (const past of /** @type {NodeListOf<HTMLElement>} */ (came.content.querySelectorAll('tr.day[data-past]'))) {
    dayOf(list, past)?.replaceWith(past);
  }
  // The first of a day brings the day's heading, and what comes after stands right under it.
  const today = /** @type {HTMLElement} */ (came.content.querySelector('tr.day:not([data-past])'));
  const needed = !today.matches('[data-unneeded]') && came.content.querySelector('tr[data-new]');
  if (needed && !dayOf(list, today)) fresh.prepend(today);
  const heading = dayOf(list, today);
  for (const row of [...came.content.querySelectorAll('tr[id]')].reverse()) {
    const known = get(row.id);
    if (known) {
      if (known.querySelector('a[aria-current]')) row.querySelector('a')?.setAttribute('aria-current', 'true');
      row.classList.toggle('fresh', known.classList.contains('fresh'));
      known.replaceWith(row);
    } else if (row.hasAttribute('data-new')) {
      row.classList.add('fresh');
      heading ? heading.after(row) : fresh.prepend(row);
      count += 1;
    }
    window.htmx.process(row);
  }
  return count;
}

function tell(/** @type {boolean} */ heard) {
  const line = get('arrived');
  if (!line) return;
  const count = document.querySelectorAll('#list .fresh').length;
  const words = line.dataset;
  const above = count > 0 && (get('list')?.scrollTop ?? 0) > 0;
  const arrived = (count === 1 ? words.one : words.other)?.replace('#', String(count)) ?? '';
  const said = !heard ? words.lost : count === 0 ? words.waiting : arrived + (above ? words.above : '');
  if (line.textContent !== said) line.textContent = said ?? '';
  get('newest')?.toggleAttribute('hidden', !above);
}

export function followArrivals() {
  let heard = true;
  let busy = false;
  let again = false;

  async function fetchArrivals() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    do {
      again = false;
      const list = get('list');
      if (!list) break;
      const came = await piece('/desk/visits/arrivals', `${list.dataset.asked}&since=${list.dataset.since}`);
      const rows = /** @type {HTMLTemplateElement | null | undefined} */ (came?.getElementById('arrivals'));
      // A filter may have put another list in its place meanwhile: it brings its own beginning.
      if (!came || !rows || get('list') !== list) continue;
      list.dataset.since = rows.dataset.since;
      const change = () => lay(list, rows);
      if (inUse(list)) inPlace(list, change);
      else change();
      for (const id of ['say', 'since', 'last', 'count']) {
        const [here, there] = [get(id), came.getElementById(id)];
        if (here && there) here.replaceChildren(...there.childNodes);
      }
      tell(heard);
    } while (again);
    busy = false;
  }

  listen(fetchArrivals, (now) => { heard = now; tell(heard); });
  document.addEventListener('click', () => setTimeout(tell, 0, heard));
  document.addEventListener('scroll', (event) => { if (event.target === get('list')) tell(heard); }, true);
  tell(heard);
}
