// A volunteer's pages: four doors, one question a page. Twin of server/views/elder.py.

import { blobsTold } from './blobs.js';
import { compare, first, frame, local, offsetOf, partOfDay } from './common.js';

/** @typedef {import('./common.js').Rows} Rows */
/** @typedef {import('./common.js').Params} Params */
/** @typedef {Record<string, any>} Row */

/** @type {Record<string, string>} */
export const NEEDS = { volunteer: 'own', report: 'own' };

const TASKS = ['home', 'report', 'visits', 'call'];
const UNDO_MS = 10_000;
const SENT_SHOWN = 40;

/** @typedef {(rows: Rows, nowMs: number, params: Params) => Record<string, any> | null} View */

/** @type {View} */
export const home = (rows, nowMs, params) => ({
  ...framed(rows, nowMs, params, 'home'),
  me: params.me || '',
  part: partOfDay(nowMs, offsetOf(rows, params)),
  due: 0,
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
  if (!made) return null;
  return {
    ...framed(rows, nowMs, params, 'report'),
    withdrawn: made.state === 'withdrawn',
    unsent: Boolean(made.unsent),
    left_s: leftOf(made, nowMs),
    undo: `/elder/reports/${made.id}/withdrawal`,
  };
}

/** @type {View} */
export function mine(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  const told = (rows.report ?? []).map((row) => reported(row, params, offset));
  told.sort((a, b) => compare([b.ms, b.id], [a.ms, a.id]));
  return { ...framed(rows, nowMs, params, 'home'), sent: told.slice(0, SENT_SHOWN) };
}

/** @type {View} */
export const call = (rows, nowMs, params) => ({ ...framed(rows, nowMs, params, 'call'), calls: callsOf(rows, params) });

/** @type {View} */
export const install = (rows, nowMs, params) => ({
  ...framed(rows, nowMs, params, TASKS.includes(params.task) ? params.task : 'home'),
  tasks: TASKS,
});

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
  withdrawn: row.state === 'withdrawn',
  note: row.note || '',
  answered_by: row.answered_by || '',
});
