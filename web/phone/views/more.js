// The rest: language, this phone, what it holds, a new version that waits. Twin of server/views/more.py.

import { compare, frame, local, offsetOf, restoredOf } from './common.js';

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all' };
export const TEMPLATE = 'field/more.html';

const MEGABYTE = 1_000_000;
const HUNDRED_MB = 100_000_000;
const THOUSAND = 1000;

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const { usage = null, quota = null, persisted = null } = params.storage ?? {};
  const key = (/** @type {any} */ grid) => [grid.community_name || '', grid.name, grid.id];
  const grids = [...(rows.grid ?? [])].sort((a, b) => compare(key(a), key(b)));
  return {
    ...frame(rows, nowMs, params, 'more'),
    me: params.me || '',
    label: params.label || '',
    version: params.version || '',
    grids: grids.map((grid) => ({ name: grid.name, community: grid.community_name || '' })),
    downloaded: local(params.downloaded_ms, offsetOf(rows, params)),
    used: usage === null ? null : sizeOf(usage),
    free: usage === null || quota === null ? null : sizeOf(Math.max(0, quota - usage)),
    kept: persisted,
    passkey: params.passkey || '',
    others: params.others || [],
    restored: restoredOf(params, nowMs, offsetOf(rows, params)),
  };
}

/** Bytes in megabytes or gigabytes, rounded up, so that something never reads as nothing. @param {number} count */
function sizeOf(count) {
  const megabytes = Math.ceil(count / MEGABYTE);
  if (megabytes < THOUSAND) return { n: String(megabytes), unit: 'MB' };
  const tenths = Math.ceil(count / HUNDRED_MB);
  return { n: `${Math.floor(tenths / 10)}.${tenths % 10}`, unit: 'GB' };
}
