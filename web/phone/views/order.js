// A verification order on the phone: its doors in walking order, each answered in place; and the line of it on Today.
// Twin of server/views/order.py.

import { blobsTold, readBlobs } from './blobs.js';
import { buildingOrder, byId, compare, dateText, dayOf, doorOrder, first, frame, local, offsetOf, place, short } from './common.js';
import { personOf } from './doors_at.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {import('./common.js').Rows} Rows */
/** @typedef {import('./common.js').Params} Params */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'all', verification_order: 'all', order_answer: 'all' };
export const TEMPLATE = 'field/order.html';

export const OPEN = ['issued', 'in_progress', 'redo'];
/** For so many days Today says that an order was withdrawn. */
const TOLD_DAYS = 3;

/** One order with all its doors, that in `door` opened; null when there is none such. @param {Rows} rows @param {number} nowMs @param {Params} params */
export function view(rows, nowMs, params) {
  const order = first(rows, 'verification_order', params.order);
  if (!order) return null;
  const offset = offsetOf(rows, params);
  const today = dayOf(nowMs, offset);
  const doors = doorsOf(rows, order, today, offset, params.blobs);
  const asked = doors.find((door) => door.id === params.door) ?? null;
  if (params.door && !asked) return null;
  const values = params.values || params.draft?.values || {};
  return {
    ...frame(rows, nowMs, params, 'today'),
    order: { ...toldOrder(rows, order, today, offset), points: [...order.points], step: order.step },
    doors,
    door: asked && { ...asked, asks: asksOf(order, asked, values) },
    open: asked !== null && !params.stated,
    stated: Boolean(params.stated),
    over: values.over || asked?.over || '',
    values: { blobs: values.blobs || '' },
    blobs: blobsTold(readBlobs(String(values.blobs || ''))),
    keeps: Boolean(params.keeps),
    new_id: params.new_id || '',
    errors: params.errors ?? {},
  };
}

/**
 * Orders that wait for their workers, the most pressing first; those that wait for the station; and for a few days those that were withdrawn.
 * @param {Rows} rows @param {number} today @param {number} offset
 */
export function ordersToday(rows, today, offset) {
  const shown = (rows.verification_order ?? []).filter((order) => shows(order, today, offset));
  const key = (/** @type {Row} */ { state, due, id }) => [OPEN.includes(state) ? 0 : 1, due, id];
  shown.sort((a, b) => compare(key(a), key(b)));
  return shown.map((order) => toldOrder(rows, order, today, offset));
}

/** Those alone that wait for their workers, where it is asked so those of one grid. @param {Rows} rows @param {number} today @param {number} offset @param {string} [grid] */
export const ordersOpen = (rows, today, offset, grid) =>
  ordersToday(rows, today, offset).filter((each) => OPEN.includes(each.state) && (grid === undefined || each.grid === grid));

/** @param {Row} order @param {number} today @param {number} offset */
function shows({ state, stepped_ms }, today, offset) {
  if (state === 'withdrawn') return today - dayOf(stepped_ms || 0, offset) < TOLD_DAYS;
  return OPEN.includes(state) || state === 'reported';
}

/** How far an order has come. Doors that stand in another grid by now and have no answer are nobody's here. @param {Rows} rows @param {Row} order @param {number} today @param {number} offset */
export function toldOrder(rows, order, today, offset) {
  const here = byId(rows, 'household');
  const answers = answersAt(rows, order.id);
  const done = order.households.filter((/** @type {string} */ each) => answers.has(each)).length;
  const left = order.households.filter((/** @type {string} */ each) => !answers.has(each) && here.has(each)).length;
  return {
    id: order.id,
    grid: order.grid || '',
    title: order.title,
    state: order.state,
    due: order.due,
    due_today: order.due === dateText(today),
    late: OPEN.includes(order.state) && order.due < dateText(today),
    by: order.by,
    note: order.note || '',
    stepped_by: order.stepped_by || '',
    stepped: local(order.stepped_ms, offset),
    done,
    total: done + left,
    gone: order.households.length - done - left,
    unsent: Boolean(order.unsent),
  };
}

/** Every answer in an order by door, the newest first, each `covered` where another took its place. @param {Rows} rows @param {string} order @returns {Map<string, Row[]>} */
export function answersAt(rows, order) {
  const of = (rows.order_answer ?? []).filter((row) => row.verification_order === order);
  const covered = new Set(of.flatMap((row) => row.covers ?? []));
  const found = new Map();
  of.sort((a, b) => -compare([a.occurred_at_ms, a.id], [b.occurred_at_ms, b.id]));
  for (const row of of) found.set(row.household, [...(found.get(row.household) ?? []), { ...row, covered: covered.has(row.id) }]);
  return found;
}

/** The doors of an order as somebody walks by them: building, entrance, floor, number. @param {Rows} rows @param {Row} order @param {number} today @param {number} offset @param {any} known */
function doorsOf(rows, order, today, offset, known) {
  const buildings = byId(rows, 'building');
  const here = byId(rows, 'household');
  const answers = answersAt(rows, order.id);
  const ids = [...new Set([...order.households, ...answers.keys()])];
  const at = (/** @type {Row} */ home) => buildings.get(home.building);
  const key = (/** @type {Row} */ home) => [...buildingOrder(at(home)), ...doorOrder(home)];
  const homes = ids.flatMap((id) => here.get(id) ?? []).sort((a, b) => compare(key(a), key(b)));
  const away = ids.filter((id) => !here.has(id) && answers.has(id)).sort((a, b) => compare([a], [b]));
  let heading = '';
  const doors = homes.map((home) => {
    const stands = place(at(home), home);
    const stair = `${stands.quarters} ${stands.building} ${stands.entrance}`;
    const begins = stair !== heading;
    heading = stair;
    return { id: home.id, place: stands, short: short(at(home), home), name: personOf(home), begins, ...said(order, answers.get(home.id) ?? [], today, offset, known) };
  });
  const gone = { place: null, short: '', name: '', begins: false };
  return [...doors, ...away.map((id) => ({ id, ...gone, ...said(order, answers.get(id) ?? [], today, offset, known) }))];
}

/** What was found at a door: the answers that stand, and in a word how it is. @param {Row} order @param {Row[]} answers @param {number} today @param {number} offset @param {any} known */
function said(order, answers, today, offset, known) {
  const heads = answers.filter(({ covered }) => !covered);
  return {
    state: stateOf(heads),
    over: heads.map(({ id }) => id).sort().join(','),
    heads: heads.map(({ id, by, occurred_at_ms, points, blobs, unsent }) => ({
      id,
      by,
      at: local(occurred_at_ms, offset),
      today: dayOf(occurred_at_ms, offset) === today,
      points: points.map((/** @type {Row} */ { ok, note }, /** @type {number} */ n) => ({ point: order.points[n], ok: word(ok), note: note || '' })),
      well: points.every((/** @type {Row} */ { ok }) => ok),
      blobs: blobsTold(blobs, known),
      unsent: Boolean(unsent),
    })),
  };
}

/** left, well, wrong (something is not as it should be), part (not all was looked at), or two that differ. @param {Row[]} heads */
export function stateOf(heads) {
  if (!heads.length) return 'left';
  const oks = heads.map(({ points }) => points.map((/** @type {Row} */ { ok }) => word(ok)));
  if (oks.some((ok) => ok.join() !== oks[0].join())) return 'two';
  if (oks[0].includes('no')) return 'wrong';
  return oks[0].includes('') ? 'part' : 'well';
}

/** @param {boolean | undefined} ok */
const word = (ok) => (ok === undefined ? '' : ok ? 'yes' : 'no');

/** Each point with what is chosen: as half-written, or as it stands where one answer does. @param {Row} order @param {Row} door @param {Row} values */
function asksOf(order, door, values) {
  const known = door.heads[0]?.points ?? [];
  return order.points.map((/** @type {string} */ point, /** @type {number} */ n) => {
    const { ok, note } = known[n] ?? { ok: '', note: '' };
    return { n, point, ok: values[`p${n}`] ?? ok, note: values[`n${n}`] ?? note };
  });
}
