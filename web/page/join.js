// Behind a phone's one-time link: the worker installs, makes the key, registers it, brings the grid; this says how far it is.
//
// The words stand in the page, one element a step. A phone that was closed half way comes back to the same link and goes
// on: the key is kept before it is sent, parts that are here are not fetched again.

import { newsChannel } from '../phone/news.js';
import { ask, canKeep, register } from './worker.js';

const AGAIN_MS = 5_000;
const QUIET_MS = 20_000;
const main = /** @type {HTMLElement} */ (document.querySelector('[data-join]'));
const token = location.pathname.split('/')[2];

/** @param {string} step */
function show(step) {
  for (const part of main.querySelectorAll('[data-step]')) {
    if (part instanceof HTMLElement) part.hidden = part.dataset.step !== step;
  }
}

/** A name by which people know this phone again among others: its model where the browser tells, its system. */
async function phoneLabel() {
  const hints = /** @type {any} */ (navigator).userAgentData;
  const model = (await hints?.getHighEntropyValues?.(['model']).catch(() => null))?.model;
  const system = /Android|iPhone|iPad|Windows|Macintosh|Linux/.exec(navigator.userAgent)?.[0];
  return [model, system].filter(Boolean).join(' ');
}

/** @param {import('../phone/download.js').Progress} progress */
function advance({ name, parts, partsDone, bytes, bytesDone }) {
  const bar = /** @type {HTMLProgressElement} */ (main.querySelector('progress'));
  bar.max = bytes;
  bar.value = bytesDone;
  const title = main.querySelector('[data-fill=name]');
  const words = main.querySelector('[data-fill=parts]');
  if (title) title.textContent = name;
  if (words instanceof HTMLElement) {
    words.textContent = (words.dataset.words ?? '').replace('%d', String(partsDone)).replace('%t', String(parts));
  }
  if (partsDone >= 2) showUsable();
}

function showUsable() {
  const begin = main.querySelector('[data-when=usable]');
  if (begin instanceof HTMLElement) begin.hidden = false;
}

/** Signal returns, somebody taps, or a while has passed. @returns {Promise<void>} */
function again() {
  show('waiting');
  return new Promise((resolve) => {
    const go = () => resolve();
    setTimeout(go, AGAIN_MS);
    addEventListener('online', go, { once: true });
    main.querySelector('[data-again]')?.addEventListener('click', go, { once: true });
  });
}

/** @returns {Promise<boolean>} false when the link opens nothing any more */
async function enrol() {
  const lang = document.documentElement.lang.slice(0, 2);
  for (;;) {
    show('key');
    const answer = await ask({ type: 'enrol', token, label: await phoneLabel(), lang }, QUIET_MS);
    if (answer && answer.code === null) return true;
    if (answer && answer.status >= 400 && answer.status < 500) return false;
    await again();
    // An installation that was cut off leaves nothing behind: begin it anew.
    await register();
  }
}

/** The first copy of the grid; resolves when all of it is here. */
async function fetchGrid() {
  newsChannel().onmessage = ({ data }) => data.type === 'progress' && advance(data);
  for (;;) {
    show('fetch');
    if ((await ask({ type: 'status' }))?.usable) showUsable();
    // No answer: the browser has ended the worker. Asking again starts it, and it goes on where it was.
    const outcome = await ask({ type: 'sync' }, QUIET_MS);
    if (outcome?.ok) return;
    if (outcome) await again();
  }
}

async function start() {
  main.querySelector('[data-begun]')?.removeAttribute('hidden');
  const gone = main.dataset.join === 'gone';
  // A link that opens nothing still leads the phone that used it back to its grid.
  if (gone && !(canKeep() && (await navigator.serviceWorker.getRegistration()))) return;
  if (!canKeep() || !(await register())) return show('plain');
  const { enrolled } = (await ask({ type: 'status' }, QUIET_MS)) ?? {};
  if (gone && !enrolled) return;
  if (!enrolled && !(await enrol())) return show('gone');
  // Asked for here, where the person has just said yes to keeping things on this phone; browsers may say no.
  navigator.storage?.persist?.().catch(() => {});
  await fetchGrid();
  show('done');
  document.documentElement.dataset.ready = 'yes';
}

start();
