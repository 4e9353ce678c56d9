// What else a day is told of, beside visits and patrols: checks, doors of orders, items, promises kept.
// Twin of server/views/besides.py.

import { byId, compare, dateText, dayOf, local, place, short } from './common.js';
import { byTime, isLate, visitsOn } from './day.js';
import { personOf } from './doors_at.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {import('./common.js').Rows} Rows */
/** @typedef {{grid: string, day: string, person: unknown}} On */

/** @type {Record<string, string>} */
export const NEEDS = { care_check: 'all', verification_order: 'all', order_answer: 'all', item: 'all' };

/** All of it that was somebody's on a local day. Steps of items name their author as `me`, no id. @param {Rows} rows @param {string} grid @param {string} day @param {unknown} person @param {string} me @param {string} today @param {number} offset */
export function toldBesides(rows, grid, day, person, me, today, offset) {
  const on = { grid, day, person };
  return { checks: checksOn(rows, on, today, offset), orders: ordersOn(rows, on, today, offset), matters: mattersOn(rows, on, me, offset), kept: keptOn(rows, on, me, offset) };
}

/** The local days on which somebody looked in on people, answered at doors of orders or raised items. @param {Rows} rows @param {string} grid @param {unknown} person @param {number} offset */
export const daysBesides = (rows, grid, person, offset) =>
  ['care_check', 'order_answer', 'item']
    .flatMap((kind) => rows[kind] ?? [])
    .filter((row) => isTheirs(row, grid, person) && row.undone_ms === undefined)
    .map((row) => dayAt(row.occurred_at_ms, offset));

/** Checks and answers of theirs that `came` late, with their doors. @param {Rows} rows @param {string} grid @param {unknown} person @param {(row: Row) => boolean} came @param {number} offset */
export const lateBesides = (rows, grid, person, came, offset) =>
  [...(rows.care_check ?? []), ...(rows.order_answer ?? [])]
    .filter((row) => isTheirs(row, grid, person) && row.undone_ms === undefined && came(row))
    .sort(byTime)
    .map((row) => ({ ...lineAt(rows, row, null, offset), of: 'pair' in row ? 'check' : 'answer' }));

/** @param {Row} row @param {string} grid @param {unknown} person */
const isTheirs = (row, grid, person) => row.grid === grid && (row.author ?? null) === (person ?? null);

/** @param {number} ms @param {number} offset */
const dayAt = (ms, offset) => dateText(dayOf(ms, offset));

/** Somebody's rows of a kind that happened on that day, in the order in which they did. @param {Rows} rows @param {string} kind @param {On} on @param {number} offset */
const onDay = (rows, kind, { grid, day, person }, offset) =>
  (rows[kind] ?? []).filter((row) => isTheirs(row, grid, person) && dayAt(row.occurred_at_ms, offset) === day).sort(byTime);

/** @param {Rows} rows @param {On} on @param {string} today @param {number} offset */
function checksOn(rows, on, today, offset) {
  const found = onDay(rows, 'care_check', on, offset).filter(({ undone_ms }) => undone_ms === undefined);
  return found.map((row) => ({ ...lineAt(rows, row, today, offset), pair: row.pair, state: row.state }));
}

/** By order, the doors at which somebody answered, each with its last answer of the day. @param {Rows} rows @param {On} on @param {string} today @param {number} offset */
function ordersOn(rows, on, today, offset) {
  const titles = byId(rows, 'verification_order');
  const last = new Map(onDay(rows, 'order_answer', on, offset).map((row) => [`${row.verification_order} ${row.household}`, row]));
  /** @type {Map<string, Row[]>} */
  const doors = new Map();
  for (const row of last.values()) {
    const wrong = row.points.some((/** @type {Row} */ { ok }) => ok === false);
    doors.set(row.verification_order, [...(doors.get(row.verification_order) ?? []), { ...lineAt(rows, row, today, offset), wrong }]);
  }
  return [...doors].map(([id, at]) => ({ id, title: titles.get(id)?.title || '', doors: at }));
}

/** Items that somebody raised or said something of, each with the last that they did that day. @param {Rows} rows @param {On} on @param {string} me @param {number} offset */
function mattersOn(rows, { grid, day, person }, me, offset) {
  /** @type {{item: Row, did: Row}[]} */
  const found = [];
  for (const item of (rows.item ?? []).filter((each) => each.grid === grid)) {
    const own = (item.story ?? []).filter((/** @type {Row} */ told) => told.by === me && !told.why && dayAt(told.at_ms, offset) === day);
    const raised = isTheirs(item, grid, person) && dayAt(item.occurred_at_ms, offset) === day;
    const did = own.at(-1) ?? (raised ? { at_ms: item.occurred_at_ms, what: 'raised' } : null);
    if (did) found.push({ item, did });
  }
  found.sort((a, b) => compare([a.did.at_ms, a.item.id], [b.did.at_ms, b.item.id]));
  return found.map(({ item, did }) => ({ ...lineAt(rows, item, null, offset), kind: item.kind, text: item.text || '', what: did.what, to: did.to || '' }));
}

/** Days that were promised at a door and that somebody kept: they met them there on that day or later, first of all, or said that it is done. @param {Rows} rows @param {On} on @param {string} me @param {number} offset */
function keptOn(rows, { grid, day, person }, me, offset) {
  const said = (rows.visit ?? []).filter((visit) => visit.grid === grid && visit.kept && visit.kept.by === me && dayAt(visit.kept.at_ms, offset) === day);
  const kept = said.map((visit) => ({ visit, on: visit.kept.on }));
  for (const visit of visitsOn(rows, person, grid, day, offset)) {
    const promise = visit.result === 'met' ? promiseOf(rows, visit, offset) : null;
    if (promise) kept.push({ visit, on: promise.follow_up_on });
  }
  kept.sort((a, b) => byTime(a.visit, b.visit));
  return kept.map(({ visit, on }) => ({ ...lineAt(rows, visit, null, offset), on }));
}

/** The visit whose promise this meeting kept, if it did: the last one before it, that nobody had kept already. @param {Rows} rows @param {Row} met @param {number} offset */
function promiseOf(rows, met, offset) {
  const before = (rows.visit ?? []).filter((visit) => visit.household === met.household && visit.occurred_at_ms < met.occurred_at_ms).sort(byTime);
  const made = [...before].reverse().find((visit) => visit.follow_up_on);
  if (!made || made.kept || made.follow_up_on > dayAt(met.occurred_at_ms, offset)) return null;
  const since = before.filter((visit) => visit.result === 'met' && visit.occurred_at_ms > made.occurred_at_ms);
  return since.every((visit) => dayAt(visit.occurred_at_ms, offset) < made.follow_up_on) ? made : null;
}

/** One with its door, as the log names it; what has no door, or one that stands elsewhere by now, with none. Without `today` nothing is late. @param {Rows} rows @param {Row} row @param {string | null} today @param {number} offset */
function lineAt(rows, row, today, offset) {
  const home = byId(rows, 'household').get(row.household);
  const building = home && byId(rows, 'building').get(home.building);
  return {
    id: row.id,
    grid: row.grid || '',
    household: row.household || '',
    at: local(row.occurred_at_ms, offset),
    door: home ? short(building, home) : '',
    place: home ? place(building, home) : null,
    name: home ? personOf(home) : '',
    late: today !== null && isLate(row, today, offset),
    unsent: Boolean(row.unsent),
  };
}
