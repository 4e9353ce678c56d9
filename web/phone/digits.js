// The four digits that both screens show; the same words in server/join/digits.py, which says why.
//
// The phone binds itself to its key and a nonce of its own before it hears the server's; the digits come of all three
// under the link's token.

import { b64u } from './edit.js';

const BOUND = 'sifang-enrolment-commitment-1';
const SHOWN = 'sifang-enrolment-digits-1';
const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** 128 random bits. */
export const newNonce = () => b64u(crypto.getRandomValues(new Uint8Array(16)));

/** What a phone says first. @param {string} publicKey @param {string} phoneNonce */
export async function commitment(publicKey, phoneNonce) {
  const told = bytes(`${BOUND}\n${publicKey}\n${phoneNonce}`);
  return b64u(await crypto.subtle.digest('SHA-256', told));
}

/** @param {string} token the link's @param {string} publicKey @param {string} phoneNonce @param {string} serverNonce */
export async function digits(token, publicKey, phoneNonce, serverNonce) {
  const key = await crypto.subtle.importKey('raw', bytes(token), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mark = await crypto.subtle.sign('HMAC', key, bytes(`${SHOWN}\n${publicKey}\n${phoneNonce}\n${serverNonce}`));
  return String(new DataView(mark).getUint32(0) % 10_000).padStart(4, '0');
}
