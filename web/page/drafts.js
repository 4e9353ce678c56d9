// Half-written forms are kept: four times a second while one writes, and when the page is hidden or left (a call, a kill, a reload).
//
// A form says data-draft="<key>"; the service worker keeps it, and renders what was kept back into it. A link with data-draft-end gives
// it up. An element with
// data-draft-line and data-text ("… {clock} …") inside the form says when. Sending the form ends its draft: the worker
// drops it in the transaction that keeps the edit.

import { ask } from './worker.js';

const EVERY_MS = 250;
const GIVE_UP_MS = 2_000;
const PAGE = crypto.randomUUID();

/** @param {HTMLFormElement} form */
function keep(form) {
  const key = form.dataset.draft;
  const first = written(untouched(form));
  let last = first;
  let sent = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  async function save() {
    clearTimeout(timer);
    timer = undefined;
    const now = written(form);
    if (sent || now === last || !form.isConnected) return;
    last = now;
    const answer = await ask({ type: 'draft', key, values: valuesOf(form), page: PAGE, untouched: now === first });
    if (answer) say(form, answer.clock);
    else last = first;
  }

  // Not at the end of a pause: dictation makes none.
  form.addEventListener('input', () => (timer ??= setTimeout(save, EVERY_MS)));
  form.addEventListener('change', save);
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    sent = true;
    // An answer that never comes, or a field the browser finds wanting, leaves the form open: keep on keeping.
    setTimeout(() => (sent = false), 5_000);
  });
  form.querySelector('[data-draft-end]')?.addEventListener('click', () => {
    sent = true;
    clearTimeout(timer);
  });
  addEventListener('pagehide', save);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && save());
  // Somebody was quicker than this script.
  save();
}

/** The form as the page came. @param {HTMLFormElement} form */
function untouched(form) {
  const copy = /** @type {HTMLFormElement} */ (form.cloneNode(true));
  copy.reset();
  return copy;
}

/** The form's fields by name; boxes to tick that share a name as a list. @param {HTMLFormElement} form */
function valuesOf(form) {
  /** @type {Record<string, string | string[]>} */
  const values = {};
  const data = new FormData(form);
  const boxes = [...form.querySelectorAll('[type=checkbox]')].map((box) => /** @type {HTMLInputElement} */ (box).name);
  for (const name of new Set([...data.keys(), ...boxes])) {
    const all = data.getAll(name).map(String);
    values[name] = boxes.includes(name) ? all : all[0];
  }
  return values;
}

/** @param {HTMLFormElement} form */
const written = (form) => JSON.stringify(valuesOf(form));

/** @param {HTMLFormElement} form @param {string} clock */
function say(form, clock) {
  const line = form.querySelector('[data-draft-line]');
  if (line instanceof HTMLElement) line.textContent = (line.dataset.text ?? '{clock}').replace('{clock}', clock);
}

/** A form is given up: what was kept of it goes, then the link is followed, also where it leads to this very page. @param {MouseEvent} event */
export async function giveUp(event) {
  const link = event.target instanceof Element && event.target.closest('a[data-draft-end]');
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  const key = link.closest('form')?.dataset.draft;
  if (navigator.serviceWorker?.controller) await ask({ type: 'no_draft', key }, GIVE_UP_MS);
  const here = link.pathname + link.search === location.pathname + location.search;
  if (!here) return location.assign(link.href);
  history.replaceState(null, '', link.href);
  location.reload();
}

/** Keep every such form on the page, and those that htmx brings later; without a worker there is nobody to keep them. */
export function keepDrafts() {
  if (!navigator.serviceWorker.controller) return;
  for (const form of document.querySelectorAll('form[data-draft]')) {
    if (!(form instanceof HTMLFormElement) || form.dataset.keeping) continue;
    form.dataset.keeping = 'yes';
    keep(form);
  }
}
