// Visits that somebody who read them asks about, on Today of whoever made them. Twin of server/views/asked.py.

import { byId, compare, local, place } from './common.js';
import { personOf } from './doors_at.js';
import { askedOf } from './visit.js';

/** Of the last days, the latest first; each leads to the form that answers it. @param {import('./common.js').Rows} rows @param {import('./common.js').Params} params @param {number} offset */
export function askedToday(rows, params, offset) {
  const homes = byId(rows, 'household');
  const buildings = byId(rows, 'building');
  const visits = (rows.visit ?? []).filter((visit) => askedOf(visit, params) && homes.has(visit.household));
  visits.sort((a, b) => -compare([a.occurred_at_ms, a.id], [b.occurred_at_ms, b.id]));
  return visits.map((visit) => {
    const home = /** @type {import('./common.js').Row} */ (homes.get(visit.household));
    return { ...askedOf(visit, params), id: visit.id, at: local(visit.occurred_at_ms, offset), name: personOf(home), place: place(buildings.get(home.building), home) };
  });
}
