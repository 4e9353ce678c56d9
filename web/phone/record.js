// A thing said becomes an edit at the end of this phone's chain, durably, before anyone is told it is saved.
//
// Edits are made under one lock; hashing is awaited before the transaction opens (awaiting inside would end it).
// Where locks are missing the unique key (device, n) decides and the loser makes its edit again.

import { withRoom } from './blobs.js';
import { clean, makeEdit, uuid7 } from './edit.js';
import { locked } from './lock.js';
import { addEdits, read } from './store.js';

/** @typedef {import('./types.js').Draft} Draft */
/** @typedef {import('./types.js').EditRecord} EditRecord */

const TRIES = 5;
const MINUTE_MS = 60_000;
/** What is said at the moment of the tap, always. */
const UNTIMED = ['report.made', 'care_check.made'];
/** What a visit takes, and more: where the phone is full, as much is let go of that is not needed here. */
const ROOM_BYTES = 50_000;

/** What was said in this life of the worker, by id: a locked phone cannot read what it kept, and a second tap says nothing new. @type {Map<string, string>} */
const justSaid = new Map();

/** A new id now. */
export const newId = () => uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

/**
 * Keep what was said. A draft whose id is already in the chain was saved by an earlier tap: it is left out. When it says
 * something else (somebody went back and wrote on), it is kept as well, a visit as a correction of the first, a log in its place.
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
  /** @type {EditRecord[]} */
  const fresh = [];
  const said = new Map();
  for (const [i, given] of drafts.entries()) {
    const first = now[`kept${i}`];
    const draft = first ? await secondWords(first, given) : given;
    const kept = draft && first ? (await read({ second: { edit: draft.id } })).second : first;
    if (kept || !draft) {
      edits.push(kept ?? first);
      continue;
    }
    n += 1;
    const { kind, entity, grid, over, body } = draft;
    const place = { id: draft.id ?? newId(), device, n, prev: hash, author: person.id };
    const time = { at_ms: Date.now(), offset_ms: now.sync?.offset_ms ?? null, seen };
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const edit = await makeEdit({ ...place, ...time, grid, kind, entity, over, body }, salt);
    hash = edit.hash;
    said.set(edit.id, edit.b);
    edits.push(edit);
    const { same, door } = draft;
    fresh.push({ ...edit, ...(same && { same }), ...(door && { door }) });
  }
  if (fresh.length || draftKey) await withRoom(ROOM_BYTES, () => addEdits(fresh, { device, n, hash }, draftKey));
  for (const [id, b] of said) justSaid.set(id, b);
  return edits;
}

/**
 * What a form says that was saved before with other words; null when it says the same again.
 * Twin of server/field/second.py.
 * @param {EditRecord} first @param {Draft} draft @returns {Promise<Draft | null>}
 */
export async function secondWords(first, draft) {
  const b = justSaid.get(first.id) || first.b;
  // Nobody can compare while the phone is locked, nor what was for the station alone: it is kept as well.
  const before = b ? JSON.parse(b) : draft.body;
  const ofVisit = draft.kind === 'visit.recorded' && first.kind === 'visit.recorded';
  const ofAnswer = draft.kind === 'order.answered' && first.kind === draft.kind;
  // A time that nobody wrote is the moment of the tap; one that was written has no seconds.
  const untimed = (ofVisit && draft.body.occurred_at_ms % MINUTE_MS !== 0) || (ofAnswer && before.household === draft.body.household) || UNTIMED.includes(draft.kind);
  const body = clean(untimed ? { ...draft.body, occurred_at_ms: before.occurred_at_ms } : draft.body);
  const said = JSON.stringify(body);
  if (first.kind === draft.kind && said === b) return null;
  const id = await idFor(first.id, said);
  if (ofVisit) return { ...draft, id, kind: 'visit.corrected', entity: first.entity, over: { revision: [first.id] }, body };
  if (draft.kind === 'visit.corrected') return { ...draft, id, over: { revision: [first.id] }, body };
  if (ofAnswer) return { ...draft, id, over: { ...draft.over, revision: [first.id] }, body };
  if (draft.kind === 'daily_log.sent' && first.kind === draft.kind) return { ...draft, id, over: { step: [first.id], revision: [first.id] }, body };
  if (draft.kind === 'patrol.noted' && first.kind === draft.kind) return { ...draft, id, entity: first.entity, over: { revision: [first.id] }, body };
  return { ...draft, id, body };
}

/** The same id for the same second words, so that sending them twice says them once. @param {string} id @param {string} said */
async function idFor(id, said) {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(id + said));
  return uuid7(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16), new Uint8Array(hash).slice(0, 10));
}
