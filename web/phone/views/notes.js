// One's own visits as a file to keep: every word one wrote, by day, to be read and printed anywhere.
// Twin of server/views/notes.py.

import { ASKS, byId, compare, frame, local, offsetOf, place } from './common.js';
import { personOf } from './doors_at.js';

/** @typedef {import('./common.js').Row} Row */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'all', visit: 'all' };
export const TEMPLATE = 'field/notes.html';

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  const buildings = byId(rows, 'building');
  const households = byId(rows, 'household');
  const own = (rows.visit ?? [])
    .filter(({ author = null }) => author === (params.person ?? null))
    .sort((a, b) => -compare([a.occurred_at_ms, a.id], [b.occurred_at_ms, b.id]));
  return {
    ...frame(rows, nowMs, params, 'more'),
    me: params.me || '',
    made: local(nowMs, offset),
    community: rows.grid?.[0]?.community_name || '',
    notes: own.map((visit) => note(visit, households.get(visit.household), buildings, offset)),
  };
}

/** @param {Row} visit @param {Row | undefined} household @param {Map<string, Row>} buildings @param {number} offset */
function note(visit, household, buildings, offset) {
  const asks = visit.asks ?? {};
  return {
    at: local(visit.occurred_at_ms, offset),
    place: household ? place(buildings.get(household.building), household) : null,
    name: household ? personOf(household) : '',
    result: visit.result,
    mode: visit.mode,
    private: Boolean(visit.private),
    text: visit.text || '',
    asks: ASKS.filter((ask) => asks[ask]).map((ask) => ({ ask, text: asks[ask] })),
    who_met: visit.who_met || '',
    companions: visit.companions ?? [],
    care: visit.care ?? null,
    follow_up_on: visit.follow_up_on ?? null,
    unsent: Boolean(visit.unsent),
  };
}
