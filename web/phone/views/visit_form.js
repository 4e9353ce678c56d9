// Writing a visit down, and correcting one: the result in one tap, everything else as one likes.
// Twin of server/views/visit_form.py.

import { blobsTold, readBlobs, writeBlobs } from './blobs.js';
import { ASKS, byId, compare, dateText, dayOf, first, frame, local, modeOf, offsetOf, partOfDay, weekdayOf } from './common.js';
import { isOf } from './day.js';
import { firstWrong, formState, headOf } from './people.js';
import { own } from './visit.js';

/** @typedef {import('./common.js').Row} Row */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'here', visit: 'here', door: 'here' };
export const TEMPLATE = 'field/visit_form.html';

export const RESULTS = ['met', 'no_answer', 'inconvenient', 'refused', 'vacant', 'moved'];
export const MODES = ['door', 'weekend', 'reception', 'night'];
export const CARES = ['ok', 'watch', 'urgent'];
const INPUTS = [
  'result',
  'mode',
  ...ASKS,
  'text',
  'care',
  'follow_up',
  'follow_up_on',
  'companions',
  'who_met',
  'occurred_at',
  'blobs',
  'private',
];
const SATURDAY = 6;
const MINUTE_CHARS = 16;

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const old = first(rows, 'visit', params.visit);
  const household = first(rows, 'household', old ? old.household : params.household);
  if (!household || (params.visit && !(old && own(old, params)))) return null;
  const offset = offsetOf(rows, params);
  const today = dayOf(nowMs, offset);
  const mode = modeOf(nowMs, offset);
  const days = nextDays(today);
  const given = old ? ofVisit(old, offset, days) : { mode, companions: beside(rows, params, household, today, offset) };
  const values = formState(params, INPUTS, given);
  // A draft keeps what is ticked as a list.
  values.private = [values.private].flat().includes('yes') ? 'yes' : '';
  const promiseOn = first(rows, 'door', household.id)?.promise_on ?? '';
  return {
    ...frame(rows, nowMs, params, 'doors'),
    household: headOf(household, byId(rows, 'building').get(household.building)),
    correcting: old && { id: old.id, revision: inView(old, params), at: minute(old.occurred_at_ms, offset) },
    new_id: params.new_id || '',
    values,
    errors: params.errors ?? {},
    wrong: firstWrong(params, INPUTS),
    results: RESULTS,
    modes: MODES,
    cares: CARES,
    asks: ASKS,
    mode_why: { mode, on: dateText(today), part: partOfDay(nowMs, offset) },
    days,
    // Met before that day or not, the promise stands: whoever sets no other day must know.
    promised: promiseOn > dateText(today) && !old ? promiseOn : '',
    picked: values.follow_up === 'pick',
    today: dateText(today),
    latest: minute(nowMs, offset),
    draft: params.draft ? { at: local(params.draft.saved_ms, offset) } : null,
    blobs: blobsTold(readBlobs(String(values.blobs))),
    // On a phone photos are kept before the form is sent; elsewhere they travel with it.
    keeps: Boolean(params.keeps),
  };
}

/** @param {number} ms @param {number} offset */
const minute = (ms, offset) => (local(ms, offset) ?? '').slice(0, MINUTE_CHARS);

/** Who was along when they were here before on the same day: they need not be named again. @param {import('./common.js').Rows} rows @param {import('./common.js').Params} params @param {Row} household @param {number} today @param {number} offset */
function beside(rows, { person }, household, today, offset) {
  const here = (rows.visit ?? []).filter((visit) => visit.household === household.id && isOf(visit, person) && dayOf(visit.occurred_at_ms, offset) === today);
  const last = here.sort((a, b) => compare([a.occurred_at_ms, a.id], [b.occurred_at_ms, b.id])).at(-1);
  return (last?.companions ?? []).join('、');
}

/** The tellings a correction replaces, all that stand: frozen when its form was first opened. @param {Row} visit @param {import('./common.js').Params} params */
const inView = (visit, { values, draft }) =>
  values?.over || draft?.values?.over || (visit.heads ?? []).join(',') || visit.edit || visit.id;

/** Two days worth one tap: this day next week, and the coming Saturday (never today). @param {number} today */
function nextDays(today) {
  const saturday = today + ((SATURDAY - weekdayOf(today) + 7) % 7 || 7);
  const days = [...new Set([saturday, today + 7])].sort((a, b) => a - b);
  return days.map((day) => ({ on: dateText(day), near: day === saturday ? 'saturday' : 'week' }));
}

/** A visit as its form holds it. @param {Row} visit @param {number} offset @param {{on: string}[]} choices */
function ofVisit(visit, offset, choices) {
  const followUpOn = visit.follow_up_on || '';
  const offered = choices.some(({ on }) => on === followUpOn);
  return {
    result: visit.result,
    mode: visit.mode,
    ...visit.asks,
    text: visit.text,
    care: visit.care,
    follow_up: offered || !followUpOn ? followUpOn : 'pick',
    follow_up_on: followUpOn,
    companions: (visit.companions ?? []).join('、'),
    who_met: visit.who_met,
    occurred_at: minute(visit.occurred_at_ms, offset),
    blobs: writeBlobs(visit.blobs ?? []),
    private: visit.private ? 'yes' : '',
  };
}
