// Finding as one types, across the grid: by door number, by name, by what somebody once noted.
// Twin of server/views/found.py.

import {
  ASKS,
  buildingOrder,
  byId,
  compare,
  dayOf,
  doorOrder,
  frame,
  heads,
  offsetOf,
  place,
  searchFold,
  short,
  valueOf,
} from './common.js';
import { lookOf, personOf } from './doors_at.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {{in: string, before: string, hit: string, after: string}} Match */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'all', resident: 'all', door: 'all', visit: 'all' };
export const TEMPLATE = 'field/_found.html';

const LIMIT = 30;
const AROUND = 12;
const LINE = 60;
// As it is printed over a door: 槐安小区3幢2单元501室. A part may be missing, not both building and entrance.
const ADDRESS = /^([^0-9a-z]*)(?:([0-9]{1,9}|[a-z])(?:幢|栋|号楼|座|楼)-?)?(?:([0-9a-z]+)单元-?)?(.*?)(室?)$/s;
/** @type {Record<string, number>} */
const RANK = { number: 0, name: 1, phone: 2, note: 3, visit: 4 };

/** The fragment under the search box. @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export const view = (rows, nowMs, params) => ({
  ...frame(rows, nowMs, params, 'doors'),
  found: matches(rows, nowMs, params),
});

/** Doors that match `q`, each with the words that matched. @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function matches(rows, nowMs, params) {
  const asked = strip(String(params.q || ''));
  const q = strip(searchFold(asked));
  if (!q) return { q: asked, n: 0, more: 0, hits: [], here: [], to: '', note: '' };
  const offset = offsetOf(rows, params);
  const today = dayOf(nowMs, offset);
  const buildings = byId(rows, 'building');
  const doors = byId(rows, 'door');
  const residents = byHousehold(rows.resident);
  const visits = byHousehold(rows.visit);
  const printed = printedIn(q);
  /** @type {{key: (string | number)[], household: Row, hit: Match}[]} */
  const hits = [];
  for (const household of rows.household ?? []) {
    const building = buildings.get(household.building);
    const hit =
      printed && standsAt(printed, building, household)
        ? cut('number', '', q)
        : match(q, building, household, residents.get(household.id) ?? [], visits.get(household.id) ?? []);
    if (hit) hits.push({ key: [RANK[hit.in], ...buildingOrder(building), ...doorOrder(household)], household, hit });
  }
  hits.sort((a, b) => compare(a.key, b.key));
  const kept = hits.slice(0, LIMIT);
  return {
    q: asked,
    n: hits.length,
    more: hits.length - kept.length,
    here: hits.filter(({ household }) => household.building === params.building).map(({ household }) => household.id),
    to: params.to === 'visit' ? 'visit' : '',
    note: params.note || '',
    hits: kept.map(({ household, hit }) => ({
      ...lookOf(household, doors.get(household.id) ?? {}, today, offset),
      name: personOf(household),
      place: place(buildings.get(household.building), household),
      match: hit,
    })),
  };
}

/** Without blanks at its ends; what trim() and strip() take differs, so only these. @param {string} text */
const strip = (text) => text.replace(/^[ \t\n\r\u3000]+|[ \t\n\r\u3000]+$/g, '');

/** @param {Row[] | undefined} rows @returns {Map<string, Row[]>} */
function byHousehold(rows) {
  const found = new Map();
  for (const row of rows ?? []) {
    if (!found.has(row.household)) found.set(row.household, []);
    found.get(row.household).push(row);
  }
  return found;
}

/** Quarters, building, entrance and room of a printed address, blank where it says nothing; null if it is none. @param {string} q */
function printedIn(q) {
  const found = ADDRESS.exec(q.replaceAll(' ', ''));
  if (!found || !(found[2] || found[3] || (found[5] && found[4]))) return null;
  return found.slice(1, 5).map((part) => part ?? '');
}

/** @param {string[]} printed @param {Row | undefined} building @param {Row} household */
function standsAt([quarters, number, entrance, room], building, household) {
  const of = place(building, household);
  return (
    searchFold(of.quarters).includes(quarters) &&
    ['', searchFold(short(building, {}))].includes(number) &&
    ['', searchFold(of.entrance)].includes(entrance) &&
    searchFold(of.room).replaceAll(' ', '').startsWith(room)
  );
}

/** @param {string} q @param {Row | undefined} building @param {Row} household @param {Row[]} residents @param {Row[]} visits */
function match(q, building, household, residents, visits) {
  const number = searchFold(short(building, household));
  const bare = q.replace(/[- ]/g, '');
  if (bare && (number.includes(q) || ([...bare].length > 2 && number.replace(/-/g, '').includes(bare)))) {
    return cut('number', '', q);
  }
  const said = (/** @type {string} */ ofHousehold, /** @type {string} */ ofResident) => [
    ...heads(household, ofHousehold).map(valueOf),
    ...residents.flatMap((resident) => heads(resident, ofResident).map(valueOf)),
  ];
  /** @type {[string, any[]][]} */
  const places = [
    ['name', said('contact', 'name')],
    ['phone', [...bare].length > 3 ? said('phone', 'phone') : []],
    ['note', said('note', 'note')],
  ];
  for (const [kind, texts] of places) {
    const text = texts.find((each) => each && searchFold(each).includes(q));
    // The name stands above already: it is not said twice.
    if (text) return cut(kind, text === personOf(household) ? '' : text, q);
  }
  const newest = [...visits].sort((a, b) => -compare([a.occurred_at_ms, a.id], [b.occurred_at_ms, b.id]));
  for (const visit of newest) {
    const texts = [visit.text, ...ASKS.map((ask) => visit.asks?.[ask])];
    const text = texts.find((each) => each && searchFold(each).includes(q));
    if (text) return cut('visit', text, q);
  }
  return null;
}

/** The words around what was found, short enough for two lines; counted in whole signs. @param {string} kind @param {string} text @param {string} q @returns {Match} */
function cut(kind, text, q) {
  const folded = searchFold(text);
  const unit = folded.indexOf(q);
  if (unit < 0) return { in: kind, before: '', hit: '', after: '' };
  const signs = [...text];
  const at = [...folded.slice(0, unit)].length;
  const start = Math.max(0, at - AROUND);
  const end = at + [...q].length;
  return {
    in: kind,
    before: (start ? '…' : '') + signs.slice(start, at).join(''),
    hit: signs.slice(at, end).join(''),
    after: signs.slice(end, Math.max(end, start + LINE)).join('') + (start + LINE < signs.length ? '…' : ''),
  };
}
