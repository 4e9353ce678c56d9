// An open page covers itself when the phone locks: it is asked for once more, and comes as the page of a locked phone. What
// was half-written is kept by then, and comes back with the page. Where somebody is just writing they finish first: a form
// can be sent while the phone is locked.

import { ask } from './ask.js';

const ANSWER_MS = 5_000;
const AFTER_MS = 500;
const LONGEST_MS = 3_600_000;
const WRITING_MS = 60_000;

const TOLD_MS = 30_000;

let wroteMs = 0;
let toldMs = 0;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

const isCovered = () => !!document.querySelector('[data-locked], [data-pins]');

async function look() {
  clearTimeout(timer);
  const said = isCovered() ? null : await ask({ type: 'open_for' }, ANSWER_MS);
  if (!said) return;
  if (said.ms === 0) return cover();
  timer = setTimeout(look, Math.min(said.ms + AFTER_MS, LONGEST_MS));
}

/** Put the page of a locked phone in the place of this one, once nobody writes in it. */
export function cover() {
  const left = wroteMs + WRITING_MS - Date.now();
  clearTimeout(timer);
  if (left > 0) timer = setTimeout(look, left);
  else location.reload();
}

/** Somebody reads and scrolls: that is a use as well. */
function touched() {
  if (Date.now() - toldMs < TOLD_MS || isCovered()) return;
  toldMs = Date.now();
  ask({ type: 'used' }, ANSWER_MS);
}

/** Watch from now on; timers stand still while the phone sleeps. */
export function watchLock() {
  document.addEventListener('input', () => (wroteMs = Date.now()));
  for (const kind of ['pointerdown', 'keydown']) document.addEventListener(kind, touched, { passive: true });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look());
  look();
}

/** Whether another page has just come as that of a locked phone. @param {Document} fresh */
export const hasLocked = (fresh) => !!fresh.querySelector('[data-locked]') && !isCovered();
