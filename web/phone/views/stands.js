// Whom somebody stands in for, and what waits there: on Today, as of the phone's last exchange.
// Twin of server/views/stands.py.

import { byId, compare, dayOf, doorOrder, local, offsetOf, place } from './common.js';
import { dueOrder, personOf, reasonOf } from './doors_at.js';
import { isOpen } from './items.js';
import { ordersOpen } from './order.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {import('./common.js').Rows} Rows */
/** @typedef {import('./common.js').Params} Params */

const SHOWN = 3;

/** The people whose turn is one's own: oneself, and whom one stands in for. @param {Params} params */
export const whose = ({ person, stands = [] }) => new Set([person, ...stands.map((/** @type {Row} */ each) => each.person)]);

/** For each of them the homes that are due in their grids, orders, open items, and how their phones fare. @param {Rows} rows @param {number} nowMs @param {Params} params */
export function standsToday(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  const today = dayOf(nowMs, offset);
  return (params.stands ?? []).map((/** @type {Row} */ { person, away, until_on, phones, unsent, last_ms, grids }) => ({
    away,
    until: until_on,
    phones,
    unsent,
    last: local(last_ms, offset),
    person,
    ...dueIn(rows, grids, today, offset),
    orders: grids.flatMap((/** @type {string} */ grid) => ordersOpen(rows, today, offset, grid)),
    open: (rows.item ?? []).filter((item) => grids.includes(item.grid) && isOpen(item)).length,
  }));
}

/** Homes with a reason to knock, the most pressing first; those knocked at today have none. @param {Rows} rows @param {string[]} grids @param {number} today @param {number} offset */
function dueIn(rows, grids, today, offset) {
  const doors = byId(rows, 'door');
  const buildings = byId(rows, 'building');
  const due = (rows.household ?? []).flatMap((home) => {
    const door = doors.get(home.id) ?? {};
    const why = reasonOf(home, door, today, offset);
    const done = (door.knock_ms ?? null) !== null && dayOf(door.knock_ms, offset) === today;
    return grids.includes(home.grid) && why && !done ? [{ key: [...dueOrder(door, why), ...doorOrder(home)], home, why }] : [];
  });
  due.sort((a, b) => compare(a.key, b.key));
  const next = due.slice(0, SHOWN).map(({ home, why }) => ({ id: home.id, name: personOf(home), place: place(buildings.get(home.building), home), why }));
  return { due: due.length, next };
}
