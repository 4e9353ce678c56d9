/**
 * The dispatch desk by keys alone: J and K go along the queue, D sends what is open, U takes a merge apart.
 *
 * The queue follows what happens elsewhere by itself. What the keyboard, the pointer or the reader's eye is on keeps its
 * place on the screen: others come and go around it, and what somebody else dealt with says so until it is left.
 */
import { piece } from './html.js';
import { listen } from './live.js';
import { current, isOpening, one, watchQueue } from './queue.js';

const GATHER_MS = 400;
const list = one('#list');
const pane = one('#pane');

if (pane) {
  // Two quick presses: the second one must not send what was open before.
  pane.addEventListener('submit', (event) => {
    if (!isOpening()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
  watchQueue((key) => {
    if (isOpening()) return;
    if (key === 'd') /** @type {HTMLElement | null} */ (pane.querySelector('[data-press=d]'))?.click();
    if (key === 'u') one('.told [data-press=u]')?.click();
  }, '#pane', 'whistles:counted');
}

/** @param {ParentNode} within @returns {HTMLElement[]} */
const lines = (within) => [...within.querySelectorAll('#queue > li')].map((line) => /** @type {HTMLElement} */ (line));
const keyOf = (/** @type {Element} */ line) => /** @type {HTMLElement | null} */ (line.querySelector('a'))?.dataset.key ?? '';

/** The line that must not move: with the keyboard, the pointer, the one that is open, else the first that is seen. */
function held() {
  const all = lines(document);
  const top = list?.getBoundingClientRect().top ?? 0;
  return all.find((line) => line.contains(document.activeElement)) ?? all.find((line) => line.matches(':hover'))
    ?? all.find((line) => line.contains(current())) ?? all.find((line) => line.getBoundingClientRect().bottom > top);
}

/** @param {HTMLElement} line @param {() => void} change */
function inPlace(line, change) {
  const room = one('#list > .room');
  const before = line.getBoundingClientRect().top;
  change();
  if (!list || !room) return;
  room.style.height = '0px';
  const wanted = list.scrollTop + line.getBoundingClientRect().top - before;
  // A short list has nothing to scroll: room below it lets its lines stay where they are.
  room.style.height = `${Math.max(0, wanted + list.clientHeight - list.scrollHeight)}px`;
  list.scrollTop = wanted;
}

/** @param {HTMLElement} queue @param {HTMLElement[]} came @param {HTMLElement | undefined} kept */
function lay(queue, came, kept) {
  const known = new Map(lines(document).map((line) => [keyOf(line), line]));
  const said = came.map((fresh) => {
    const line = known.get(keyOf(fresh));
    known.delete(keyOf(fresh));
    if (!line) {
      fresh.classList.add('fresh');
      return fresh;
    }
    line.classList.remove('gone');
    const [here, there] = [line.querySelector('a'), fresh.querySelector('a')];
    // The link itself stays: it may have the focus.
    if (here && there && here.innerHTML !== there.innerHTML) here.replaceChildren(...there.childNodes);
    return line;
  });
  for (const [, line] of known) {
    if (line !== kept && !line.contains(current())) line.remove();
    else {
      if (!line.matches('.gone')) line.querySelector('.under:last-child')?.append(` ${queue.dataset.gone}`);
      line.classList.add('gone');
    }
  }
  // Others move around the one that is held: taken out for a moment, it would lose the focus.
  const at = kept ? said.indexOf(kept) : -1;
  if (!kept || at < 0) {
    for (const line of said) queue.append(line);
    return said;
  }
  for (const line of said.slice(0, at)) kept.before(line);
  for (const line of said.slice(at + 1)) queue.append(line);
  return said;
}

let busy = false;
let again = false;
async function renew() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  do {
    again = false;
    await new Promise((gathered) => { setTimeout(gathered, GATHER_MS); });
    const [shown, queue] = [one('#lines'), one('#queue')];
    if (!list || !shown || !queue) break;
    const came = await piece(`/desk/whistles/lines?${list.dataset.asked}&since=${shown.dataset.since}`);
    const fresh = /** @type {HTMLElement | null | undefined} */ (came?.getElementById('lines'));
    // Nothing moved, or the server was not heard: the next word brings it.
    if (!came || !fresh) continue;
    const kept = held();
    const change = () => {
      for (const line of lay(queue, lines(came), kept)) if (line.matches('.fresh')) window.htmx.process(line);
    };
    if (kept) inPlace(kept, change);
    else change();
    shown.dataset.since = fresh.dataset.since;
    const told = /** @type {HTMLTemplateElement | null} */ (fresh.querySelector('template'))?.content.querySelector('h1');
    const say = one('#say');
    if (told && say && told.textContent !== say.textContent) say.textContent = told.textContent;
    one('#none')?.toggleAttribute('hidden', lines(document).length > 0);
  } while (again);
  busy = false;
}

if (list) listen(renew);
