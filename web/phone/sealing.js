// Bytes closed for whoever holds a key: under a key that is at hand, or for the owner of a public point.
//
// For a point: ephemeral ECDH on P-256, HKDF-SHA256, AES-256-GCM; twin of server/sealing.py, tests/vectors/capsule.json
// pins the bytes for both. Pure: nothing here knows the store.

export const ECDH = { name: 'ECDH', namedCurve: 'P-256' };
const INFO = 'sifang-seal-v1';
const ID_BYTES = 8;
const POINT_BYTES = 65;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;

const bytes = new TextEncoder();

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

/** @param {...Uint8Array} parts @returns {Bytes} */
export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The one key and nonce that two key pairs make together. @param {CryptoKey} own @param {CryptoKey} theirs @param {Bytes} salt @param {'encrypt' | 'decrypt'} use */
async function agreed(own, theirs, salt, use) {
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, own, 256);
  const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt, info: bytes.encode(INFO) };
  const made = await crypto.subtle.deriveBits(how, secret, (KEY_BYTES + NONCE_BYTES) * 8);
  const key = await crypto.subtle.importKey('raw', made.slice(0, KEY_BYTES), 'AES-GCM', false, [use]);
  return { key, how: { name: 'AES-GCM', iv: made.slice(KEY_BYTES) } };
}

/** @param {Bytes} point */
const publicKey = (point) => crypto.subtle.importKey('raw', point, ECDH, false, []);

/**
 * Close bytes for the owner of a public point. Twin of `seal` in server/sealing.py.
 * @param {Bytes} text @param {Bytes} point @param {CryptoKeyPair} [own] a key pair of this one use
 */
export async function seal(text, point, own) {
  const pair = own ?? /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(ECDH, true, ['deriveBits']));
  const ours = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const { key, how } = await agreed(pair.privateKey, await publicKey(point), joined(ours, point), 'encrypt');
  const closed = await crypto.subtle.encrypt(how, key, text);
  const id = new Uint8Array(await crypto.subtle.digest('SHA-256', point)).slice(0, ID_BYTES);
  return joined(id, ours, new Uint8Array(closed));
}

/** Open what was closed for our point. Throws where it was closed for another. @param {Bytes} sealed @param {CryptoKey} own the private half @param {Bytes} point */
export async function unseal(sealed, own, point) {
  const theirs = sealed.slice(ID_BYTES, ID_BYTES + POINT_BYTES);
  const { key, how } = await agreed(own, await publicKey(theirs), joined(theirs, point), 'decrypt');
  return new Uint8Array(await crypto.subtle.decrypt(how, key, sealed.slice(ID_BYTES + POINT_BYTES)));
}

/** Close bytes under a key, for one place. @param {CryptoKey} key @param {BufferSource} text @param {string} place @returns {Promise<Bytes>} */
export async function close(key, text, place) {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const closed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytes.encode(place) }, key, text);
  return joined(iv, new Uint8Array(closed));
}

/** Open what was closed so. Throws where key or place are others. @param {CryptoKey} key @param {Bytes} sealed @param {string} place */
export async function disclose(key, sealed, place) {
  const how = { name: 'AES-GCM', iv: sealed.subarray(0, NONCE_BYTES), additionalData: bytes.encode(place) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, sealed.subarray(NONCE_BYTES)));
}

/** What tells two closings apart: no nonce is ever used twice. @param {Bytes} sealed */
export const nonceOf = (sealed) => String.fromCharCode(...sealed.subarray(0, NONCE_BYTES));
