// A door that is missing: a home, a shop, a basement, a bungalow, added on the spot.
// Twin of server/views/household_form.py.

import { buildingOrder, byId, compare, frame, searchFold, short } from './common.js';
import { firstWrong, formState, OCCUPANCIES } from './people.js';

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'all' };
export const TEMPLATE = 'field/household_form.html';

export const KINDS = ['home', 'shop', 'basement', 'bungalow', 'other'];
/** `asked`: the building one came from. Each keeps its own half-written door. */
/** `grid`, `door`: that building's, for when it has left the phone meanwhile. */
const INPUTS = ['asked', 'grid', 'door', 'building', 'new_building', 'placed', 'kind', 'entrance', 'floor', 'room', 'contact', 'phone', 'occupancy', 'headcount', 'note'];
export const EXISTS = 'form.exists';
/** What a grid may have a row of without being a block: each begins with its first door. */
export const ROWS = ['bungalows', 'shops'];

/** @typedef {import('./common.js').Row} Row */

const FIGURES = '零一二三四五六七八九';
const NUMERALS = `[${FIGURES}〇两十百]+`;
// Of a name that is no number the numerals stay: 东三巷.
const NUMERAL = new RegExp(`^${NUMERALS}$|${NUMERALS}(?=号$)`);
const ROOM_END = new RegExp(`([0-9A-Za-z]|${NUMERALS})室$`);

/** An entrance as the importer reads it: 二单元 and 02 are 2. @param {string} typed */
export const entranceOf = (typed) => inFigures(typed.replace(/([^\n])单元$/, '$1')).replace(/^0+(?=[0-9]+$)/, '');

/** A room as the importer reads it: 五〇一室 and 0501 are 501, 门面三号 is 门面3号. @param {string} typed */
export const roomOf = (typed) => inFigures(typed.replace(ROOM_END, '$1')).replace(/^0(?=[0-9]{3}$)/, '');

/** @param {string} words */
const inFigures = (words) => words.replace(NUMERAL, number);

/** 十二 → 12, 五〇一 → 501. @param {string} numeral */
function number(numeral) {
  const signs = [...numeral.replaceAll('〇', '零').replaceAll('两', '二')];
  if (!/[十百]/.test(numeral)) return signs.map((sign) => FIGURES.indexOf(sign)).join('');
  let [total, ones] = [0, 0];
  for (const sign of signs) {
    const figure = FIGURES.indexOf(sign);
    if (figure < 0) total += (ones || 1) * (sign === '十' ? 10 : 100);
    ones = Math.max(figure, 0);
  }
  return String(total + ones);
}

/**
 * The door that is already called so, however it was typed: 2单元 501室 and 二单元 五〇一 are 2, 501; 7号 is 7.
 * @param {Row[]} households @param {string} building @param {string | null | undefined} entrance @param {string | null | undefined} room
 */
export function doorAt(households, building, entrance, room) {
  const named = (/** @type {any} */ at, /** @type {any} */ no) => `${entranceOf(plain(at))}-${roomOf(plain(no)).replace(/[室号]$/, '')}`;
  const asked = named(entrance, room);
  return households.find((row) => row.building === building && named(row.entrance, row.room) === asked) ?? null;
}

/** @param {string | null | undefined} number */
const plain = (number) => searchFold(number).replaceAll(' ', '');

/** The door that need not be added, to open it instead. @param {import('./common.js').Rows} rows @param {import('./common.js').Params} params */
function there(rows, { errors, values }) {
  if (errors?.room !== EXISTS) return null;
  const building = values?.building || '';
  const known = doorAt(rows.household ?? [], building, values?.entrance, values?.room);
  return known && { id: known.id, short: short(byId(rows, 'building').get(building), known) };
}

/**
 * The rows of bungalows and of shops that no grid has yet, to be added with their first door.
 * @param {Row[]} grids @param {Row[]} buildings
 */
export function missingRows(grids, buildings) {
  const there = new Set(buildings.map(({ grid, kind }) => `${kind}:${grid}`));
  const all = [...grids].sort((a, b) => compare(a.id, b.id)).flatMap(({ id, name }) => ROWS.map((kind) => ({ id: `${kind}:${id}`, kind, grid: name })));
  return all.filter(({ id }) => !there.has(id));
}

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const buildings = [...(rows.building ?? [])].sort((a, b) => compare(buildingOrder(a), buildingOrder(b)));
  const known = buildings.map(({ id }) => id);
  const building = known.includes(params.building) ? params.building : (known[0] ?? '');
  const asked = buildings.find(({ id }) => id === params.building);
  const from = { asked: params.building, grid: asked?.grid, door: asked && asked.quarters + asked.name };
  const kind = KINDS.includes(params.kind) ? params.kind : 'home';
  return {
    ...frame(rows, nowMs, params, 'doors'),
    buildings: buildings.map(({ id, name, quarters }) => ({ id, name, quarters })),
    rows: missingRows(rows.grid ?? [], buildings),
    kinds: KINDS,
    occupancies: OCCUPANCIES,
    values: formState(params, INPUTS, { ...from, building, new_building: params.new_building, kind }),
    errors: params.errors ?? {},
    wrong: firstWrong(params, INPUTS),
    there: there(rows, params),
    new_id: params.new_id || '',
    draft: Boolean(params.draft),
  };
}
