// A thing said becomes an edit at the end of this phone's chain, durably, before anyone is told it is saved.
//
// Edits are made under one lock; hashing is awaited before the transaction opens (awaiting inside would end it).
// Where locks are missing the unique key (device, n) decides and the loser makes its edit again.

import { makeEdit, uuid7 } from './edit.js';
import { locked } from './lock.js';
import { addEdits, read } from './store.js';

/** @typedef {import('./types.js').Draft} Draft */
/** @typedef {import('./types.js').EditRecord} EditRecord */

const TRIES = 5;

/** A new id now. */
export const newId = () => uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

/**
 * Keep what was said. A draft whose id is already in the chain was saved by an earlier tap: it is left out.
 * @param {Draft[]} drafts @param {string} [draftKey] the half-written form these came from
 * @returns {Promise<EditRecord[]>} the edits in order, those kept before included
 */
export function record(drafts, draftKey) {
  return locked('chain', async () => {
    for (let tried = 1; ; tried++) {
      try {
        return await recordOnce(drafts, draftKey);
      } catch (error) {
        const collided = /** @type {Error} */ (error)?.name === 'ConstraintError';
        if (!collided || tried === TRIES) throw error;
      }
    }
  });
}

/** @param {Draft[]} drafts @param {string} [draftKey] */
async function recordOnce(drafts, draftKey) {
  /** @type {Record<string, any>} */
  const wants = { chain: { meta: 'chain' }, sync: { meta: 'sync' }, device: { meta: 'device' } };
  drafts.forEach((draft, i) => draft.id && (wants[`kept${i}`] = { edit: draft.id }));
  const now = await read(wants);
  const { person } = now.device;
  const seen = { log: now.sync?.log ?? '', size: now.sync?.size ?? 0 };
  let { device, n, hash } = now.chain;
  const edits = [];
  const fresh = [];
  for (const [i, draft] of drafts.entries()) {
    if (now[`kept${i}`]) {
      edits.push(now[`kept${i}`]);
      continue;
    }
    n += 1;
    const { kind, entity, grid, over, body } = draft;
    const place = { id: draft.id ?? newId(), device, n, prev: hash, author: person.id };
    const time = { at_ms: Date.now(), offset_ms: now.sync?.offset_ms ?? null, seen };
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const edit = await makeEdit({ ...place, ...time, grid, kind, entity, over, body }, salt);
    hash = edit.hash;
    edits.push(edit);
    fresh.push(edit);
  }
  if (fresh.length || draftKey) await addEdits(fresh, { device, n, hash }, draftKey);
  return edits;
}
