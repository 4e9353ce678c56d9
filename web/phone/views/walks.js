// Patrols as the phone and the desk tell them: when, how long, the doors gone to meanwhile, what was noted.
// Twin of server/views/walks.py.

import { buildingCalled, byId, compare, dateText, dayOf, hourOf, local, NOON } from './common.js';
import { isOf } from './day.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {import('./common.js').Rows} Rows */

export const WHAT = ['change', 'problem', 'demand', 'dispute'];
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Beyond that somebody forgot to tap, or a clock was set: how long it took is not known. */
const LASTED_MS_MAX = 12 * HOUR_MS;

/** When a patrol began; of one whose start never came, when it ended. @param {Row} patrol @returns {number} */
export const begunMs = (patrol) => patrol.started_ms ?? patrol.ended_ms ?? 0;

/** Which half of the day: the clock says it, nobody is asked. @param {number} ms @param {number} offset */
export const partOf = (ms, offset) => (hourOf(ms, offset) < NOON ? 'am' : 'pm');

/** The patrols in a grid, in the order in which they began. @param {Rows} rows @param {string} grid */
export const patrolsOf = (rows, grid) =>
  (rows.patrol ?? []).filter((patrol) => patrol.grid === grid).sort((a, b) => compare([begunMs(a), a.id], [begunMs(b), b.id]));

/** The local day a patrol belongs to, whenever it was told of. @param {Row} patrol @param {number} offset */
export const dayWalked = (patrol, offset) => dateText(dayOf(begunMs(patrol), offset));

/** One patrol with all that is to be said of it. @param {Rows} rows @param {Row} patrol @param {number} nowMs @param {unknown} person @param {number} offset */
export function toldWalk(rows, patrol, nowMs, person, offset) {
  const running = patrol.state === 'running';
  const lastedMs = running ? nowMs - begunMs(patrol) : (patrol.lasted_ms ?? null);
  const known = lastedMs !== null && 0 <= lastedMs && lastedMs <= LASTED_MS_MAX;
  const minutes = known ? Math.floor(lastedMs / MINUTE_MS) : 0;
  const notes = notesTold(rows, notesIn(rows, patrol.grid).filter((note) => note.patrol === patrol.id), offset);
  const until = patrol.ended_ms ?? nowMs;
  const meanwhile = (/** @type {number} */ ms) => begunMs(patrol) <= ms && ms <= until;
  const went = (rows.visit ?? []).filter((visit) => visit.grid === patrol.grid && isOf(visit, person) && meanwhile(visit.occurred_at_ms));
  return {
    id: patrol.id,
    part: partOf(begunMs(patrol), offset),
    running,
    started: local(patrol.started_ms, offset),
    ended: local(patrol.ended_ms, offset),
    lasted: known ? { h: Math.floor(minutes / 60), m: minutes % 60 } : null,
    short: known && !running && lastedMs < HOUR_MS,
    doors: new Set(went.map(({ household }) => household)).size,
    kinds: counted(notes),
    notes,
    unsent: Boolean(patrol.unsent),
  };
}

/** Somebody's patrols of a local day, and what they noted that day beside them. @param {Rows} rows @param {string} grid @param {string} day @param {number} nowMs @param {unknown} person @param {number} offset */
export function toldWalks(rows, grid, day, nowMs, person, offset) {
  const patrols = patrolsOf(rows, grid);
  const known = new Set(patrols.map(({ id }) => id));
  const beside = notesIn(rows, grid).filter((note) => !known.has(note.patrol) && dateText(dayOf(note.noted_ms, offset)) === day);
  const on = patrols.filter((patrol) => dayWalked(patrol, offset) === day);
  return { walks: on.map((patrol) => toldWalk(rows, patrol, nowMs, person, offset)), beside: notesTold(rows, beside, offset) };
}

/** Notes in the order in which they were made. What was taken back is not told. @param {Rows} rows @param {Row[]} notes @param {number} offset */
export function notesTold(rows, notes, offset) {
  return [...notes].sort((a, b) => compare([a.noted_ms, a.id], [b.noted_ms, b.id])).map((note) => ({
    id: note.id,
    what: note.what,
    text: note.text || '',
    at: local(note.noted_ms, offset),
    where: whereOf(rows, note),
    over: note.edits.join(','),
    patrol: note.patrol || '',
    unsent: Boolean(note.unsent),
  }));
}

/** The building a note names, as it is called here. @param {Rows} rows @param {Row} note @returns {string} */
export function whereOf(rows, note) {
  const building = byId(rows, 'building').get(note.building);
  return building ? buildingCalled(building, rows.building) : '';
}

/** How many there are of each sort. @param {Row[]} notes */
const counted = (notes) =>
  WHAT.map((what) => ({ what, n: notes.filter((note) => note.what === what).length })).filter(({ n }) => n);

/** How one's patrols stand, in a line for Today: running since when, or whether this half of the day has had one. @param {Rows} rows @param {number} nowMs @param {number} offset */
export function walkToday(rows, nowMs, offset) {
  const today = dateText(dayOf(nowMs, offset));
  const part = partOf(nowMs, offset);
  const patrols = [...(rows.patrol ?? [])].sort((a, b) => compare([begunMs(a), a.id], [begunMs(b), b.id]));
  const running = patrols.filter(({ state }) => state === 'running').at(-1);
  if (running) return { state: dayWalked(running, offset) < today ? 'earlier' : 'running', at: local(begunMs(running), offset), part };
  const done = patrols.some((patrol) => dayWalked(patrol, offset) === today && partOf(begunMs(patrol), offset) === part);
  return { state: done ? 'done' : 'open', at: null, part };
}

/** @param {Rows} rows @param {string} grid */
const notesIn = (rows, grid) => (rows.patrol_note ?? []).filter((note) => note.grid === grid && WHAT.includes(note.what));
