// A patrol in three steps: what to look at before, what one comes across meanwhile, what it came to.
// Twin of server/views/patrol.py.

import { blobsTold, readBlobs, writeBlobs } from './blobs.js';
import { careToday } from './care.js';
import { buildingCalled, buildingOrder, byId, compare, DAY_MS, dateText, dayOf, doorOrder, frame, local, offsetOf, place } from './common.js';
import { isOf, linesOf } from './day.js';
import { dueOrder, lookOf, personOf, reasonOf } from './doors_at.js';
import { NEEDS as ORDER_NEEDS, ordersOpen } from './order.js';
import { firstWrong, formState } from './people.js';
import { begunMs, dayWalked, partOf, patrolsOf, placeIn, readSpot, toldWalk, toldWalks, WHAT, whereOf, writeSpot } from './walks.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {import('./common.js').Rows} Rows */
/** @typedef {import('./common.js').Params} Params */

/** @type {Record<string, string>} */
export const NEEDS = { ...ORDER_NEEDS, door: 'all', visit: 'all', patrol: 'all', patrol_note: 'all', care_pair: 'all', resident: 'paired' };
export const TEMPLATE = 'field/patrol.html';

const INPUTS = ['what', 'text', 'building', 'blobs'];
const SHOWN = 5;
/** So far back somebody is told what changed who has walked nowhere yet. */
const RECENT_MS = 2 * DAY_MS;
const HAZARD_MS = 14 * DAY_MS;

/** Where one stands: before, during or after a patrol, by what was tapped. @param {Rows} rows @param {number} nowMs @param {Params} params */
export function view(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  const { person } = params;
  const today = dateText(dayOf(nowMs, offset));
  const grids = [...(rows.grid ?? [])].sort((a, b) => compare([a.name, a.id], [b.name, b.id]));
  const door = byId(rows, 'household').get(params.at) ?? null;
  const grid = gridAsked(rows, grids, params.values?.grid || params.grid || door?.grid);
  const patrols = patrolsOf(rows, grid);
  const running = patrols.filter(({ state }) => state === 'running').at(-1) ?? null;
  const over = patrols.filter(({ state }) => state !== 'running');
  const last = over.sort((a, b) => compare([a.ended_ms ?? 0, a.id], [b.ended_ms ?? 0, b.id])).at(-1) ?? null;
  const step = stepOf(running, last, nowMs, params, offset);
  const walk = step === 'during' ? running : step === 'after' ? last : null;
  const { beside } = toldWalks(rows, grid, today, nowMs, person, offset, params.blobs);
  const care = step === 'before' ? careToday(rows, nowMs, params, grid) : null;
  const walked = walk && toldWalk(rows, walk, nowMs, person, offset, params.blobs);
  return {
    ...frame(rows, nowMs, params, 'today'),
    step,
    part: partOf(nowMs, offset),
    grid,
    grids: grids.length > 1 ? grids.map(({ id, name }) => ({ id, name })) : [],
    walk: walked,
    saved: [...(walked?.notes ?? []), ...beside].find(({ id }) => id === params.saved) ?? null,
    tapped: walk?.step ?? '',
    earlier: running !== null && dayWalked(running, offset) < today,
    beside,
    orders: step === 'before' ? ordersOpen(rows, dayOf(nowMs, offset), offset, grid) : [],
    care: care && (care.urgent.length || care.due) ? care : null,
    before: step === 'before' ? before(rows, grid, last, nowMs, care, person, offset) : null,
    ...noteForm(rows, grid, params, door, step === 'during' ? walk?.id : '', offset),
    end_id: params.new_building || '',
  };
}

/** The grid asked for, or else the one that is being walked. @param {Rows} rows @param {Row[]} grids @param {any} asked @returns {string} */
function gridAsked(rows, grids, asked) {
  const known = grids.map(({ id }) => id);
  if (known.includes(asked)) return asked;
  const walked = new Set((rows.patrol ?? []).filter(({ state }) => state === 'running').map((patrol) => patrol.grid));
  return known.find((grid) => walked.has(grid)) ?? known[0] ?? '';
}

/** What was just ended is told until the next half of the day, or until somebody wants to set out again. @param {Row | null} running @param {Row | null} last @param {number} nowMs @param {Params} params @param {number} offset */
function stepOf(running, last, nowMs, params, offset) {
  if (running) return 'during';
  if (!last || params.show === 'before') return 'before';
  const half = (/** @type {number} */ ms) => `${dayOf(ms, offset)}${partOf(ms, offset)}`;
  return half(last.ended_ms || begunMs(last)) === half(nowMs) ? 'after' : 'before';
}

/** What others did since the last patrol, who is to be looked after, what was found wrong lately. @param {Rows} rows @param {string} grid @param {Row | null} last @param {number} nowMs @param {Row | null} care @param {unknown} person @param {number} offset */
function before(rows, grid, last, nowMs, care, person, offset) {
  const sinceMs = last ? last.ended_ms || begunMs(last) : nowMs - RECENT_MS;
  const today = dayOf(nowMs, offset);
  const visits = (rows.visit ?? []).filter((visit) => visit.grid === grid);
  const fresh = visits.filter((visit) => !isOf(visit, person) && visit.occurred_at_ms > sinceMs);
  fresh.sort((a, b) => compare([-a.occurred_at_ms, a.id], [-b.occurred_at_ms, b.id]));
  const named = new Set([...(care?.urgent ?? []), ...(care?.next ?? [])].map(({ household }) => household));
  const lines = linesOf(rows, fresh.slice(0, SHOWN), dateText(today), offset);
  return {
    since: last && local(sinceMs, offset),
    changes: lines.map((line, i) => ({ ...line, by: fresh[i].by || '' })),
    changed: fresh.length,
    ...look(rows, grid, today, named, offset),
    hazards: hazards(rows, grid, visits, nowMs, offset),
  };
}

/** Doors with a promise or a care that has come due, but for those the care pairs name, and how many others are. @param {Rows} rows @param {string} grid @param {number} today @param {Set<string>} named @param {number} offset */
function look(rows, grid, today, named, offset) {
  const [buildings, doors] = [byId(rows, 'building'), byId(rows, 'door')];
  const doorOf = (/** @type {Row} */ household) => doors.get(household.id) ?? {};
  const due = (rows.household ?? []).flatMap((household) => {
    const door = doorOf(household);
    const knocked = (door.knock_ms ?? null) !== null && dayOf(door.knock_ms, offset) === today;
    const why = household.grid === grid && !knocked ? reasonOf(household, door, today, offset) : null;
    return why && !(why === 'care' && named.has(household.id)) ? [{ household, why }] : [];
  });
  const pressing = due.filter(({ why }) => why === 'promise' || why === 'care').map((each) => {
    return { ...each, order: [...dueOrder(doorOf(each.household), each.why), ...doorOrder(each.household)] };
  });
  const shown = pressing.sort((a, b) => compare(a.order, b.order)).slice(0, SHOWN).map(({ household, why }) => ({
    ...lookOf(household, doorOf(household), today, offset),
    name: personOf(household),
    place: place(buildings.get(household.building), household),
    why,
    care: doorOf(household).care || '',
  }));
  return { look: shown, due: due.length - shown.length };
}

/** What was found wrong in the last two weeks: one's own notes, and difficulties that were told at doors. @param {Rows} rows @param {string} grid @param {Row[]} visits @param {number} nowMs @param {number} offset */
function hazards(rows, grid, visits, nowMs, offset) {
  const sinceMs = nowMs - HAZARD_MS;
  const noted = (rows.patrol_note ?? []).filter((note) => note.grid === grid && note.what === 'problem' && note.noted_ms > sinceMs);
  const notes = noted.map((note) => ({
    ms: note.noted_ms,
    said: { id: note.id, at: local(note.noted_ms, offset), text: note.text || '', ...whereOf(rows, note), household: '' },
  }));
  const told = visits.filter((visit) => visit.asks?.difficulty && visit.occurred_at_ms > sinceMs);
  const asked = linesOf(rows, told, '', offset).map(({ id, at, door, household }, i) => ({
    ms: told[i].occurred_at_ms,
    said: { id, at, text: told[i].asks.difficulty, where: door, ...placeIn({}), household: door ? household : '' },
  }));
  const found = [...notes, ...asked].sort((a, b) => compare([-a.ms, a.said.id], [-b.ms, b.said.id]));
  return found.slice(0, SHOWN).map(({ said }) => said);
}

/** The form for a note: a new one, with the place that was tapped on the board, or one of theirs told anew. @param {Rows} rows @param {string} grid @param {Params} params @param {Row | null} door @param {string} walk the one they are on @param {number} offset */
function noteForm(rows, grid, params, door, walk, offset) {
  const asked = params.values?.note || params.again;
  const note = (rows.patrol_note ?? []).find(({ id, what }) => id === asked && WHAT.includes(what));
  const draft = note ? null : (params.draft ?? null);
  const first = note ? { what: note.what, text: note.text, building: writeSpot(note), blobs: writeBlobs(note.blobs ?? []) } : { what: WHAT[0] };
  const values = formState({ ...params, draft }, INPUTS, first);
  const tapped = !!door && !note && !params.errors;
  if (door && tapped) values.building = writeSpot(door);
  const spot = readSpot(String(values.building));
  const buildings = (rows.building ?? []).filter((each) => each.grid === grid).sort((a, b) => compare(buildingOrder(a), buildingOrder(b)));
  return {
    note_id: note?.id ?? '',
    over: note?.edits.join(',') ?? '',
    of: note ? note.patrol || '' : walk,
    new_id: params.new_id || '',
    values,
    blobs: blobsTold(readBlobs(String(values.blobs))),
    keeps: Boolean(params.keeps),
    spot_tapped: tapped,
    spot: Object.keys(spot).length > 1 ? { ...whereOf(rows, spot), value: values.building } : null,
    errors: params.errors ?? {},
    wrong: firstWrong(params, INPUTS),
    draft: draft && { at: local(draft.saved_ms, offset) },
    strip: buildings.map((each) => ({ id: each.id, name: buildingCalled(each, buildings) })),
  };
}
