// A phone that the station has put out of use empties itself, once everything said on it has gone up.
//
// First the mark, then the store: cut in between it goes on at the next turn. A phone that is locked does so too, for
// edits lie closed for the server and deleting takes no key. The last words are signed while there is a key, and told
// after the store has gone: what the desk reads is true.

import { blobsWaiting } from './blobs.js';
import { carried } from './carry.js';
import { begin, deleteStore } from './database.js';
import { farewell } from './exchange.js';
import { leftNow, noteLeft } from './gone.js';
import { locked } from './lock.js';
import { read } from './store.js';
import { Trouble, post } from './transport.js';
import { forget, lock } from './vault.js';

/** Whether the station's word stands and nothing is left unsent. */
export async function isOver() {
  const { sync, n } = await read({ sync: { meta: 'sync' }, n: { count: 'unsent' } });
  return !!sync?.revoked && n === 0;
}

/** How many things go with the phone: half-written forms, photos that a locked phone cannot read, files of colleagues. */
async function staying() {
  const tx = await begin(['draft', 'shut']);
  const [drafts, shut] = await Promise.all([tx.objectStore('draft').count(), tx.objectStore('shut').count()]);
  const files = (await carried()).filter(({ text }) => text);
  return drafts + shut + files.length + (await blobsWaiting()).length;
}

/**
 * Empty this phone if it is over. Nothing can be said on it in between. @param {string} app
 * @returns {Promise<boolean>} whether nothing is left
 */
export const leave = (app) =>
  locked('chain', async () => {
    if (!(await isOver())) return false;
    const said = await farewell(app, await staying());
    await noteLeft({ emptied: false, said });
    await empty(said);
    return true;
  });

/** @param {any} said the last words */
async function empty(said) {
  await lock();
  await deleteStore();
  forget();
  await noteLeft({ emptied: true, said });
}

/** Go on where the emptying was cut, and tell the server once. Never throws. @returns {Promise<boolean>} whether it is told */
export async function endLeaving() {
  try {
    const left = await leftNow();
    if (left && !left.emptied) await empty(left.said);
    if (!left?.said) return true;
    await tellOnce(left.said);
    await noteLeft({ emptied: true, said: null });
    return true;
  } catch (error) {
    console.warn('not told yet', error);
    return false;
  }
}

/** With the answer the browser forgets its session. What the server does not take it never will. @param {any} said */
async function tellOnce(said) {
  try {
    await post('/sync/exchange', said, true);
  } catch (error) {
    const { status, code } = /** @type {Trouble} */ (error);
    if (!(error instanceof Trouble) || code === 'busy' || status < 400 || status >= 500) throw error;
  }
}
