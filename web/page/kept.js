// Where half-written forms are kept: by the service worker in the phone's store, or in the browser while there is none.

import { mergeDraft } from '../phone/draft.js';
import { ask } from './ask.js';

/** @typedef {import('../phone/draft.js').Told} Told */
/**
 * `clock`: the time of day at which it was kept; `changed`: the fields that were written, where only they count.
 * @typedef {import('../phone/draft.js').Kept & {clock: string, changed?: string[]}} Kept
 */
/**
 * `put` answers the clock at which it was kept, or null when it was not.
 * @typedef {{here: boolean, put: (told: Told) => Promise<{clock: string} | null>, get: (key: string) => Promise<Kept | null>, drop: (key: string) => Promise<unknown>}} Keeper
 */

const ANSWER_MS = 2_000;
const DRAFT = 'sifang:draft:';
const SENT = 'sifang:sent';
/** Where a form that was taken leads. */
const TAKEN = /^\/field\/(households|residents|visits)\/[^/]+(\/facts)?$/;

/** @type {Keeper} */
export const inWorker = {
  here: false,
  put: (told) => ask({ type: 'draft', ...told }),
  get: (key) => ask({ type: 'kept_draft', key }, ANSWER_MS),
  drop: (key) => ask({ type: 'no_draft', key }, ANSWER_MS),
};

/** A worker may keep a form, and know it from another page, even while it has not this one: then nothing lies beside its vault. @type {Keeper} */
export const inBrowser = {
  here: true,
  async put(told) {
    const theirs = (await hasWorker()) ? await ask({ type: 'draft', ...told }, ANSWER_MS) : null;
    if (theirs) return theirs;
    try {
      const before = kept(told.key);
      const draft = mergeDraft(before, told, Date.now());
      const changed = [...new Set([...(before?.changed ?? []), ...(told.changed ?? [])])];
      if (draft) localStorage.setItem(DRAFT + told.key, JSON.stringify({ ...draft, changed }));
      else localStorage.removeItem(DRAFT + told.key);
      return { clock: clockOf(Date.now()) };
    } catch (error) {
      console.warn('this browser keeps nothing', error);
      return null;
    }
  },
  async get(key) {
    const theirs = (await hasWorker()) ? await inWorker.get(key) : null;
    const ours = kept(key);
    if (!ours) return theirs;
    const merged = theirs ? mergeDraft(theirs, { ...ours, untouched: false }, ours.saved_ms) : ours;
    return merged && { ...merged, clock: clockOf(ours.saved_ms) };
  },
  async drop(key) {
    try {
      localStorage.removeItem(DRAFT + key);
    } catch (error) {
      console.warn('this browser keeps nothing', error);
    }
    if (await hasWorker()) await inWorker.drop(key);
  },
};

/** Whether a worker runs here, be it for other pages than this. */
const hasWorker = async () => !!(await navigator.serviceWorker?.getRegistration().catch(() => null))?.active;

/** The time of day on this phone. @param {number} ms */
const clockOf = (ms) => new Date(ms).toTimeString().slice(0, 'hh:mm'.length);

/** @param {string} key @returns {Kept | null} */
function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(DRAFT + key) ?? 'null');
  } catch {
    return null;
  }
}

/** One of the keys under which the browser keeps something. @returns {string | undefined} */
function keyHere() {
  try {
    return Object.keys(localStorage).find((name) => name.startsWith(DRAFT))?.slice(DRAFT.length);
  } catch {
    return undefined;
  }
}

/**
 * What the browser kept goes to the worker, merged with what it has of the same form. Answers whether the browser keeps
 * nothing any more: what is written meanwhile goes as well.
 * @returns {Promise<boolean>}
 */
export async function handOver() {
  for (let key = keyHere(); key !== undefined; key = keyHere()) {
    const before = localStorage.getItem(DRAFT + key);
    const draft = kept(key);
    if (draft && !(await ask({ type: 'draft', ...draft, untouched: false }, ANSWER_MS))) return false;
    if (localStorage.getItem(DRAFT + key) === before) localStorage.removeItem(DRAFT + key);
  }
  return true;
}

/** A form is on its way. @param {string} key */
export function noteSent(key) {
  try {
    sessionStorage.setItem(SENT, key);
  } catch (error) {
    console.warn('nobody will know that this was sent', error);
  }
}

/** The key of the form that was sent last. @returns {string | null} */
function lastSent() {
  try {
    return sessionStorage.getItem(SENT);
  } catch {
    return null;
  }
}

/**
 * Forget what has been taken, whoever kept it: the answer has led on to another page, or stands where the form stood. A page
 * that one opened oneself after an answer that never came says nothing of the kind.
 * @param {boolean} opened this page has just been opened
 */
export function settleSent(opened) {
  const sent = lastSent();
  if (!sent) return;
  const [came] = performance.getEntriesByType('navigation');
  const there = TAKEN.test(location.pathname) || new URLSearchParams(location.search).has('suggested');
  const led = came instanceof PerformanceNavigationTiming && came.redirectCount > 0 && there;
  const standing = [...document.querySelectorAll('form[data-draft]')].some((form) => form instanceof HTMLElement && form.dataset.draft === sent);
  if (!standing && (led || !opened)) inBrowser.drop(sent);
  if (opened || !standing) sessionStorage.removeItem(SENT);
}
