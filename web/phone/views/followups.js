// What is to be followed up, whatever it came from: promised days, mediations to come back to, orders, what was agreed at
// meetings; and what waits without a day: items, what neighbours noticed, whistles.
// Twin of server/views/followups.py.

import { actionsOf } from './actions.js';
import { byId, compare, dateText, dayOf, frame, offsetOf } from './common.js';
import { isOpen, lineOf } from './items.js';
import { NEEDS as ORDER_NEEDS, ordersOpen } from './order.js';
import { headOf } from './people.js';
import { reportsOpen } from './reports.js';
import { todayWhistles } from './whistles.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {import('./common.js').Rows} Rows */

/** @type {Record<string, string>} */
export const NEEDS = { ...ORDER_NEEDS, door: 'all', visit: 'all', item: 'all', action: 'all', report: 'all', whistle: 'all' };
export const TEMPLATE = 'field/followups.html';

const ON_TODAY = 2;
const DAY_MS = 86_400_000;

/** What has a day, the earliest first; then what waits without one, the oldest first. @param {Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  return {
    ...frame(rows, nowMs, params, 'today'),
    dated: dated(rows, dayOf(nowMs, offset), offset),
    open: waiting(rows, params, offset),
    new_id: params.new_id || '',
  };
}

/** Two lines for Today and how many there are: what is no item stands there already. @param {Rows} rows @param {number} today @param {import('./common.js').Params} params @param {number} offset */
export function onToday(rows, today, params, offset) {
  const days = dated(rows, today, offset);
  const still = waiting(rows, params, offset);
  if (!days.length && !still.length) return null;
  const due = days.filter(({ of, when }) => of === 'revisit' && when !== 'ahead').slice(0, ON_TODAY);
  return { n: days.length + still.length, due, open: still.filter(({ of }) => of === 'item').slice(0, ON_TODAY - due.length) };
}

/** @param {Row} item @returns {string | undefined} */
const revisitOf = (item) => item.record?.revisit_on;

/** Promises that stand, each with the visit that made it where that is here; days to come back on, orders and what was agreed, each by the day it is due. @param {Rows} rows @param {number} today @param {number} offset @returns {Row[]} */
function dated(rows, today, offset) {
  const { homes, head } = homesOf(rows);
  const made = new Map((rows.visit ?? []).map((visit) => [`${visit.household} ${visit.occurred_at_ms}`, visit.id]));
  const promises = (rows.door ?? [])
    .filter((door) => door.promise_on && homes.has(door.id))
    .map((door) => ({ ...when(door.promise_on, today), of: 'promise', household: head(door.id), item: null, visit: made.get(`${door.id} ${door.promise_ms}`) ?? '' }));
  const revisits = (rows.item ?? [])
    .filter((item) => isOpen(item) && revisitOf(item))
    .map((item) => ({ ...when(item.record.revisit_on, today), of: 'revisit', household: head(item.household), item: lineOf(item, offset), visit: '' }));
  const bare = { household: null, item: null, visit: '' };
  const orders = ordersOpen(rows, today, offset).map(({ id, title, due }) => ({ ...when(due, today), ...bare, of: 'order', text: title, href: `/field/orders/${id}` }));
  const agreed = actionsOf(rows, today).map(({ text, due }) => ({ ...when(due, today), ...bare, of: 'action', text, href: '/field/#agreed' }));
  const key = (/** @type {Row} */ entry) => [entry.on, entry.of, (entry.household ?? entry.item)?.id ?? entry.href + entry.text];
  return [...promises, ...revisits, ...orders, ...agreed].sort((a, b) => compare(key(a), key(b)));
}

/** What waits without a day: items, what neighbours noticed, whistles that wait for this worker. @param {Rows} rows @param {import('./common.js').Params} params @param {number} offset @returns {Row[]} */
function waiting(rows, params, offset) {
  const { head } = homesOf(rows);
  const still = (rows.item ?? []).filter((item) => isOpen(item) && !revisitOf(item));
  const items = still.map((item) => ({ ...lineOf(item, offset), of: 'item', household: head(item.household) }));
  const reports = reportsOpen(rows, offset, Infinity).map((each) => ({ ...each, of: 'report', household: null }));
  const whistles = todayWhistles(rows, params, offset).waiting.map((each) => ({ ...each, at: each.since, of: 'whistle', household: null }));
  return [...items, ...reports, ...whistles].sort((a, b) => compare([a.at, a.id], [b.at, b.id]));
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
