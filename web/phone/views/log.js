// The log of a day: composed from all that this phone holds of it, one field for words, sent by a tap.
// Twin of server/views/log.py.

import { daysBesides, lateBesides, NEEDS as BESIDES, toldBesides } from './besides.js';
import { blobsTold, readBlobs, writeBlobs } from './blobs.js';
import { compare, dateText, dayOf, frame, local, offsetOf } from './common.js';
import { byTime, happenedOn, isLate, isOf, linesOf, toldDay, visitsOn } from './day.js';
import { firstWrong, formState } from './people.js';
import { dayWalked, notesTold, patrolsOf, toldWalks, WHAT } from './walks.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {import('./common.js').Rows} Rows */
/** @typedef {import('./common.js').Params} Params */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'all', visit: 'all', daily_log: 'all', patrol: 'all', patrol_note: 'all', ...BESIDES };
export const TEMPLATE = 'field/log.html';

const INPUTS = ['text', 'blobs'];
export const FIRST_DAY = '2000-01-01';
const OTHERS_SHOWN = 7;
const UNSAID_DAYS = 3;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The day asked for, today without one; in the grid asked for, or else where visits were made that day. @param {Rows} rows @param {number} nowMs @param {Params} params */
export function view(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  const today = dateText(dayOf(nowMs, offset));
  const { person } = params;
  const day = dayAsked(params.values?.day || params.day, today);
  const grids = [...(rows.grid ?? [])].sort((a, b) => compare([a.name, a.id], [b.name, b.id]));
  const asked = params.values?.grid || params.grid;
  const left = leftLog(rows, grids, asked, day);
  const grid = left ? left.grid : gridAsked(rows, grids, asked, person, day, offset);
  const visits = visitsOn(rows, person, grid, day, offset);
  const log = (rows.daily_log ?? []).find((row) => row.grid === grid && row.day === day);
  // Which form this is becomes clear here alone: the half-written ones are all handed in.
  const draft = params.begun?.[`log:${grid}:${day}`] ?? null;
  const values = formState({ ...params, draft }, INPUTS, { text: log?.text, blobs: writeBlobs(log?.blobs ?? []) });
  return {
    ...frame(rows, nowMs, params, 'today'),
    day,
    is_today: day === today,
    grid,
    left: Boolean(left),
    grids: grids.length > 1 ? grids.map(({ id, name }) => ({ id, name })) : [],
    told: toldDay(rows, visits, today, offset),
    besides: toldBesides(rows, grid, day, person, params.me || '', today, offset),
    walked: toldWalks(rows, grid, day, nowMs, person, offset, params.blobs),
    log: log ? toldLog(log, params, offset) : null,
    step: log?.step ?? '',
    over: log?.edits.join(',') ?? '',
    new_id: params.new_id || '',
    values,
    blobs: blobsTold(readBlobs(String(values.blobs))),
    keeps: Boolean(params.keeps),
    errors: params.errors ?? {},
    wrong: firstWrong(params, INPUTS),
    draft: draft && { at: local(draft.saved_ms, offset) },
    added: day === today ? added(rows, person, grid, today, offset) : [],
    others: others(rows, nowMs, person, grid, day, offset),
  };
}

/** The day asked for, if it is one and has begun. @param {any} asked @param {string} today @returns {string} */
function dayAsked(asked, today) {
  const ms = DAY.test(asked ?? '') ? Date.parse(`${asked}T00:00:00Z`) : NaN;
  const isDay = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(asked);
  return isDay && FIRST_DAY <= asked && asked <= today ? asked : today;
}

/** The log of that day in a grid that is theirs no more: it can still be read. @param {Rows} rows @param {Row[]} grids @param {any} asked @param {string} day */
function leftLog(rows, grids, asked, day) {
  if (grids.some(({ id }) => id === asked)) return null;
  return (rows.daily_log ?? []).find((row) => row.grid === asked && row.day === day) ?? null;
}

/** @param {Rows} rows @param {Row[]} grids @param {any} asked @param {unknown} person @param {string} day @param {number} offset @returns {string} */
function gridAsked(rows, grids, asked, person, day, offset) {
  const known = grids.map(({ id }) => id);
  if (known.includes(asked)) return asked;
  return known.find((grid) => visitsOn(rows, person, grid, day, offset).length) ?? known[0] ?? '';
}

/** How far a log has come, and what was asked of its author. @param {Row} log @param {Params} params @param {number} offset */
function toldLog(log, params, offset) {
  const proof = params.proofs?.[log.edits[0]] ?? null;
  return {
    state: log.state,
    id: log.id,
    text: log.text || '',
    blobs: blobsTold(log.blobs, params.blobs),
    note: log.note || '',
    by: log.by || '',
    at: local(log.at_ms, offset),
    sent: local(log.sent_ms, offset),
    unsent: Boolean(log.unsent),
    kept: proof !== null,
    proof: proof && (params.doubt ? 'wait' : proof),
  };
}

/** What of earlier days was added today, or is still on its way, visits and all that was noted beside them: it belongs to the day on which it happened. @param {Rows} rows @param {unknown} person @param {string} grid @param {string} today @param {number} offset */
function added(rows, person, grid, today, offset) {
  const late = (rows.visit ?? []).filter((visit) => visit.grid === grid && isOf(visit, person) && cameOn(visit, today, offset)).sort(byTime);
  const notes = (rows.patrol_note ?? []).filter((note) => note.grid === grid && WHAT.includes(note.what) && cameOn({ ...note, occurred_at_ms: note.noted_ms }, today, offset));
  const found = [
    ...linesOf(rows, late, today, offset).map((line) => ({ ...line, of: 'visit' })),
    ...lateBesides(rows, grid, person, (row) => cameOn(row, today, offset), offset),
    ...notesTold(rows, notes, today, offset).map((note) => ({ ...note, of: 'note' })),
  ];
  return found.map((each) => ({ ...each, day: (each.at ?? '').slice(0, 10) })).sort((a, b) => compare([a.day], [b.day]));
}

/** @param {Row} visit @param {string} today @param {number} offset */
function cameOn(visit, today, offset) {
  const receivedMs = visit.received_ms ?? null;
  const came = receivedMs === null || dateText(dayOf(receivedMs, offset)) === today;
  return came && isLate(visit, today, offset);
}

/** Other days, the latest first: those with a log, and the last few that were walked and have none. @param {Rows} rows @param {number} nowMs @param {unknown} person @param {string} grid @param {string} day @param {number} offset */
function others(rows, nowMs, person, grid, day, offset) {
  const today = dayOf(nowMs, offset);
  const since = dateText(today - UNSAID_DAYS);
  const visited = (rows.visit ?? []).filter((visit) => visit.grid === grid && isOf(visit, person)).map((visit) => happenedOn(visit, offset));
  const walked = [...visited, ...patrolsOf(rows, grid).map((patrol) => dayWalked(patrol, offset)), ...daysBesides(rows, grid, person, offset)];
  const unsaid = walked.filter((each) => since <= each && each <= dateText(today)).map((each) => [each, 'open']);
  const logs = (rows.daily_log ?? []).filter((row) => row.grid === grid).map((row) => [row.day, row.state]);
  const states = new Map(/** @type {[string, string][]} */ ([...unsaid, ...logs]));
  const days = [...states].filter(([each]) => each !== day).sort((a, b) => -compare([a[0]], [b[0]]));
  return days.slice(0, OTHERS_SHOWN).map(([each, state]) => ({ day: each, state }));
}
