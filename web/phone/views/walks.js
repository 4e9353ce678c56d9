// Patrols as the phone and the desk tell them: when, how long, the doors gone to meanwhile, what was noted.
// Twin of server/views/walks.py.

import { blobsTold } from './blobs.js';
import { buildingCalled, byId, compare, dateText, dayOf, hourOf, local, NOON } from './common.js';
import { isLate, isOf } from './day.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {import('./common.js').Rows} Rows */

export const WHAT = ['change', 'problem', 'demand', 'dispute'];
const ID_CHARS = 36;
const ENTRANCE_CHARS_MAX = 30;
const FLOOR_MIN = -20;
const FLOOR_MAX = 300;
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

/** One patrol with all that is to be said of it. @param {Rows} rows @param {Row} patrol @param {number} nowMs @param {unknown} person @param {number} offset @param {Record<string, any>} [blobs] what is known of its photos and voice notes */
export function toldWalk(rows, patrol, nowMs, person, offset, blobs) {
  const running = patrol.state === 'running';
  const lastedMs = running ? nowMs - begunMs(patrol) : (patrol.lasted_ms ?? null);
  const known = lastedMs !== null && 0 <= lastedMs && lastedMs <= LASTED_MS_MAX;
  const minutes = known ? Math.floor(lastedMs / MINUTE_MS) : 0;
  const notes = notesTold(rows, notesIn(rows, patrol.grid).filter((note) => note.patrol === patrol.id), dateText(dayOf(nowMs, offset)), offset, blobs);
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

/** Somebody's patrols of a local day, and what they noted that day beside them. @param {Rows} rows @param {string} grid @param {string} day @param {number} nowMs @param {unknown} person @param {number} offset @param {Record<string, any>} [blobs] */
export function toldWalks(rows, grid, day, nowMs, person, offset, blobs) {
  const patrols = patrolsOf(rows, grid);
  const known = new Set(patrols.map(({ id }) => id));
  const beside = notesIn(rows, grid).filter((note) => !known.has(note.patrol) && dateText(dayOf(note.noted_ms, offset)) === day);
  const on = patrols.filter((patrol) => dayWalked(patrol, offset) === day);
  return { walks: on.map((patrol) => toldWalk(rows, patrol, nowMs, person, offset, blobs)), beside: notesTold(rows, beside, dateText(dayOf(nowMs, offset)), offset, blobs) };
}

/** Notes in the order in which they were made; late is what came after its day. What was taken back is not told. @param {Rows} rows @param {Row[]} notes @param {string} today @param {number} offset @param {Record<string, any>} [blobs] */
export function notesTold(rows, notes, today, offset, blobs) {
  return [...notes].sort((a, b) => compare([a.noted_ms, a.id], [b.noted_ms, b.id])).map((note) => ({
    id: note.id,
    what: note.what,
    text: note.text || '',
    at: local(note.noted_ms, offset),
    ...whereOf(rows, note),
    blobs: blobsTold(note.blobs, blobs),
    over: note.edits.join(','),
    patrol: note.patrol || '',
    late: isLate({ ...note, occurred_at_ms: note.noted_ms }, today, offset),
    unsent: Boolean(note.unsent),
  }));
}

/** The building a note names, as it is called here, and the place in it. @param {Rows} rows @param {Row} note */
export function whereOf(rows, note) {
  const building = byId(rows, 'building').get(note.building);
  return { where: building ? buildingCalled(building, rows.building) : '', ...placeIn(note) };
}

/** The entrance, and the floor above the ground or below it, of a note or a door. @param {Row} spot */
export function placeIn({ entrance, floor }) {
  return { entrance: entrance || '', floor: Math.max(floor || 0, 0), below: Math.max(-(floor || 0), 0) };
}

/** Where a note or a door is as a form's field holds it: `building[:floor:entrance]`. No home is named. @param {Row} spot @returns {string} */
export const writeSpot = ({ building, floor, entrance }) =>
  building && (floor || entrance) ? `${building}:${floor || ''}:${entrance || ''}` : building || '';

/** The same read again, as a body has it; nothing of what is no place. @param {string} text @returns {Row} */
export function readSpot(text) {
  const [building, floor = '', ...rest] = text.split(':');
  const entrance = rest.join(':');
  if (building.length !== ID_CHARS) return {};
  const level = /^-?[1-9][0-9]{0,2}$/.test(floor) ? Number(floor) : 0;
  return {
    building,
    ...(entrance && [...entrance].length <= ENTRANCE_CHARS_MAX && { entrance }),
    ...(level && FLOOR_MIN <= level && level <= FLOOR_MAX && { floor: level }),
  };
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
