// The phone's vault: what lies on the phone is closed under a data key, and that under a key made from its owner's PIN.
//
// Of each vault the public half of a key pair lies in the open: what is written while the phone is locked is closed for
// that. The private half is closed under the data key. Unlocked, both lie in the store as keys that do not leave the
// browser, until a while after the last use. Wrong PINs cost time, and the count survives a restart; nothing is ever
// destroyed. Meta holds `vault`, `unlocked` and `tries`, one each for every database.

import { begin, meta, setMeta, storeName } from './database.js';
import { b64u, unb64u } from './edit.js';
import { locked } from './lock.js';
import { ECDH, close, disclose, seal, unseal } from './sealing.js';

/** @typedef {import('./sealing.js').Bytes} Bytes */
/**
 * `settled`: nothing of what is here lies in the open any more. `server`: the server's public point (base64url).
 * `passkey`: the other wrapping, where there is one (passkey.js).
 * @typedef {{salt: Bytes, rounds: number, wrapped: Bytes, point: Bytes, own: Bytes, idle_ms: number, server: string, settled: boolean, passkey?: import('./passkey.js').Wrapping}} Kept
 */
/**
 * A vault as it stands: `key` and `own` are there while it is open. Without `point` there is none yet.
 * @typedef {{point?: Bytes, server?: string, key?: CryptoKey, own?: CryptoKey, settled?: boolean, until: number}} Vault
 */

export const PIN = /^[0-9]{6}$/;
const ROUNDS = 600_000;
const IDLE_MS = 5 * 60_000;
/** A use is noted when so much of the time has gone. */
const NOTED = 0.1;
const FREE_TRIES = 3;
const PAUSE_MS = 30_000;
const PAUSE_MS_MAX = 60 * 60_000;
const AES = { name: 'AES-GCM', length: 256 };
const KEY_AT = 'data key';
const OWN_AT = 'own key';

/** What was read last, for the time that it holds. @type {{name: string, vault: Vault} | null} */
let known = null;
/** What is told when the vault closes: nothing that was opened is kept in mind. @type {(() => void)[]} */
const closing = [];

/** @param {() => void} forget */
export const whenClosed = (forget) => void closing.push(forget);

/** The vault as it stands now. @returns {Promise<Vault>} */
export async function vaultNow() {
  if (known && known.name === storeName() && known.vault.key && Date.now() < known.vault.until) return known.vault;
  const tx = await begin(['meta']);
  const metas = tx.objectStore('meta');
  const [kept, open] = (await Promise.all([metas.get('vault'), metas.get('unlocked')])).map((note) => note?.v);
  if (!kept) return { until: 0 };
  const { point, server, settled, idle_ms } = /** @type {Kept} */ (kept);
  const left = open ? open.until - Date.now() : 0;
  // A clock that was set back opens nothing for longer.
  if (open && (left <= 0 || left > idle_ms)) await lock();
  if (!open || left <= 0 || left > idle_ms) return { point, server, until: 0 };
  const vault = { point, server, settled, key: open.key, own: open.own, until: open.until };
  known = { name: storeName(), vault };
  return vault;
}

/** @param {string} pin @param {Bytes} salt @param {number} rounds */
async function keyOf(pin, salt, rounds) {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, typed, AES, false, ['encrypt', 'decrypt']);
}

/** @param {Bytes} raw */
const importData = (raw) => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);

/** @param {Bytes} pkcs8 */
const importOwn = (pkcs8) => crypto.subtle.importKey('pkcs8', pkcs8, ECDH, false, ['deriveBits']);

/**
 * Make a vault under a PIN; it is open at once. One that was there is put aside: what only it opens stays, closed.
 * @param {string} pin @param {string} server the server's public point, for which unsent edits are closed as well
 * @param {{rounds?: number, idle_ms?: number, settled?: boolean}} [how]
 */
export async function makeVault(pin, server, { rounds = ROUNDS, idle_ms = IDLE_MS, settled = false } = {}) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const pair = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(ECDH, true, ['deriveBits']));
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const key = await importData(raw);
  /** @type {Kept} */
  const vault = {
    ...{ salt, rounds, point, idle_ms, server, settled },
    wrapped: await close(await keyOf(pin, salt, rounds), raw, KEY_AT),
    own: await close(key, pkcs8, OWN_AT),
  };
  const unlocked = { key, own: await importOwn(pkcs8), until: Date.now() + idle_ms };
  const last = await meta('vault');
  const before = last ? { vaults_before: [...((await meta('vaults_before')) ?? []), last] } : null;
  forget();
  await setMeta({ vault, unlocked, tries: { count: 0, until_ms: 0 }, reset: 0, ...before });
}

/** How long nothing may be tried after so many wrong PINs. @param {number} count */
export const pauseAfter = (count) => (count < FREE_TRIES ? 0 : Math.min(PAUSE_MS_MAX, PAUSE_MS * 2 ** (count - FREE_TRIES)));

/** A full phone notes nothing more, and is opened all the same. @param {unknown} error */
function unlessFull(error) {
  if (/** @type {Error} */ (error)?.name !== 'QuotaExceededError') throw error;
  console.warn('this phone is full', error);
}

/** The tries that could not be kept, for as long as the worker lives. @type {{name: string, count: number, until_ms: number} | null} */
let unkept = null;

/** @returns {Promise<{count: number, until_ms: number}>} */
async function triesNow() {
  const kept = (await meta('tries')) ?? { count: 0, until_ms: 0 };
  return unkept?.name === storeName() && unkept.count > kept.count ? unkept : kept;
}

/** How long the next PIN has to wait. @returns {Promise<number>} milliseconds */
export async function pauseLeft() {
  const { count, until_ms } = await triesNow();
  // Never longer than the count deserves, whatever was done to the clock.
  return Math.max(0, Math.min(until_ms - Date.now(), pauseAfter(count)));
}

/** Open the vault with a PIN. @param {string} pin */
export const unlock = (pin) => tryPin(pin, openWith);

/**
 * Do something with the data key that a PIN opens. Each try is counted durably before it is made.
 * @param {string} pin @param {(raw: Bytes, kept: Kept) => Promise<void>} work what ends by opening the vault
 * @returns {Promise<{open: boolean, wait_ms: number}>}
 */
export function tryPin(pin, work) {
  return locked('vault', async () => {
    const wait_ms = await pauseLeft();
    if (wait_ms > 0) return { open: false, wait_ms };
    const count = (await triesNow()).count + 1;
    const pause = pauseAfter(count);
    const tries = { count, until_ms: Date.now() + pause };
    unkept = { name: storeName(), ...tries };
    await setMeta({ tries }).catch(unlessFull);
    const kept = /** @type {Kept} */ (await meta('vault'));
    try {
      await work(await disclose(await keyOf(pin, kept.salt, kept.rounds), kept.wrapped, KEY_AT), kept);
      return { open: true, wait_ms: 0 };
    } catch (error) {
      if (/** @type {Error} */ (error).name !== 'OperationError') throw error;
      return { open: false, wait_ms: pause };
    }
  });
}

/** Open the vault with its data key. @param {Bytes} raw @param {Kept} kept */
export async function openWith(raw, kept) {
  const key = await importData(raw);
  const own = await importOwn(await disclose(key, kept.own, OWN_AT));
  const until = Date.now() + kept.idle_ms;
  const { point, server, settled } = kept;
  unkept = null;
  await setMeta({ unlocked: { key, own, until }, tries: { count: 0, until_ms: 0 }, reset: 0 }).catch(unlessFull);
  known = { name: storeName(), vault: { point, server, settled, key, own, until } };
}

/** Somebody uses the phone: it stays open for a while longer. */
export async function noteUse() {
  const { key, until } = await vaultNow();
  if (!key) return;
  const { idle_ms } = /** @type {Kept} */ (await meta('vault'));
  if (until - Date.now() > idle_ms * (1 - NOTED)) return;
  // Nobody waits for the disk: a use that is not noted is followed by another, or by a PIN.
  const tx = await begin(['meta'], 'readwrite');
  const metas = tx.objectStore('meta');
  const open = (await metas.get('unlocked'))?.v;
  if (open) metas.put({ k: 'unlocked', v: { ...open, until: Date.now() + idle_ms } });
  await tx.done;
  known = null;
}

/** Close it now. */
export async function lock() {
  forget();
  const tx = await begin(['meta'], 'readwrite', 'strict');
  tx.objectStore('meta').delete('unlocked');
  await tx.done;
}

/** Nothing that was opened is kept in mind. */
export function forget() {
  known = null;
  for (const each of closing) each();
}

/** Change what is noted of the vault. @param {Partial<Kept>} said */
export const noteVault = (said) =>
  locked('vault', async () => {
    await setMeta({ vault: { ...(await meta('vault')), ...said } });
    known = null;
  });

const BY_KEY = 1;
const BY_POINT = 2;

/** Whether this phone has no PIN yet, or is locked. */
export const isShut = async () => !(await vaultNow()).key;

/**
 * Close bytes for this vault: under its key while it is open, for its point while it is not.
 * @param {Vault} vault one that is there @param {BufferSource} text @param {string} place @returns {Promise<Bytes>}
 */
export async function closeIn(vault, text, place) {
  const closed = vault.key
    ? await close(vault.key, text, place)
    : await seal(/** @type {Bytes} */ (new Uint8Array(/** @type {any} */ (text))), /** @type {Bytes} */ (vault.point));
  const whole = new Uint8Array(closed.length + 1);
  whole[0] = vault.key ? BY_KEY : BY_POINT;
  whole.set(closed, 1);
  return whole;
}

/** Open what was closed so; null while this vault cannot. @param {Vault} vault @param {Bytes} sealed @param {string} place @returns {Promise<Bytes | null>} */
export async function openIn({ key, own, point }, sealed, place) {
  if (!key || !own || !point) return null;
  try {
    const closed = sealed.subarray(1);
    return sealed[0] === BY_KEY ? await disclose(key, closed, place) : await unseal(closed.slice(), own, point);
  } catch (error) {
    // It was closed for a vault whose PIN was forgotten.
    if (/** @type {Error} */ (error).name !== 'OperationError') throw error;
    return null;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @param {Vault} vault @param {any} value @param {string} place */
export const closeValue = (vault, value, place) => closeIn(vault, encoder.encode(JSON.stringify(value)), place);

/** @param {Vault} vault @param {Bytes} sealed @param {string} place @returns {Promise<any>} */
export async function openValue(vault, sealed, place) {
  const text = await openIn(vault, sealed, place);
  return text && JSON.parse(decoder.decode(text));
}

/**
 * Salt and body of an edit closed for the server (sync/README.md, tests/vectors/sealed_edit.json).
 * @param {{s: string, b: string}} said @param {string} server its public point @param {CryptoKeyPair} [own] a key pair of this one use
 */
export const sealedEdit = async ({ s, b }, server, own) => b64u(await seal(encoder.encode(JSON.stringify({ s, b })), unb64u(server), own));
