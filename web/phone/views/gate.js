// Before a phone is open: the PIN chosen once, and the page of one that is locked. Twin of server/views/gate.py.

import { frame } from './common.js';

/** @type {Record<string, string>} */
export const NEEDS = {};
export const PIN_TEMPLATE = 'field/pin.html';
export const LOCKED_TEMPLATE = 'field/locked.html';
export const PASSKEY_TEMPLATE = 'field/passkey.html';

const MINUTE_S = 60;

/**
 * The frame, with what is wrong with the PIN, how long the next one has to wait, where it leads, what was just kept,
 * and the passkey that opens it as well.
 * @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params
 */
export function view(rows, nowMs, params) {
  const { wait_s: waitS = 0, wrong = '', back = '', kept = '', again = false, passkey = null, me = '', others = [] } = params;
  const wait = waitS ? { s: waitS, n: waitS < MINUTE_S ? waitS : Math.ceil(waitS / MINUTE_S), minutes: waitS >= MINUTE_S } : null;
  return { ...frame(rows, nowMs, params, ''), wrong, wait, back, kept, again: Boolean(again), passkey, me, others };
}
