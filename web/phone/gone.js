// Whether this phone has been emptied (leaving.js): a mark beside the shell that says nothing of anybody. It is all that
// is left, so that pages tell of it with the server away too.

import { storeName } from './database.js';

/**
 * `emptied`: the store has gone; until then there is still something to delete. `said`: the last words, until the server has them.
 * @typedef {{emptied: boolean, said: any}} Left
 */

const CACHE = 'out-of-use';

/** The store that was looked at in this life of the worker and is in use. */
let used = '';

const address = () => `/out-of-use/${encodeURIComponent(storeName())}`;

/** What is left of a phone that is out of use; null while it is in use. @returns {Promise<Left | null>} */
export async function leftNow() {
  if (used === storeName()) return null;
  const mark = await caches.match(address(), { cacheName: CACHE });
  if (mark) return mark.json();
  used = storeName();
  return null;
}

/** @param {Left} left */
export async function noteLeft(left) {
  used = '';
  await (await caches.open(CACHE)).put(address(), new Response(JSON.stringify(left)));
}

/** It is somebody's phone again. */
export async function backInUse() {
  await (await caches.open(CACHE)).delete(address());
}
