// When somebody is to be looked in on again: by how often, by what was found last, and by what has changed for them.
// Twin of server/views/care_due.py.

import { daysSince } from './doors_at.js';

/** @typedef {import('./common.js').Row} Row */

/** @type {Record<string, number>} */
const CADENCE_DAYS = { weekly: 7, monthly: 30, quarterly: 90 };
export const STATES = ['ok', 'watch', 'urgent'];
export const WAYS = ['door', 'phone', 'met'];

/** How somebody was found last and how many days ago, and why they are to be looked in on now. A visit that says how they are counts as a look. @param {Row} pair @param {Row} door @param {number} today @param {number} offset */
export function careDue(pair, door, today, offset) {
  const visited = door.care_ms !== undefined && !(pair.checked_ms >= door.care_ms);
  const last_ms = (visited ? door.care_ms : pair.checked_ms) ?? null;
  const state = (visited ? door.care : pair.state) ?? null;
  const days = daysSince(last_ms, today, offset);
  return { state, last_ms, days, due: why(pair, last_ms, days) };
}

/** @param {Row} pair @param {number | null} lastMs @param {number | null} days */
function why(pair, lastMs, days) {
  if (pair.ended_ms !== undefined) return null;
  if (lastMs === null || days === null) return 'never';
  if (lastMs < pair.major_ms) return 'major';
  return days >= CADENCE_DAYS[pair.cadence] ? 'time' : null;
}
