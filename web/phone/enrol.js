// A phone becomes a device of the person its one-time link was made for; runs in the link's page.
//
// The key is made and kept before it is sent, and so is the nonce the phone binds itself to: asked again with the same, the
// server answers the same. Where the station compares four digits, `meet` comes first and `enrol` is asked until it has.

import { meta, setMeta } from './database.js';
import { commitment, digits, newNonce } from './digits.js';
import { makeKey, publicKeyText } from './edit.js';
import { goOnAs } from './exchange.js';
import { backInUse } from './gone.js';
import { locked } from './lock.js';
import { post } from './transport.js';

/** @param {string} token */
const address = (token) => `/join/${encodeURIComponent(token)}`;

/** This phone's key, made when there is none yet. @returns {Promise<CryptoKeyPair>} */
async function ownKey() {
  const known = (await meta('device'))?.key ?? (await meta('key'));
  if (known) return known;
  const key = await makeKey();
  await setMeta({ key });
  return key;
}

/** What this phone keeps of a link that it has begun with: its nonce, and the key of the log that the station showed. @param {string} token @returns {Promise<{nonce?: string, shown?: string}>} */
async function begun(token) {
  const joining = await meta('joining');
  return joining?.token === token ? joining : {};
}

/** The nonce this phone is bound to under a link; empty before it met it. @param {string} token @returns {Promise<string>} */
const ownNonce = async (token) => (await begun(token)).nonce ?? '';

/** Somebody pressed the button behind this link: from now on this phone goes on by itself. @param {string} token @param {string} [shown] the key that the link's picture carries */
export const begin = (token, shown) => setMeta({ joining: { token, nonce: newNonce(), ...(shown && { shown }) } });

/** Whether this phone pressed the button behind this link before. @param {string} token */
export const hasBegun = async (token) => (await ownNonce(token)) !== '';

/**
 * Bind this phone to its key and be the one that the link has met. Answers the digits that both screens show. Throws Trouble:
 * `link_gone`, `link_taken` by another phone, `digits_differ` said the station.
 * @param {string} token the link's
 */
export function meet(token) {
  return locked('chain', async () => {
    const publicKey = await publicKeyText((await ownKey()).publicKey);
    const before = await begun(token);
    const nonce = before.nonce || newNonce();
    await setMeta({ joining: { ...before, token, nonce } });
    const told = await post(`${address(token)}/meeting`, { commitment: await commitment(publicKey, nonce) });
    return digits(token, publicKey, nonce, told.nonce);
  });
}

/**
 * Hand the key in, once; null while the station has not said that it is the right phone.
 * @param {string} token @param {CryptoKeyPair} key @param {Record<string, string>} said
 */
async function handedIn(token, key, said) {
  const nonce = await ownNonce(token);
  const about = { ...said, ...(nonce && { nonce }), public_key: await publicKeyText(key.publicKey) };
  const told = await post(`${address(token)}/device`, about, true);
  return told.waiting ? null : told;
}

/**
 * Register this phone; does nothing when it is registered. Throws Trouble (`link_gone` when the link opens nothing).
 * @param {string} token the link's @param {string} label a name people know this phone by @param {string} lang
 * @returns {Promise<boolean>} false while the station has not said its word
 */
export function enrol(token, label, lang) {
  return locked('chain', async () => {
    if (await meta('device')) return true;
    const key = await ownKey();
    const told = await handedIn(token, key, { label });
    if (!told) return false;
    const { device, person, certificate, nonce, log, size, time_ms, utc_offset_min } = told;
    const { shown } = await begun(token);
    const offset_ms = Math.round(time_ms - Date.now());
    const sync = { round: 0, nonce, log, size, offset_ms, acked: 0, acked_hash: null, backed_up_through: -1 };
    await backInUse();
    await setMeta({
      device: { id: device, person, key, label, utc_offset_min, certificate, ...(shown && { shown }) },
      chain: { device, n: 0, hash: null },
      sync,
      scopes: [],
      settings: { lang },
      joining: null,
      opener: null,
    });
    return true;
  });
}

/**
 * A new link of its person, opened on a phone that the server has forgotten (it was restored from a backup), makes it
 * known again as the device it was, and everything on it goes up once more. One that is out of use becomes another
 * device. Throws Trouble.
 * @param {string} token the link's @returns {Promise<boolean>} false while the station has not said its word
 */
export function knownAgain(token) {
  return locked('exchange', () =>
    locked('chain', async () => {
      const own = await meta('device');
      const { device } = await meta('chain');
      const told = await handedIn(token, own.key, { label: own.label ?? '', device });
      if (!told) return false;
      await backInUse();
      // A new session opens by its cookie until it is told what else is to open it.
      await setMeta({ device: { ...own, certificate: told.certificate }, joining: null, opener: null });
      if (told.device !== device) await goOnAs(told);
      return true;
    }),
  );
}
