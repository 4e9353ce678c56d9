// A volunteer's pages: four doors, one question a page. Twin of server/views/elder.py.

import { blobsTold } from './blobs.js';
import { compare, dayOf, first, frame, local, offsetOf, partOfDay } from './common.js';
import { backTo, pageOf } from './suggestion_form.js';

/** @typedef {import('./common.js').Rows} Rows */
/** @typedef {import('./common.js').Params} Params */
/** @typedef {Record<string, any>} Row */

/** @type {Record<string, string>} */
export const NEEDS = { volunteer: 'own', report: 'own', paired: 'own', paired_check: 'own' };

const TASKS = ['home', 'report', 'visits', 'mine', 'call'];
const UNDO_MS = 10_000;
const SENT_SHOWN = 40;
export const STATES = ['ok', 'watch', 'urgent'];
/** How long after one look the next is due. @type {Record<string, number>} */
const DAYS = { weekly: 7, monthly: 30, quarterly: 90 };

/** @typedef {(rows: Rows, nowMs: number, params: Params) => Record<string, any> | null} View */

/** @type {View} */
export const home = (rows, nowMs, params) => ({
  ...framed(rows, nowMs, params, 'home'),
  me: params.me || '',
  part: partOfDay(nowMs, offsetOf(rows, params)),
  due: peopleOf(rows, nowMs, offsetOf(rows, params)).filter(({ due }) => due).length,
});

/** @type {View} */
export function report(rows, nowMs, params) {
  const values = params.values ?? params.draft?.values ?? {};
  return {
    ...framed(rows, nowMs, params, 'report'),
    new_id: params.new_id || '',
    keeps: Boolean(params.keeps),
    values: { text: values.text || '', blobs: values.blobs || '' },
    errors: params.errors ?? {},
  };
}

/** It is kept, and for some seconds it can be taken back. @type {View} */
export function sent(rows, nowMs, params) {
  const made = first(rows, 'report', params.of);
  const check = first(rows, 'paired_check', params.of);
  const kept = made ?? check;
  if (!kept) return null;
  return {
    ...framed(rows, nowMs, params, made ? 'report' : 'visits'),
    of: made ? 'report' : 'check',
    name: check ? nameOf(rows, check) : '',
    check: check ? check.state : '',
    withdrawn: takenBack(kept),
    unsent: Boolean(kept.unsent),
    left_s: leftOf(kept, nowMs),
    undo: `/elder/${made ? 'reports' : 'checks'}/${kept.id}/withdrawal`,
    calls: callsOf(rows, params),
  };
}

/** Whom they look in on: who is due first, then who was seen longest ago. @type {View} */
export const visits = (rows, nowMs, params) => ({ ...framed(rows, nowMs, params, 'visits'), people: peopleOf(rows, nowMs, offsetOf(rows, params)) });

/** @type {View} */
export function visit(rows, nowMs, params) {
  const one = peopleOf(rows, nowMs, offsetOf(rows, params)).find(({ id }) => id === params.pair);
  if (!one) return null;
  const shown = { one, new_id: params.new_id || '', text: params.values?.text || '' };
  return { ...framed(rows, nowMs, params, 'visits'), ...shown, states: STATES };
}

/** @type {View} */
export function mine(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  const told = [...(rows.report ?? []).map((row) => reported(row, params, offset)), ...(rows.paired_check ?? []).map((row) => checked(rows, row, offset))];
  told.sort((a, b) => compare([b.ms, b.id], [a.ms, a.id]));
  return { ...framed(rows, nowMs, params, 'mine'), sent: told.slice(0, SENT_SHOWN) };
}

/** @type {View} */
export const call = (rows, nowMs, params) => ({ ...framed(rows, nowMs, params, 'call'), calls: callsOf(rows, params) });

/** @type {View} */
export const install = (rows, nowMs, params) => ({
  ...framed(rows, nowMs, params, TASKS.includes(params.task) ? params.task : 'home'),
  tasks: TASKS,
});

/** What could be easier, about one of these pages. @type {View} */
export function suggestion(rows, nowMs, params) {
  const said = params.values ?? params.draft?.values ?? {};
  const sent = params.values ?? params;
  return {
    ...framed(rows, nowMs, params, 'home'),
    new_id: params.new_id || '',
    page: pageOf(sent.page || ''),
    back: backTo(sent.back || '', '/elder/'),
    values: { text: said.text || '' },
    errors: params.errors ?? {},
  };
}

/** @type {View} */
export const missing = (rows, nowMs, params) => framed(rows, nowMs, params, 'home');

/** For how many seconds something can still be taken back: none where a clock was set back meanwhile. @param {Row} made @param {number} nowMs */
export function leftOf(made, nowMs) {
  const left = made.occurred_at_ms + UNDO_MS - nowMs;
  return left > 0 && left <= UNDO_MS ? Math.ceil(left / 1000) : 0;
}

/** The installation's numbers: those of every community, and of this one. @param {Rows} rows @param {Params} params */
export function callsOf(rows, params) {
  const community = rows.volunteer?.[0]?.community;
  const given = /** @type {[string, string, string][]} */ (params.calls ?? []);
  return given.filter(([where]) => where === '' || where === community).map(([, name, number]) => ({ name, number }));
}

/** @param {Rows} rows @param {number} nowMs @param {Params} params @param {string} task */
const framed = (rows, nowMs, params, task) => ({ ...frame(rows, nowMs, params, ''), size: params.size || 1, task });

/** @param {Row} row @param {Params} params @param {number} offset */
const reported = (row, params, offset) => ({
  id: row.id,
  of: 'report',
  ms: row.occurred_at_ms,
  at: local(row.occurred_at_ms, offset),
  text: row.text || '',
  sorts: blobsTold(row.blobs, params.blobs)?.sorts ?? [],
  unsent: Boolean(row.unsent),
  withdrawn: takenBack(row),
  note: row.note || '',
  answered_by: row.answered_by || '',
});

/** @param {Rows} rows @param {Row} row @param {number} offset */
const checked = (rows, row, offset) => ({
  id: row.id,
  of: 'check',
  ms: row.occurred_at_ms,
  at: local(row.occurred_at_ms, offset),
  name: nameOf(rows, row),
  check: row.state,
  text: row.text || '',
  sorts: [],
  unsent: Boolean(row.unsent),
  withdrawn: takenBack(row),
  note: '',
  answered_by: '',
});

/** A name, a door, and when somebody was last there: never why. @param {Rows} rows @param {number} nowMs @param {number} offset */
function peopleOf(rows, nowMs, offset) {
  const people = (rows.paired ?? []).filter((row) => !row.ended_ms).map((row) => person(row, nowMs, offset));
  return people.sort((a, b) => compare([Number(!a.due), a.seen, a.id], [Number(!b.due), b.seen, b.id]));
}

/** @param {Row} row @param {number} nowMs @param {number} offset */
function person(row, nowMs, offset) {
  const seen = row.checked_ms ?? null;
  const days = seen === null ? null : Math.max(0, dayOf(nowMs, offset) - dayOf(seen, offset));
  const due = seen === null || seen < (row.major_ms ?? seen) || (days ?? 0) >= DAYS[row.cadence];
  const place = { building: row.building || '', entrance: row.entrance || '', room: row.room || '' };
  return { id: row.id, name: row.name || '', ...place, days, due, seen: seen ?? 0 };
}

/** @param {Rows} rows @param {Row} check @returns {string} */
const nameOf = (rows, check) => first(rows, 'paired', check.pair)?.name || '';

/** @param {Row} kept */
const takenBack = (kept) => Boolean(kept.undone_ms) || kept.state === 'withdrawn';
