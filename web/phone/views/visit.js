// One visit: what was said, every revision of it, and when it happened, was written and came.
// Twin of server/views/visit.py.

import { blobsTold } from './blobs.js';
import { ASKS, byId, dayOf, first, frame, local, offsetOf } from './common.js';
import { turnsOf } from './items.js';
import { headOf } from './people.js';

/** @typedef {import('./common.js').Row} Row */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'here', visit: 'here', item: 'here' };
export const TEMPLATE = 'field/visit.html';

const WRITTEN_APART_MS = 60_000;
const LONG_CHARS = 140;
const LONG_LINES = 6;

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const visit = first(rows, 'visit', params.visit);
  const household = visit && first(rows, 'household', visit.household);
  if (!visit || !household) return null;
  const offset = offsetOf(rows, params);
  const told = (rows.revision ?? [])
    .filter((row) => row.id === visit.id)
    .sort((a, b) => (b.revision || 1) - (a.revision || 1));
  const mine = told.find((row) => editOf(row) === editOf(visit)) ?? visit;
  return {
    ...frame(rows, nowMs, params, 'doors'),
    household: headOf(household, byId(rows, 'building').get(household.building)),
    visit: { ...visitLine(visit, offset, params.blobs), asked: askedOf(visit, params) },
    turns: turnsOf(rows, visit, offset),
    new_id: params.new_id || '',
    mine: own(visit, params),
    kept: !mine.on_server,
    // Of one's own tellings alone the phone asks for a proof.
    proof: mine.proof ? (params.doubt ? 'wait' : mine.proof) : null,
    // The receipt is of the telling that is shown.
    times: times({ ...mine, ...visit, received_ms: visit.unsent ? null : mine.received_ms }, offset),
    revisions: told
      .filter((row) => editOf(row) !== editOf(visit))
      .map((row) => ({ ...visitLine(row, offset), n: row.revision || 1, times: times(row, offset) })),
    earlier: (visit.revision || 1) - 1,
  };
}

/** Whether the reader may tell it anew: a visit is its author's own. @param {Row} visit @param {import('./common.js').Params} params @returns {boolean} */
export const own = (visit, { person }) => !person || [undefined, null, person].includes(visit.author);

/** What the station asks of it: its author alone can answer, by telling it anew. @param {Row} visit @param {import('./common.js').Params} params */
export const askedOf = (visit, params) => (visit.asked && own(visit, params) ? { by: visit.asked.by, note: visit.asked.note } : null);

/** Whether words fill more than some six lines of a phone: the time line folds them. @param {string} text */
export const isLong = (text) => [...text].length > LONG_CHARS || text.split('\n').length > LONG_LINES;

/** @param {Row} visit */
const editOf = (visit) => visit.edit || visit.id;

/** A visit as the time line shows it; `known` says which of its photos and voice notes wait. @param {Row} visit @param {number} offset @param {Row} [known] */
export function visitLine(visit, offset, known) {
  const asks = visit.asks ?? {};
  const receivedMs = visit.received_ms ?? null;
  const late = receivedMs !== null && dayOf(receivedMs, offset) !== dayOf(visit.occurred_at_ms, offset);
  return {
    id: visit.id,
    result: visit.result,
    mode: visit.mode,
    at: local(visit.occurred_at_ms, offset),
    by: visit.by || '',
    text: visit.text || '',
    long: isLong(visit.text || ''),
    asks: ASKS.filter((ask) => asks[ask]).map((ask) => ({ ask, text: asks[ask], long: isLong(asks[ask]) })),
    care: visit.care ?? null,
    follow_up_on: visit.follow_up_on ?? null,
    who_met: visit.who_met || '',
    companions: visit.companions ?? [],
    late: late && !visit.imported ? local(receivedMs, offset) : null,
    imported: Boolean(visit.imported),
    unsent: Boolean(visit.unsent),
    corrected: (visit.revision || 1) > 1,
    blobs: blobsTold(visit.blobs, known),
    private: Boolean(visit.private),
    entered_by: visit.entered_by || '',
  };
}

/** The three times where they differ. @param {Row} visit @param {number} offset */
function times(visit, offset) {
  const { occurred_at_ms: occurredMs, at_ms: atMs = null, offset_ms: offsetMs = null } = visit;
  const { effective_ms: countedMs = null, received_ms: receivedMs = null } = visit;
  const wroteMs = atMs === null ? null : atMs + (offsetMs ?? 0);
  const apart = (/** @type {number} */ a, /** @type {number} */ b) => Math.abs(a - b) > WRITTEN_APART_MS;
  return {
    happened: local(occurredMs, offset),
    wrote: wroteMs !== null && apart(wroteMs, occurredMs) ? local(wroteMs, offset) : null,
    counted: countedMs !== null && wroteMs !== null && apart(countedMs, wroteMs) ? local(countedMs, offset) : null,
    received: local(receivedMs, offset),
    clock_s: offsetMs === null ? null : Math.floor(Math.abs(offsetMs) / 1000),
  };
}
