// Photos and voice notes as pages show them: from the phone while they are here, else from the server, else small.

import { blobHere } from './blobs.js';

const NAME = /^\/blobs\/([A-Za-z0-9_-]{43})$/;
const RANGE = /^bytes=([0-9]+)-([0-9]*)$/;
const STRICT = { 'Content-Security-Policy': "default-src 'none'; sandbox", 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };

/** Answer /blobs/{sha256}; with `small` the small picture is enough. @param {Request} request @param {URL} url @returns {Promise<Response>} */
export async function showBlob(request, url) {
  const name = NAME.exec(url.pathname)?.[1];
  const { known, data } = name ? await blobHere(name).catch(() => ({ known: undefined, data: undefined })) : {};
  const thumb = known?.thumb && new Response(known.thumb, { headers: { ...STRICT, 'Content-Type': 'image/jpeg' } });
  if (thumb && url.searchParams.has('small')) return thumb;
  if (known && data) return part(request, data, known.type);
  const theirs = await fetch(request).catch(() => null);
  return theirs?.ok ? theirs : (thumb ?? theirs ?? new Response(null, { status: 404, headers: STRICT }));
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
