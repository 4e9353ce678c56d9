// What the log says of one edit: that this edit came then, and this became of it. Twin of sync/ledger/leaf.py.

import { leafHash } from './tree.js';

const PREFIX = new TextEncoder().encode('sifang-leaf-v1\n');

/**
 * The hash of an edit's leaf.
 * @param {Uint8Array} edit its hash @param {number} receivedMs @param {string} outcome @param {string | null} [reason]
 */
export async function leafOf(edit, receivedMs, outcome, reason = null) {
  const said = new TextEncoder().encode(reason === null ? outcome : `${outcome}\n${reason}`);
  const whole = new Uint8Array(PREFIX.length + edit.length + 8 + said.length);
  whole.set(PREFIX);
  whole.set(edit, PREFIX.length);
  new DataView(whole.buffer).setBigUint64(PREFIX.length + edit.length, BigInt(receivedMs));
  whole.set(said, PREFIX.length + edit.length + 8);
  return leafHash(new Uint8Array(await crypto.subtle.digest('SHA-256', whole)));
}
