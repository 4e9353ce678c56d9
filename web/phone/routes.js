// The phone's own answers to /field/…: which view at which address, from which rows, and what a form becomes.
//
// Same addresses, templates and forms as server/field/pages.py. A view that answers nothing is a page that is not there.

import { addressOf, withAbsent } from './absent.js';
import { knownBlobs } from './blobs.js';
import { canSeal } from './capsule.js';
import { dropCapsule, keepCapsule } from './carry.js';
import { meta, storeName } from './database.js';
import { FORMS } from './forms.js';
import { gate, withoutGate } from './gate.js';
import { drawsAll } from './download.js';
import { about, anywhere, blobsAround, commonParams, hereOf, nextDoor, PARAMS, readAround, rowsAhead, rowsFor } from './reading.js';
import { tell } from './news.js';
import { newId, record } from './record.js';
import { render } from './render.js';
import { capsule, elderSettings, notesFile, settings } from './own.js';
import { newestOf } from './posted.js';
import { putNote } from './settling.js';
import { dropDraft, read } from './store.js';
import { readBlobs, writeBlobs } from './views/blobs.js';
import { afterCare } from './views/care.js';
import { undoQuery } from './views/facts.js';
import { WITHOUT, after, backTo, pageOf } from './views/suggestion_form.js';
import { NEEDS, TEMPLATES, VIEWS } from './views/index.js';

/**
 * `arriving`: what is missing may yet come. `file`: something to keep instead of a page. `away`: from a piece of a page to a whole one. `whole`: a page where a piece was asked for.
 * @typedef {{html?: string, status?: number, to?: string, saved?: boolean, away?: boolean, whole?: boolean, arriving?: boolean, file?: {text: string, headers: Record<string, string>}}} Made
 */
/**
 * `waiting`: a newer version waits; `seal`: the server's public point; `ahead` takes the head of a page that is sure to come.
 * @typedef {{version: string, seal: string, calls?: [string, string, string][], waiting: boolean, ahead: (head: string) => void}} App
 */
/** @typedef {Record<string, any>} Params */
/** `note`: what was dashed off on the locked page goes into this form. @typedef {{view: string, params: Params, draft?: string, fragment?: string, note?: string | null}} Shown */
/** @typedef {(id: string, ask: URLSearchParams) => Shown} Page */

const ID = '([0-9a-f-]{36})';
const one = (/** @type {URLSearchParams} */ ask, /** @type {string[]} */ ...names) =>
  Object.fromEntries(names.filter((name) => ask.has(name)).map((name) => [name, ask.get(name)]));

/** @type {[RegExp, Page][]} */
const PAGES = [
  [/^\/field\/$/, (_, ask) => ({ view: 'today', params: one(ask, 'show') })],
  [/^\/field\/doors$/, (_, ask) => ({ view: 'doors', params: one(ask, 'building', 'q', 'pick') })],
  [/^\/field\/doors\/found$/, (_, ask) => ({ view: 'found', params: one(ask, 'q', 'to', 'building', 'note') })],
  [/^\/field\/visits\/new$/, (_, ask) => ({ view: 'pick', params: one(ask, 'q', 'to', 'note') })],
  [/^\/field\/households\/new$/, (_, ask) => householdForm(one(ask, 'building', 'kind'))],
  [RegExp(`^/field/households/${ID}$`), (household, ask) => home(household, ask)],
  [RegExp(`^/field/households/${ID}/visits/new$`), (household, ask) => ({ ...visitForm(household), ...one(ask, 'note') })],
  [RegExp(`^/field/households/${ID}/residents/new$`), (household) => residentForm(household)],
  [RegExp(`^/field/households/${ID}/facts$`), (household, ask) => facts({ household, ...one(ask, 'field') })],
  [RegExp(`^/field/residents/${ID}/facts$`), (resident, ask) => facts({ resident, ...one(ask, 'field', 'undo', 'tag') })],
  [RegExp(`^/field/visits/${ID}$`), (visit) => ({ view: 'visit', params: { visit } })],
  [RegExp(`^/field/visits/${ID}/corrections/new$`), (visit) => correctionForm(visit)],
  [/^\/field\/log$/, (_, ask) => log(one(ask, 'day', 'grid'))],
  [RegExp(`^/field/orders/${ID}$`), (id, ask) => order({ order: id, ...one(ask, 'door') })],
  [/^\/field\/patrol$/, (_, ask) => patrol(one(ask, 'grid', 'show', 'again', 'at', 'saved'))],
  [/^\/field\/care$/, (_, ask) => care(one(ask, 'pair', 'saved'))],
  [/^\/field\/emergency$/, (_, ask) => ({ view: 'emergency', params: one(ask, 'household', 'written') })],
  [/^\/field\/followups$/, () => ({ view: 'followups', params: {} })],
  [RegExp(`^/field/items/${ID}$`), (item) => ({ view: 'item', params: { item }, draft: `item:${item}` })],
  [/^\/field\/mediations\/new$/, (_, ask) => mediationForm(one(ask, 'household'))],
  [/^\/field\/whistles$/, () => ({ view: 'whistles', params: {} })],
  [/^\/field\/whistles\/new$/, (_, ask) => whistleForm(one(ask, 'household', 'visit', 'item', 'patrol_note'))],
  [RegExp(`^/field/whistles/${ID}$`), (whistle) => ({ view: 'whistle', params: { whistle } })],
  [/^\/field\/outbox$/, () => ({ view: 'outbox', params: {} })],
  [/^\/field\/carry$/, () => ({ view: 'carry', params: {} })],
  [/^\/field\/more$/, () => ({ view: 'more', params: {} })],
  [/^\/field\/suggestions\/new$/, (_, ask) => suggestionForm(one(ask, 'page', 'back'))],
  [/^\/elder\/$/, () => ({ view: 'elder_home', params: {} })],
  [/^\/elder\/report$/, () => REPORT],
  [RegExp(`^/elder/visits/${ID}$`), (pair) => ({ view: 'elder_visit', params: { pair } })],
  [/^\/elder\/(mine|call|sent|install|visits)$/, (page, ask) => ({ view: `elder_${page}`, params: one(ask, 'of', 'task') })],
];
/** @type {Shown} */
const REPORT = { view: 'elder_report', params: {}, draft: 'report' };

/** @param {string} household @param {URLSearchParams} ask @returns {Shown} */
const home = (household, ask) => ({
  view: 'household',
  params: { household, ...one(ask, 'saved', 'all') },
  draft: `visit:${household}`,
});
/** @param {string} household @returns {Shown} */
const visitForm = (household) => ({ view: 'visit_form', params: { household }, draft: `visit:${household}` });
/** @param {string} visit @returns {Shown} */
const correctionForm = (visit) => ({ view: 'visit_form', params: { visit }, draft: `correction:${visit}` });
/** @param {Params} params @returns {Shown} */
const householdForm = (params) => ({ view: 'household_form', params, draft: doorDraft(params.building) });
/** @param {string | undefined} building the one from which somebody came */
const doorDraft = (building) => (building ? `household:new:${building}` : 'household:new');
/** @param {Params} params @returns {Shown} */
const log = (params) => ({ view: 'log', params });
/** @param {Params} params @returns {Shown} */
const order = (params) => ({ view: 'order', params, fragment: 'field/_order_door.html', draft: params.door && `order:${params.order}:${params.door}` });
/** What was being noted stands in it again. @param {Params} params @returns {Shown} */
const patrol = (params) => ({ view: 'patrol', params, draft: 'patrol' });
/** @param {Params} params @returns {Shown} */
const care = (params) => ({ view: 'care', params, draft: careDraft(params.pair) });
/** @param {string | undefined} pair */
const careDraft = (pair) => pair && `care:${pair}`;
/** @param {Params} params @returns {Shown} */
const mediationForm = (params) => ({ view: 'mediation_form', params, draft: mediationDraft(params.household) });
/** @param {string | undefined} household */
const mediationDraft = (household) => `mediation:${household ?? ''}`;
/** @param {Params} params @returns {Shown} */
const whistleForm = (params) => ({ view: 'whistle_form', params, draft: whistleDraft(params.visit ?? params.item ?? params.patrol_note ?? params.household) });
/** @param {string | undefined} of what it was found in */
const whistleDraft = (of) => `whistle:${of ?? ''}`;
/** @param {Params} said */
const logDraft = ({ grid, day }) => `log:${grid}:${day}`;
/** @param {string} household @returns {Shown} */
const residentForm = (household) => ({ view: 'resident_form', params: { household }, draft: `resident:${household}` });
/** @param {Params} params @returns {Shown} */
const suggestionForm = (params) => ({ view: 'suggestion_form', params, draft: suggestionDraft(params.page) });
/** @param {string | undefined} page */
const suggestionDraft = (page) => `suggestion:${pageOf(page ?? '')}`;
/** @param {Params} params @returns {Shown} */
const facts = (params) => ({ view: 'facts', params, fragment: 'field/_facts.html', draft: factDraft(params) });
/** @param {Params} params */
const factDraft = ({ household, resident, field }) =>
  field && (resident ? `fact:residents:${resident}:${field}` : `fact:households:${household}:${field}`);

/** Where a form is sent, and where it stands: a page that came back with something wrong may be asked for again. @type {[RegExp, string][]} */
const FORM_AT = [
  [/^(\/field\/households)$/, '$1/new'],
  [RegExp(`^(/field/households/${ID}/(?:visits|residents))$`), '$1/new'],
  [RegExp(`^(/field/visits/${ID}/corrections)$`), '$1/new'],
  [/^(\/field\/(?:suggestions|mediations))$/, '$1/new'],
  [RegExp(`^(/field/visits/${ID})/(?:items|promise)$`), '$1'],
  [RegExp(`^(/field/(?:items|whistles)/${ID})/(?:moves|tellings)$`), '$1'],
  [/^(\/field\/(?:outbox|patrol))\/(?:drafts|notes)$/, '$1'],
  [/^\/field$/, '/field/'],
  [/^\/elder$/, '/elder/'],
  [/^\/elder\/reports$/, '/elder/report'],
  [RegExp(`^(/elder/visits/${ID})/checks$`), '$1'],
];
/** After a change of tags: what takes it back. @param {import('./types.js').EditRecord} edit */
const undoOf = (edit) => (edit.h ? undoQuery(edit.kind, JSON.parse(edit.b), edit.id) : '');
/** Forms that may be about no door. */
const ANYWHERE = new Set(['suggestion', 'mediation', 'patrol', 'patrol_note', 'whistle']);
/** Insufficient Storage. */
const NOT_KEPT = 507;
/** The field of each form beside which it is said that nothing was kept. @type {Record<string, string>} */
const FIRST_WORDS = { visit: 'result', correction: 'result', household: 'room', log: 'text', order_answer: 'points', order_report: 'points', patrol: 'text', patrol_note: 'text', care: 'text', resident: 'name', household_facts: 'value', resident_facts: 'value', suggestion: 'text', action: 'text', item: 'kind', item_move: 'note', item_told: 'note', mediation: 'text', whistle: 'text', whistle_move: 'note', whistle_told: 'note', kept: 'note', report: 'text' };
/** A form that changed nothing made no edit. */
const NOTHING = /** @type {any} */ ({ entity: '' });
/** What is this phone's own, whatever grids it holds: a registered phone answers there always. */
const OF_THE_PHONE = /^\/field\/(outbox|carry|more|settings|suggestions|emergency)(\/|$)/;
/** Views that are there whatever the store holds. */
const SURE = ['today', 'doors'];
const OF_A_DOOR = /^\/field\/(households|residents|visits|items|whistles)\//;

/**
 * What a form becomes: its name in FORMS, the page to show again when something is wrong, where to go when all is well.
 * @typedef {{form: string, again: Shown, draft?: (data: Record<string, string[]>) => string | undefined, to: (edit: import('./types.js').EditRecord, data: Record<string, string[]>) => string}} Taken
 */
/** @param {import('./types.js').EditRecord} edit */
const toPatrol = (edit) => `/field/patrol?grid=${edit.grid}`;
/** One that is told anew was no half-written note. @param {Record<string, string[]>} data */
const noteDraft = ({ note }) => (note?.[0] ? '' : 'patrol');
/** @type {[RegExp, (id: string, what: string) => Taken][]} */
const POSTS = [
  [RegExp(`^/field/households/${ID}/visits$`), (household) => {
    return { form: 'visit', again: visitForm(household), to: (edit) => `/field/households/${household}?saved=${edit.entity}` };
  }],
  [RegExp(`^/field/visits/${ID}/corrections$`), (visit) => {
    return { form: 'correction', again: correctionForm(visit), to: () => `/field/visits/${visit}` };
  }],
  [RegExp(`^/field/visits/${ID}/items$`), (visit) => {
    return { form: 'item', again: { view: 'visit', params: { visit, anyone: true } }, to: () => `/field/visits/${visit}#turns` };
  }],
  [RegExp(`^/field/visits/${ID}/promise$`), (visit) => {
    return { form: 'kept', again: { view: 'visit', params: { visit, anyone: true } }, to: () => '/field/followups' };
  }],
  [RegExp(`^/field/items/${ID}/(moves|tellings)$`), (item, what) => {
    return { form: what === 'moves' ? 'item_move' : 'item_told', again: { view: 'item', params: { item } }, draft: () => (what === 'moves' ? '' : `item:${item}`), to: () => `/field/items/${item}` };
  }],
  [/^\/field\/mediations$/, () => {
    return { form: 'mediation', again: mediationForm({}), draft: ({ household }) => mediationDraft(household?.[0]), to: (edit) => `/field/items/${edit.entity}` };
  }],
  [/^\/field\/whistles$/, () => {
    const of = (/** @type {Record<string, string[]>} */ { source, at_home }) => whistleDraft(source?.[0] || at_home?.[0]);
    return { form: 'whistle', again: whistleForm({}), draft: of, to: (edit) => `/field/whistles/${edit.entity}` };
  }],
  [RegExp(`^/field/whistles/${ID}/(moves|tellings)$`), (whistle, what) => {
    return { form: what === 'moves' ? 'whistle_move' : 'whistle_told', again: { view: 'whistle', params: { whistle } }, to: () => `/field/whistles/${whistle}` };
  }],
  [/^\/field\/log$/, () => {
    const day = (/** @type {import('./types.js').EditRecord} */ edit) => (edit.b ? JSON.parse(edit.b).day : '');
    return { form: 'log', again: log({ log: true }), draft: ({ grid, day }) => logDraft({ grid, day }), to: (edit) => `/field/log?grid=${edit.grid}&day=${day(edit)}` };
  }],
  [RegExp(`^/field/orders/${ID}/answers$`), (id) => {
    const draft = (/** @type {Record<string, string[]>} */ { household }) => `order:${id}:${household?.[0]}`;
    return { form: 'order_answer', again: order({ order: id }), draft, to: (_, { household }) => `/field/orders/${id}#d-${household?.[0]}` };
  }],
  [RegExp(`^/field/orders/${ID}/reports$`), (id) => {
    return { form: 'order_report', again: order({ order: id }), to: () => `/field/orders/${id}` };
  }],
  [/^\/field\/patrol$/, () => ({ form: 'patrol', again: { view: 'patrol', params: {} }, to: toPatrol })],
  [/^\/field\/patrol\/notes$/, () => ({ form: 'patrol_note', again: patrol({}), draft: noteDraft, to: (edit) => `${toPatrol(edit)}&saved=${edit.entity}` })],
  [/^\/field\/care$/, () => {
    return { form: 'care', again: care({ care: true }), draft: ({ pair, state }) => (state ? careDraft(pair?.[0]) : undefined), to: (edit, { pair, state }) => afterCare(edit.id, pair?.[0], state?.[0]) };
  }],
  [/^\/field\/households$/, () => {
    return { form: 'household', again: householdForm({}), draft: ({ asked }) => doorDraft(asked?.[0]), to: (edit) => `/field/households/${edit.entity}` };
  }],
  [RegExp(`^/field/households/${ID}/residents$`), (household) => {
    return { form: 'resident', again: residentForm(household), to: () => `/field/households/${household}#people` };
  }],
  [RegExp(`^/field/households/${ID}/facts$`), (household) => {
    return { form: 'household_facts', again: facts({ household }), to: () => `/field/households/${household}#facts` };
  }],
  [RegExp(`^/field/residents/${ID}/facts$`), (resident) => {
    return { form: 'resident_facts', again: facts({ resident }), to: (edit) => `/field/residents/${resident}/facts${undoOf(edit)}` };
  }],
  [RegExp(`^/field/actions/${ID}/completion$`), (action) => ({ form: 'action', again: { view: 'today', params: { action } }, to: () => '/field/' })],
  [/^\/elder\/reports$/, () => {
    return { form: 'report', again: REPORT, to: (edit) => `/elder/sent?of=${edit.id}` };
  }],
  [RegExp(`^/elder/reports/${ID}/withdrawal$`), (report) => {
    return { form: 'withdrawal', again: { view: 'elder_sent', params: { of: report, report } }, to: () => `/elder/sent?of=${report}` };
  }],
  [RegExp(`^/elder/visits/${ID}/checks$`), (pair) => {
    return { form: 'look', again: { view: 'elder_visit', params: { pair } }, to: (edit) => `/elder/sent?of=${edit.id}` };
  }],
  [RegExp(`^/elder/checks/${ID}/withdrawal$`), (check) => {
    return { form: 'look_back', again: { view: 'elder_sent', params: { of: check, check } }, to: () => `/elder/sent?of=${check}` };
  }],
  [/^\/field\/suggestions$/, () => {
    return { form: 'suggestion', again: suggestionForm({}), draft: ({ page }) => suggestionDraft(page?.[0]), to: (edit, { back }) => after(backTo(back?.[0] ?? ''), edit.id) };
  }],
];

/** Whether the phone answers every page by itself. */
export const isUsable = async () => drawsAll(await meta('scopes'), await meta('sync'));

/** The store does not open: the disk is full, the browser is mending it. */
export class Unreadable extends Error {}

/** @param {unknown} cause @returns {never} */
function asUnreadable(cause) {
  throw new Unreadable('the store does not open', { cause });
}

/**
 * Answer one request under /field/; null while the phone holds too little to answer by itself.
 * @param {Request} request @param {URL} url @param {App} app
 * @returns {Promise<Made | null>}
 */
export async function answer(request, url, { version, seal, calls, waiting, ahead }) {
  const shown = request.method === 'POST' ? null : shownAt(url);
  const rows = shown && SURE.includes(shown.view) ? rowsAhead(needsOf(shown)) : null;
  const around = await readAround().catch(asUnreadable);
  const all = drawsAll(around.scopes, around.sync);
  if (!around.device) return null;
  const common = { ...commonParams(around, version, waiting), locks: false, of_door: OF_A_DOOR.test(url.pathname), calls, at: url, capsule: canSeal() ? 'can' : 'old' };
  const ofVolunteer = common.role === 'volunteer';
  if (ofVolunteer !== /^\/elder(\/|$)/.test(url.pathname)) return { to: ofVolunteer ? '/elder/' : '/field/' };
  if (ofVolunteer) {
    await withoutGate(seal);
  } else {
    const first = await gate(request, url, common, { seal, send: sending(url, common), waits: around.shut });
    if (first) return first;
    common.locks = true;
  }
  if (!(all || OF_THE_PHONE.test(url.pathname))) return null;
  // Until the grid is here the server draws the rest: it is told of the language too.
  if (!all && url.pathname === '/field/settings') return settings(await request.formData()).then(() => null);
  const partial = request.headers.get('HX-Request') === 'true' && request.headers.get('HX-Request-Type') === 'partial';
  if (request.method === 'POST') return post(url, await request.formData(), common, partial);
  if (url.pathname === '/field/outbox/capsule') return capsule(common, seal);
  if (url.pathname === '/field/notes' && all) return notesFile((await show({ view: 'notes', params: {} }, common, false)).html ?? '', common);
  for (const [pattern, form] of FORM_AT) {
    if (pattern.test(url.pathname)) return { to: url.pathname.replace(pattern, form) };
  }
  if (!shown) return missing(common, partial);
  if (rows && request.mode === 'navigate') ahead(render('shared/_head.html', common));
  if (!shown.note) return show(shown, common, partial, 200, rows);
  await putNote(shown.note, shown.params.household);
  return { to: url.pathname };
}

/** Which page stands at an address. @param {URL} url @returns {Shown | null} */
function shownAt({ pathname, searchParams }) {
  for (const [pattern, page] of PAGES) {
    const found = pattern.exec(pathname);
    if (found) return page(found[1], searchParams);
  }
  return null;
}

/** How a form is sent that was not posted just now, or while the phone is locked. @param {URL} url @param {Params} common @returns {import('./gate.js').Send} */
const sending = (url, common) => async (path, data, shut) => {
  const form = new FormData();
  for (const [name, values] of Object.entries(data)) for (const each of values) form.append(name, each);
  return post(new URL(path, url), form, { ...common, shut }, false);
};

/** @param {Shown} shown @param {Params} common @param {boolean} partial @param {number} [status] @param {ReturnType<typeof rowsAhead> | null} [ahead] @returns {Promise<Made>} */
async function show(shown, common, partial, status = 200, ahead = null) {
  // The server's clock, as of the last exchange: phones run days fast.
  const now = Date.now() + (common.sync?.offset_ms ?? 0);
  const here = { ...common, ...(await hereOf(shown.params)), ...shown.params };
  const [{ kept }, own, found] = await Promise.all([
    shown.draft ? read({ kept: { draft: shown.draft } }) : { kept: null },
    PARAMS[shown.view]?.(common, shown.params),
    rowsFor(needsOf(shown), here, ahead),
  ]);
  /** @type {Params} */
  const params = { draft: kept ?? null, new_id: newId(), new_building: newId(), ...here, ...own };
  const rows = withAbsent(shown.view, found, params, common.scopes);
  if (TELL_BLOBS.includes(shown.view)) {
    const said = [...(params.edits ?? []), ...(params.halves ?? [])].map((/** @type {any} */ edit) => edit.body);
    const told = rows.patrol_note ?? rows.visit ?? rows.report ?? [];
    const of = shown.view === 'whistle' ? rows.whistle : [];
    params.blobs = await blobsAround([...(said.length ? said : told), ...(rows.revision ?? []), ...of, params.owed]);
  }
  const context = VIEWS[shown.view](rows, now, params);
  if (context === null) return missing(common, partial);
  const template = partial && shown.fragment ? shown.fragment : TEMPLATES[shown.view];
  return { html: render(template, { ...context, ...(await easier(shown.view, common.at)) }), status };
}

/**
 * At the foot of a page the way to say that it could be easier, and from there back; above it, that this was kept.
 * @param {string} view @param {URL} at
 */
async function easier(view, { pathname, searchParams }) {
  const edit = searchParams.get('suggested');
  const { made } = edit ? await read({ made: { edit } }) : { made: null };
  const asked = new URLSearchParams(searchParams);
  asked.delete('suggested');
  const back = String(asked) ? `${pathname}?${asked}` : pathname;
  const link = WITHOUT.includes(view) ? '' : `/field/suggestions/new?${new URLSearchParams({ page: view, back })}`;
  return { easier: link, suggested: made && { unsent: Boolean(made.unsent) } };
}

/** Nothing stands there: no such door, or one that has not come yet. @param {Params} common @param {boolean} partial @returns {Promise<Made>} */
async function missing(common, partial) {
  if (common.shut) return {};
  const made = await show({ view: common.role === 'volunteer' ? 'elder_missing' : 'missing', params: {} }, common, partial, 404);
  return { ...made, arriving: !!common.arriving, whole: partial };
}

/** Pages that tell of photos and voice notes, and which of them have arrived. */
const TELL_BLOBS = ['household', 'visit', 'whistle', 'outbox', 'elder_mine', 'patrol', 'log'];

/** Finding looks at residents and notes too. @param {Shown} shown */
function needsOf({ view, params }) {
  const needs = NEEDS[view];
  return params.q && view !== 'found' ? { ...needs, ...NEEDS.found } : needs;
}

/** @param {URL} url @param {FormData} form @param {Params} common @param {boolean} partial @returns {Promise<Made>} */
async function post(url, form, common, partial) {
  if (url.pathname === '/field/outbox/attempts') return { to: '/field/outbox', saved: true };
  if (url.pathname === '/field/settings') return settings(form);
  if (url.pathname === '/elder/settings') return elderSettings(form);
  if (url.pathname === '/field/carry') return carry(form, common, partial);
  if (url.pathname === '/field/outbox/drafts') return half(url, form, common, partial);
  for (const [pattern, taken] of POSTS) {
    const found = pattern.exec(url.pathname);
    if (found) return take(taken(found[1], found[2]), form, common, partial);
  }
  return missing(common, partial);
}

/** @param {Taken} taken @param {FormData} form @param {Params} common @param {boolean} partial @returns {Promise<Made>} */
async function take({ form: name, again, to, draft: draftOf }, form, common, partial) {
  const data = Object.fromEntries([...new Set(form.keys())].map((key) => [key, form.getAll(key).map(String)]));
  const where = again.view.startsWith('elder') ? await nextDoor(again.params) : ANYWHERE.has(name) && !data.household?.[0] ? await anywhere(data) : await about({ ...(name === 'mediation' && { household: data.household[0] }), ...again.params }, data);
  if (where === null) return missing(common, partial);
  if (data.blobs) data.blobs = [await kept(data.blobs[0], where.visit ?? (await noteBefore(data)))];
  const { drafts, errors, values } = FORMS[name](data, where);
  const draft = again.view === 'facts' ? factDraft({ ...again.params, ...fieldOf(data) }) : (draftOf?.(data) ?? again.draft);
  // What cannot be read without the rows waits for them.
  if (common.shut && Object.keys(errors).length) return {};
  if (Object.keys(errors).length) {
    const newest = await newestOf(draft, JSON.stringify(data), values);
    const params = { ...again.params, ...fieldOf(data), ...(newest ? FORMS[name](newest, where) : { values, errors }) };
    return show({ ...again, params }, common, partial, 422);
  }
  // Buttons beside a household (没人应, 没变) send nothing of a half-written form, so they do not end it.
  const whole = name === 'visit' ? 'mode' in data : again.view !== 'facts' || 'opened' in data;
  let edits;
  try {
    const { facts, door } = where;
    edits = await record(drafts.map((said) => ({ ...said, door, ...(confirms(said, facts) && { same: true }) })), whole ? draft : undefined);
  } catch (error) {
    if (common.shut) throw error;
    console.error(error);
    const params = { ...again.params, ...fieldOf(data), values, errors: unkept(error, FIRST_WORDS[name]) };
    return show({ ...again, params }, common, partial, NOT_KEPT);
  }
  tell(storeName(), { type: 'saved' });
  // The home has gone from here: where it stood there is no page, and the edit with its receipts stands in the outbox.
  if (where.absent) return { to: '/field/outbox', saved: true, away: partial };
  if (partial && again.fragment) {
    const params = { ...again.params, ...fieldOf(data), stated: true };
    const now = { ...commonParams(await readAround(), common.version, common.waiting), at: common.at };
    return { ...(await show({ ...again, params }, now, partial)), saved: true };
  }
  return { to: to(edits.at(-1) ?? NOTHING, data), saved: true };
}

/** A half-written form whose home has gone is sent as it is, or dropped. @param {URL} url @param {FormData} form @param {Params} common @param {boolean} partial @returns {Promise<Made>} */
async function half(url, form, common, partial) {
  const key = String(form.get('draft'));
  const at = addressOf(key);
  const { draft } = await read({ draft: { draft: key } });
  if (form.has('drop')) await dropDraft(key);
  if (form.has('drop') || !draft || !at) return { to: '/field/outbox' };
  const sent = new FormData();
  for (const [name, value] of Object.entries({ door: '', ...draft.values })) for (const each of [value].flat()) sent.append(name, each);
  return post(new URL(at, url), sent, common, partial);
}

/** What a note that is told anew had; of one whose row is not here, or cannot be read now, what its form says. @param {Record<string, string[]>} data */
async function noteBefore({ note, blobs }) {
  if (!note?.[0]) return null;
  const { row } = await read({ row: { kind: 'patrol_note', id: note[0] } });
  return row ?? { blobs: readBlobs(blobs[0]) };
}

/** Of the photos and voice notes a form names, those that are here or were there before. @param {string} text @param {any} told */
async function kept(text, told) {
  const named = readBlobs(text);
  const here = await knownBlobs(named.map(({ sha256 }) => sha256));
  const before = new Set((told?.blobs ?? []).map((/** @type {any} */ blob) => blob.sha256));
  return writeBlobs(named.filter(({ sha256 }) => here[sha256] || before.has(sha256)));
}

/**
 * Nothing was kept: the form comes back with all that was written, and says so where the eye falls first.
 * @param {unknown} error @param {string} field
 */
function unkept(error, field) {
  const full = /** @type {Error} */ (error)?.name === 'QuotaExceededError';
  return { [field]: full ? 'field.error.phone_full' : 'field.error.not_kept' };
}

/** Whether facts are stated just as they stood: every head in view said so. @param {import('./types.js').Draft} said @param {Record<string, any[]>} [facts] */
function confirms({ kind, over, body }, facts = {}) {
  const stated = Object.entries(body.facts ?? {});
  const heads = (/** @type {string} */ field) => (facts[field] ?? []).filter((head) => over[field]?.includes(head.edit));
  /** @type {(stated: [string, any]) => boolean} */
  const same = ([field, value]) => heads(field).length > 0 && heads(field).every((head) => head.value === value);
  return kind.endsWith('.stated') && stated.length > 0 && stated.every(same);
}

/** @param {Record<string, string[]>} data */
const fieldOf = ({ field, household }) => ({ ...(field && { field: field[0] }), ...(household && { door: household[0] }) });

/** A colleague's file is taken along, or one that was told of is put away. @param {FormData} form @param {Params} common @param {boolean} partial @returns {Promise<Made>} */
async function carry(form, common, partial) {
  const drop = form.get('drop');
  if (typeof drop === 'string') {
    await dropCapsule(drop);
    return { to: '/field/carry' };
  }
  const wrong = await keepCapsule(form.get('capsule'), Date.now());
  return wrong ? show({ view: 'carry', params: { wrong } }, common, partial, 422) : { to: '/field/carry', saved: true };
}
