// What a page reads from the store: the rows its view needs with this phone's open edits laid over, and what stands around.

import { aboutAbsent, buildingAbsent, gridOf, halves } from './absent.js';
import { SEND, blobsWaiting, knownBlobs } from './blobs.js';
import { carried } from './carry.js';
import { logId } from './edit.js';
import { isId } from './sheet.js';
import { withoutPrivate } from './closing.js';
import { storeName } from './database.js';
import { othersOf, peopleNow } from './people.js';
import { overlay, correctedVisits, takenBack } from './overlay.js';
import { passkeyNow } from './passkey.js';
import { read } from './store.js';
import { own } from './views/visit.js';

/** @typedef {import('./types.js').EditRecord} EditRecord */
/** @typedef {Record<string, any>} Params */

/** As far back as the station reads visits anew (server/visits/filters.py), and a day for whoever was offline. */
const TODAY_MS = 8 * 24 * 3600 * 1000;
const SENT_MAX = 60;
const BRIEF_CHARS = 12;
/** How often an open page tries (page/app.js). */
const PAGE_MS = 60_000;
const OUT_OF_REACH = ['network', 'timeout'];

/**
 * What stands around every page, in one transaction; before anything else, as it also says whether there is a store to draw from.
 * @returns {Promise<Record<string, any>>}
 */
export async function readAround() {
  const around = { device: { meta: 'device' }, settings: { meta: 'settings' }, scopes: { meta: 'scopes' }, sync: { meta: 'sync' }, ledger: { meta: 'ledger' } };
  const [found, people] = await Promise.all([read({ ...around, shut: { shut: true }, open: { edits: 'open' } }), peopleNow()]);
  return { ...found, others: othersOf(people).map(({ store, name }) => ({ store, name })) };
}

/** What every page is told: who, in which language, what is unsent, what still arrives. @param {Record<string, any>} found by readAround @param {string} version @param {boolean} waiting */
export function commonParams(found, version, waiting) {
  const { device, sync } = found;
  const unsent = found.open.filter((/** @type {EditRecord} */ edit) => edit.unsent);
  const oldest_ms = unsent.length ? Math.min(...unsent.map((/** @type {EditRecord} */ edit) => edit.at_ms)) : null;
  return {
    version,
    waiting,
    phone: storeName(),
    others: found.others ?? [],
    lang: found.settings?.lang ?? 'zh',
    size: found.settings?.size ?? 1,
    online: navigator.onLine && !(sync?.fails && OUT_OF_REACH.includes(sync.last_error)),
    me: device.person.name,
    role: device.person.role,
    person: device.person.id,
    label: device.label,
    utc_offset_min: device.utc_offset_min,
    unsent: { count: unsent.length, oldest_ms },
    arriving: arriving(found.scopes ?? []),
    downloaded_ms: sync?.last_success_ms ?? null,
    revoked: !!sync?.revoked,
    stands: sync?.stands ?? [],
    doubt: !!found.ledger?.doubt,
    restored: found.ledger?.restored ?? null,
    sync,
    scopes: found.scopes ?? [],
    open: found.open,
  };
}

/** @param {import('./types.js').Scope[]} scopes */
function arriving(scopes) {
  const pending = scopes.flatMap((scope) => (scope.pending ? [scope.pending] : []));
  if (!pending.length) return null;
  const total = pending.reduce((sum, { parts }) => sum + parts.length, 0);
  return { done: pending.reduce((sum, { done }) => sum + done.length, 0), total };
}

/** The household a page about one of its visits or residents stands in. @param {Params} params @returns {Promise<Params>} */
export async function hereOf({ household, visit, resident, item, whistle }) {
  if (household || !(visit || resident || item || whistle)) return {};
  const kind = visit ? 'visit' : resident ? 'resident' : item ? 'item' : 'whistle';
  const id = visit ?? resident ?? item ?? whistle;
  const { row, edit } = await read({ row: { kind, id }, edit: { edit: id } });
  return { household: row?.household ?? (edit?.b ? JSON.parse(edit.b).household : undefined) };
}

/** @param {Record<string, string>} needs @param {string} [household] @returns {Record<string, any>} */
function wantsOf(needs, household) {
  const wants = Object.entries(needs).map(([kind, need]) => [kind, wantOf(kind, need, household)]);
  return Object.fromEntries(wants.filter(([, want]) => want));
}

/**
 * Rows that a page is sure to need, asked for in the same turn as what stands around it: nothing is written in between.
 * @param {Record<string, string>} needs @returns {Promise<Record<string, any>>}
 */
export function rowsAhead(needs) {
  const found = read(wantsOf(needs));
  // A page that is not drawn after all does not miss them.
  found.catch(() => {});
  return found;
}

/**
 * Rows by kind as NEEDS asks: all, here (of params.household), today (visits of two days), paired (of homes where somebody is looked in on).
 * @param {Record<string, string>} needs @param {Params} params @param {Promise<Record<string, any>> | null} [ahead] them, where they were asked for
 * @returns {Promise<Record<string, any[]>>}
 */
export async function rowsFor(needs, params, ahead) {
  const wants = wantsOf(needs, params.household);
  const mended = await visitsToMend(params.open);
  mended.forEach((parent, i) => (wants[`mend${i}`] = { kind: 'visit', parent }));
  const found = await (mended.length ? read(wants) : (ahead ?? read(wants)));
  const listed = Object.fromEntries(Object.keys(needs).map((kind) => [kind, [found[kind] ?? []].flat()]));
  const more = mended.flatMap((_, i) => found[`mend${i}`]);
  // Overlaying a correction takes all visits of its door, whatever the page itself wanted.
  const rows = more.length ? { ...listed, visit: distinct([...(listed.visit ?? []), ...more]) } : listed;
  const me = await authorOf({ name: params.me, role: params.role }, params.utc_offset_min, params.open);
  const laid = overlay(needs.visit || more.length ? rows : { ...rows, visit: [] }, params.open, me);
  return { ...laid, ...(await extras(params)) };
}

/** @param {string} kind @param {string} need @param {string} [household] */
function wantOf(kind, need, household) {
  if (need === 'today') return { kind, since: Date.now() - TODAY_MS };
  if (need === 'paired') return { kind, paired: true };
  if (need !== 'here') return { kind };
  if (!household) return null;
  return kind === 'household' || kind === 'door' ? { kind, id: household } : { kind, parent: household };
}

/** @param {any[]} rows */
const distinct = (rows) => [...new Map(rows.map((row) => [row.id, row])).values()];

/** Households whose doors must be drawn anew because a visit there was corrected and not yet pulled. @param {EditRecord[]} open @returns {Promise<string[]>} */
async function visitsToMend(open) {
  const ids = correctedVisits(open);
  if (!ids.length) return [];
  const found = await read(Object.fromEntries(ids.map((id, i) => [`v${i}`, { kind: 'visit', id }])));
  return [...new Set(Object.values(found).flatMap((row) => (row ? [row.household] : [])))];
}

/**
 * Who speaks on this phone, by which days, with those edits of theirs that the overlay will ask about.
 * @param {{name: string, role: string}} person @param {number} offset @param {EditRecord[]} open @returns {Promise<import('./facts.js').Me>}
 */
export async function authorOf({ name, role }, offset, open) {
  const ids = takenBack(open);
  const found = ids.length ? await read(Object.fromEntries(ids.map((id) => [id, { edit: id }]))) : {};
  return { name, role, offset, taken: new Map(ids.filter((id) => found[id]?.b).map((id) => [id, found[id]])) };
}

/** Rows only one page asks for: the tellings of a visit that this phone made. @param {Params} params @returns {Promise<Record<string, any[]>>} */
async function extras({ visit, me }) {
  if (!visit) return {};
  const { row, edits: told } = await read({ row: { kind: 'visit', id: visit }, edits: { about: visit } });
  const revision = told.filter((/** @type {EditRecord} */ { b }) => b).sort((/** @type {EditRecord} */ a, /** @type {EditRecord} */ b) => a.at_ms - b.at_ms).map(telling(visit, me));
  const first = row && !revision.some((/** @type {any} */ r) => r.edit === (row.edit ?? row.id)) ? [row] : [];
  return { revision: [...first, ...revision] };
}

/** @param {string} visit @param {string} me */
const telling = (visit, me) => (/** @type {EditRecord} */ edit, /** @type {number} */ i) => ({
  ...withoutPrivate(JSON.parse(edit.b)),
  id: visit,
  edit: edit.id,
  by: me,
  revision: i + 1,
  at_ms: edit.at_ms,
  offset_ms: JSON.parse(edit.h).offset_ms,
  ...(edit.received_ms && { received_ms: edit.received_ms }),
  ...(edit.unsent && { unsent: true }),
  proof: edit.proved ? 'yes' : 'wait',
});

/** What the outbox shows: every unsent edit and what arrived lately, with how the exchange fares. @param {Params} params */
export async function outboxParams({ sync, scopes }) {
  const wants = { unsent: { edits: 'unsent' }, newest: { edits: 'newest', limit: SENT_MAX }, ids: { meta: 'aside' } };
  const { unsent, newest, ids = [] } = await read(wants);
  const kept = Object.fromEntries(ids.map((/** @type {string} */ id) => [id, { edit: id }]));
  const aside = ids.length ? Object.values(await read(kept)) : [];
  // The view orders by n; after a fork numbers begin again, so the order of making stands in for it.
  const edits = distinct([...newest, ...unsent, ...aside.filter((edit) => edit)]).sort((a, b) => a.at_ms - b.at_ms || a.n - b.n);
  const held = (await navigator.locks?.query())?.held ?? [];
  const running = held.some(({ name }) => name === `${storeName()}:exchange`);
  const { last_attempt_ms = null, last_success_ms = null, last_error = null, next_ms = 0 } = sync ?? {};
  // An open page tries once a minute, not before the pause after a failure has passed.
  const nextMs = last_error ? Math.max(next_ms, Date.now()) + PAGE_MS : null;
  return {
    edits: edits.map((/** @type {EditRecord} */ { b, h, s, sealed: _, to_server: __, blobs: ___, apart: ____, ...edit }, i) => ({ ...edit, n: i + 1, body: b ? JSON.parse(b) : {} })),
    halves: await halves(scopes),
    // Counted from the photos themselves: a visit's place among those shown has nothing to do with them.
    owed: { blobs: (await blobsWaiting()).map(({ blob }) => blob) },
    exchange: { tried_ms: last_attempt_ms, ok_ms: last_success_ms, next_ms: nextMs, problem: last_error, running },
  };
}

/** What is half-written, each with its household where the key names another thing. @returns {Promise<Params>} */
async function draftParams() {
  const { all } = await read({ all: { drafts: true } });
  const drafts = all.map(async (/** @type {{key: string, saved_ms: number, values: any}} */ { key, saved_ms, values }) => {
    const [of, whose, id] = key.split(':');
    const here = of === 'correction' ? { visit: whose } : whose === 'residents' ? { resident: id } : {};
    return { key, saved_ms, ...briefOf(key, values), ...(await hereOf(here)) };
  });
  return { drafts: await Promise.all(drafts) };
}

/** The beginning of a note that stands by itself. @param {string} key @param {any} values */
const briefOf = (key, values) => (key.startsWith('note') ? { brief: [...String(values.text ?? '').replace(/\s+/g, ' ')].slice(0, BRIEF_CHARS).join('') } : {});

/** A note that is to be put to a door. @param {Params} common @param {Params} asked @returns {Promise<Params>} */
async function pickParams(common, { note }) {
  if (!note) return {};
  const { kept } = await read({ kept: { draft: `note:${note}` } });
  return kept ? { note_text: kept.values.text } : { note: '' };
}

/** How much room the browser gives us, for the page about this phone. */
async function storageParams() {
  const { usage = null, quota = null } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  const passkey = (await passkeyNow()) ? 'on' : 'off';
  return { passkey, storage: { usage, quota, persisted: (await navigator.storage?.persisted?.().catch(() => null)) ?? null } };
}

/** What this phone carries for others, without the files. */
const carryParams = async () => ({ on_phone: true, carried: (await carried()).map(({ text: _, ...one }) => one) });

/** Of one's own logs what is half-written, and of those written here whether they were proved to be in the server's. */
async function logParams() {
  const { unsent, newest, drafts } = await read({ unsent: { edits: 'unsent' }, newest: { edits: 'newest', limit: SENT_MAX }, drafts: { drafts: true } });
  const sent = [...newest, ...unsent].filter(({ kind }) => kind === 'daily_log.sent');
  const begun = drafts.filter((/** @type {{key: string}} */ { key }) => key.startsWith('log:')).map((/** @type {any} */ draft) => [draft.key, draft]);
  return { begun: Object.fromEntries(begun), proofs: Object.fromEntries(sent.map(({ id, proved }) => [id, proved ? 'yes' : 'wait'])) };
}

/** What single pages ask for besides. @type {Record<string, (common: Params, asked: Params) => Promise<Params>>} */
export const PARAMS = {
  ...{ today: draftParams, doors: draftParams, household: draftParams, facts: draftParams, outbox: outboxParams },
  emergency: async () => ({ duty: /** @type {any} */ (globalThis).SHELL?.duty ?? '' }),
  ...{ log: async () => ({ keeps: true, ...(await logParams()) }), more: storageParams, carry: carryParams, pick: pickParams, found: pickParams, },
  ...Object.fromEntries(['visit_form', 'whistle_form', 'elder_report', 'patrol', 'care', 'order', 'item', 'mediation_form'].map((view) => [view, async () => ({ keeps: true })])),
};

/**
 * What the phone knows of the photos and voice notes that a page tells of: which wait, which the server does not take.
 * @param {any[]} named rows and bodies that may have some @returns {Promise<Record<string, {todo?: 1, refused?: string}>>}
 */
export async function blobsAround(named) {
  const names = named.flatMap((said) => said?.blobs ?? []).map(({ sha256 }) => sha256);
  const known = await knownBlobs([...new Set(names)]);
  return Object.fromEntries(Object.entries(known).map(([name, { todo, refused }]) => [name, { ...(todo === SEND && { todo }), refused }]));
}

/** The rows a form is read against, and no more: saving should not wait for them. @param {Params} params @param {Params} here */
function standsIn(params, here) {
  /** @type {Record<string, string>} */
  const needs = { grid: 'all', household: 'here' };
  if (params.log || params.action) return { grid: 'all' };
  if (params.order) return { grid: 'all', verification_order: 'all' };
  if (params.care) return { grid: 'all', care_pair: 'all' };
  if (params.item) return { grid: 'all', item: 'all' };
  if (params.whistle) return { grid: 'all', whistle: 'all' };
  if (!here.household) Object.assign(needs, { building: 'all', household: 'all' });
  if (params.visit) needs.visit = 'here';
  if (params.resident) needs.resident = 'here';
  return needs;
}

/** Where one stands who speaks of no door: no rows are needed for that. @param {import('./sheet.js').Data} said @returns {Promise<Params>} */
export async function anywhere(said) {
  const { scopes, sync } = await read({ scopes: { meta: 'scopes' }, sync: { meta: 'sync' } });
  return { grid: gridOf(said, scopes ?? []), now_ms: Date.now() + (sync?.offset_ms ?? 0) };
}

/** Where a volunteer stands: the clock, the pair or the check that is spoken of. Null where there is none. @param {Params} params @returns {Promise<Params | null>} */
export async function nextDoor({ pair, check, report }) {
  const { sync, open, device } = await read({ sync: { meta: 'sync' }, open: { edits: 'open' }, device: { meta: 'device' } });
  const { paired, paired_check } = await rowsFor({ paired: 'own', paired_check: 'own' }, { open, me: device.person.name, role: '' });
  const stand = { now_ms: Date.now() + (sync?.offset_ms ?? 0), pair: byId(paired, pair), check: byId(paired_check, check), report };
  return (pair && !stand.pair) || (check && !stand.check) ? null : stand;
}

/** @param {any[]} rows @param {string} [id] */
const byId = (rows, id) => rows.find((row) => row.id === id);

/**
 * Where one stands when a form is read: the grid, the clock, and the rows it is about; what the form says of it where they
 * have gone. Null when there is no such place.
 * @param {Params} params @param {import('./sheet.js').Data} said @returns {Promise<Params | null>}
 */
export async function about(params, said) {
  const wanted = { device: { meta: 'device' }, sync: { meta: 'sync' }, scopes: { meta: 'scopes' }, open: { edits: 'open' } };
  const { device, sync, scopes = [], open } = await read(wanted);
  const { name: me, role } = device.person;
  /** @type {Params} */
  const here = { ...(await hereOf(params)), ...params, open, me, role };
  const rows = await rowsFor(standsIn(params, here), here);
  const offset_min = rows.grid[0]?.utc_offset_min ?? device.utc_offset_min;
  const grids = Object.fromEntries((rows.building ?? []).map(({ id, grid }) => [id, grid]));
  // The server's clock, as of the last exchange: phones run days fast.
  const quarters = Object.fromEntries(rows.grid.map(({ id, quarters, name }) => [id, quarters || name]));
  const all = rows.building ?? [];
  const blocks = all.filter(({ kind }) => (kind ?? 'block') === 'block').map(({ id }) => id);
  const rowsOf = (/** @type {string} */ row) => Object.fromEntries(all.filter(({ kind }) => kind === row).map(({ grid, id }) => [grid, id]));
  const stand = { now_ms: Date.now() + (sync?.offset_ms ?? 0), offset_min, grids, quarters, blocks, bungalows: rowsOf('bungalows'), shops: rowsOf('shops') };
  if (params.log) {
    const [grid, day] = [said.grid, said.day].map((each) => String([each].flat()[0] ?? ''));
    return isId(grid) ? { ...stand, grid, log: await logId(device.person.id, grid, day) } : null;
  }
  if (params.order) {
    const order = rows.verification_order.find(({ id }) => id === params.order);
    return order ? { ...stand, grid: order.grid, order } : null;
  }
  if (params.action) return rows.grid[0] ? { ...stand, grid: rows.grid[0].id, action: params.action } : null;
  if (params.care) {
    const [pair, opened] = [said.pair, said.grid].map((each) => String([each].flat()[0] ?? ''));
    // A pair that has gone from here was entrusted when the form was opened: what was found is said all the same.
    const grid = rows.care_pair.find(({ id }) => id === pair)?.grid ?? opened;
    return isId(pair) && isId(grid) ? { ...stand, grid, pair } : null;
  }
  if (params.item) {
    const item = rows.item.find(({ id }) => id === params.item);
    return item ? { ...stand, grid: item.grid, item } : null;
  }
  if (params.whistle) {
    const whistle = rows.whistle.find(({ id }) => id === params.whistle);
    return whistle ? { ...stand, grid: whistle.grid, whistle } : null;
  }
  const ofOne = params.household || params.visit || params.resident;
  if (!ofOne) return { ...stand, doors: rows.household, ...buildingAbsent(said, grids, scopes) };
  const household = rows.household.find(({ id }) => id === here.household);
  const visit = rows.visit?.find(({ id }) => id === params.visit);
  const resident = rows.resident?.find(({ id }) => id === params.resident);
  if (!household || (params.visit && !visit) || (params.resident && !resident)) {
    const absent = aboutAbsent(params, said, scopes);
    return absent && { ...stand, ...absent };
  }
  if (visit && !params.anyone && !own(visit, { person: device.person.id })) return null;
  return { ...stand, grid: household.grid, household: household.id, visit, resident: resident?.id, facts: (resident ?? household).facts };
}
