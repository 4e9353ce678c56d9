// How the exchange travels: one POST with a time limit, gzip where the browser can, and plain words for what went wrong.

const TIMEOUT_MS = 45_000;
const GZIP_FROM = 256;
export const PIECE_BYTES = 256 * 1024;

/** Why an exchange did not happen. `code` is for the outbox page; `extra` is what the server added. */
export class Trouble extends Error {
  /** @param {string} code @param {number} status @param {Record<string, any>} extra */
  constructor(code, status = 0, extra = {}) {
    super(code);
    this.code = code;
    this.status = status;
    this.extra = extra;
  }
}

/** @param {string} text @returns {Promise<{body: BodyInit, headers: Record<string, string>}>} */
async function packed(text) {
  const headers = { 'Content-Type': 'application/json' };
  if (text.length < GZIP_FROM || typeof CompressionStream === 'undefined') return { body: text, headers };
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return { body: await new Response(stream).arrayBuffer(), headers: { ...headers, 'Content-Encoding': 'gzip' } };
}

/**
 * @param {string} url @param {RequestInit} init
 * @returns {Promise<{status: number, data: ArrayBuffer, retryMs: number | null}>}
 */
async function fetched(url, init) {
  const control = limited(TIMEOUT_MS);
  try {
    const limits = { signal: control.signal, cache: 'no-store', redirect: 'error', credentials: 'omit' };
    const response = await fetch(url, /** @type {RequestInit} */ ({ ...limits, ...init }));
    const retry = Number(response.headers.get('Retry-After'));
    return { status: response.status, data: await response.arrayBuffer(), retryMs: retry > 0 ? retry * 1000 : null };
  } catch (error) {
    const kind = /** @type {Error} */ (error).name;
    throw new Trouble(kind === 'TimeoutError' ? 'timeout' : 'network');
  } finally {
    control.done();
  }
}

/** Requests under way. @type {Set<AbortController>} */
const flying = new Set();

/** A request that ends after a time, or when it is interrupted. @param {number} ms */
function limited(ms) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(new DOMException('too slow', 'TimeoutError')), ms);
  flying.add(control);
  const done = () => {
    clearTimeout(timer);
    flying.delete(control);
  };
  return { signal: control.signal, done };
}

/** End every request that is under way, as if the line had gone: somebody else takes the phone. */
export function interrupt() {
  for (const control of flying) control.abort(new DOMException('interrupted', 'AbortError'));
}

/** @param {ArrayBuffer} data */
const parsed = (data) => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));

/**
 * Send JSON, receive JSON. With `session` the answer may set this browser's cookie; the exchange needs none. Throws Trouble: network, timeout, busy, server, unreadable, or the code of the server's problem.
 * @param {string} url @param {any} message @param {boolean} [session] @param {Record<string, string>} [headers] @returns {Promise<any>}
 */
export async function post(url, message, session = false, headers = {}) {
  const text = JSON.stringify(message);
  const sent = session ? { body: text, headers: { 'Content-Type': 'application/json' } } : await packed(text);
  const credentials = session ? 'same-origin' : 'omit';
  return answered(await fetched(url, { method: 'POST', credentials, ...sent, headers: { ...sent.headers, ...headers } }));
}

/** Send a text as it is, receive JSON. Throws Trouble like `post`. @param {string} url @param {string} text @returns {Promise<any>} */
export const postText = async (url, text) =>
  answered(await fetched(url, { method: 'POST', body: text, headers: { 'Content-Type': 'application/json' } }));

/** The JSON of an answer. Throws Trouble. @param {{status: number, data: ArrayBuffer, retryMs: number | null}} got @returns {any} */
function answered({ status, data, retryMs }) {
  let said;
  try {
    said = parsed(data);
  } catch {
    throw new Trouble(status >= 500 || status === 200 ? 'server' : 'unreadable', status, { retryMs });
  }
  if (status === 200 || status === 202) return said;
  const { code, ...extra } = said?.problem ?? {};
  if (status === 429 || status === 503) throw new Trouble('busy', status, { ...extra, retryMs });
  throw new Trouble(code ?? (status >= 500 ? 'server' : 'unreadable'), status, { ...extra, retryMs });
}

/**
 * One part of a first download, checked against the hash it was announced with.
 * Throws Trouble: network, timeout, server, part_gone (ask the exchange again), part_changed.
 * @param {import('./types.js').Part} part @returns {Promise<any>}
 */
export async function getPart(part) {
  // The key stands in no address: those are kept in histories and logs.
  const asked = { headers: { Authorization: `Sifang-Part ${part.key}` } };
  const { status, data, retryMs } = await fetched(part.at, asked);
  if (status === 410 || status === 404 || status === 403) throw new Trouble('part_gone', status);
  if (status !== 200) throw new Trouble(status === 503 || status === 429 ? 'busy' : 'server', status, { retryMs });
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== part.sha256) throw new Trouble('part_changed', status);
  return parsed(data);
}

/** `log` and `size`: where the journal stood when it was whole. @typedef {{have: number, whole: boolean, log?: string, size?: number}} SoFar */

/** How far a blob has come. Throws Trouble. @param {string} sha256 @param {string} who @returns {Promise<SoFar>} */
export const blobSoFar = async (sha256, who) => answered(await fetched(`/sync/blobs/${sha256}`, { headers: { Authorization: who } }));

/**
 * One piece of a blob, of which `size` are the bytes; `sealed`: it is closed for the server. Throws Trouble.
 * @param {string} sha256 @param {string} who @param {BodyInit} piece @param {{first: number, size: number, sealed: boolean}} about
 * @returns {Promise<SoFar>}
 */
export async function blobPiece(sha256, who, piece, { first, size, sealed }) {
  const range = `bytes ${first}-${Math.min(first + PIECE_BYTES, size) - 1}/${size}`;
  const type = sealed ? 'application/sifang-sealed' : 'application/octet-stream';
  const headers = { Authorization: who, 'Content-Range': range, 'Content-Type': type };
  return answered(await fetched(`/sync/blobs/${sha256}`, { method: 'PUT', body: piece, headers }));
}
