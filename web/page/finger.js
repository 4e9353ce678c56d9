// Opening a phone by its fingerprint or face: a passkey is made on a page of its own, and shown on the locked one.
//
// What the passkey makes (32 bytes, by WebAuthn's PRF extension) goes to the worker and nowhere else; no server knows of
// this key, and none is asked: the challenge is of no use here, for what opens the vault is the bytes. Works without signal.

import { b64u, unb64u } from '../phone/edit.js';
import { ask } from './ask.js';

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

const RANDOM_BYTES = 32;
const ALGORITHMS = [-7, -257];
const random = () => crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));

/** A phone whose fingerprint or face is no key. */
class Cannot extends Error {}

/** Whether this phone can ask for a finger or a face, and its browser does not say that it makes no bytes of that. */
async function can() {
  if (typeof PublicKeyCredential !== 'function') return false;
  const known = /** @type {any} */ (PublicKeyCredential);
  const able = await known.getClientCapabilities?.().catch(() => null);
  return able?.['extension:prf'] !== false && known.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

/** The bytes that an answer brings along. @param {PublicKeyCredential} credential @returns {{enabled?: boolean, secret: Bytes | null}} */
function madeBy(credential) {
  const { enabled, results } = /** @type {any} */ (credential.getClientExtensionResults()).prf ?? {};
  return { enabled, secret: results?.first ? new Uint8Array(results.first) : null };
}

/** The bytes of a passkey that is there. @param {Bytes} id @param {Bytes} salt @returns {Promise<Bytes>} */
async function bytesOf(id, salt) {
  const asked = { challenge: random(), allowCredentials: [{ type: 'public-key', id, transports: ['internal'] }], userVerification: 'required' };
  const extensions = { prf: { eval: { first: salt } } };
  const shown = await navigator.credentials.get({ publicKey: /** @type {any} */ ({ ...asked, extensions }) });
  const { secret } = madeBy(/** @type {PublicKeyCredential} */ (shown));
  if (!secret) throw new Cannot('no bytes');
  return secret;
}

/** @param {Bytes} user @param {string} name */
async function make(user, name) {
  const salt = random();
  const made = /** @type {PublicKeyCredential} */ (await navigator.credentials.create({
    publicKey: /** @type {any} */ ({
      rp: { name: 'Sifang 四访' },
      user: { id: user, name, displayName: name },
      challenge: random(),
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      // Only keys that a phone finds by itself make bytes on Android.
      authenticatorSelection: { authenticatorAttachment: 'platform', residentKey: 'required', userVerification: 'required' },
      extensions: { prf: { eval: { first: salt } } },
    }),
  }));
  const { enabled, secret } = madeBy(made);
  if (!enabled && !secret) throw new Cannot('no PRF');
  const id = new Uint8Array(made.rawId);
  // Some make the bytes only when the key is shown.
  return { id: b64u(id), salt: b64u(salt), secret: secret ?? (await bytesOf(id, salt)) };
}

/** @param {HTMLFormElement} form @returns {Promise<string>} which word says what went wrong; empty when it is set up */
async function setUp(form) {
  const pin = form.querySelector('input')?.value ?? '';
  const begun = await ask({ type: 'passkey_begun', pin });
  if (!begun?.open) return begun?.wait_ms ? 'wait' : 'wrong';
  try {
    const made = await make(begun.user, form.dataset.name || 'Sifang 四访');
    const kept = await ask({ type: 'passkey_made', pin, made });
    return kept?.open ? '' : 'stopped';
  } catch (error) {
    console.warn('no passkey', error);
    return error instanceof Cannot || /** @type {Error} */ (error).name === 'NotSupportedError' ? 'cannot' : 'stopped';
  }
}

/** Say what went wrong, and let it be tried once more. @param {HTMLFormElement} form @param {string} what */
function again(form, what) {
  const trouble = /** @type {HTMLElement} */ (form.querySelector('[data-trouble]'));
  const busy = /** @type {HTMLElement} */ (form.querySelector('[data-busy]'));
  trouble.textContent = trouble.dataset[what] ?? '';
  busy.textContent = '';
  form.reset();
  /** @type {HTMLButtonElement} */ (form.querySelector('[data-submit]')).disabled = false;
}

/** @param {HTMLFormElement} form */
const offerMaking = (form) =>
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const what = await setUp(form);
    if (what) again(form, what);
    else location.replace('/field/more');
  });

/** The button on the locked page. @param {HTMLElement} place */
function offerOpening(place) {
  const { id = '', salt = '', back = '/field/' } = place.dataset;
  const trouble = /** @type {HTMLElement} */ (place.querySelector('[data-trouble]'));
  place.querySelector('[data-open]')?.addEventListener('click', async () => {
    trouble.textContent = '';
    const secret = await bytesOf(unb64u(id), unb64u(salt)).catch((error) => console.warn('not opened', error));
    const said = secret && (await ask({ type: 'passkey_shown', secret }));
    if (said?.open) location.replace(back);
    else trouble.textContent = trouble.dataset.stopped ?? '';
  });
}

const form = document.querySelector('form[data-pins][data-name]');
const place = document.querySelector('[data-finger]');
if (form instanceof HTMLFormElement) offerMaking(form);
if (place instanceof HTMLElement && place.dataset.id) offerOpening(place);
can().then((able) => able && place?.removeAttribute('hidden'));
