// The vault's other key: a passkey of this phone wraps the data key beside the PIN, never in its place.
//
// Asked by a page, the phone makes 32 bytes of the passkey and `salt` (WebAuthn's PRF extension), after a finger or a face.
// They come from the page, are never kept, and open nothing that the PIN does not open as well. Nobody can guess them: wrong
// ones cost no time.

import { meta, setMeta } from './database.js';
import { b64u, unb64u } from './edit.js';
import { locked } from './lock.js';
import { close, disclose } from './sealing.js';
import { noteVault, openWith, tryPin } from './vault.js';

/** @typedef {import('./sealing.js').Bytes} Bytes */
/** `id` names the passkey to the phone. @typedef {{id: Bytes, salt: Bytes, wrapped: Bytes}} Wrapping */
/** What a page needs to ask for the passkey, in base64url. @typedef {{id: string, salt: string}} Asked */

const INFO = 'sifang-passkey-v1';
const KEY_AT = 'data key by passkey';
const USER_BYTES = 16;

/** @param {Bytes} secret @param {Bytes} salt */
async function keyOf(secret, salt) {
  const from = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt, info: new TextEncoder().encode(INFO) };
  return crypto.subtle.deriveKey(how, from, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Under which name the phone keeps this vault's passkey: made twice, the second takes the first one's place. @returns {Promise<Bytes>} */
export async function userOf() {
  const { point } = /** @type {import('./vault.js').Kept} */ (await meta('vault'));
  return /** @type {Bytes} */ (new Uint8Array(await crypto.subtle.digest('SHA-256', point)).slice(0, USER_BYTES));
}

/**
 * From now on this passkey opens the vault as well; its PIN says that the owner wants it.
 * @param {string} pin @param {{id: string, salt: string, secret: Bytes}} made
 */
export const keepPasskey = (pin, { id, salt, secret }) =>
  tryPin(pin, async (raw, kept) => {
    const salted = unb64u(salt);
    const passkey = { id: unb64u(id), salt: salted, wrapped: await close(await keyOf(secret, salted), raw, KEY_AT) };
    await setMeta({ vault: { ...kept, passkey } });
    await openWith(raw, kept);
  });

/** Open the vault with what the passkey made. @param {Bytes} secret @returns {Promise<boolean>} whether it fits */
export const openByPasskey = (secret) =>
  locked('vault', async () => {
    const kept = /** @type {import('./vault.js').Kept} */ (await meta('vault'));
    if (!kept?.passkey) return false;
    const { salt, wrapped } = kept.passkey;
    try {
      await openWith(await disclose(await keyOf(secret, salt), wrapped, KEY_AT), kept);
      return true;
    } catch (error) {
      if (/** @type {Error} */ (error).name !== 'OperationError') throw error;
      return false;
    }
  });

/** The passkey opens nothing any more. */
export const dropPasskey = () => noteVault({ passkey: undefined });

/** What to ask the phone for; null where no passkey opens this vault. @returns {Promise<Asked | null>} */
export async function passkeyNow() {
  const passkey = /** @type {import('./vault.js').Kept | undefined} */ (await meta('vault'))?.passkey;
  return passkey ? { id: b64u(passkey.id), salt: b64u(passkey.salt) } : null;
}
