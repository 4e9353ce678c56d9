// What was written while the phone was locked: closed for its vault, and found again once that is open.
//
// Three things: what an open page told of a half-written form, a note that somebody dashed off on the locked page, and a
// form that could not become an edit without what the phone could not read.

import { begin } from './database.js';
import { uuid7 } from './edit.js';
import { closeValue, openValue } from './vault.js';

/** @typedef {import('./vault.js').Vault} Vault */
/** `of`: which of the three. @typedef {{id: string, of: 'told' | 'note' | 'form', saved_ms: number, changed?: string[], said: any}} Shut */

/** @param {Vault} vault @param {'told' | 'note' | 'form'} of @param {string} id @param {any} said @param {number} savedMs @param {string[]} [changed] names of fields */
async function keep(vault, of, id, said, savedMs, changed) {
  const sealed = await closeValue(vault, said, `shut ${id}`);
  const tx = await begin(['shut'], 'readwrite', 'strict');
  const store = tx.objectStore('shut');
  const before = changed && (await store.get(id))?.changed;
  store.put({ id, of, saved_ms: savedMs, sealed, ...(changed && { changed: [...new Set([...(before ?? []), ...changed])] }) });
  await tx.done;
}

/** @param {number} nowMs */
const newId = (nowMs) => uuid7(nowMs, crypto.getRandomValues(new Uint8Array(10)));

/** What an open page tells of a form, all of it each time. @param {Vault} vault @param {import('./draft.js').Told} told @param {number} nowMs */
export function keepTold(vault, told, nowMs) {
  // It says all its fields each time: only the last one is kept, with the names of all that were changed.
  const { changed = Object.keys(told.values), ...all } = told;
  return keep(vault, 'told', `told ${told.key} ${told.page}`, all, nowMs, changed);
}

/** A thought in a stairwell. @param {Vault} vault @param {string} text @param {number} nowMs */
export const keepNote = (vault, text, nowMs) => keep(vault, 'note', `note ${newId(nowMs)}`, { text }, nowMs);

/** A form as it was sent, and where to. @param {Vault} vault @param {string} path @param {Record<string, string[]>} data @param {number} nowMs */
export const keepForm = (vault, path, data, nowMs) => keep(vault, 'form', `form ${newId(nowMs)}`, { path, data }, nowMs);

/** All of it, the oldest first; what this vault cannot open stays where it is. @param {Vault} vault @returns {Promise<Shut[]>} */
export async function shutNow(vault) {
  const tx = await begin(['shut']);
  const lying = await tx.objectStore('shut').getAll();
  const opened = await Promise.all(
    lying.map(async (/** @type {any} */ { sealed, ...rest }) => ({ ...rest, said: await openValue(vault, sealed, `shut ${rest.id}`) })),
  );
  return opened.filter(({ said }) => said).sort((a, b) => a.saved_ms - b.saved_ms || (a.id < b.id ? -1 : 1));
}

/** @param {string} id */
export async function dropShut(id) {
  const tx = await begin(['shut'], 'readwrite', 'strict');
  tx.objectStore('shut').delete(id);
  await tx.done;
}
