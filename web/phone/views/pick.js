// Which door? For a visit begun from Today: what is due, whom one saw last, or find. Twin of server/views/pick.py.

import { byId, compare, dayOf, doorOrder, frame, offsetOf, place } from './common.js';
import { dueOrder, lookOf, personOf, reasonOf } from './doors_at.js';
import { matches } from './found.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {{key: (string | number)[], household: Row}} Keyed */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'all', door: 'all' };
export const TEMPLATE = 'field/pick.html';

const SHOWN = 6;

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  const today = dayOf(nowMs, offset);
  const buildings = byId(rows, 'building');
  const doors = byId(rows, 'door');
  const doorOf = (/** @type {Row} */ household) => doors.get(household.id) ?? {};
  /** @type {Keyed[]} */
  const due = [];
  /** @type {Keyed[]} */
  const recent = [];
  for (const household of rows.household ?? []) {
    const door = doorOf(household);
    const knockMs = door.knock_ms ?? null;
    if (knockMs !== null) recent.push({ key: [-knockMs, household.id], household });
    if (knockMs !== null && dayOf(knockMs, offset) === today) continue;
    const reason = reasonOf(household, door, today, offset);
    if (reason) due.push({ key: [...dueOrder(door, reason), ...doorOrder(household)], household });
  }
  const line = (/** @type {Keyed} */ { household }) => ({
    ...lookOf(household, doorOf(household), today, offset),
    name: personOf(household),
    place: place(buildings.get(household.building), household),
    result: doorOf(household).knock_result ?? null,
  });
  const firstOf = (/** @type {Keyed[]} */ list) =>
    list.sort((a, b) => compare(a.key, b.key)).slice(0, SHOWN).map(line);
  return {
    ...frame(rows, nowMs, params, 'today'),
    due: firstOf(due),
    recent: firstOf(recent),
    q: params.q || '',
    // A note dashed off on the locked page, to be put to a door.
    note: params.note || '',
    note_text: params.note_text || '',
    found: params.q ? matches(rows, nowMs, { ...params, to: 'visit' }) : null,
  };
}
