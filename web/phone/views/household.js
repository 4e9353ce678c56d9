// One household: who lives there, what is known, every visit, and what was promised.
// Twin of server/views/household.py.

import { careLines } from './care.js';
import { byId, compare, dateText, dayOf, first, frame, heads, local, offsetOf } from './common.js';
import { daysSince, knockedWithout, lookOf, unpainted } from './doors_at.js';
import { openAt, turnsOf } from './items.js';
import { whistlesAt } from './whistles.js';
import { factsOf, headOf, HOUSEHOLD_FACTS, personRow, readerOf } from './people.js';
import { askedOf, visitLine } from './visit.js';

/** @typedef {import('./common.js').Row} Row */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'here', resident: 'here', visit: 'here', door: 'here', care_pair: 'here', item: 'here', whistle: 'here' };
export const TEMPLATE = 'field/household.html';

const SHOWN_VISITS = 20;
const EMPTIED = ['vacant', 'moved'];
const SAME = ['occupancy', 'headcount'];

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const household = first(rows, 'household', params.household);
  if (!household) return null;
  const offset = offsetOf(rows, params);
  const today = dayOf(nowMs, offset);
  const door = first(rows, 'door', household.id) ?? {};
  const visits = newestFirst(rows, household.id);
  const residents = (rows.resident ?? [])
    .filter((row) => row.household === household.id)
    .sort((a, b) => compare([a.id], [b.id]));
  const year = (/** @type {number} */ day) => dateText(day).slice(0, 4);
  const kept = params.all ? visits : visits.slice(0, SHOWN_VISITS);
  const saved = first(rows, 'visit', params.saved);
  const reader = readerOf(params, nowMs, offset);
  const contactDays = daysSince(door.contact_ms, today, offset);
  const knock = knockedWithout(door);
  return {
    ...frame(rows, nowMs, params, 'doors'),
    household: headOf(household, byId(rows, 'building').get(household.building)),
    look: lookOf(household, door, today, offset),
    met: contactDays === null ? null : { n: contactDays, today: contactDays === 0 },
    knocked: knock ? { on: local(door.knock_ms, offset), today: dayOf(door.knock_ms, offset) === today, result: knock } : null,
    emptied: emptied(household, door, reader),
    promise_on: door.promise_on ?? null,
    promised: when(door.promise_on, dateText(today)),
    care: ['watch', 'urgent'].includes(door.care) ? door.care : null,
    pairs: careLines(rows, nowMs, params).filter((line) => line.household === household.id),
    ...peopleOf(residents.map((resident) => personRow(resident, reader.half))),
    half_person: reader.half.includes(`resident:${household.id}`),
    me: reader.me,
    decides: reader.decides,
    facts: factsOf(household, HOUSEHOLD_FACTS, reader),
    visits: kept.map((visit) => ({ ...visitLine(visit, offset, params.blobs), asked: askedOf(visit, params), twice: twice(visit, visits, offset) })),
    visit_count: visits.length,
    this_year: visits.filter((visit) => year(dayOf(visit.occurred_at_ms, offset)) === year(today)).length,
    more_visits: visits.length - kept.length,
    items: openAt(rows, household.id, offset),
    whistles: whistlesAt(rows, household.id, offset),
    turns: saved ? turnsOf(rows, saved, offset) : [],
    same: factsOf(household, HOUSEHOLD_FACTS, reader).filter(({ field, value, differs }) => SAME.includes(field) && value !== '' && !differs),
    saved: saved && { id: saved.id, result: saved.result, unsent: Boolean(saved.unsent) },
    draft: params.draft ? { at: local(params.draft.saved_ms, offset) } : null,
    new_id: params.new_id || '',
    restricted: Boolean(byId(rows, 'grid').get(household.grid)?.restricted),
  };
}

/** The visits of a household, newest first by when they happened. @param {import('./common.js').Rows} rows @param {string} household */
const newestFirst = (rows, household) =>
  (rows.visit ?? [])
    .filter((visit) => visit.household === household)
    .sort((a, b) => -compare([a.occurred_at_ms, a.id], [b.occurred_at_ms, b.id]));

/**
 * A home found empty that still counts as lived in: what one tap would state, and whether a leader is asked.
 * @param {Row} household @param {Row} door @param {import('./people.js').Reader} reader
 */
function emptied(household, door, reader) {
  const known = heads(household, 'occupancy');
  if (!EMPTIED.includes(knockedWithout(door) ?? '') || unpainted(household) || known.some(({ proposed }) => proposed)) return null;
  return { over: known.map(({ edit }) => edit).join(','), asks: known.length > 0 && !reader.decides };
}

/**
 * Whether a colleague came on the same day: both visits stand, and may be one (DOMAIN §2.9.1).
 * @param {Row} visit @param {Row[]} visits @param {number} offset
 */
function twice({ author, occurred_at_ms: atMs }, visits, offset) {
  const day = dayOf(atMs, offset);
  return visits.some((other) => !!author && !!other.author && other.author !== author && dayOf(other.occurred_at_ms, offset) === day);
}

/** Those who live here, and apart from them whoever lives elsewhere or has died. @param {ReturnType<typeof personRow>[]} people */
const peopleOf = (people) => ({
  people: people.filter(({ elsewhere, deceased }) => !elsewhere && !deceased),
  apart: people.filter(({ elsewhere, deceased }) => elsewhere && !deceased),
  dead: people.filter(({ deceased }) => deceased),
});

/** Whether a promised day is still to come, is today, or has passed. @param {string | undefined} promiseOn @param {string} today */
function when(promiseOn, today) {
  if (!promiseOn) return null;
  if (promiseOn === today) return 'today';
  return promiseOn > today ? 'ahead' : 'passed';
}
