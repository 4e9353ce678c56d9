// What a day's visits say by themselves: doors, asks, promises, cares, each with its door. Nothing is asked again.
// Twin of server/views/day.py.

import { ASKS, byId, compare, dateText, dayOf, local, place, short } from './common.js';
import { CARE_DAYS, CONTACT, personOf } from './doors_at.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {import('./common.js').Rows} Rows */

/** Whether somebody went on a visit themselves, whoever wrote it down. @param {Row} visit @param {unknown} person */
export const isOf = (visit, person) => ((visit.on_behalf_of || visit.author) ?? null) === (person ?? null);

/** The local day on which it happened, by its author's word. @param {Row} visit @param {number} offset */
export const happenedOn = (visit, offset) => dateText(dayOf(visit.occurred_at_ms, offset));

/**
 * Somebody's visits in a grid that happened on a local day, in the order in which they did.
 * @param {Rows} rows @param {unknown} person @param {string} grid @param {string} day @param {number} offset
 */
export const visitsOn = (rows, person, grid, day, offset) =>
  (rows.visit ?? []).filter((visit) => visit.grid === grid && isOf(visit, person) && happenedOn(visit, offset) === day).sort(byTime);

/** @param {Row} a @param {Row} b */
export const byTime = (a, b) => compare([a.occurred_at_ms, a.id], [b.occurred_at_ms, b.id]);

/** Whether it was added later than the day it tells of. @param {Row} visit @param {string} today @param {number} offset */
export function isLate(visit, today, offset) {
  const receivedMs = visit.received_ms ?? null;
  const known = receivedMs === null ? today : dateText(dayOf(receivedMs, offset));
  return !visit.imported && known > happenedOn(visit, offset);
}

/** The figures of these visits and what stands behind each. @param {Rows} rows @param {Row[]} visits @param {string} today @param {number} offset */
export function toldDay(rows, visits, today, offset) {
  const lines = linesOf(rows, visits, today, offset);
  /** @type {Map<string, string[]>} */
  const doors = new Map();
  for (const { household, result } of visits) doors.set(household, [...(doors.get(household) ?? []), result]);
  const all = [...doors.values()];
  const answered = all.filter((results) => results.some((result) => CONTACT.includes(result))).length;
  const nobody = all.filter((results) => results.every((result) => result === 'no_answer')).length;
  const pairs = visits.map((visit, i) => ({ visit, line: lines[i] }));
  const said = (/** @type {string} */ ask) => pairs.filter(({ visit }) => visit.asks?.[ask]).map(({ visit, line }) => ({ ...line, text: visit.asks[ask] }));
  const promises = pairs.filter(({ visit }) => visit.follow_up_on).map(({ visit, line }) => ({ ...line, on: visit.follow_up_on }));
  return {
    knocked: doors.size,
    answered,
    nobody,
    other: doors.size - answered - nobody,
    asks: ASKS.map((ask) => ({ ask, said: said(ask) })).filter((each) => each.said.length),
    promises: promises.sort((a, b) => compare([a.on, a.at, a.id], [b.on, b.at, b.id])),
    cares: pairs.filter(({ visit }) => (visit.care ?? '') in CARE_DAYS).map(({ visit, line }) => ({ ...line, care: visit.care })),
    visits: lines,
    unsent: lines.filter((line) => line.unsent).length,
    late: lines.filter((line) => line.late).length,
  };
}

/** Each visit with its door, in one line. The door of a home that stands elsewhere by now has no name. @param {Rows} rows @param {Row[]} visits @param {string} today @param {number} offset */
export function linesOf(rows, visits, today, offset) {
  const buildings = byId(rows, 'building');
  const households = byId(rows, 'household');
  return visits.map((visit) => {
    const household = households.get(visit.household);
    const building = household && buildings.get(household.building);
    return {
      id: visit.id,
      grid: visit.grid || '',
      household: visit.household,
      at: /** @type {string} */ (local(visit.occurred_at_ms, offset)),
      door: household ? short(building, household) : '',
      place: household ? place(building, household) : null,
      name: household ? personOf(household) : '',
      result: visit.result,
      late: isLate(visit, today, offset),
      unsent: Boolean(visit.unsent),
    };
  });
}
