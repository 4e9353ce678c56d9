// Photos and voice notes as pages show them: from the phone while they are here, else from the server, else small.

import { blobHere } from './blobs.js';
import { leftNow } from './gone.js';
import { inOwnName } from './opener.js';
import { vaultNow } from './vault.js';

const NAME = /^\/blobs\/([A-Za-z0-9_-]{43})$/;
const RANGE = /^bytes=([0-9]+)-([0-9]*)$/;
/** @type {Awaited<ReturnType<typeof blobHere>>} */
const NOTHING = {};
const STRICT = { 'Content-Security-Policy': "default-src 'none'; sandbox", 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };

/**
 * Answer /blobs/{sha256}; with `small` the small picture is enough. What the phone holds is looked for in a turn of its own,
 * what the server has is fetched outside it: nobody waits for a line that is dead.
 * @param {Request} request @param {URL} url @param {<T>(work: () => Promise<T>) => Promise<T>} turn @returns {Promise<Response>}
 */
export async function showBlob(request, url, turn) {
  const { answer, thumb, asked } = await turn(() => shownHere(request, url));
  if (answer) return answer;
  const theirs = asked && (await fetch(asked).catch(() => null));
  return theirs?.ok ? theirs : (thumb ?? theirs ?? nothing());
}

const nothing = () => new Response(null, { status: 404, headers: STRICT });

/** @param {Request} request @param {URL} url @returns {Promise<{answer?: Response, thumb?: Response, asked?: Request | null}>} */
async function shownHere(request, url) {
  const name = NAME.exec(url.pathname)?.[1];
  if (await leftNow()) return { answer: nothing() };
  // A locked phone shows nothing, nor asks the server for it.
  const vault = await vaultNow().catch(() => null);
  if (vault?.point && !vault.key) return { answer: nothing() };
  const { known, data, thumb: small } = name ? await blobHere(name).catch(() => NOTHING) : NOTHING;
  const thumb = small ? new Response(small, { headers: { ...STRICT, 'Content-Type': 'image/jpeg' } }) : undefined;
  if (thumb && url.searchParams.has('small')) return { answer: thumb };
  if (known && data) return { answer: part(request, data, known.type) };
  return { thumb, asked: await inOwnName(request) };
}

/** The bytes, or those that a player asks for. @param {Request} request @param {ArrayBuffer} data @param {string} type */
function part(request, data, type) {
  const headers = { ...STRICT, 'Content-Type': type, 'Accept-Ranges': 'bytes' };
  const [, from, to] = RANGE.exec(request.headers.get('Range') ?? '') ?? [];
  const first = Number(from);
  if (from === undefined || first >= data.byteLength) return new Response(data, { headers });
  const last = Math.min(to ? Number(to) : Infinity, data.byteLength - 1);
  const range = { 'Content-Range': `bytes ${first}-${last}/${data.byteLength}` };
  return new Response(data.slice(first, last + 1), { status: 206, headers: { ...headers, ...range } });
}
