// Whether a signature is Ed25519's: by the browser itself where it can, by a vendored library where it cannot.

import { verifyAsync } from '../../vendor/noble-ed25519/index.js';

/** @type {import('./note.js').Check} */
async function byBrowser(key, signature, message) {
  const known = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', known, signature, message);
}

/** RFC 8032's rules, not the looser ones of ZIP 215. @type {import('./note.js').Check} */
export const byLibrary = (key, signature, message) =>
  verifyAsync(signature, message, key, { zip215: false }).catch(() => false);

/** @type {import('./note.js').Check} */
export async function check(key, signature, message) {
  try {
    return await byBrowser(key, signature, message);
  } catch {
    // NotSupportedError in older browsers; a key that is no point is DataError, and the library says no to it as well.
    return byLibrary(key, signature, message);
  }
}
