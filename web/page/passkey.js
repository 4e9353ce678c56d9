// Passkeys: the server's options in, what the authenticator answered out, as JSON.
//
// Written out by hand: desks run browsers that know passkeys and not yet the newer helpers for JSON.

/** @param {ArrayBuffer} buffer */
function text(buffer) {
  let raw = '';
  for (const byte of new Uint8Array(buffer)) raw += String.fromCharCode(byte);
  return btoa(raw).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @param {string} told base64url */
function bytes(told) {
  const raw = atob(told.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

const named = (/** @type {any[]} */ keys) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

/** Whether this browser knows passkeys at all. */
export const knowsPasskeys = () => typeof PublicKeyCredential === 'function' && !!navigator.credentials;

/** What the server said was wrong, in the page's language. */
export class Refusal extends Error {}

/** @param {string} address @param {unknown} [said] @returns {Promise<any>} */
export async function post(address, said = {}) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(said) });
  const told = await answer.json();
  if (answer.ok) return told;
  throw new Refusal(told.problem[document.documentElement.lang === 'en' ? 'message_en' : 'message_zh']);
}

/** Make a key. @param {string} address where its options come from and, without `/options`, its answer goes to
 *  @param {string} label */
export async function makePasskey(address, label) {
  const options = await post(`${address}/options`);
  options.challenge = bytes(options.challenge);
  options.user.id = bytes(options.user.id);
  options.excludeCredentials = named(options.excludeCredentials);
  const made = /** @type {PublicKeyCredential} */ (await navigator.credentials.create({ publicKey: options }));
  const response = /** @type {AuthenticatorAttestationResponse} */ (made.response);
  const told = {
    clientDataJSON: text(response.clientDataJSON),
    attestationObject: text(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  };
  return post(address, { credential: { id: made.id, rawId: text(made.rawId), type: made.type, response: told }, label });
}

/** Show a key; null when the server says that nothing need be shown. @param {string} address */
export async function showPasskey(address) {
  const options = await post(`${address}/options`);
  if (options === null) return null;
  options.challenge = bytes(options.challenge);
  options.allowCredentials = named(options.allowCredentials);
  const shown = /** @type {PublicKeyCredential} */ (await navigator.credentials.get({ publicKey: options }));
  const response = /** @type {AuthenticatorAssertionResponse} */ (shown.response);
  const told = {
    clientDataJSON: text(response.clientDataJSON),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle ? text(response.userHandle) : null,
  };
  return post(address, { credential: { id: shown.id, rawId: text(shown.rawId), type: shown.type, response: told } });
}

/** The system this browser runs on: what people call the key by until they name it. */
export const here = () => /Windows|Android|iPhone|iPad|Mac/.exec(navigator.userAgent)?.[0] ?? 'Linux';

/** What a browser's own refusal means. @param {HTMLElement} trouble @param {any} error */
function said({ dataset }, error) {
  if (error?.name === 'InvalidStateError') return dataset.known;
  return error?.name === 'SecurityError' ? dataset.address : dataset.stopped;
}

/** Run a ceremony that a button or form asked for, and say in `[data-trouble]` what went wrong.
 *  @template T @param {HTMLElement} place @param {() => Promise<T>} run @returns {Promise<T | undefined>} */
export async function told(place, run) {
  const trouble = /** @type {HTMLElement} */ (document.querySelector('[data-trouble]'));
  if (place.getAttribute('aria-busy')) return undefined;
  trouble.textContent = '';
  place.setAttribute('aria-busy', 'true');
  try {
    return await run();
  } catch (error) {
    console.warn('no passkey', error);
    trouble.textContent = (error instanceof Refusal ? error.message : said(trouble, error)) ?? '';
    trouble.scrollIntoView?.({ block: 'nearest' });
    return undefined;
  } finally {
    place.removeAttribute('aria-busy');
  }
}
