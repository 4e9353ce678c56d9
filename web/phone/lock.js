// One at a time across tabs and the worker: the Web Locks of this phone's store.
//
// Where a browser has none (Safari before 15.4) the work is done all the same, in a turn of its own: unique keys and the
// server's chain settle what two tabs then do at once.

import { storeName } from './database.js';

/**
 * Run `work` while nobody else holds the lock of that name; the browser frees it when a page dies.
 * @template T
 * @param {string} what @param {() => Promise<T>} work @returns {Promise<T>}
 */
export function locked(what, work) {
  const name = `${storeName()}:${what}`;
  return navigator.locks ? /** @type {Promise<T>} */ (navigator.locks.request(name, work)) : Promise.resolve().then(work);
}

/**
 * The same, but somebody already at it is enough: then `busy` is answered at once.
 * @template T, B
 * @param {string} what @param {B} busy @param {() => Promise<T>} work @returns {Promise<T | B>}
 */
export function lockedOr(what, busy, work) {
  const name = `${storeName()}:${what}`;
  if (!navigator.locks) return work();
  const taken = navigator.locks.request(name, { ifAvailable: true }, async (lock) => (lock ? work() : busy));
  return /** @type {Promise<T | B>} */ (taken);
}
