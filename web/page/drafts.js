// Half-written forms are kept: four times a second while one writes, and when the page is hidden or left (a call, a kill, a reload).
//
// A form says data-draft="<key>"; what was kept of it is rendered back into it by the service worker, or put back here
// where the server drew the page. A link with data-draft-end gives the form up. An element with data-draft-line, data-text
// and data-text-here ("… {clock} …") inside the form says when it was kept, and where. Sending the form ends its draft.
// Of several pages on one form each writes only what was changed on it, and takes what another wrote when it is shown again.

import { fill, valuesOf } from './fields.js';
import { handOver, inBrowser, inWorker, noteSent, settleSent } from './kept.js';
import { noteSaving } from './patience.js';

const EVERY_MS = 250;
const PAGE = `${Date.now()}-${Math.random()}`;

/** Who keeps them: the browser, until a worker has taken the page. */
let keeper = inBrowser;

/** @param {HTMLFormElement} form */
function keep(form) {
  const key = form.dataset.draft ?? '';
  const first = valuesOf(untouched(form));
  /** What was told of each field, or taken. */
  let known = first;
  /** The fields written on this page. @type {Set<string>} */
  const mine = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  async function save() {
    clearTimeout(timer);
    timer = undefined;
    const values = valuesOf(form);
    const before = known;
    const changed = differing(values, before);
    if (form.dataset.sent || !changed.length || !form.isConnected) return;
    known = values;
    for (const name of changed) mine.add(name);
    const told = { key, values, changed, page: PAGE, untouched: !differing(values, first).length };
    const { put, here } = keeper;
    const answer = await put(told);
    if (answer) say(form, answer.clock, here);
    else known = { ...known, ...Object.fromEntries(changed.map((name) => [name, before[name] ?? ''])) };
  }

  async function take() {
    const { get, here } = keeper;
    const kept = form.dataset.sent ? null : await get(key);
    if (!kept || form.dataset.sent) return;
    const { values } = kept;
    const shown = valuesOf(form);
    // What is being typed just now has not been told yet.
    for (const name of differing(shown, known)) mine.add(name);
    const newer = differing(values, shown).filter((name) => name in values && !mine.has(name));
    for (const name of newer) fill(form, name, values[name]);
    say(form, kept.clock, here);
    const now = valuesOf(form);
    known = { ...known, ...Object.fromEntries(newer.map((name) => [name, now[name] ?? ''])) };
  }

  // Not at the end of a pause: dictation makes none.
  form.addEventListener('input', () => (timer ??= setTimeout(save, EVERY_MS)));
  form.addEventListener('change', save);
  form.addEventListener('submit', () => {
    // A worker has the form itself; in the browser what was typed last is kept until it is known to have been taken.
    if (keeper.here) save();
    clearTimeout(timer);
    form.dataset.sent = 'yes';
    noteSaving();
    noteSent(key);
    // An answer that never comes, or a field the browser finds wanting, leaves the form open: keep on keeping.
    setTimeout(() => delete form.dataset.sent, 5_000);
  });
  addEventListener('pagehide', save);
  addEventListener('focus', take);
  document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? save() : take()));
  // What came back as sent is newer than what was kept.
  if (!form.querySelector('[role=alert]')) take();
  // Somebody was quicker than this script.
  save();
}

/** The form as the page came, without what was tapped elsewhere for it: that counts as written here. @param {HTMLFormElement} form */
function untouched(form) {
  const copy = /** @type {HTMLFormElement} */ (form.cloneNode(true));
  copy.reset();
  for (const tapped of copy.querySelectorAll('[data-tapped]')) if (tapped instanceof HTMLInputElement) tapped.checked = false;
  return copy;
}

/** The fields whose values are not the same. @param {import('./fields.js').Values} some @param {import('./fields.js').Values} others */
function differing(some, others) {
  const said = (/** @type {string | string[] | undefined} */ value) => JSON.stringify(value ?? '');
  return [...new Set([...Object.keys(some), ...Object.keys(others)])].filter((name) => said(some[name]) !== said(others[name]));
}

/** @param {HTMLFormElement} form @param {string} clock @param {boolean} here */
function say(form, clock, here) {
  const line = form.querySelector('[data-draft-line]');
  if (!(line instanceof HTMLElement)) return;
  const text = here ? line.dataset.textHere : line.dataset.text;
  line.textContent = (text ?? '{clock}').replace('{clock}', clock);
}

/** A form is given up: what was kept of it goes, then the link is followed, also where it leads to this very page. @param {MouseEvent} event */
export async function giveUp(event) {
  const link = event.target instanceof Element && event.target.closest('a[data-draft-end]');
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  const form = link.closest('form') ?? document.querySelector('main > form[data-draft]');
  if (form instanceof HTMLFormElement) {
    form.dataset.sent = 'yes';
    await keeper.drop(form.dataset.draft ?? '');
  }
  const there = link.pathname + link.search === location.pathname + location.search;
  if (!there) return location.assign(link.href);
  history.replaceState(null, '', link.href);
  location.reload();
}

function keepAll() {
  for (const form of document.querySelectorAll('form[data-draft]')) {
    if (!(form instanceof HTMLFormElement) || form.dataset.keeping) continue;
    form.dataset.keeping = 'yes';
    keep(form);
  }
}

/** Once a worker has the page it keeps them, with what the browser kept before it came. */
async function changeHands() {
  if (navigator.serviceWorker?.controller && (await handOver())) keeper = inWorker;
  keepAll();
}

/** Keep every such form on the page, and those that htmx brings later. */
export function keepDrafts() {
  settleSent(true);
  document.addEventListener('htmx:after:swap', () => {
    settleSent(false);
    keepAll();
  });
  navigator.serviceWorker?.addEventListener('controllerchange', changeHands);
  changeHands();
}
