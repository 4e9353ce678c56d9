// What a phone makes of a server's word on the log: it holds a longer past that contains the one it knew, or it doubts.
//
// Twin of sync/ledger/receive.py: same names, same vectors.

import { unb64u } from '../edit.js';
import { leafOf } from './leaf.js';
import { keyNamed, openCheckpoint } from './note.js';
import { isConsistent, rootOfCover, same } from './tree.js';

const ORIGIN_CHARS_MAX = 200; // as long as a request may name it
const OUTCOMES = ['accepted', 'contested', 'duplicate', 'quarantined'];

/** The past that the server tells of is not proved to be the one this phone knows. */
export class Doubt extends Error {
  /** @param {'not_signed' | 'shorter' | 'other_past' | 'other_log' | 'not_in'} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** @typedef {{ checkpoint: string, consistency?: string[], cover?: string[] }} Told as it stands in a reply */
/** @typedef {{ hash: string, position: number, received_ms: number, outcome: string, reason?: string }} Placed */

/**
 * The checkpoint to hold from now on; those of `placed` below its size are proved to be in it. Throws Doubt.
 * @param {import('./note.js').Checkpoint | null} held @param {Told} told @param {Placed[]} placed
 * @param {Uint8Array<ArrayBuffer>[]} keys the public keys of the log @param {import('./note.js').Check} check
 */
export async function believe(held, told, placed, keys, check) {
  const checkpoint = await opened(told.checkpoint, keys, check);
  const ofHeld = checkpoint.origin === held?.origin;
  if (held) {
    if (ofHeld && checkpoint.size < held.size) throw new Doubt('shorter');
    const proof = hashes(told.consistency);
    const grown = proof && (await isConsistent(held.size, held.root, checkpoint.size, checkpoint.root, proof));
    if (!grown) throw new Doubt(ofHeld ? 'other_past' : 'other_log');
  }
  const leaves = await leavesOf(placed, checkpoint.size);
  if (leaves.size) {
    const cover = hashes(told.cover);
    const root = cover && (await rootOfCover(leaves, checkpoint.size, cover));
    if (!root || !same(root, checkpoint.root)) throw new Doubt('not_in');
  }
  return checkpoint;
}

/**
 * The leaves that must be there. In one place stands one edit: a second one there would hide the first.
 * @param {Placed[]} placed @param {number} size @returns {Promise<Map<number, Uint8Array>>}
 */
async function leavesOf(placed, size) {
  const leaves = new Map();
  for (const each of placed) {
    const { hash, position, received_ms, outcome, reason } = each;
    const [edit] = hashes([hash]) ?? [];
    // "1" is no 1: where they differ as keys they are one place nevertheless.
    if (!edit || !isCount(position) || !isWord(each)) throw new Doubt('not_in');
    if (position >= size) continue;
    const leaf = await leafOf(edit, received_ms, outcome, reason);
    if (!same(leaves.get(position) ?? leaf, leaf)) throw new Doubt('not_in');
    leaves.set(position, leaf);
  }
  return leaves;
}

/**
 * Whether the log can say this of an edit: a leaf alone does not tell where the outcome ends and the reason begins.
 * @param {Placed} told
 */
function isWord({ outcome, received_ms, reason }) {
  if (!OUTCOMES.includes(outcome) || !isCount(received_ms)) return false;
  return (reason ?? null) === null || (outcome === 'quarantined' && typeof reason === 'string' && /^[a-z_]+$/.test(reason));
}

/** @param {unknown} told */
export const isCount = (told) => Number.isSafeInteger(told) && Number(told) >= 0;

/** @param {string[]} [told] @returns {Uint8Array[] | null} null where one of them is no hash */
function hashes(told = []) {
  try {
    const found = told.map(unb64u);
    return found.every(({ length }) => length === 32) ? found : null;
  } catch {
    return null;
  }
}

/** @param {string} note @param {Uint8Array<ArrayBuffer>[]} keys @param {import('./note.js').Check} check */
async function opened(note, keys, check) {
  try {
    // A log's key bears its log's name: the same public key serves the log that follows it after a restore.
    const origin = String(note).split('\n')[0];
    if ([...origin].length > ORIGIN_CHARS_MAX) throw new Doubt('not_signed');
    return await openCheckpoint(note, await Promise.all(keys.map((key) => keyNamed(origin, key))), check);
  } catch {
    throw new Doubt('not_signed');
  }
}
