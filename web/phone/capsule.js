// The capsule: what is unsent as one file, sealed to the server, which anybody may carry there (sync/README.md).
//
// An edit that this phone cannot read just now goes in as it was closed for the server when it was made.

import { wired } from './closing.js';
import { b64u, headStatement, unb64u } from './edit.js';
import { seal } from './sealing.js';
import { editsFrom, read } from './store.js';

const PREFIX = 'sifang-capsule-v1\n';
const EDITS_MAX = 2_000;
// A file has at most 8 MiB, and sealed bytes grow by a third as text.
const RAW_BYTES_MAX = 5 * 1024 * 1024;
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

const bytes = new TextEncoder();

/** Whether this browser can make one. */
export const canSeal = () => typeof CompressionStream !== 'undefined';

/** @param {string} text @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** As many of these edits as one file takes, from the first. @param {import('./types.js').EditRecord[]} edits */
function fitting(edits) {
  let size = 0;
  const end = edits.findIndex((edit, i) => {
    const wire = wired(edit);
    size += wire ? bytes.encode(Object.values(wire).join('')).length * 1.2 : 0;
    return !wire || (size > RAW_BYTES_MAX && i > 0);
  });
  return end === -1 ? edits : edits.slice(0, end);
}

/**
 * What is unsent now, as a file; null when everything has been sent. Nothing on the phone changes by it.
 * @param {string} point the server's, in base64url @param {number} nowMs
 * @returns {Promise<{text: string, n: number, name: string} | null>} the file, how many edits are in it, whose they are
 */
export async function makeCapsule(point, nowMs) {
  const { device, chain, sync } = await read({ device: { meta: 'device' }, chain: { meta: 'chain' }, sync: { meta: 'sync' } });
  const edits = fitting(await editsFrom(chain.device, sync.acked + 1, EDITS_MAX));
  const last = edits.at(-1);
  if (!last) return null;
  const said = { device: chain.device, n: last.n, hash: last.hash, top: chain.n, nonce: '', at_ms: nowMs };
  const statement = headStatement(said);
  const signature = b64u(await crypto.subtle.sign(ECDSA, device.key.privateKey, bytes.encode(PREFIX + statement)));
  const inside = await packed(JSON.stringify({ edits: edits.map(wired) }));
  const sealed = b64u(await seal(inside, unb64u(point)));
  const text = JSON.stringify({ sifang: 'capsule', v: 1, head: { statement, signature }, sealed });
  return { text, n: edits.length, name: device.person.name };
}

/** How the file is offered for keeping, under its name in any script. @param {string} name @param {string} [ascii] */
export function fileHeaders(name, ascii = 'capsule.sifang') {
  const plain = name.replace(/[/\\:*?"<>|\u0000-\u001f]/g, ' ');
  const spelled = encodeURIComponent(plain).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const disposition = `attachment; filename="${ascii}"; filename*=UTF-8''${spelled}`;
  return { 'Content-Type': 'application/octet-stream', 'Content-Disposition': disposition };
}
