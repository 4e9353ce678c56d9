// The phone's own answers to /field/…: a page drawn from its rows, and what becomes of a form that was sent.
//
// What stands at which address says addresses.js. A view that answers nothing is a page that is not there.

import { addressOf, withAbsent } from './absent.js';
import { FORM_AT, POSTS, factDraft, shownAt } from './addresses.js';
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
import { WITHOUT } from './views/suggestion_form.js';
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
/** @typedef {import('./addresses.js').Shown} Shown */
/** @typedef {import('./addresses.js').Taken} Taken */

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
    const of = shown.view === 'whistle' ? rows.whistle.flatMap((/** @type {any} */ row) => [row, ...(row.story ?? [])]) : [];
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
  const link = WITHOUT.includes(view) ? '' : `${view.startsWith('elder_') ? '/elder' : '/field'}/suggestions/new?${new URLSearchParams({ page: view, back })}`;
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
