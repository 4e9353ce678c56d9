// What the phone holds of the log, and what each exchange makes of it. The third receipt, 已核验, rests on this alone.
//
// Kept in the note `ledger`: the keys of the log as they were when this phone was enrolled and as they followed each other
// since, the reserve key, the last checkpoint that was found true, and a doubt: both checkpoints as evidence, from the first word that could not be believed until a supervisor
// has looked. A doubt stops no record and no exchange.

import { unb64u } from '../edit.js';
import { check } from './ed25519.js';
import { believe, Doubt, isCount } from './receive.js';
import { trusted } from './vouch.js';

/** @typedef {import('../types.js').EditRecord} EditRecord */
/** @typedef {import('../types.js').Held} Held */
/** @typedef {import('../types.js').Ledger} Ledger */
/** @typedef {import('./receive.js').Placed} Placed */
/** @typedef {{ log: string[], vouched?: import('../types.js').Vouch[], shown?: string }} Brought the keys of this app, and the one that the station showed */

/** @type {Ledger} */
const NOTHING = { keys: [], reserve: [], held: null, doubt: null, past: [], earlier: [], back: 0 };
const EARLIER_MAX = 24;
const NEWEST = 8;
const PAST_MAX = 5;
const NOTE_CHARS_MAX = 4096;

/** Standard base64, as in a checkpoint. @param {Uint8Array} raw */
const b64 = (raw) => btoa(String.fromCharCode(...raw));

/** From which checkpoint a proof is asked for. @param {Ledger} ledger @returns {Held | null} */
const baseOf = ({ held, earlier, back }) => (back ? (earlier.at(-back) ?? null) : held);

/** What a reply proved: this edit in this place, and nothing else that may be said of the place. @param {{position?: number, hash: string}} placed */
export const proofOf = ({ position, hash }) => `${position} ${hash}`;

/** @param {any} told */
const originOf = (told) => String(told.checkpoint).split('\n')[0];

/**
 * What an exchange asks: from the checkpoint held on, and for edits of that log that no reply has proved yet.
 * @param {Ledger | undefined} ledger @param {EditRecord[]} unproved
 */
export function ledgerPart(ledger, unproved) {
  const { doubt, back } = ledger ?? NOTHING;
  const held = ledger ? baseOf(ledger) : null;
  const edits = unproved.filter(isPlaced).map(({ position }) => position);
  return {
    ...(held && { origin: held.origin, size: held.size, root: b64(held.root) }),
    ...(held && !doubt && !back && { edits }),
    ...(doubt && { doubt: sendable(doubt) }),
    ...(ledger?.untold && { restored: sendable(ledger.untold) }),
  };
}

/** Whether the server told where it stands in words that can be asked about. @param {EditRecord} edit */
const isPlaced = ({ position, received_ms }) => isCount(position) && isCount(received_ms);

/** What is kept as evidence may be anything, and longer than anybody reads; what is sent of it keeps no exchange from its way. @param {import('../types.js').Doubted} doubted */
const sendable = (doubted) => ({ ...doubted, held: cut(doubted.held), told: cut(doubted.told) });

/** @param {string} note */
const cut = (note) => note.slice(0, NOTE_CHARS_MAX).replace(/[\u0000\ud800-\udfff]/gu, '\ufffd');

/** Those of the edits asked for that a reply proves: none when it speaks of another log. @param {Ledger | undefined} ledger @param {EditRecord[]} unproved @param {any} told the reply's `ledger` @returns {Placed[]} */
export function askedIn(ledger, unproved, told) {
  if (!ledger?.held || ledger.doubt || ledger.back || !String(told.checkpoint).startsWith(`${ledger.held.origin}\n`)) return [];
  return /** @type {any} */ (unproved.filter(isPlaced));
}

/**
 * What is held after a reply, and which edits it proved in which places of the journal. `brought`: the keys of this app. They are believed
 * at first, unless the station showed one; later as far as one that is believed speaks for them.
 * @param {Ledger | undefined} before @param {any} told the reply's `ledger` @param {Placed[]} placed @param {Brought} brought @param {number} nowMs
 * @returns {Promise<{ledger: Ledger, proved: Set<string>, again?: boolean}>} again: an older checkpoint is to be asked about
 */
export async function heard(before, told, placed, brought, nowMs) {
  const first = brought.shown ? [brought.shown] : brought.log;
  const ledger = { ...NOTHING, ...before, keys: before?.keys.length ? before.keys : first };
  if (ledger.untold && told.noted === ledger.untold.at_ms) ledger.untold = undefined;
  if (ledger.doubt && told.looked !== ledger.doubt.at_ms) return { ledger, proved: new Set() };
  if (ledger.doubt) {
    // Somebody has looked: what is believed begins anew, what raised the doubt is kept.
    if (ledger.doubt.code === 'not_signed') Object.assign(ledger, { keys: brought.log, reserve: [] });
    ledger.past = [...ledger.past, ledger.doubt].slice(-PAST_MAX);
    Object.assign(ledger, { doubt: null, held: null, note: undefined, earlier: [], back: 0 });
  }
  // It speaks of the log again that we hold the newest of: that one alone counts, and is asked from.
  if (ledger.back && originOf(told) === ledger.held?.origin) return { ledger: { ...ledger, back: 0 }, proved: new Set(), again: true };
  const base = baseOf(ledger);
  try {
    const { keys, reserve } = await trusted(ledger.keys, ledger.reserve, brought.vouched ?? [], check);
    const held = await believe(base, told, placed, [...keys, ...reserve].map(unb64u), check);
    const proved = new Set(placed.filter(({ position }) => position < held.size).map(proofOf));
    const next = brought.log.filter((key) => keys.includes(key));
    const known = { keys: next.length ? next : ledger.keys, reserve };
    const other = !!base && base.origin !== held.origin;
    const earlier = other ? upTo(ledger.earlier, base, held) : earlierOf(ledger, held);
    return { ledger: { ...ledger, ...known, held, note: told.checkpoint, earlier, back: 0, ...(other && evidenceOf(ledger, base, told, nowMs)) }, proved };
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

/** Another log is followed that is not proved to hold all that was seen: a backup was restored, or somebody says so. Both checkpoints are kept, and the pages say it. @param {Ledger} ledger @param {Held} base @param {any} told @param {number} nowMs @returns {Partial<Ledger>} */
function evidenceOf({ held, note = '', past }, base, told, nowMs) {
  const lost = (held?.size ?? 0) - base.size;
  if (lost <= 0) return {};
  const evidence = { code: 'restored', at_ms: nowMs, held: note, told: told.checkpoint };
  return { restored: { at_ms: nowMs, size: base.size, lost }, past: [...past, evidence].slice(-PAST_MAX), untold: evidence };
}

/** What was held of the logs before this one, as far as it is proved to be in this one: another backup of theirs is followed from there. @param {Held[]} earlier @param {Held} base @param {Held} held */
const upTo = (earlier, base, held) => [...earlier.filter(({ size }) => size < base.size), ...(base.size < held.size ? [base] : [])];

/** What was held before, with what is held no more: of the older ones the one is dropped that leaves the least gap. @param {Ledger} ledger @param {Held} held */
function earlierOf({ held: last, earlier }, held) {
  if (!last || last.size === held.size) return earlier;
  const all = [...earlier, last];
  if (all.length <= EARLIER_MAX) return all;
  const gap = (/** @type {number} */ i) => all[i + 1].size - all[i - 1].size;
  let least = 1;
  for (let i = 2; i < all.length - NEWEST; i++) if (gap(i) < gap(least)) least = i;
  return all.filter((_, i) => i !== least);
}
