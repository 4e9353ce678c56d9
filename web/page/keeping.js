// The grid comes onto this phone behind the page that is open: the worker installs, then brings part after part.
//
// The words stand in the page (shared/_keeping.html), one element a step. A phone that was closed half way goes on where
// it was: parts that are here are not fetched again.

import { newsChannel } from '../phone/news.js';
import { ask } from './ask.js';
import { installed } from './worker.js';

const AGAIN_MS = 5_000;
const QUIET_MS = 20_000;
const BEGUN = 'sifang:keeping';

/** Noted between the link and the last part, where every page can see it without opening the store. @param {boolean} begun */
export function noteKeeping(begun) {
  try {
    if (begun) localStorage.setItem(BEGUN, 'yes');
    else localStorage.removeItem(BEGUN);
  } catch (error) {
    console.warn('the pages say nothing of the download', error);
  }
}

/** Whether this phone is registered and its grid was not yet all here when we last looked. */
export function isKeeping() {
  try {
    return localStorage.getItem(BEGUN) !== null;
  } catch {
    return false;
  }
}

/** @param {Element} place @param {string} step */
export function show(place, step) {
  for (const part of place.querySelectorAll('[data-step]')) {
    if (part instanceof HTMLElement) part.hidden = part.dataset.step !== step;
  }
}

/** Signal returns, somebody taps, or a while has passed. @param {Element} place @param {number} [atLeastMs] the server asked for
 *  as much @returns {Promise<void>} */
export function again(place, atLeastMs = 0) {
  show(place, 'waiting');
  return new Promise((resolve) => {
    const go = () => resolve();
    setTimeout(go, Math.max(AGAIN_MS, atLeastMs));
    if (atLeastMs > AGAIN_MS) return;
    addEventListener('online', go, { once: true });
    place.querySelector('[data-again]')?.addEventListener('click', go, { once: true });
  });
}

/** It has no PIN yet, or is locked: nothing comes before. Whoever is just writing finishes that. @param {HTMLElement} place */
function pinFirst(place) {
  place.hidden = true;
  if (!document.querySelector('form[data-draft], form[data-pins]')) location.assign('/field/pin');
}

/**
 * The first copy of the grid; resolves when all of it is here, or when this browser turns out to keep nothing.
 * @param {HTMLElement} place where the words stand
 * @param {(progress: import('../phone/download.js').Progress) => void} [onProgress]
 */
export async function keepGrid(place, onProgress = () => {}) {
  const bar = /** @type {HTMLProgressElement} */ (place.querySelector('progress'));
  const news = newsChannel();
  news.onmessage = ({ data }) => {
    if (data.type !== 'progress') return;
    bar.max = data.bytes;
    bar.value = data.bytesDone;
    onProgress(data);
  };
  place.hidden = false;
  // Asked for here, where the person has just said yes to keeping things on this phone; browsers may say no.
  navigator.storage?.persist?.().catch(() => {});
  let whole = false;
  while (!whole) {
    show(place, 'fetch');
    const worker = await installed();
    if (worker === 'never') return show(place, 'plain');
    const outcome = worker === 'yes' ? await ask({ type: 'sync' }, QUIET_MS) : { ok: false };
    if (outcome?.shut) {
      news.close();
      return pinFirst(place);
    }
    whole = !!outcome?.ok;
    if (outcome?.code === 'not_enrolled') break; // the browser has thrown the store away meanwhile
    // No answer: the browser has ended the worker. Asking again starts it, and it goes on where it was.
    if (outcome && !whole) await again(place);
  }
  news.close();
  noteKeeping(false);
  place.hidden = !whole;
  show(place, 'done');
}
