// What is to be followed up: days that were promised, mediations to come back to, items that are still open.
// Twin of server/views/followups.py.

import { byId, compare, dateText, dayOf, frame, offsetOf } from './common.js';
import { isOpen, lineOf } from './items.js';
import { headOf } from './people.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {import('./common.js').Rows} Rows */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'all', door: 'all', visit: 'all', item: 'all' };
export const TEMPLATE = 'field/followups.html';

const ON_TODAY = 2;
const DAY_MS = 86_400_000;

/** What has a day, the earliest first; then what is open without one, the oldest first. @param {Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  return {
    ...frame(rows, nowMs, params, 'today'),
    dated: dated(rows, dayOf(nowMs, offset), offset),
    open: openItems(rows, offset),
    new_id: params.new_id || '',
  };
}

/** Two lines for Today and how many there are: promises that are due stand among its doors already. @param {Rows} rows @param {number} today @param {number} offset */
export function onToday(rows, today, offset) {
  const days = dated(rows, today, offset);
  const still = openItems(rows, offset);
  if (!days.length && !still.length) return null;
  const due = days.filter(({ of, when }) => of === 'revisit' && when !== 'ahead').slice(0, ON_TODAY);
  return { n: days.length + still.length, due, open: still.slice(0, ON_TODAY - due.length) };
}

/** @param {Row} item @returns {string | undefined} */
const revisitOf = (item) => item.record?.revisit_on;

/** Promises that stand, each with the visit that made it where that is here; and days to come back on. @param {Rows} rows @param {number} today @param {number} offset @returns {Row[]} */
function dated(rows, today, offset) {
  const { homes, head } = homesOf(rows);
  const made = new Map((rows.visit ?? []).map((visit) => [`${visit.household} ${visit.occurred_at_ms}`, visit.id]));
  const promises = (rows.door ?? [])
    .filter((door) => door.promise_on && homes.has(door.id))
    .map((door) => ({ ...when(door.promise_on, today), of: 'promise', household: head(door.id), item: null, visit: made.get(`${door.id} ${door.promise_ms}`) ?? '' }));
  const revisits = (rows.item ?? [])
    .filter((item) => isOpen(item) && revisitOf(item))
    .map((item) => ({ ...when(item.record.revisit_on, today), of: 'revisit', household: head(item.household), item: lineOf(item, offset), visit: '' }));
  const key = (/** @type {Row} */ entry) => [entry.on, entry.of, entry.household?.id ?? entry.item.id];
  return [...promises, ...revisits].sort((a, b) => compare(key(a), key(b)));
}

/** Items that wait without a day. @param {Rows} rows @param {number} offset */
function openItems(rows, offset) {
  const { head } = homesOf(rows);
  const still = (rows.item ?? []).filter((item) => isOpen(item) && !revisitOf(item));
  still.sort((a, b) => compare([a.occurred_at_ms, a.id], [b.occurred_at_ms, b.id]));
  return still.map((item) => ({ ...lineOf(item, offset), household: head(item.household) }));
}

/** A day in words: how long it is over, or that it is still to come. @param {string} on @param {number} today */
function when(on, today) {
  const day = dateText(today);
  return { on, when: on === day ? 'today' : on > day ? 'ahead' : 'overdue', days: Math.max(0, today - Date.parse(`${on}T00:00:00Z`) / DAY_MS) };
}

/** The homes here, and what names each of them. @param {Rows} rows */
function homesOf(rows) {
  const buildings = byId(rows, 'building');
  const homes = byId(rows, 'household');
  const head = (/** @type {string} */ id) => {
    const home = homes.get(id);
    return home ? headOf(home, buildings.get(home.building)) : null;
  };
  return { homes, head };
}
