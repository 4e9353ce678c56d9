// Homes that have left this phone while somebody wrote about them: the form becomes an edit all the same, and what is half-written stays in reach.
//
// Rows go at once when a grid does: no draft holds them. The form says itself where it stands (field/_stands.html).

import { isId } from './sheet.js';
import { read } from './store.js';
import { readBlobs } from './views/blobs.js';
import { ASKS } from './views/common.js';
import { HOUSEHOLD_FACTS, RESIDENT_FACTS, TAGS } from './views/people.js';

/** @typedef {import('./types.js').Scope} Scope */
/** @typedef {import('./sheet.js').Data} Data */
/** @typedef {Record<string, any>} Params */

const GRID = 'grid:';
const KEY = /^(visit|correction|resident|household|fact:households|fact:residents):([^:]+)(?::(.+))?$/;
/** By the key of a draft: the row it is about, where its form is sent, and the edit it would become. @type {Record<string, [string, (id: string) => string, string]>} */
const FORMS = {
  visit: ['household', (id) => `/field/households/${id}/visits`, 'visit.recorded'],
  correction: ['visit', (id) => `/field/visits/${id}/corrections`, 'visit.corrected'],
  resident: ['household', (id) => `/field/households/${id}/residents`, 'resident.added'],
  household: ['building', () => '/field/households', 'household.added'],
  'fact:households': ['household', (id) => `/field/households/${id}/facts`, 'household.stated'],
  'fact:residents': ['resident', (id) => `/field/residents/${id}/facts`, 'resident.stated'],
};

/** @param {any} value */
const one = (value) => String([value].flat()[0] ?? '');

/** The grid a form was opened for. One from before forms said so: any that is held, the server finds the home. @param {Data} said @param {Scope[]} scopes */
export function gridOf(said, scopes) {
  const grid = one(said.grid);
  if (isId(grid)) return grid;
  return scopes.find(({ scope }) => scope.startsWith(GRID))?.scope.slice(GRID.length) ?? null;
}

/** Whether a grid comes here for the first time: what is missing of it has not gone. @param {Scope[]} scopes @param {string | null} grid */
const coming = (scopes, grid) => scopes.some((s) => s.scope === GRID + grid && s.cursor === null && !s.gone);

/**
 * Where a form stands whose home, visit or person is no longer here; null where it does not say so, or they are still to come.
 * @param {Params} params @param {Data} said @param {Scope[]} scopes @returns {Params | null}
 */
export function aboutAbsent({ household, visit, resident }, said, scopes) {
  const grid = gridOf(said, scopes);
  if (!('door' in said) || coming(scopes, grid)) return null;
  const home = household ?? one(said.household);
  const told = visit && { id: visit, household: home, occurred_at_ms: null, blobs: readBlobs(one(said.blobs)) };
  return { absent: true, grid, household: home, visit: told, resident, door: one(said.door) };
}

/**
 * The grid of a building that has gone, for a door that was being added to it.
 * @param {Data} said @param {Record<string, string>} grids those of the buildings that are here @param {Scope[]} scopes @returns {Params | null}
 */
export function buildingAbsent(said, grids, scopes) {
  const building = one(said.building);
  if (!isId(building) || building !== one(said.asked) || building in grids) return null;
  return { absent: true, grids: { ...grids, [building]: gridOf(said, scopes) }, door: one(said.door) };
}

/**
 * The rows a form is drawn from, with stand-ins for those that have gone: what was written in it can be finished.
 * @param {string} view @param {Record<string, any[]>} rows @param {Params} params @param {Scope[]} scopes
 */
export function withAbsent(view, rows, params, scopes) {
  const said = params.values ?? params.draft?.values;
  const grid = said && gridOf(said, scopes);
  if (!said || !/form|facts/.test(view) || coming(scopes, grid)) return rows;
  const { visit, resident } = params;
  const place = { grid, room: one(said.door), name: one(said.door), quarters: '' };
  const home = params.household || one(said.household);
  const asked = params.building || one(said.asked);
  /** @type {[string, Params][]} */
  const stand = [];
  if (visit) stand.push(['visit', { id: visit, household: home, author: params.person, occurred_at_ms: Date.now() }]);
  if (resident) stand.push(['resident', { id: resident, household: home }]);
  if (view !== 'household_form') stand.push(['household', { id: home, building: '', ...place }]);
  else if (asked) stand.push(['building', { id: asked, ...place }]);
  const all = { ...rows };
  for (const [kind, row] of stand) if (!all[kind]?.some(({ id }) => id === row.id)) all[kind] = [...(all[kind] ?? []), row];
  return all;
}

/** Where the form of a draft is sent. @param {string} key */
export function addressOf(key) {
  const [, what, id] = KEY.exec(key) ?? [];
  return what ? FORMS[what][1](id) : null;
}

/** Half-written forms that no page leads to any more, each as the edit it would become. @param {Scope[]} scopes @returns {Promise<any[]>} */
export async function halves(scopes) {
  const { all } = await read({ all: { drafts: true } });
  const told = await Promise.all(all.map((/** @type {any} */ draft) => half(draft, scopes)));
  return told.filter(Boolean).sort((a, b) => a.at_ms - b.at_ms);
}

/** @param {import('./draft.js').Kept} draft @param {Scope[]} scopes */
async function half({ key, values, saved_ms }, scopes) {
  const [, what, first, last] = KEY.exec(key) ?? [];
  const id = first === 'new' ? last : first;
  if (!what || !id || coming(scopes, gridOf(values, scopes))) return null;
  const [kind, addressed, edit] = FORMS[what];
  const { row, made } = await read({ row: { kind, id }, made: { edit: id } });
  if (row || made?.open) return null;
  const facts = what.startsWith('fact:');
  const to = facts ? `${addressed(id)}?field=${last}` : `${addressed(id)}/new${first === 'new' ? `?building=${id}` : ''}`;
  const door = [values.door, values.entrance, values.room].filter(Boolean).join('-');
  return { id: key, kind: last === 'tags' ? 'resident.tagged' : edit, entity: '', at_ms: saved_ms, n: 0, door, to, body: said(what, last, values) };
}

/** What was written, as the body of an edit says it. @param {string} what @param {string} field @param {import('./draft.js').Values} values */
function said(what, field, values) {
  const ticked = TAGS.filter((tag) => values.tags?.includes(tag));
  const had = one(values.had).split(',');
  const tags = { add: ticked.filter((tag) => !had.includes(tag)), remove: TAGS.filter((tag) => had.includes(tag) && !ticked.includes(tag)) };
  if (field === 'tags') return tags;
  if (what.startsWith('fact:')) return { facts: { [field]: values.value } };
  const known = what === 'resident' ? RESIDENT_FACTS : HOUSEHOLD_FACTS;
  const facts = Object.fromEntries(known.filter((name) => values[name] && values[name] !== 'yes').map((name) => [name, values[name]]));
  if (what === 'resident' || what === 'household') return { facts, ...tags };
  const text = ['text', 'who_met', 'companions'].map((name) => values[name]).filter(Boolean).join(' ');
  const asks = Object.fromEntries(ASKS.map((ask) => [ask, values[ask]]));
  return { result: values.result, text, asks, blobs: readBlobs(one(values.blobs)) };
}
