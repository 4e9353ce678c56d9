// Who is looked in on: what is urgent, whose turn it is, and one pair with what was found and a form of two taps.
// Twin of server/views/care.py.

import { blobsTold, readBlobs } from './blobs.js';
import { careDue, STATES, WAYS } from './care_due.js';
import { byId, compare, dayOf, doorOrder, first, frame, local, offsetOf, place, shown } from './common.js';
import { personOf } from './doors_at.js';
import { formState } from './people.js';
import { whose } from './stands.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {import('./common.js').Rows} Rows */
/** @typedef {import('./common.js').Params} Params */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'all', resident: 'all', door: 'all', care_pair: 'all', care_check: 'all' };
export const TEMPLATE = 'field/care.html';

const INPUTS = ['text', 'state', 'way', 'blobs'];
const LATE_DAYS = 7;
const TODAY_SHOWN = 3;
const PAST_SHOWN = 20;

/** @param {Rows} rows @param {number} nowMs @param {Params} params */
export function view(rows, nowMs, params) {
  const lines = careLines(rows, nowMs, params);
  const asked = params.values?.pair || params.pair;
  const one = lines.find(({ id }) => id === asked) ?? null;
  if (asked && !one) return null;
  const standing = lines.filter(({ ended, state }) => !ended && state !== 'urgent');
  const values = formState(params, INPUTS, {});
  return {
    ...frame(rows, nowMs, params, 'today'),
    one: one && { ...one, ...told(rows, one, params) },
    urgent: urgentOf(lines),
    due: standing.filter(({ mine, due }) => mine && due),
    later: standing.filter(({ mine, due }) => mine && !due),
    others: standing.filter(({ mine }) => !mine),
    states: STATES,
    ways: WAYS,
    values,
    blobs: blobsTold(readBlobs(String(values.blobs))),
    keeps: Boolean(params.keeps),
    errors: params.errors ?? {},
    new_id: params.new_id || '',
  };
}

/** Every pair whose home the phone holds, in the order of the doors. @param {Rows} rows @param {number} nowMs @param {Params} params @returns {any[]} */
export function careLines(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  const [homes, buildings, residents, doors] = ['household', 'building', 'resident', 'door'].map((kind) => byId(rows, kind));
  const found = (rows.care_pair ?? []).flatMap((pair) => {
    const home = homes.get(pair.household);
    if (!home) return [];
    const who = residents.get(pair.resident ?? '');
    const due = careDue(pair, doors.get(home.id) ?? {}, dayOf(nowMs, offset), offset);
    const line = {
      id: pair.id,
      grid: pair.grid || '',
      household: home.id,
      name: String((who && shown(who, 'name')) || personOf(home)),
      place: place(buildings.get(home.building), home),
      by: pair.by || '',
      mine: whose(params).has(pair.carer),
      cadence: pair.cadence,
      state: due.state,
      days: due.days,
      due: due.due,
      ended: pair.ended_ms !== undefined,
      unsent: Boolean(pair.unsent),
    };
    return [{ key: [...doorOrder(home), pair.id], line }];
  });
  return found.sort((a, b) => compare(a.key, b.key)).map(({ line }) => line);
}

/** What somebody called urgent and nothing newer is known of. @param {any[]} lines */
const urgentOf = (lines) => lines.filter(({ state, ended, days }) => state === 'urgent' && (!ended || days < LATE_DAYS));

/** What Today says of it, and in one grid a patrol: all that is urgent, and the first of one's own whose turn it is. @param {Rows} rows @param {number} nowMs @param {Params} params @param {string} [grid] */
export function careToday(rows, nowMs, params, grid) {
  const lines = careLines(rows, nowMs, params).filter((line) => grid === undefined || line.grid === grid);
  const due = lines.filter((line) => line.mine && line.due && line.state !== 'urgent');
  return lines.length ? { urgent: urgentOf(lines), next: due.slice(0, TODAY_SHOWN), due: due.length, pairs: lines.length } : null;
}

/** What was found there, the latest first, and what has just been said. @param {Rows} rows @param {any} one @param {Params} params */
function told(rows, one, params) {
  const offset = offsetOf(rows, params);
  const checks = (rows.care_check ?? []).filter(({ pair }) => pair === one.id);
  checks.sort((a, b) => -compare([a.occurred_at_ms, a.id], [b.occurred_at_ms, b.id]));
  const saved = first(rows, 'care_check', params.saved);
  const check = (/** @type {Row} */ row) => ({
    id: row.id,
    state: row.state,
    way: row.way ?? null,
    text: row.text || '',
    by: row.by || '',
    at: local(row.occurred_at_ms, offset),
    mine: row.author === params.person,
    after_end: Boolean(row.after_end),
    undone: row.undone_ms !== undefined,
    blobs: blobsTold(row.blobs, params.blobs),
    unsent: Boolean(row.unsent),
  });
  return { checks: checks.slice(0, PAST_SHOWN).map(check), saved: saved && check(saved) };
}

/** Where one goes on to after a check: to the numbers to call where it is urgent, else back to the pair. @param {string} edit @param {string | undefined} pair @param {string | undefined} state */
export function afterCare(edit, pair = '', state = '') {
  if (state === 'urgent') return '/field/emergency?written=1';
  return `/field/care?pair=${encodeURIComponent(pair)}${state ? `&saved=${edit}` : ''}`;
}
