// Today: where the day stands in one sentence, then the next doors with the reason in words.
// Twin of server/views/today.py.

import { actionsOf } from './actions.js';
import { askedToday } from './asked.js';
import { careToday } from './care.js';
import { ASKS, byId, compare, DAY_MS, dateText, dayOf, doorOrder, frame, hourOf, local, offsetOf, place } from './common.js';
import { isOf } from './day.js';
import { CONTACT, dueOrder, knockedWithout, lookOf, personOf, reasonOf } from './doors_at.js';
import { onToday } from './followups.js';
import { halfWritten } from './half.js';
import { NEEDS as ORDER_NEEDS, ordersToday } from './order.js';
import { standsToday } from './stands.js';
import { dayWalked, walkToday } from './walks.js';
import { reportsOpen } from './reports.js';
import { todayWhistles } from './whistles.js';

/** @typedef {import('./common.js').Row} Row */

/** @type {Record<string, string>} */
export const NEEDS = { ...ORDER_NEEDS, door: 'all', visit: 'today', daily_log: 'all', patrol: 'all', action: 'all', care_pair: 'all', resident: 'paired', item: 'all', report: 'all', whistle: 'all' };
export const TEMPLATE = 'field/today.html';

const DAY_DOORS = 12;
const LEFT_MS = 7 * DAY_MS;
/** The hour from which the day's log is in reach here. */
const LOG_FROM = 15;
const SHOWN = 6;
const SHOWN_DONE = 2;
const LISTED = 100;

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  const today = dayOf(nowMs, offset);
  const buildings = byId(rows, 'building');
  const doors = byId(rows, 'door');
  const doorOf = (/** @type {Row} */ household) => doors.get(household.id) ?? {};
  /** @type {{key: (string | number)[], household: Row, reason: string}[]} */
  const due = [];
  /** @type {{key: (string | number)[], household: Row}[]} */
  const done = [];
  for (const household of rows.household ?? []) {
    const door = doorOf(household);
    const knockMs = door.knock_ms ?? null;
    if (knockMs !== null && dayOf(knockMs, offset) === today) {
      done.push({ key: [-knockMs, household.id], household });
      continue;
    }
    const reason = reasonOf(household, door, today, offset);
    if (reason) due.push({ key: [...dueOrder(door, reason), ...doorOrder(household)], household, reason });
  }
  due.sort((a, b) => compare(a.key, b.key));
  done.sort((a, b) => compare(a.key, b.key));
  const pressing = due.filter(({ reason }) => reason === 'promise' || reason === 'care').length;
  const room = Math.max(0, DAY_DOORS - done.length - pressing);
  const listed = due.slice(0, pressing + room);
  const answered = answeredToday(rows, today, offset);
  const kinds = done.map(({ household }) => (answered.has(household.id) ? 'answered' : kindOf(doorOf(household).knock_result)));
  const show = params.show ?? null;
  const past = show === 'done' ? done : done.slice(0, SHOWN_DONE);
  const nexts = show === 'all' ? due : show === 'next' ? due.slice(0, LISTED) : listed.slice(0, SHOWN - Math.min(done.length, SHOWN_DONE));
  const words = lastWords(rows, today, offset);
  const rest = kinds.slice(past.length);
  const line = (/** @type {Row} */ household) => ({
    ...lookOf(household, doorOf(household), today, offset),
    name: personOf(household),
    place: place(buildings.get(household.building), household),
  });
  return {
    ...frame(rows, nowMs, params, 'today'),
    homes: (rows.household ?? []).length,
    grids: (rows.grid ?? []).length,
    revoked: Boolean(params.revoked),
    show,
    half: halfWritten(rows, params),
    returned: returned(rows, nowMs),
    asked: askedToday(rows, params, offset),
    orders: ordersToday(rows, today, offset),
    log: logOf(rows, nowMs, params, offset),
    patrol: walkToday(rows, nowMs, offset),
    actions: actionsOf(rows, today),
    care: careToday(rows, nowMs, params),
    stands: standsToday(rows, nowMs, params),
    follow: onToday(rows, today, params, offset),
    reports: reportsOpen(rows, offset),
    whistles: todayWhistles(rows, params, offset),
    due: listed.length + done.length,
    left: listed.length,
    all_left: due.length,
    later: due.length - listed.length,
    further: show === 'next' ? due.length - nexts.length : 0,
    knocked: done.length,
    answered: kinds.filter((kind) => kind === 'answered').length,
    next: nexts.map(({ household, reason }) => ({ ...line(household), ...why(doorOf(household), reason, today, offset) })),
    done: past.map(({ household }) => ({
      ...line(household),
      result: doorOf(household).knock_result,
      text: words.get(household.id) ?? '',
    })),
    rest: rest.length ? { n: rest.length, parts: parts(rest) } : null,
  };
}

/** @param {string[]} kinds */
const parts = (kinds) =>
  ['answered', 'no_answer', 'other']
    .map((of) => ({ of, n: kinds.filter((kind) => kind === of).length }))
    .filter(({ n }) => n);

/** Logs that came back with a question, the latest day first. In a grid that is theirs no more nobody can answer one here: after a few days it is told no longer. @param {import('./common.js').Rows} rows @param {number} nowMs */
function returned(rows, nowMs) {
  const grids = new Set((rows.grid ?? []).map(({ id }) => id));
  const back = (rows.daily_log ?? []).filter(({ state, grid, at_ms }) => state === 'returned' && (grids.has(grid) || (at_ms ?? 0) > nowMs - LEFT_MS));
  back.sort((a, b) => -compare([a.day, a.id], [b.day, b.id]));
  return back.map(({ day, grid, note, by }) => ({ day, grid, note: note || '', by: by || '' }));
}

/** How far today's log has come; before the afternoon it is named only once it was sent. @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params @param {number} offset */
function logOf(rows, nowMs, params, offset) {
  const today = dayOf(nowMs, offset);
  const own = (rows.daily_log ?? []).filter(({ day }) => day === dateText(today));
  if (own.length) return { state: own[0].state, unsent: own.some(({ unsent }) => unsent) };
  const went = (rows.visit ?? []).some((visit) => isOf(visit, params.person) && dayOf(visit.occurred_at_ms, offset) === today) || (rows.patrol ?? []).some((patrol) => dayWalked(patrol, offset) === dateText(today));
  return went && hourOf(nowMs, offset) >= LOG_FROM ? { state: 'open', unsent: false } : null;
}

/** Doors where somebody answered today, whatever a later knock found: what paints a door counts here. @param {import('./common.js').Rows} rows @param {number} today @param {number} offset */
function answeredToday(rows, today, offset) {
  const answered = (rows.visit ?? []).filter(({ result, occurred_at_ms }) => CONTACT.includes(result) && dayOf(occurred_at_ms, offset) === today);
  return new Set(answered.map((visit) => visit.household));
}

/** @param {string} result @returns {string} */
const kindOf = (result) => (CONTACT.includes(result) ? 'answered' : result === 'no_answer' ? result : 'other');

/** The reason in parts. @param {Row} door @param {string} reason @param {number} today @param {number} offset */
const why = (door, reason, today, offset) => ({
  why: reason,
  care: door.care ?? null,
  promise_on: door.promise_on ?? null,
  promised_today: door.promise_on === dateText(today),
  knocked_on: knockedWithout(door) ? local(door.knock_ms, offset) : null,
});

/** The first words of today's newest visit at each door. @param {import('./common.js').Rows} rows @param {number} today @param {number} offset */
function lastWords(rows, today, offset) {
  const key = (/** @type {Row} */ visit) => [visit.occurred_at_ms, visit.id];
  /** @type {Map<string, Row>} */
  const newest = new Map();
  for (const visit of rows.visit ?? []) {
    if (dayOf(visit.occurred_at_ms, offset) !== today) continue;
    const known = newest.get(visit.household);
    if (!known || compare(key(known), key(visit)) < 0) newest.set(visit.household, visit);
  }
  return new Map([...newest].map(([household, visit]) => [household, wordsOf(visit)]));
}

/** What was said, in one line: the free words, else the first ask answered. @param {Row} visit @returns {string} */
export const wordsOf = (visit) => visit.text || ASKS.map((ask) => visit.asks?.[ask]).find((words) => words) || '';
