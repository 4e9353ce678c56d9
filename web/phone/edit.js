// What an edit is: two byte strings made once and kept as made, numbered and chained by its device.
//
// Twin of sync/edit.py: same names, same vectors (tests/vectors/edits.json). Pure: time and entropy are arguments.

const bytes = new TextEncoder();

/** base64url without padding. @param {ArrayBuffer | Uint8Array} data */
export function b64u(data) {
  let text = '';
  for (const byte of new Uint8Array(data)) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export function unb64u(text) {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
}

/** @param {...Uint8Array} parts */
async function sha256(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return b64u(await crypto.subtle.digest('SHA-256', whole));
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The id of somebody's log of a day in a grid, found alike by each of their phones; empty where there is no such day.
 * @param {string} author @param {string} grid @param {string} day
 */
export async function logId(author, grid, day) {
  const ms = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  // 30 February would be 2 March.
  if (!(ms >= 0) || !new Date(ms).toISOString().startsWith(day)) return '';
  const hash = await crypto.subtle.digest('SHA-256', bytes.encode(`${author} ${grid} ${day}`));
  return uuid7(ms, new Uint8Array(hash).slice(0, 10));
}

/** The edit's hash: SHA-256 over the header's bytes. @param {string} header */
export const editHash = (header) => sha256(bytes.encode(header));

/** SHA-256(salt ‖ body). @param {Uint8Array} salt @param {string} body */
export const bodyHash = (salt, body) => sha256(salt, bytes.encode(body));

/**
 * UUIDv7 from milliseconds and ten random bytes (RFC 9562 §5.7).
 * @param {number} nowMs @param {Uint8Array} random
 */
export function uuid7(nowMs, random) {
  const time = nowMs.toString(16).padStart(12, '0');
  const r = [...random].map((byte, i) => (i === 0 ? (byte & 0x0f) | 0x70 : i === 2 ? (byte & 0x3f) | 0x80 : byte));
  const hex = r.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8)}`;
}

// Lone surrogates cannot become UTF-8; control characters other than newline and tab are nobody's words.
// In unicode mode a surrogate in a pair is no surrogate, so this finds the lone ones (and spares old Safari a lookbehind).
const LONE = /[\ud800-\udfff]/gu;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Text as it may enter a body. @param {string} text */
export const cleanText = (text) => text.replace(LONE, '').replace(CONTROL, '');

/** The same for every text inside a value; keys of ours are ASCII already. @param {any} value @returns {any} */
export function clean(value) {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
}

/**
 * The header's text, keys in the order of the format.
 * @param {any} said id, device, n, prev, author, on_behalf_of?, grid, kind, v?, entity, at_ms, offset_ms, seen, over, body_hash
 */
export function headerText(said) {
  const { id, device, n, prev, author, on_behalf_of, grid, kind, v = 1, entity, at_ms, offset_ms, seen, over } = said;
  const behalf = on_behalf_of ? { on_behalf_of } : {};
  const who = { edit: 1, id, device, n, prev, author, ...behalf, grid, kind, v, entity };
  const seenThen = { log: seen.log, size: seen.size };
  return JSON.stringify({ ...who, at_ms, offset_ms, seen: seenThen, over, body_hash: said.body_hash });
}

/**
 * One edit at a known place of the chain. An edit without an entity creates one under its own id.
 * @param {any} said as for headerText, with `body` instead of `body_hash`; `entity` may be missing
 * @param {Uint8Array} salt sixteen random bytes
 * @returns {Promise<import('./types.js').EditRecord>}
 */
export async function makeEdit(said, salt) {
  const b = JSON.stringify(clean(said.body));
  const entity = said.entity ?? said.id;
  const h = headerText({ ...said, entity, body_hash: await bodyHash(salt, b) });
  const { device, n, id, kind, grid, at_ms } = said;
  return { device, n, id, hash: await editHash(h), h, b, s: b64u(salt), kind, entity, grid, at_ms, unsent: 1, open: 1 };
}

/**
 * The same words under another chain: after a fork the phone goes on as another device. What the log held of them was
 * another edit.
 * @param {import('./types.js').EditRecord} edit @param {string} device @param {number} n @param {string | null} prev
 * @returns {Promise<import('./types.js').EditRecord>}
 */
export async function rechained({ unproved: _asked, proved: _found, ...edit }, device, n, prev) {
  const h = headerText({ ...JSON.parse(edit.h), device, n, prev });
  return { ...edit, device, n, h, hash: await editHash(h), unsent: 1, open: 1 };
}

/**
 * What a device says at an exchange about its own chain.
 * @param {{device: string, n: number, hash: string | null, top: number, nonce: string, at_ms: number}} head
 */
export function headStatement({ device, n, hash, top, nonce, at_ms }) {
  return JSON.stringify({ v: 1, device, n, hash, top, nonce, at_ms });
}

const PREFIX = 'sifang-head-v1\n';
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** The bytes that are signed. @param {string} statement */
export const signedBytes = (statement) => bytes.encode(PREFIX + statement);

/** Raw r‖s, base64url. @param {CryptoKey} key @param {string} statement */
export const signHead = async (key, statement) => b64u(await crypto.subtle.sign(ECDSA, key, signedBytes(statement)));

/** What a device says with each request about a blob. @param {{device: string, edit: string, sha256: string}} said */
export const blobStatement = ({ device, edit, sha256 }) => JSON.stringify({ v: 1, device, edit, sha256 });

/** Raw r‖s, base64url. @param {CryptoKey} key @param {string} statement */
export const signBlob = async (key, statement) => b64u(await crypto.subtle.sign(ECDSA, key, bytes.encode(`sifang-blob-v1\n${statement}`)));

/** @param {CryptoKey} key @param {string} statement @param {string} signature */
export function verifyHead(key, statement, signature) {
  return crypto.subtle.verify(ECDSA, key, unb64u(signature), signedBytes(statement));
}

/** A device key whose private half never leaves this browser. */
export function makeKey() {
  return crypto.subtle.generateKey(ECDSA, false, ['sign', 'verify']);
}

/** The public half as the server keeps it: the raw point, base64url. @param {CryptoKey} key */
export const publicKeyText = async (key) => b64u(await crypto.subtle.exportKey('raw', key));
