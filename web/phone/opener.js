// What opens this phone's session with the server: a secret that lies in the vault, so that a locked phone's cookie opens no
// page, whatever is asked past the worker. The server is told its hash by an exchange, and shown it with every page it draws.

import { begin, meta, storeName } from './database.js';
import { b64u } from './edit.js';
import { doubtSession, isOwnSession, noteSession, wantsSession } from './people.js';
import { closeValue, openValue, vaultNow, whenClosed } from './vault.js';

/** The header that shows it. */
export const OPENER = 'Sifang-Open';
const PLACE = 'opener';
const AGAIN_MS = 12 * 3600 * 1000;

/** What was read last, while the vault is open: the server can still help where the store does not open. @type {{name: string, secret: string} | null} */
let known = null;
whenClosed(() => {
  known = null;
});

/** The secret, made when this vault holds none; null while the vault is not open. @returns {Promise<string | null>} */
export async function openerNow() {
  for (;;) {
    const vault = await vaultNow();
    if (!vault.key) return null;
    const kept = await meta('opener');
    const secret = kept && (await openValue(vault, kept.sealed, PLACE));
    if (secret) {
      known = { name: storeName(), secret };
      return secret;
    }
    await makeSecret(vault, kept?.sealed);
  }
}

/**
 * A secret for this vault, unless somebody else has made one meanwhile: a page that is drawn and an exchange both want it at
 * once when a phone is new, and the server goes on with the first that it was told.
 * @param {import('./vault.js').Vault} vault @param {Uint8Array | undefined} before what lay there
 */
async function makeSecret(vault, before) {
  const secret = b64u(crypto.getRandomValues(new Uint8Array(32)));
  const sealed = await closeValue(vault, secret, PLACE);
  const tx = await begin(['meta'], 'readwrite', 'strict');
  const metas = tx.objectStore('meta');
  const now = (await metas.get('opener'))?.v?.sealed;
  if (String(now) === String(before)) metas.put({ k: 'opener', v: { sealed, told: false } });
  await tx.done;
}

/** @param {string} text */
async function sha256(text) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The hash that the server has yet to be told; empty when it knows, or while the phone is locked. @returns {Promise<string>} */
export async function openerToTell() {
  const secret = await openerNow();
  const { told, told_ms = 0 } = secret ? await meta('opener') : { told: false };
  // Now and then anew: a session may have ended meanwhile, of itself or by its owner's word.
  const fresh = told && Date.now() - told_ms < AGAIN_MS && told_ms <= Date.now();
  if (!secret || (fresh && !(await wantsSession()))) return '';
  // Cut in the middle nobody knows whose session the browser has: it is asked for again.
  await doubtSession();
  return sha256(secret);
}

/** The server knows it, and the browser's session is of whose turn it is. */
export async function noteOpener() {
  const tx = await begin(['meta'], 'readwrite', 'strict');
  const metas = tx.objectStore('meta');
  const kept = (await metas.get('opener'))?.v;
  // A link may have taken it away meanwhile (enrol.js): then there is nothing to note.
  if (kept) metas.put({ k: 'opener', v: { ...kept, told: true, told_ms: Date.now() } });
  await tx.done;
  await noteSession();
}

/**
 * What is to be asked of the server in the name of whoever has the phone, with what opens their session; null where the
 * browser's session is somebody else's. @param {Request} request @returns {Promise<Request | null>}
 */
export async function inOwnName(request) {
  if (!(await isOwnSession())) return null;
  const secret = await openerNow().catch(() => (known?.name === storeName() ? known.secret : null));
  if (!secret) return request;
  const headers = new Headers(request.headers);
  headers.set(OPENER, secret);
  // A picture's own mode would let the header fall away.
  return new Request(request, { headers, mode: 'same-origin' });
}
