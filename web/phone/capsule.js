// The capsule: what is unsent as one file, sealed to the server, which anybody may carry there (sync/README.md).
//
// Ephemeral ECDH on P-256, HKDF-SHA256, AES-256-GCM. tests/vectors/capsule.json pins the bytes for both languages.

import { b64u, headStatement, unb64u } from './edit.js';
import { editsFrom, read } from './store.js';

const PREFIX = 'sifang-capsule-v1\n';
const INFO = 'sifang-seal-v1';
const ID_BYTES = 8;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const EDITS_MAX = 2_000;
// A file has at most 8 MiB, and sealed bytes grow by a third as text.
const RAW_BYTES_MAX = 5 * 1024 * 1024;
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const ECDH = { name: 'ECDH', namedCurve: 'P-256' };

const bytes = new TextEncoder();

/** Whether this browser can make one. */
export const canSeal = () => typeof CompressionStream !== 'undefined';

/** @param {...Uint8Array} parts @returns {Uint8Array<ArrayBuffer>} */
function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Close bytes for the server whose public point this is. Twin of `seal` in server/sealing.py.
 * @param {Uint8Array<ArrayBuffer>} text @param {Uint8Array<ArrayBuffer>} point @param {CryptoKeyPair} [own] a key pair of this one use
 */
export async function seal(text, point, own) {
  const pair = own ?? /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(ECDH, true, ['deriveBits']));
  const ours = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const theirs = await crypto.subtle.importKey('raw', point, ECDH, false, []);
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, pair.privateKey, 256);
  const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: joined(ours, point), info: bytes.encode(INFO) };
  const made = await crypto.subtle.deriveBits(how, secret, (KEY_BYTES + NONCE_BYTES) * 8);
  const key = await crypto.subtle.importKey('raw', made.slice(0, KEY_BYTES), 'AES-GCM', false, ['encrypt']);
  const closed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: made.slice(KEY_BYTES) }, key, text);
  const id = new Uint8Array(await crypto.subtle.digest('SHA-256', point)).slice(0, ID_BYTES);
  return joined(id, ours, new Uint8Array(closed));
}

/** @param {string} text @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** As many of these edits as one file takes, from the first. @param {import('./types.js').EditRecord[]} edits */
function fitting(edits) {
  let size = 0;
  const end = edits.findIndex(({ h, s, b }, i) => (size += bytes.encode(h + s + b).length * 1.2) > RAW_BYTES_MAX && i > 0);
  return end === -1 ? edits : edits.slice(0, end);
}

/**
 * What is unsent now, as a file; null when everything has been sent. Nothing on the phone changes by it.
 * @param {string} point the server's, in base64url @param {number} nowMs
 * @returns {Promise<{text: string, n: number, name: string} | null>} the file, how many edits are in it, whose they are
 */
export async function makeCapsule(point, nowMs) {
  const { device, chain, sync } = await read({ device: { meta: 'device' }, chain: { meta: 'chain' }, sync: { meta: 'sync' } });
  const edits = fitting(await editsFrom(chain.device, sync.acked + 1, EDITS_MAX));
  const last = edits.at(-1);
  if (!last) return null;
  const said = { device: chain.device, n: last.n, hash: last.hash, top: chain.n, nonce: '', at_ms: nowMs };
  const statement = headStatement(said);
  const signature = b64u(await crypto.subtle.sign(ECDSA, device.key.privateKey, bytes.encode(PREFIX + statement)));
  const inside = await packed(JSON.stringify({ edits: edits.map(({ h, s, b }) => ({ h, s, b })) }));
  const sealed = b64u(await seal(inside, unb64u(point)));
  const text = JSON.stringify({ sifang: 'capsule', v: 1, head: { statement, signature }, sealed });
  return { text, n: edits.length, name: device.person.name };
}

/** How the file is offered for keeping, under its name in any script. @param {string} name */
export function fileHeaders(name) {
  const plain = name.replace(/[/\\:*?"<>|\u0000-\u001f]/g, ' ');
  const spelled = encodeURIComponent(plain).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const disposition = `attachment; filename="capsule.sifang"; filename*=UTF-8''${spelled}`;
  return { 'Content-Type': 'application/octet-stream', 'Content-Disposition': disposition };
}
