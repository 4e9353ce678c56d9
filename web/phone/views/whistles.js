// Whistles on the phone: the way of one, the form of a new one, the page of one, and those that wait for this worker.
// Twin of server/views/whistles.py.

import { blobsTold } from './blobs.js';
import { ASKS, byId, compare, first, frame, local, offsetOf } from './common.js';
import { firstWrong, formState, headOf } from './people.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {import('./common.js').Rows} Rows */
/** @typedef {import('./common.js').Params} Params */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'here', whistle: 'all' };
export const TEMPLATE = 'field/whistle.html';
/** @type {Record<string, string>} */
export const LIST_NEEDS = { grid: 'all', building: 'all', whistle: 'all' };
export const LIST_TEMPLATE = 'field/whistles.html';
/** @type {Record<string, string>} */
export const FORM_NEEDS = { ...LIST_NEEDS, household: 'here', visit: 'here', item: 'all', patrol_note: 'all' };
export const FORM_TEMPLATE = 'field/whistle_form.html';

const COMMITTEE = ['committee'];
const DEPARTMENT = ['department'];
const GRID_OR = ['grid', 'committee'];
const back = { withdrawn: ['reporter'] };
/** As sync/rules/whistle_ways.py has them; a test compares the two. @type {Record<string, Record<string, string[]>>} */
export const WAYS = {
  reported: { self_resolved: ['grid'], responded: COMMITTEE, merged: COMMITTEE, invalid: COMMITTEE, ...back },
  self_resolved: { closed: GRID_OR },
  merged: { reported: ['reporter', 'committee'] },
  invalid: { reported: ['reporter', 'committee'] },
  responded: { dispatched: COMMITTEE, ...back },
  dispatched: { accepted: DEPARTMENT, returned: DEPARTMENT, ...back },
  returned: { responded: COMMITTEE, ...back },
  accepted: { in_progress: DEPARTMENT, ...back },
  in_progress: { extended: DEPARTMENT, suspended: DEPARTMENT, resolved: DEPARTMENT, ...back },
  extended: { in_progress: DEPARTMENT, ...back },
  suspended: { in_progress: DEPARTMENT, ...back },
  resolved: { verifying: ['committee', 'leader'], ...back },
  verifying: { revisit: ['grid'], reopened: GRID_OR, ...back },
  revisit: { closed: GRID_OR, reopened: GRID_OR, ...back },
  reopened: { dispatched: COMMITTEE, ...back },
};
/** Steps that say why. */
export const NOTED = ['self_resolved', 'invalid', 'reported', 'returned', 'extended', 'suspended', 'resolved', 'reopened'];
const HANDLED = ['self_resolved', 'accepted', 'in_progress', 'resolved'];
const PROVED = ['revisit', 'closed', 'reopened'];
const OVER = ['self_resolved', 'closed', 'merged', 'invalid', 'withdrawn'];
const RETURNED = ['returned', 'merged', 'invalid'];
export const CATEGORIES = Array.from({ length: 12 }, (_, n) => `W${String(n + 1).padStart(2, '0')}`);
export const URGENCIES = ['danger', 'urgent', 'normal', 'complex'];
export const RATINGS = ['satisfied', 'basic', 'not'];
const INPUTS = ['title', 'text', 'category', 'urgency', 'building', 'place', 'blobs', 'consent'];
export const TITLE_CHARS_MAX = 30;
const ALIKE_MS = 72 * 3_600_000;
const OVER_SHOWN = 20;

/** One whistle: what is wrong and where, how far it is, what this worker may say next, and its whole story. @param {Rows} rows @param {number} nowMs @param {Params} params */
export function view(rows, nowMs, params) {
  const whistle = first(rows, 'whistle', params.whistle);
  if (!whistle) return null;
  const offset = offsetOf(rows, params);
  const steps = stepsOf(whistle, params);
  return {
    ...frame(rows, nowMs, params, 'today'),
    whistle: {
      ...lineOf(whistle, rows, offset),
      text: whistle.text || '',
      by: whistle.by,
      first_owner: whistle.first_owner_name,
      urgency: whistle.urgency,
      department: whistle.department_name || '',
      result: whistle.result || '',
      rating: whistle.rating || '',
      source_of: whistle.source_of || '',
      source: whistle.source || '',
      step: whistle.step,
    },
    household: headAt(rows, whistle.household),
    shown: blobsTold(whistle.blobs, params.blobs),
    keeps: Boolean(params.keeps),
    correcting: null,
    blobs: null,
    story: (whistle.story ?? []).map((/** @type {Row} */ told) => toldOf(told, offset, params)).reverse(),
    steps,
    rates: steps.includes('closed') && whistle.state === 'revisit',
    values: formState(params, ['note', 'blobs'], {}),
    errors: params.errors ?? {},
    new_id: params.new_id || '',
  };
}

/** A new whistle: what the visit, the item or the note has said already stands in it. @param {Rows} rows @param {number} nowMs @param {Params} params */
export function form(rows, nowMs, params) {
  const household = first(rows, 'household', params.household);
  const [of, source] = sourceOf(rows, params);
  const building = household?.building || source?.building || '';
  const values = formState(params, INPUTS, { text: wordsOf(of, source), urgency: 'normal', building });
  const buildings = [...(rows.building ?? [])].sort((a, b) => compare([a.sort || 0, a.id], [b.sort || 0, b.id]));
  return {
    ...frame(rows, nowMs, params, 'today'),
    household: headAt(rows, params.household),
    grid: household?.grid || source?.grid || rows.grid?.[0]?.id || '',
    source_of: of,
    source: source?.id || '',
    places: household ? [] : buildings.map(({ id, name }) => ({ id, name })),
    alike: alikeOf(rows, building, nowMs).map((row) => lineOf(row, rows, offsetOf(rows, params))),
    categories: CATEGORIES.map((code) => ({ code, key: code.toLowerCase() })),
    urgencies: URGENCIES,
    keeps: Boolean(params.keeps),
    correcting: null,
    blobs: null,
    values,
    wrong: firstWrong(params, INPUTS),
    errors: params.errors ?? {},
    new_id: params.new_id || '',
  };
}

/** Every whistle of these grids that this phone holds: those that wait for this worker first. @param {Rows} rows @param {number} nowMs @param {Params} params */
export function listed(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  const all = [...(rows.whistle ?? [])].sort((a, b) => compare([-a.stepped_ms, a.id], [-b.stepped_ms, b.id]));
  const lines = (/** @type {Row[]} */ some) => some.map((row) => lineOf(row, rows, offset));
  const rest = all.filter((row) => !waits(row, params));
  return {
    ...frame(rows, nowMs, params, 'today'),
    waiting: lines(all.filter((row) => waits(row, params))),
    open: lines(rest.filter(({ state }) => !OVER.includes(state))),
    over: lines(rest.filter(({ state }) => OVER.includes(state)).slice(0, OVER_SHOWN)),
  };
}

/** Those that wait for this worker, the one that waits longest first, and how many others are open. @param {Rows} rows @param {Params} params @param {number} offset */
export function todayWhistles(rows, params, offset) {
  const all = rows.whistle ?? [];
  const waiting = all.filter((row) => waits(row, params)).sort((a, b) => a.stepped_ms - b.stepped_ms);
  const n = all.filter((row) => !OVER.includes(row.state) && !waits(row, params)).length;
  return { waiting: waiting.map((row) => lineOf(row, rows, offset)), n };
}

/** What is open about a household, the oldest first. @param {Rows} rows @param {string} household @param {number} offset */
export const whistlesAt = (rows, household, offset) =>
  (rows.whistle ?? [])
    .filter((row) => row.household === household && !OVER.includes(row.state))
    .sort((a, b) => compare([a.stepped_ms, a.id], [b.stepped_ms, b.id]))
    .map((row) => lineOf(row, rows, offset));

/** Whether it is for this worker to look, to ask, or as its first owner to answer for what came back. @param {Row} whistle @param {Params} params */
export function waits(whistle, params) {
  if (whistle.state === 'verifying' || whistle.state === 'revisit') return !handlers(whistle).has(params.person);
  return RETURNED.includes(whistle.state) && whistle.first_owner === params.person;
}

/** What this worker may say next. @param {Row} whistle @param {Params} params */
export function stepsOf(whistle, params) {
  const mine = ['grid', ...(params.role === 'grid_leader' ? ['leader'] : []), ...(whistle.author === params.person ? ['reporter'] : [])];
  const handled = handlers(whistle).has(params.person);
  const ways = Object.entries(WAYS[whistle.state] ?? {});
  return ways.filter(([to, who]) => who.some((each) => mine.includes(each)) && !(handled && PROVED.includes(to))).map(([to]) => to);
}

/** @param {Row} whistle @returns {Set<string>} */
const handlers = ({ story = [] }) =>
  new Set(story.filter((/** @type {Row} */ told) => HANDLED.includes(told.to) && !told.why).map((/** @type {Row} */ told) => told.author));

/** A whistle as lists name it. @param {Row} whistle @param {Rows} rows @param {number} offset */
export const lineOf = (whistle, rows, offset) => ({
  id: whistle.id,
  title: whistle.title,
  state: whistle.state,
  category: (whistle.category || '').toLowerCase(),
  building: byId(rows, 'building').get(whistle.building)?.name || '',
  place: whistle.place || '',
  at: local(whistle.occurred_at_ms, offset),
  since: local(whistle.stepped_ms, offset),
  unsent: Boolean(whistle.unsent),
});

/** @param {Rows} rows @param {string | undefined} id */
function headAt(rows, id) {
  const household = first(rows, 'household', id);
  return household && headOf(household, byId(rows, 'building').get(household.building));
}

/** @param {Rows} rows @param {Params} params @returns {[string, Row | null]} */
function sourceOf(rows, params) {
  const of = ['visit', 'item', 'patrol_note'].find((each) => first(rows, each, params[each]));
  return of ? [of, /** @type {Row} */ (first(rows, of, params[of]))] : ['', null];
}

/** What was said there already. @param {string} of @param {Row | null} source @returns {string} */
function wordsOf(of, source) {
  if (of !== 'visit') return source?.text || '';
  const asks = source?.asks ?? {};
  return ASKS.map((ask) => asks[ask]).find((text) => text) || source?.text || '';
}

/** What was whistled about in the same building within three days. @param {Rows} rows @param {string} building @param {number} nowMs */
const alikeOf = (rows, building, nowMs) =>
  (rows.whistle ?? []).filter((row) => building && row.building === building && nowMs - row.occurred_at_ms <= ALIKE_MS && row.state !== 'withdrawn');

/** @param {Row} told @param {number} offset @param {Params} params */
const toldOf = (told, offset, params) => ({
  to: told.to || '',
  by: told.by,
  at: local(told.at_ms, offset),
  note: told.note || '',
  department: told.department || '',
  rating: told.rating || '',
  why: told.why || '',
  blobs: blobsTold(told.blobs, params.blobs),
});
