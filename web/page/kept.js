// Where half-written forms are kept: by the service worker in the phone's store, or in the browser where there is none.

import { mergeDraft } from '../phone/draft.js';
import { ask } from './ask.js';

/** @typedef {import('../phone/draft.js').Told} Told */
/** @typedef {import('../phone/draft.js').Kept} Kept */
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

/** @type {Keeper} */
export const inBrowser = {
  here: true,
  async put(told) {
    try {
      const draft = mergeDraft(kept(told.key), told, Date.now());
      if (draft) localStorage.setItem(DRAFT + told.key, JSON.stringify(draft));
      else localStorage.removeItem(DRAFT + told.key);
      return { clock: clockOf(Date.now()) };
    } catch (error) {
      console.warn('this browser keeps nothing', error);
      return null;
    }
  },
  get: async (key) => kept(key),
  drop: async (key) => localStorage.removeItem(DRAFT + key),
};

/** The time of day on this phone. @param {number} ms */
export const clockOf = (ms) => new Date(ms).toTimeString().slice(0, 'hh:mm'.length);

/** @param {string} key @returns {Kept | null} */
function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(DRAFT + key) ?? 'null');
  } catch {
    return null;
  }
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
 * Forget what the server has taken: it has led on to another page, or put the answer where the form stood. A page that one
 * opened oneself after an answer that never came says nothing of the kind.
 * @param {boolean} opened this page has just been opened
 */
export function settleSent(opened) {
  const sent = lastSent();
  if (!sent) return;
  const [came] = performance.getEntriesByType('navigation');
  const led = came instanceof PerformanceNavigationTiming && came.redirectCount > 0 && TAKEN.test(location.pathname);
  const standing = [...document.querySelectorAll('form[data-draft]')].some((form) => form instanceof HTMLElement && form.dataset.draft === sent);
  if (!standing && (led || !opened)) inBrowser.drop(sent);
  if (opened || !standing) sessionStorage.removeItem(SENT);
}
