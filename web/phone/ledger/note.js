// Signed notes (C2SP signed-note) and the checkpoints in them (C2SP tlog-checkpoint): read strictly, opened by a key.
//
// Twin of sync/ledger/note.py and checkpoint.py, but that a phone knows the log's own keys alone: no witnesses.

import { same } from './tree.js';

const ED25519 = 1;
const [KEY_BYTES, ID_BYTES, SIGNATURE_BYTES] = [32, 4, 64];
const NOTE_CHARS_MAX = 64 * 1024;
const SIGNATURES_MAX = 64;
const NAME = /^[^\s+\u0000-\u001f\u007f]+$/u;
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;
const TEXT = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n$/u;
const utf8 = new TextEncoder();

/** @typedef {{ name: string, id: Uint8Array, public: Uint8Array<ArrayBuffer> }} VerifierKey */
/** @typedef {{ name: string, id: Uint8Array, signature: Uint8Array<ArrayBuffer> }} Signature */
/** @typedef {{ origin: string, size: number, root: Uint8Array }} Checkpoint */
/** @typedef {(key: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>, message: Uint8Array<ArrayBuffer>) => Promise<boolean>} Check */

/** A note, key or checkpoint that is not one. */
export class Malformed extends Error {}

/** Standard base64 with padding, in its one spelling. @param {string} text */
function unb64(text) {
  let raw = '';
  try {
    raw = atob(text);
  } catch {
    throw new Malformed('not base64');
  }
  if (btoa(raw) !== text) throw new Malformed('not base64 in its one spelling');
  return Uint8Array.from(raw, (char) => char.charCodeAt(0));
}

/** @param {Uint8Array} raw */
const hex = (raw) => [...raw].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** An Ed25519 key under a name. @param {string} name @param {Uint8Array<ArrayBuffer>} raw @returns {Promise<VerifierKey>} */
export async function keyNamed(name, raw) {
  const named = utf8.encode(`${name}\n`);
  const whole = new Uint8Array(named.length + 1 + raw.length);
  whole.set(named);
  whole[named.length] = ED25519;
  whole.set(raw, named.length + 1);
  const id = new Uint8Array(await crypto.subtle.digest('SHA-256', whole)).slice(0, ID_BYTES);
  return { name, id, public: raw };
}

/** A key as it is written down: name+id+key. @param {string} text @returns {Promise<VerifierKey>} */
export async function readVerifierKey(text) {
  const [name, id, ...coded] = text.split('+');
  const raw = unb64(coded.join('+'));
  if (raw.length !== 1 + KEY_BYTES || raw[0] !== ED25519 || !NAME.test(name)) throw new Malformed('no verifier key');
  const key = await keyNamed(name, raw.slice(1));
  if (hex(key.id) !== id) throw new Malformed("a verifier key's id is not that of its name and key");
  return key;
}

/** A signed note, each character accounted for. @param {string} text @returns {{ text: string, signatures: Signature[] }} */
export function readNote(text) {
  const at = text.lastIndexOf('\n\n');
  const below = text.slice(at + 2);
  if (text.length > NOTE_CHARS_MAX || at < 0 || !below.endsWith('\n') || CONTROL.test(text)) throw new Malformed('no note');
  const lines = below.slice(0, -1).split('\n');
  if (lines.length > SIGNATURES_MAX) throw new Malformed('too many signatures');
  return { text: text.slice(0, at + 1), signatures: lines.map(readSignature) };
}

/** @param {string} line @returns {Signature} */
function readSignature(line) {
  const [dash, name, ...coded] = line.split(' ');
  const raw = unb64(coded.join(' '));
  if (dash !== '—' || !NAME.test(name ?? '') || raw.length <= ID_BYTES) throw new Malformed('no signature line');
  return { name, id: raw.slice(0, ID_BYTES), signature: raw.slice(ID_BYTES) };
}

/** The checkpoint that a note's text says. @param {string} text @returns {Checkpoint} */
export function readCheckpoint(text) {
  const found = TEXT.exec(text);
  if (!found || !Number.isSafeInteger(Number(found[2]))) throw new Malformed('no checkpoint');
  return { origin: found[1], size: Number(found[2]), root: unb64(found[3]) };
}

/**
 * A checkpoint that one of the log's keys signed; a signature in the name of a key that is not that key's spoils it.
 * @param {string} text @param {VerifierKey[]} keys @param {Check} check
 */
export async function openCheckpoint(text, keys, check) {
  const note = readNote(text);
  const checkpoint = readCheckpoint(note.text);
  let signed = false;
  for (const line of note.signatures) {
    const key = keys.find(({ name, id }) => name === line.name && same(id, line.id));
    if (!key) continue;
    const whole = line.signature.length === SIGNATURE_BYTES;
    if (!whole || !(await check(key.public, line.signature, utf8.encode(note.text)))) throw new Malformed('a false signature');
    signed ||= key.name === checkpoint.origin;
  }
  if (!signed) throw new Malformed('not signed by a key of its log');
  return checkpoint;
}
