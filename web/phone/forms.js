// What was filled in becomes edits: the twin of server/field/forms.py, pinned by tests/vectors/forms.json.
//
// FORMS[name](data, about) answers {drafts, errors, values}: the edits in order, or the words to show beside each field
// that is wrong, and everything typed, for showing the form again. `about` says where one stands:
// {grid, now_ms, offset_min, household?, visit?, resident?, grids?, quarters?, doors?, log?, order?}.
//
// A form carries two hidden fields from the moment it opens: `id`, which becomes the edit's id, so that sending it twice
// says it once, and `over`, the edits that were in view. Everything else may be missing.

import { ITEM_FORMS } from './item_forms.js';
import { WHISTLE_FORMS } from './whistle_forms.js';
import { cleaned, isId, narrow, Sheet } from './sheet.js';
import { given, minute, NAME_CHARS_MAX, sameTelling, visitBody } from './telling.js';
import { STATES, WAYS } from './views/care_due.js';
import { readBlobs } from './views/blobs.js';
import { doorAt, entranceOf, EXISTS, KINDS, roomOf, ROWS } from './views/household_form.js';
import { FIRST_DAY } from './views/log.js';
import { HOUSEHOLD_FACTS, OCCUPANCIES, RESIDENT_FACTS, TAGS } from './views/people.js';
import { pageOf } from './views/suggestion_form.js';
import { readSpot, WHAT } from './views/walks.js';

/** @typedef {import('./sheet.js').Data} Data */
/** @typedef {Record<string, any>} About */
/** @typedef {{drafts: import('./types.js').Draft[], errors: Record<string, string>, values: Data}} Made */

const ID_CHARS = 36;
const ROOM_CHARS_MAX = 20;
const PHONE_CHARS_MAX = 30;
const RELATION_CHARS_MAX = 30;
const HEADCOUNT_MAX = 999;
const BIRTH_YEAR_MIN = 1850;
const FLOOR_MIN = -9;
const FLOOR_MAX = 200;
const ORDER_NOTE_CHARS_MAX = 500;
const YES_NO = ['yes', 'no'];
/** What a new row is called, as the importer calls it, and where it stands. @type {Record<string, [string, number]>} */
const ROW_NAMES = { bungalows: ['平房', 8000], shops: ['商铺', 9000] };

/**
 * A visit. `quick` says nobody answered, or all is well, and keeps whatever else is written.
 * @param {Data} data @param {About} about
 */
function visit(data, about) {
  const sheet = new Sheet(data);
  const body = visitBody(sheet, about, about.household, null);
  return made(sheet, data, { kind: 'visit.recorded', grid: about.grid, over: {}, body });
}

/**
 * A visit told anew, whole, over the telling that was in view. Told as it stands it is no news.
 * @param {Data} data @param {About} about
 */
function correction(data, about) {
  const sheet = new Sheet(data);
  const old = about.visit;
  const body = visitBody(sheet, about, old.household, old.occurred_at_ms);
  if (sameTelling(body, old)) return made(sheet, data, null);
  const inView = sheet.ids('over');
  const over = { revision: inView.length ? inView : (old.heads ?? [old.edit || old.id]) };
  return made(sheet, data, { kind: 'visit.corrected', entity: old.id, grid: about.grid, over, body });
}

/**
 * The log of a day, over the step and the tellings that were in view. `about.log` is its id.
 * @param {Data} data @param {About} about
 */
function log(data, about) {
  const sheet = new Sheet(data);
  const day = sheet.day('day');
  if (day === null || day < FIRST_DAY) sheet.wrong('day', 'form.day');
  else if (day > minute(about.now_ms, about.offset_min).slice(0, 10)) sheet.wrong('day', 'form.future');
  const over = { ...given('step', sheet.ids('step')), ...given('revision', sheet.ids('over')) };
  const body = { day, ...given('text', sheet.words('text')), ...given('blobs', readBlobs(sheet.raw('blobs'))) };
  return made(sheet, data, { kind: 'daily_log.sent', entity: about.log, grid: about.grid, over, body });
}

/**
 * What was found at a door of an order, over the answers that were in view. `quick` says that all is well where nothing
 * else was said. `about.order` is the order's row.
 * @param {Data} data @param {About} about
 */
function orderAnswer(data, about) {
  const sheet = new Sheet(data);
  const { order } = about;
  const household = sheet.raw('household');
  const rest = sheet.raw('quick') === 'well' ? 'yes' : null;
  const points = order.points.map((/** @type {string} */ _, /** @type {number} */ n) => {
    const ok = sheet.choice(`p${n}`, YES_NO) ?? rest;
    return { ...given('ok', ok && ok === 'yes'), ...given('note', sheet.line(`n${n}`, ORDER_NOTE_CHARS_MAX)) };
  });
  const blobs = readBlobs(sheet.raw('blobs'));
  if (!isId(household) || !(blobs.length || points.some((/** @type {{}} */ each) => Object.keys(each).length))) sheet.wrong('points', 'form.order');
  const seen = sheet.ids('over');
  const over = { ...given('step', sheet.ids('step')), ...(seen.length && { revision: seen }) };
  const body = { household, points, occurred_at_ms: about.now_ms, ...given('blobs', blobs) };
  return made(sheet, data, { kind: 'order.answered', entity: order.id, grid: about.grid, over, body });
}

/** The workers are done with an order, over the step that was in view. @param {Data} data @param {About} about */
function orderReport(data, about) {
  const sheet = new Sheet(data);
  const over = given('step', sheet.ids('step'));
  return made(sheet, data, { kind: 'order.reported', entity: about.order.id, grid: about.grid, over, body: {} });
}

/**
 * How somebody was found, by the button that was pressed; or a check of one's own is taken back.
 * @param {Data} data @param {About} about
 */
function care(data, about) {
  const sheet = new Sheet(data);
  const undo = sheet.raw('undo');
  if (isId(undo)) return made(sheet, data, { kind: 'care_check.undone', entity: undo, grid: about.grid, over: {}, body: {} });
  const state = sheet.choice('state', STATES);
  if (state === null) sheet.wrong('state', 'form.choose');
  const more = { ...given('text', sheet.words('text')), ...given('way', sheet.choice('way', WAYS)), ...given('blobs', readBlobs(sheet.raw('blobs'))) };
  const body = { pair: about.pair, state, occurred_at_ms: about.now_ms, ...more };
  return made(sheet, data, { kind: 'care_check.made', grid: about.grid, over: {}, body });
}

/**
 * A door that was missing, in one of the buildings of `about.grids` ({building: grid}), and not among `doors`.
 * @param {Data} data @param {About} about
 */
function household(data, about) {
  const sheet = new Sheet(data);
  const row = newRow(sheet, about);
  const building = row?.id ?? sheet.raw('building');
  const grid = row?.grid ?? new Map(Object.entries(about.grids)).get(building) ?? null;
  if (grid === null) sheet.wrong('building', 'form.building');
  const kind = sheet.choice('kind', KINDS) ?? 'home';
  const rowKind = `${kind}s`;
  // In a block neither a bungalow nor most shops stand: the form comes back with the grid's row of them chosen.
  const misplaced = ROWS.includes(rowKind) && (about.blocks ?? []).includes(building);
  if (misplaced && (kind === 'bungalow' || building !== sheet.raw('placed'))) sheet.wrong('building', `form.${kind}`);
  const entrance = entranceOf(narrow(sheet.line('entrance', ROOM_CHARS_MAX) ?? '')) || null;
  const room = roomOf(narrow(sheet.line('room', ROOM_CHARS_MAX) ?? '')) || null;
  const floor = sheet.number('floor', FLOOR_MIN, FLOOR_MAX) ?? floorOf(kind, room ?? '');
  if (room === null) sheet.wrong('room', 'form.room');
  const known = doorAt(about.doors ?? [], building, entrance, room);
  // The same form sent twice finds its own door: that is no second one.
  if (known && known.id !== sheet.raw('id')) sheet.wrong('room', EXISTS);
  const facts = factsOf(sheet, HOUSEHOLD_FACTS, about);
  const body = { building, ...given('entrance', entrance), ...given('floor', floor), room, kind, facts };
  const all = made(sheet, data, { kind: 'household.added', grid, over: {}, body });
  if (sheet.errors.building === `form.${kind}`) {
    const chosen = new Map(Object.entries(about[rowKind] ?? {})).get(grid) ?? `${rowKind}:${grid}`;
    Object.assign(all.values, { building: chosen, placed: building });
  }
  return row && all.drafts.length ? { ...all, drafts: [row, ...all.drafts] } : all;
}

/**
 * The row of bungalows or shops that was chosen and is not there yet; it got its id when the form opened.
 * @param {Sheet} sheet @param {About} about @returns {any}
 */
function newRow(sheet, about) {
  const [kind, grid = ''] = sheet.raw('building').split(':');
  const quarters = new Map(Object.entries(about.quarters ?? {})).get(grid);
  const id = sheet.raw('new_building');
  if (!ROWS.includes(kind) || !quarters || !isId(id)) return null;
  const [name, sort] = ROW_NAMES[kind];
  return { id, kind: 'building.added', grid, over: {}, body: { quarters, name, sort, kind } };
}

/** The floor a number tells: 501 is on the fifth, a basement below ground. @param {string} kind @param {string} room */
function floorOf(kind, room) {
  if (kind === 'basement') return -1;
  return kind === 'home' && /^[0-9]{3,4}$/.test(room) ? Number(room.slice(0, -2)) || null : null;
}

/**
 * Somebody who lives in a household, or belongs to it.
 * @param {Data} data @param {About} about
 */
function resident(data, about) {
  const sheet = new Sheet(data);
  const facts = factsOf(sheet, RESIDENT_FACTS, about);
  const tags = sheet.ticks('tags', TAGS);
  const told = Object.keys(facts).some((field) => field !== 'lives_here') || tags.length > 0;
  if (!told && !Object.keys(sheet.errors).length) sheet.wrong('name', 'form.somebody');
  const body = { household: about.household, facts, ...given('tags', tags) };
  return made(sheet, data, { kind: 'resident.added', grid: about.grid, over: {}, body });
}

/**
 * One fact of a household, over the values that were in view. An empty one says that nobody knows any more.
 * @param {Data} data @param {About} about
 */
function householdFacts(data, about) {
  return stated(data, about, 'household', HOUSEHOLD_FACTS);
}

/**
 * One fact of a resident, or their tags.
 * @param {Data} data @param {About} about
 */
function residentFacts(data, about) {
  return new Sheet(data).raw('field') === 'tags' ? tagged(data, about) : stated(data, about, 'resident', RESIDENT_FACTS);
}

/** @param {Data} data @param {About} about @param {'household' | 'resident'} whose @param {readonly string[]} fields */
function stated(data, about, whose, fields) {
  const sheet = new Sheet(data);
  const field = sheet.raw('field');
  if (isId(sheet.raw('undo'))) return undone(sheet, data, about, whose, fields);
  if (field === 'same' && whose === 'household') return same(sheet, data, about);
  if (!fields.includes(field)) {
    sheet.wrong('field', 'form.choose');
    return made(sheet, data, null);
  }
  const body = { facts: { [field]: factOf(sheet, field, 'value', about) } };
  const inView = sheet.ids('over');
  if (body.facts[field] === null && !inView.length) return made(sheet, data, null); // nothing, where nothing was known
  const over = /** @type {Record<string, string[]>} */ (inView.length ? { [field]: inView } : {});
  const draft = { kind: `${whose}.stated`, entity: about[whose], grid: about.grid };
  return made(sheet, data, { ...draft, over, body });
}

/** One tap says that how a home is used, and by how many, is as it stood in view. @param {Sheet} sheet @param {Data} data @param {About} about */
function same(sheet, data, about) {
  const facts = factsOf(sheet, ['occupancy', 'headcount'], about);
  const over = Object.fromEntries(Object.keys(facts).map((field) => [field, sheet.ids(`over_${field}`)]));
  const draft = { kind: 'household.stated', entity: about.household, grid: about.grid, over, body: { facts } };
  return made(sheet, data, Object.keys(facts).length ? draft : null);
}

/**
 * Somebody takes a statement back, or a decision about a tag.
 * @param {Sheet} sheet @param {Data} data @param {About} about @param {'household' | 'resident'} whose @param {readonly string[]} fields
 */
function undone(sheet, data, about, whose, fields) {
  const field = sheet.raw('field');
  const ofTag = whose === 'resident' && TAGS.some((tag) => field === `tag:${tag}`);
  if (!fields.includes(field) && !ofTag) sheet.wrong('field', 'form.choose');
  const body = { field, edit: sheet.raw('undo') };
  return made(sheet, data, { kind: `${whose}.undone`, entity: about[whose], grid: about.grid, over: {}, body });
}

/**
 * What was ticked and was not before is added; what was and is no longer is removed, over all of it in view.
 * @param {Data} data @param {About} about
 */
function tagged(data, about) {
  const sheet = new Sheet(data);
  const ticked = sheet.ticks('tags', TAGS);
  const had = sheet.raw('had').split(',');
  const seen = sheet.raw('over').split(',').map((pair) => pair.split(':'));
  const add = ticked.filter((tag) => !had.includes(tag));
  const remove = TAGS.filter((tag) => had.includes(tag) && !ticked.includes(tag));
  const additions = (/** @type {string} */ tag) =>
    seen.filter((pair) => pair.length === 2 && pair[0] === tag && isId(pair[1])).map((pair) => pair[1]);
  const named = [...remove, ...add].filter((tag) => remove.includes(tag) || additions(tag).length);
  const over = Object.fromEntries(named.map((tag) => [`tag:${tag}`, additions(tag)]));
  const body = { ...given('add', add), ...given('remove', remove) };
  const draft = { kind: 'resident.tagged', entity: about.resident, grid: about.grid, over, body };
  return made(sheet, data, add.length || remove.length ? draft : null);
}

/** Facts typed into inputs of their own names. @param {Sheet} sheet @param {readonly string[]} fields @param {About} about */
function factsOf(sheet, fields, about) {
  const typed = fields.map((field) => [field, factOf(sheet, field, field, about)]);
  return Object.fromEntries(typed.filter(([, value]) => value !== null));
}

/**
 * The value of a fact as typed into the input `name`; null when it is empty.
 * @param {Sheet} sheet @param {string} field @param {string} name @param {About} about
 */
function factOf(sheet, field, name, about) {
  if (field === 'contact' || field === 'name') return sheet.line(name, NAME_CHARS_MAX);
  if (field === 'relation') return sheet.line(name, RELATION_CHARS_MAX);
  if (field === 'phone') return sheet.phone(name, PHONE_CHARS_MAX);
  if (field === 'occupancy') return sheet.choice(name, OCCUPANCIES);
  if (field === 'headcount') return sheet.number(name, 0, HEADCOUNT_MAX);
  if (field === 'birth_year') {
    const thisYear = Number(minute(about.now_ms, about.offset_min).slice(0, 4));
    return sheet.number(name, BIRTH_YEAR_MIN, thisYear, 'form.year');
  }
  if (field === 'lives_here' || field === 'deceased') {
    const said = sheet.choice(name, YES_NO);
    return said === null ? null : said === 'yes';
  }
  return sheet.words(name);
}

/**
 * What could be easier, said on a page: of that its name alone is kept.
 * @param {Data} data @param {About} about
 */
function suggestion(data, about) {
  const sheet = new Sheet(data);
  const text = sheet.words('text');
  if (text === null) sheet.wrong('text', 'form.suggestion');
  const body = { text, page: pageOf(sheet.raw('page')) };
  return made(sheet, data, { kind: 'suggestion.made', grid: about.grid ?? null, over: {}, body });
}

/**
 * A tap: a patrol begins, or the one that is named ends, over the step that was in view.
 * @param {Data} data @param {About} about
 */
function patrol(data, about) {
  const sheet = new Sheet(data);
  const entity = sheet.raw('patrol');
  const draft = { kind: 'patrol.started', grid: about.grid, over: {}, body: {} };
  return made(sheet, data, isId(entity) ? { ...draft, kind: 'patrol.ended', entity, over: given('step', sheet.ids('step')) } : draft);
}

/**
 * What was come across, on a patrol or without one. `note` is one of theirs that is told anew, or taken back.
 * @param {Data} data @param {About} about
 */
function patrolNote(data, about) {
  const sheet = new Sheet(data);
  const [note, walk] = ['note', 'patrol'].map((name) => sheet.raw(name)).map((id) => (isId(id) ? id : null));
  const building = sheet.raw('building');
  const draft = { ...(note && { entity: note }), grid: about.grid, over: given('revision', sheet.ids('over')) };
  if (note && sheet.has('withdraw')) return made(sheet, data, { ...draft, kind: 'patrol.withdrawn', body: {} });
  const what = sheet.choice('what', WHAT) ?? WHAT[0];
  const text = sheet.words('text');
  const blobs = readBlobs(sheet.raw('blobs'));
  if (text === null && !blobs.length) sheet.wrong('text', 'form.patrol_note');
  const spot = isId(building.slice(0, ID_CHARS)) ? readSpot(cleaned(building)) : {};
  const body = { what, ...given('text', text), ...spot, ...given('patrol', walk), ...given('blobs', blobs) };
  return made(sheet, data, { ...draft, kind: 'patrol.noted', body });
}

/**
 * What was agreed is done, over the step that was in view.
 * @param {Data} data @param {About} about
 */
function action(data, about) {
  const sheet = new Sheet(data);
  return made(sheet, data, { kind: 'action.done', entity: about.action, grid: about.grid, over: { step: sheet.ids('step') }, body: {} });
}

/**
 * What a volunteer noticed, at the moment of the tap: words, photos or a voice note, one of them at least.
 * @param {Data} data @param {About} about
 */
function report(data, about) {
  const sheet = new Sheet(data);
  const text = sheet.words('text');
  const blobs = readBlobs(sheet.raw('blobs'));
  if (text === null && !blobs.length) sheet.wrong('text', 'form.report');
  const body = { occurred_at_ms: about.now_ms, ...given('text', text), ...given('blobs', blobs) };
  return made(sheet, data, { kind: 'report.made', grid: null, over: {}, body });
}

/** Its author takes a report back. @param {Data} data @param {About} about */
const withdrawal = (data, about) => made(new Sheet({}), data, { kind: 'report.withdrawn', entity: about.report, grid: null, over: {}, body: {} });

/**
 * A volunteer has looked in on somebody, at the moment of the tap: how they were found, and words if they like.
 * @param {Data} data @param {About} about
 */
function look(data, about) {
  const sheet = new Sheet(data);
  const state = sheet.choice('state', STATES);
  if (state === null) sheet.wrong('state', 'form.choose');
  const { id, grid } = about.pair;
  const body = { pair: id, state, occurred_at_ms: about.now_ms, ...given('text', sheet.words('text')) };
  return made(sheet, data, { kind: 'care_check.made', grid, over: {}, body });
}

/** They take that back. @param {Data} data @param {About} about */
const lookBack = (data, about) => made(new Sheet({}), data, { kind: 'care_check.undone', entity: about.check.id, grid: about.check.grid, over: {}, body: {} });

/**
 * The edits if nothing is wrong. What was typed comes back as it was, for the form to be shown again.
 * @param {Sheet} sheet @param {Data} data @param {import('./types.js').Draft | null} draft
 * @returns {Made}
 */
function made(sheet, data, draft) {
  const id = sheet.raw('id');
  const known = isId(id) ? { id } : {};
  const values = Object.fromEntries(Object.keys(data).map((name) => [name, name === 'tags' ? sheet.all(name) : sheet.raw(name)]));
  const drafts = Object.keys(sheet.errors).length || !draft ? [] : [{ ...known, ...draft }];
  return { drafts, errors: sheet.errors, values };
}

/** @type {Record<string, (data: Data, about: About) => Made>} */
export const FORMS = {
  ...Object.fromEntries(Object.entries({ ...ITEM_FORMS, ...WHISTLE_FORMS }).map(([name, read]) => [name, (/** @type {Data} */ data, /** @type {About} */ about) => {
    const sheet = new Sheet(data);
    return made(sheet, data, read(sheet, about));
  }])),
  visit,
  correction,
  log,
  order_answer: orderAnswer,
  order_report: orderReport,
  care,
  household,
  resident,
  household_facts: householdFacts,
  resident_facts: residentFacts,
  suggestion,
  patrol,
  patrol_note: patrolNote,
  action,
  report,
  withdrawal,
  look,
  look_back: lookBack,
};
