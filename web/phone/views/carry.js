// Carrying for a colleague: take their sealed file, and read what became of those taken before.
// Twin of server/views/carry.py.

import { dayOf, frame, local, offsetOf } from './common.js';

/** @typedef {import('./common.js').Row} Row */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all' };
export const TEMPLATE = 'field/carry.html';

const PROBLEMS = ['not_capsule', 'not_sealed_to_us', 'unknown_device', 'bad_signature', 'chain_gap'];

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  const carried = /** @type {Row[]} */ (params.carried ?? []);
  return {
    ...frame(rows, nowMs, params, 'more'),
    // Without a phone's own store the server takes the file in at once.
    on_phone: Boolean(params.on_phone),
    carried: carried.map((one) => line(one, dayOf(nowMs, offset), offset)).reverse(),
    wrong: params.wrong || null,
  };
}

/** @param {Row} one @param {number} today @param {number} offset */
function line(one, today, offset) {
  const { sent_ms: sentMs = null, problem = null } = one;
  const atMs = sentMs ?? one.kept_ms;
  return {
    id: one.id,
    name: one.name || '',
    at: local(atMs, offset),
    today: dayOf(atMs, offset) === today,
    sent: sentMs !== null,
    problem: problem && (PROBLEMS.includes(problem) ? problem : 'other'),
    fresh: one.fresh || 0,
    known: one.known || 0,
    aside: one.aside || 0,
    fork: Boolean(one.fork),
  };
}
