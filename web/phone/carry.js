// Files that colleagues gave to this phone: kept until the next exchange, then posted as they are.
//
// Nobody here can open one. What the server said of it is kept for the page that tells.

import { meta, setMeta, storeName } from './database.js';
import { locked } from './lock.js';
import { tell } from './news.js';
import { newId } from './record.js';
import { Trouble, postText } from './transport.js';

/**
 * `text` is there until the server has taken it, or will not.
 * @typedef {{id: string, name: string, kept_ms: number, text?: string, sent_ms?: number, problem?: string, fresh?: number, known?: number, aside?: number, fork?: boolean}} Carried
 */

const BYTES_MAX = 8 * 1024 * 1024;
const NAME_CHARS_MAX = 80;
const KEPT_MAX = 20;
/** It may go in later: when the phone it comes from is known, or what came before it. */
const LATER = ['chain_gap', 'unknown_device'];
/** The server will say the same again. */
const NEVER = ['not_capsule', 'not_sealed_to_us', 'bad_signature', 'too_large', 'bad_json', 'bad_shape', 'chain_broken', 'body_mismatch', 'duplicate_key', 'too_deep'];

/** What this phone carries or has carried, the oldest first. @returns {Promise<Carried[]>} */
export const carried = async () => (await meta('carried')) ?? [];

/** @param {(kept: Carried[]) => Carried[]} mend */
const change = (mend) => locked('carried', async () => setMeta({ carried: mend(await carried()) }));

/**
 * Keep a file until there is signal. Answers what is wrong with it, or null.
 * @param {FormDataEntryValue | null} file @param {number} nowMs @returns {Promise<string | null>}
 */
export async function keepCapsule(file, nowMs) {
  if (!file || typeof file === 'string' || !file.size) return 'carry.none';
  if (file.size > BYTES_MAX) return 'carry.too_large';
  const text = await file.text();
  if (!isCapsule(text)) return 'carry.not_capsule';
  const name = file.name.replace(/\.(sifang|txt|json)/g, '').slice(0, NAME_CHARS_MAX);
  try {
    await change((kept) => {
      if (kept.some((one) => one.text === text)) return kept;
      const open = kept.filter((one) => one.text);
      const told = kept.filter((one) => !one.text).slice(-KEPT_MAX);
      return [...told, ...open, { id: newId(), name, kept_ms: nowMs, text }];
    });
  } catch (error) {
    if (/** @type {Error} */ (error).name !== 'QuotaExceededError') throw error;
    return 'carry.full';
  }
  return null;
}

/** Whether it looks like one; only the server can tell what is inside. @param {string} text */
function isCapsule(text) {
  try {
    const { sifang, v, head, sealed } = JSON.parse(text);
    return sifang === 'capsule' && v === 1 && typeof head?.statement === 'string' && typeof sealed === 'string';
  } catch {
    return false;
  }
}

/** Forget one that was told of. @param {string} id */
export const dropCapsule = (id) => change((kept) => kept.filter((one) => one.id !== id));

/**
 * Post what waits, each by itself. What cannot go now waits on.
 * @param {() => number} now the server's clock, as far as this phone knows it @returns {Promise<boolean>} whether nothing waits for a signal any more
 */
export async function sendCarried(now) {
  let all = true;
  for (const one of (await carried()).filter(({ text }) => text)) {
    const became = await sent(/** @type {string} */ (one.text), now);
    if (!became) {
      all = false;
      continue;
    }
    const { text, ...rest } = one;
    const { later, ...told } = became;
    await change((kept) => kept.map((each) => (each.id === one.id ? { ...rest, ...(later && { text }), ...told } : each)));
    tell(storeName(), { type: 'carried' });
  }
  return all;
}

/** @param {string} text @param {() => number} now @returns {Promise<(Partial<Carried> & {later?: boolean}) | null>} null: not now */
async function sent(text, now) {
  try {
    const { fresh, known, aside, fork } = await postText('/sync/capsules', text);
    return { sent_ms: now(), fresh, known, aside, fork, problem: undefined };
  } catch (error) {
    const { code } = /** @type {Trouble} */ (error);
    if (LATER.includes(code)) return { problem: code, later: true };
    if (NEVER.includes(code)) return { problem: code };
    if (!(error instanceof Trouble)) console.error(error);
    return null;
  }
}
