// What the phone holds of the log, and what each exchange makes of it. The third receipt, 已核验, rests on this alone.
//
// Kept in the note `ledger`: the keys of the log as they were when this phone was enrolled, the last checkpoint that was
// found true, and a doubt: both checkpoints as evidence, from the first word that could not be believed until a supervisor
// has looked. A doubt stops no record and no exchange.

import { unb64u } from '../edit.js';
import { check } from './ed25519.js';
import { openCheckpoint, keyNamed } from './note.js';
import { believe, Doubt } from './receive.js';

/** @typedef {import('../types.js').EditRecord} EditRecord */
/** @typedef {import('../types.js').Ledger} Ledger */
/** @typedef {import('./receive.js').Placed} Placed */

/** @type {Ledger} */
const NOTHING = { keys: [], held: null, doubt: null, past: [], earlier: [], back: 0 };
const EARLIER_MAX = 24;
const NEWEST = 8;

/** Standard base64, as in a checkpoint. @param {Uint8Array} raw */
const b64 = (raw) => btoa(String.fromCharCode(...raw));

/** From which checkpoint a proof is asked for. @param {Ledger} ledger @returns {import('../types.js').Held | null} */
const baseOf = ({ held, earlier, back }) => (back ? (earlier.at(-back) ?? null) : held);

/** @param {any} told */
const originOf = (told) => String(told.checkpoint).split('\n')[0];

/**
 * What an exchange asks: from the checkpoint held on, and for edits of that log that no reply has proved yet.
 * @param {Ledger | undefined} ledger @param {EditRecord[]} unproved
 */
export function ledgerPart(ledger, unproved) {
  const { doubt, back } = ledger ?? NOTHING;
  const held = ledger ? baseOf(ledger) : null;
  const edits = unproved.map(({ position }) => position);
  return {
    ...(held && { origin: held.origin, size: held.size, root: b64(held.root) }),
    ...(held && !doubt && !back && { edits }),
    ...(doubt && { doubt }),
  };
}

/** Those of the edits asked for that a reply proves: none when it speaks of another log. @param {Ledger | undefined} ledger @param {EditRecord[]} unproved @param {any} told the reply's `ledger` @returns {Placed[]} */
export function askedIn(ledger, unproved, told) {
  if (!ledger?.held || ledger.doubt || ledger.back || !String(told.checkpoint).startsWith(`${ledger.held.origin}\n`)) return [];
  return /** @type {any} */ (unproved);
}

/**
 * What is held after a reply, and which places of the journal it proved. `keys`: those of this app, believed at first,
 * and later as far as one that was believed has signed beside them.
 * @param {Ledger | undefined} before @param {any} told the reply's `ledger` @param {Placed[]} placed @param {string[]} keys @param {number} nowMs
 * @returns {Promise<{ledger: Ledger, proved: Set<number>, again?: boolean}>} again: an older checkpoint is to be asked about
 */
export async function heard(before, told, placed, keys, nowMs) {
  const ledger = { ...NOTHING, ...before, keys: before?.keys.length ? before.keys : keys };
  if (ledger.doubt && told.looked !== ledger.doubt.at_ms) return { ledger, proved: new Set() };
  if (ledger.doubt) {
    // Somebody has looked: what is believed begins anew, what raised the doubt is kept.
    ledger.past = [...ledger.past, ledger.doubt].slice(-5);
    Object.assign(ledger, { doubt: null, held: null, note: undefined, earlier: [], back: 0 });
  }
  // It speaks of the log again that we hold the newest of: that one alone counts, and is asked from.
  if (ledger.back && originOf(told) === ledger.held?.origin) return { ledger: { ...ledger, back: 0 }, proved: new Set(), again: true };
  const base = baseOf(ledger);
  try {
    const held = await believe(base, told, placed, ledger.keys.map(unb64u), check);
    const proved = new Set(placed.filter(({ position }) => position < held.size).map(({ position }) => position));
    const known = await nextKeys(ledger.keys, keys, told.checkpoint);
    const other = !!base && base.origin !== held.origin;
    const restored = other ? { at_ms: nowMs, size: base.size } : ledger.restored;
    const earlier = other ? [] : earlierOf(ledger, held);
    return { ledger: { ...ledger, keys: known, held, note: told.checkpoint, earlier, back: 0, restored }, proved };
  } catch (error) {
    if (!(error instanceof Doubt)) throw error;
    // A server that was restored does not know the newest of what we held: it must know what we held before that. Only
    // for that other log: the newest is not forgotten.
    if (error.code === 'other_log' && ledger.back < ledger.earlier.length) {
      return { ledger: { ...ledger, back: ledger.back + 1 }, proved: new Set(), again: true };
    }
    const doubt = { code: error.code, at_ms: nowMs, held: ledger.note ?? '', told: String(told.checkpoint) };
    return { ledger: { ...ledger, doubt, back: 0 }, proved: new Set() };
  }
}

/** What was held before, with what is held no more: of the older ones the one is dropped that leaves the least gap. @param {Ledger} ledger @param {import('../types.js').Held} held */
function earlierOf({ held: last, earlier }, held) {
  if (!last || last.size === held.size) return earlier;
  const all = [...earlier, last];
  if (all.length <= EARLIER_MAX) return all;
  const gap = (/** @type {number} */ i) => all[i + 1].size - all[i - 1].size;
  let least = 1;
  for (let i = 2; i < all.length - NEWEST; i++) if (gap(i) < gap(least)) least = i;
  return all.filter((_, i) => i !== least);
}

/** Keys of a newer app count once they sign beside one that is believed. @param {string[]} known @param {string[]} told @param {string} note */
async function nextKeys(known, told, note) {
  const origin = note.split('\n')[0];
  const signed = await Promise.all(
    told.map(async (key) => known.includes(key) || (await signs(note, await keyNamed(origin, unb64u(key))))),
  );
  const next = told.filter((_, i) => signed[i]);
  return next.length ? next : known;
}

/** @param {string} note @param {import('./note.js').VerifierKey} key */
const signs = (note, key) =>
  openCheckpoint(note, [key], check).then(
    () => true,
    () => false,
  );
