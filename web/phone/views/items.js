// What asks became: the ways on from each state, the lines that name them, and the page of one.
// Twin of server/views/items.py.

import { blobsTold, readBlobs, spoken } from './blobs.js';
import { ASKS, byId, compare, dateText, dayOf, first, frame, local, offsetOf } from './common.js';
import { DECIDING, firstWrong, formState, headOf } from './people.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {import('./common.js').Rows} Rows */
/** @typedef {import('./common.js').Params} Params */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'here', visit: 'here', item: 'all' };
export const TEMPLATE = 'field/item.html';
/** @type {Record<string, string>} */
export const MEDIATION_NEEDS = { grid: 'all', building: 'all', household: 'here' };
export const MEDIATION_TEMPLATE = 'field/mediation_form.html';

const AGREED = ['agreed_oral', 'agreed_written'];
/** As sync/rules/item.py has them; a test compares the two. @type {Record<string, Record<string, string[]>>} */
export const WAYS = {
  problem: { new: ['self_resolved'], self_resolved: ['new'] },
  need: { new: ['matched', 'project', 'done', 'dropped'], matched: ['project', 'done', 'dropped'], project: ['done', 'dropped'], done: ['new'], dropped: ['new'] },
  proposal: { new: ['taken', 'done', 'dropped'], taken: ['done', 'dropped'], done: ['new'], dropped: ['new'] },
  effect: { rated: [] },
  mediation: {
    registered: ['accepted', 'mediating'],
    accepted: ['mediating', ...AGREED, 'failed'],
    mediating: [...AGREED, 'failed'],
    agreed_oral: ['revisit'],
    agreed_written: ['revisit'],
    revisit: ['filed', 'mediating'],
    failed: ['referred', 'mediating'],
    referred: ['filed'],
  },
};
const LEADERS = ['matched', 'project', 'taken', 'dropped', 'filed'];
const CLOSED = ['self_resolved', 'done', 'dropped', 'filed', 'rated', 'withdrawn'];
/** What was said of a visit by voice alone: nobody wrote down which ask it answers. */
export const SPOKEN = 'spoken';
/** @type {Record<string, string[]>} */
export const TURNS = { difficulty: ['problem', 'mediation'], need: ['need'], idea: ['proposal'], effect: [], [SPOKEN]: ['problem', 'mediation', 'need', 'proposal'] };
export const RATINGS = ['satisfied', 'basic', 'not'];
export const SOURCES = ['applied', 'proactive'];
/** What of a mediation is told in free words. */
export const RECORD = ['parties', 'type', 'requests', 'facts', 'agreement', 'performance', 'mediators'];
const FIELDS = ['source', ...RECORD, 'revisit_on'];
const MEDIATION_INPUTS = ['text', ...FIELDS, 'blobs'];
const RATED_SHOWN = 6;
const BRIEF_CHARS = 24;

/** One item: its words, where it stands, what may come next, and all that was said of it. @param {Rows} rows @param {number} nowMs @param {Params} params */
export function view(rows, nowMs, params) {
  const item = first(rows, 'item', params.item);
  if (!item) return null;
  const offset = offsetOf(rows, params);
  const decides = DECIDING.includes(params.role);
  const record = item.record ?? {};
  const sent = params.values;
  // What came back from the other form of this page says nothing of the record.
  const asked = sent && !('source' in sent) ? { ...params, values: { note: sent.note, ...record } } : params;
  const shots = (/** @type {Row} */ said) => blobsTold(said.blobs, params.blobs);
  return {
    ...frame(rows, nowMs, params, 'today'),
    item: { ...lineOf(item, offset), by: item.by || '', step: item.step, shots: shots(item) },
    household: headAt(rows, item.household),
    visit: first(rows, 'visit', item.source_visit) ? item.source_visit : '',
    steps: (WAYS[item.kind][item.state] ?? []).filter((to) => decides || !LEADERS.includes(to)),
    withdraws: isOpen(item) && (decides || (item.author ?? null) === (params.person ?? null)),
    story: (item.story ?? []).map((/** @type {Row} */ told) => ({ ...toldOf(told, offset), shots: shots(told) })).reverse(),
    record: FIELDS.filter((field) => record[field]).map((field) => ({ field, text: record[field] })),
    fields: RECORD,
    sources: SOURCES,
    ...writing(formState(asked, ['note', ...FIELDS, 'blobs'], record), params),
    errors: params.errors ?? {},
    new_id: params.new_id || '',
  };
}

/** A mediation begun by itself, at a door or without one. @param {Rows} rows @param {number} nowMs @param {Params} params */
export const mediation = (rows, nowMs, params) => ({
  ...frame(rows, nowMs, params, 'today'),
  household: headAt(rows, params.household),
  grid: first(rows, 'household', params.household)?.grid || rows.grid?.[0]?.id || '',
  fields: RECORD,
  sources: SOURCES,
  ...writing(formState(params, MEDIATION_INPUTS, {}), params),
  wrong: firstWrong(params, MEDIATION_INPUTS),
  errors: params.errors ?? {},
  new_id: params.new_id || '',
});

/** What a form holds, its photos and voice notes too. @param {Record<string, any>} values @param {Params} params */
const writing = (values, params) => ({ values, blobs: blobsTold(readBlobs(String(values.blobs))), keeps: Boolean(params.keeps) });

/** @param {Rows} rows @param {string | undefined} id */
function headAt(rows, id) {
  const household = first(rows, 'household', id);
  return household && headOf(household, byId(rows, 'building').get(household.building));
}

/** Whether anything is still to be done about it. @param {Row} item */
export const isOpen = ({ state }) => !CLOSED.includes(state);

/** What is open at a household, the oldest first. @param {Rows} rows @param {string} household @param {number} offset */
export const openAt = (rows, household, offset) => hereOf(rows, household).filter(isOpen).map((item) => lineOf(item, offset));

/** An item as lists name it. @param {Row} item @param {number} offset */
export const lineOf = (item, offset) => ({
  id: item.id,
  kind: item.kind,
  state: item.state,
  text: item.text || '',
  at: local(item.occurred_at_ms, offset),
  rating: item.rating ?? null,
  unsent: Boolean(item.unsent),
});

/** Each ask of a visit that was answered, with what it may become and what it became; with a voice note also what nobody wrote down. @param {Rows} rows @param {Row} visit @param {number} offset */
export function turnsOf(rows, visit, offset) {
  const here = hereOf(rows, visit.household);
  const voice = (visit.blobs ?? []).some(spoken);
  const asks = [...ASKS, SPOKEN].filter((ask) => visit.asks?.[ask] || (voice && (ask === 'effect' || ask === SPOKEN)));
  const became = (/** @type {string} */ ask) => here.filter((item) => cameOf(item, visit.id, ask)).map((item) => lineOf(item, offset));
  const left = TURNS[SPOKEN].filter((kind) => !became(SPOKEN).some((item) => item.kind === kind));
  return asks.map((ask) => ({
    ask,
    kinds: ask === SPOKEN ? left : TURNS[ask],
    became: became(ask),
    open: ask === SPOKEN ? left.length > 0 : !became(ask).length,
    options: ask === 'effect' ? optionsOf(rows, here, visit, offset) : [],
  }));
}

/** @param {Rows} rows @param {string} household */
const hereOf = (rows, household) =>
  (rows.item ?? []).filter((item) => item.household === household).sort((a, b) => compare([a.occurred_at_ms, a.id], [b.occurred_at_ms, b.id]));

/** Whether this ask of this visit became that item, or rated it. @param {Row} item @param {string} visit @param {string} ask */
function cameOf(item, visit, ask) {
  const here = item.source_visit === visit;
  if (ask !== 'effect') return here && TURNS[ask].includes(item.kind) && Boolean(item.text) === (ask !== SPOKEN);
  return (here && item.kind === 'effect') || (item.story ?? []).some((/** @type {Row} */ told) => told.what === 'rated' && told.visit === visit);
}

/** What was done for a household before, to be rated. @param {Rows} rows @param {Row[]} here @param {Row} visit @param {number} offset */
function optionsOf(rows, here, visit, offset) {
  const untilMs = visit.occurred_at_ms;
  const items = here
    .filter((item) => item.occurred_at_ms <= untilMs && item.source_visit !== visit.id && item.kind !== 'effect' && item.state !== 'withdrawn')
    .map((item) => ({ of: `item:${item.id}`, kind: item.kind, text: [...(item.text || '')].slice(0, BRIEF_CHARS).join(''), ms: item.occurred_at_ms }));
  const today = dateText(dayOf(untilMs, offset));
  const promises = (rows.visit ?? [])
    .filter((each) => each.household === visit.household && each.id !== visit.id && each.follow_up_on && each.follow_up_on <= today)
    .map((each) => ({ of: `visit:${each.id}`, kind: 'promise', text: each.follow_up_on, ms: each.occurred_at_ms }));
  const newest = [...items, ...promises].sort((a, b) => compare([-a.ms, a.of], [-b.ms, b.of])).slice(0, RATED_SHOWN);
  return newest.map(({ of, kind, text }) => ({ of, kind, text }));
}

/** @param {Row} told @param {number} offset */
const toldOf = (told, offset) => ({
  what: told.what,
  by: told.by || '',
  at: local(told.at_ms, offset),
  to: told.to || '',
  note: told.note || '',
  beside: Boolean(told.why),
});
