// Which page stands at an address under /field/ and /elder/, and what a form sent there becomes.
//
// Same addresses as server/field/pages.py. Tables alone: routes.js answers by them.

import { afterCare } from './views/care.js';
import { undoQuery } from './views/facts.js';
import { after, backTo, pageOf } from './views/suggestion_form.js';

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
  [/^\/elder\/suggestions\/new$/, (_, ask) => elderSuggestion(one(ask, 'page', 'back'))],
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
/** @param {Params} params @returns {Shown} */
const elderSuggestion = (params) => ({ view: 'elder_suggestion', params, draft: suggestionDraft(params.page) });
/** @param {string | undefined} page */
const suggestionDraft = (page) => `suggestion:${pageOf(page ?? '')}`;
/** @param {Params} params @returns {Shown} */
const facts = (params) => ({ view: 'facts', params, fragment: 'field/_facts.html', draft: factDraft(params) });
/** @param {Params} params */
export const factDraft = ({ household, resident, field }) =>
  field && (resident ? `fact:residents:${resident}:${field}` : `fact:households:${household}:${field}`);

/** Where a form is sent, and where it stands: a page that came back with something wrong may be asked for again. @type {[RegExp, string][]} */
export const FORM_AT = [
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
  [/^(\/elder\/suggestions)$/, '$1/new'],
  [RegExp(`^(/elder/visits/${ID})/checks$`), '$1'],
];
/** After a change of tags: what takes it back. @param {import('./types.js').EditRecord} edit */
const undoOf = (edit) => (edit.h ? undoQuery(edit.kind, JSON.parse(edit.b), edit.id) : '');

/**
 * What a form becomes: its name in FORMS, the page to show again when something is wrong, where to go when all is well.
 * @typedef {{form: string, again: Shown, draft?: (data: Record<string, string[]>) => string | undefined, to: (edit: import('./types.js').EditRecord, data: Record<string, string[]>) => string}} Taken
 */
/** @param {import('./types.js').EditRecord} edit */
const toPatrol = (edit) => `/field/patrol?grid=${edit.grid}`;
/** One that is told anew was no half-written note. @param {Record<string, string[]>} data */
const noteDraft = ({ note }) => (note?.[0] ? '' : 'patrol');
/** @type {[RegExp, (id: string, what: string) => Taken][]} */
export const POSTS = [
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
  [/^\/elder\/suggestions$/, () => {
    return { form: 'suggestion', again: elderSuggestion({}), draft: ({ page }) => suggestionDraft(page?.[0]), to: (edit, { back }) => after(backTo(back?.[0] ?? '', '/elder/'), edit.id) };
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

/** Which page stands at an address. @param {URL} url @returns {Shown | null} */
export function shownAt({ pathname, searchParams }) {
  for (const [pattern, page] of PAGES) {
    const found = pattern.exec(pathname);
    if (found) return page(found[1], searchParams);
  }
  return null;
}
