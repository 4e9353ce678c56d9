// Edits of this phone that its rows do not include yet, laid over them: what the worker just said is what they see.
//
// A prediction of what the server's rules (sync/rules/) will make of them, for this phone's own edits alone; it ends when
// the pulled rows cover the edit. Rows touched by an edit still on the phone carry `unsent`. Pure.

import { began, stated, tagged, undone, untagged } from './facts.js';
import { dateText, dayOf } from './views/common.js';
import { OPEN } from './views/order.js';
import { WAYS } from './views/items.js';
import { WHISTLE_KINDS } from './overlay_whistle.js';

/** @typedef {import('./types.js').EditRecord} EditRecord */
/** @typedef {Record<string, any>} Row */
/** @typedef {import('./facts.js').Me} Me */
/** @typedef {Record<string, Row[]>} Rows */

const CONTACT = ['met', 'inconvenient'];

/**
 * Rows with open edits laid over. Only kinds present in `rows` are touched; a door's visits are looked at when one was
 * corrected (see `correctedVisits`).
 * @param {Rows} rows @param {EditRecord[]} edits open edits @param {Me} me the author
 * @returns {Rows}
 */
export function overlay(rows, edits, me) {
  if (!edits.length) return rows;
  const laid = new Laid(rows);
  // What this phone cannot open any more it cannot lay over anything.
  const ordered = edits.filter(({ b }) => b).sort((a, b) => a.at_ms - b.at_ms || a.n - b.n);
  for (const edit of ordered) {
    KINDS.get(edit.kind)?.(laid, edit, JSON.parse(edit.b), me);
  }
  return laid.rows();
}

/** Visits that open corrections are about, and those whose promise is kept: their households' visits are needed to draw the door anew. @param {EditRecord[]} edits */
export const correctedVisits = (edits) => edits.filter((e) => e.kind === 'visit.corrected' || e.kind === 'visit.kept').map((e) => e.entity);

/** Changes of tags that open edits take back. @param {EditRecord[]} edits @returns {string[]} */
export const takenBack = (edits) => edits.filter((e) => e.kind === 'resident.undone' && e.b).map((e) => JSON.parse(e.b).edit);

/** Rows by kind and id, changed copy by copy. */
class Laid {
  /** @param {Rows} rows */
  constructor(rows) {
    this.kinds = new Map(Object.entries(rows).map(([kind, list]) => [kind, new Map(list.map((r) => [r.id, r]))]));
    /** Residents as they were before a change of tags was laid over them. @type {Map<string, Row>} */
    this.before = new Map();
  }

  /** @param {string} kind @param {string} id @returns {Row | undefined} */
  get(kind, id) {
    return this.kinds.get(kind)?.get(id);
  }

  /** @param {string} kind @param {Row} row @param {EditRecord} edit */
  put(kind, row, edit) {
    const grid = { grid: edit.grid };
    this.kinds.get(kind)?.set(row.id, edit.unsent ? { ...grid, ...row, unsent: true } : { ...grid, ...row });
  }

  /** @param {string} household */
  visitsOf(household) {
    return [...(this.kinds.get('visit')?.values() ?? [])].filter((visit) => visit.household === household);
  }

  /** Those of a pair that count. @param {string} pair */
  checksOf(pair) {
    return [...(this.kinds.get('care_check')?.values() ?? [])].filter((check) => check.pair === pair && check.undone_ms === undefined);
  }

  /** Of a volunteer's own pair those that stand. @param {string} pair */
  ownChecksOf(pair) {
    return [...(this.kinds.get('paired_check')?.values() ?? [])].filter((each) => each.pair === pair && !each.undone_ms);
  }

  rows() {
    return Object.fromEntries([...this.kinds].map(([kind, map]) => [kind, [...map.values()]]));
  }
}

/** @param {Laid} laid @param {EditRecord} edit @param {any} body @param {Me} me */
function visitRecorded(laid, edit, body, me) {
  const { author } = JSON.parse(edit.h);
  const visit = { ...told(body), id: edit.id, author, by: me.name, ...(edit.received_ms && { received_ms: edit.received_ms }) };
  laid.put('visit', visit, edit);
  const door = laid.get('door', body.household) ?? { id: body.household };
  laid.put('door', afterVisit(door, visit, me.offset), edit);
  touch(laid, body.household, edit);
}

/** @param {Laid} laid @param {EditRecord} edit @param {any} body @param {Me} me */
function visitCorrected(laid, edit, body, me) {
  const old = laid.get('visit', edit.entity);
  if (!old) return;
  const { id, author, by, received_ms, imported } = old;
  const kept = { id, author, by, ...(received_ms && { received_ms }), ...(imported && { imported }), ...(old.kept && { kept: old.kept }) };
  const over = JSON.parse(edit.h).over.revision ?? [];
  // What this correction had not in view stands beside it, until one names them all.
  const beside = (old.heads ?? [old.edit ?? id]).filter((/** @type {string} */ head) => !over.includes(head));
  const heads = beside.length ? { heads: [edit.id, ...beside] } : null;
  const visit = { ...told(body), ...kept, edit: edit.id, revision: (old.revision ?? 1) + 1, ...heads };
  laid.put('visit', visit, edit);
  for (const household of new Set([old.household, body.household])) {
    const door = laid.get('door', household) ?? { id: household };
    laid.put('door', ofVisits(door, laid.visitsOf(household), old.occurred_at_ms, me.offset), edit);
    touch(laid, household, edit);
  }
}

/** @param {Laid} laid @param {EditRecord} edit @param {any} body @param {Me} me */
function visitKept(laid, edit, body, me) {
  const old = laid.get('visit', edit.entity);
  if (!old || old.follow_up_on !== body.on) return;
  laid.put('visit', { ...old, kept: { ...body, by: me.name, at_ms: saidMs(edit) } }, edit);
  const door = laid.get('door', old.household) ?? { id: old.household };
  laid.put('door', ofVisits(door, laid.visitsOf(old.household), old.occurred_at_ms, me.offset), edit);
}

/** When an edit was made, by the server's clock as far as the phone knew it. @param {EditRecord} edit @returns {number} */
const saidMs = (edit) => edit.at_ms + (JSON.parse(edit.h).offset_ms ?? 0);

/** @param {Laid} laid @param {EditRecord} edit @param {any} body @param {Me} me */
function itemRaised(laid, edit, body, me) {
  const [state] = Object.keys(WAYS[body.kind]);
  laid.put('item', { text: '', ...body, id: edit.id, author: JSON.parse(edit.h).author, by: me.name, state, step: edit.id }, edit);
}

/** A step, a rating or a telling of an item. @param {string} what */
const itemSaid = (what) => (/** @type {Laid} */ laid, /** @type {EditRecord} */ edit, /** @type {any} */ body, /** @type {Me} */ me) => {
  const old = laid.get('item', edit.entity);
  if (!old) return;
  const step = what === 'moved' ? body.to : what === 'withdrawn' ? what : null;
  const stale = step && !(JSON.parse(edit.h).over.step ?? []).includes(old.step);
  const said = { edit: edit.id, what, by: me.name, at_ms: saidMs(edit), to: step ?? body.rating, note: body.note, visit: body.visit, blobs: body.blobs, ...(stale && { why: 'stale' }) };
  const now = {
    ...(step && !stale && { state: step, step: edit.id }),
    ...(body.rating && { rating: body.rating }),
    ...(body.record && { record: body.record }),
  };
  laid.put('item', { ...old, ...now, story: [...(old.story ?? []), said] }, edit);
};

/** A body as the feed's visit row says it: what is empty left out. @param {any} body */
function told({ household, occurred_at_ms, mode, result, companions, care, follow_up_on, imported, ...words }) {
  // What was said for the station alone is not shown here either, from the moment it was kept.
  const { text, who_met, asks, blobs } = words.private ? /** @type {any} */ ({}) : words;
  const listed = { companions: companions?.length ? companions : undefined, blobs: blobs?.length ? blobs : undefined };
  const all = { text, who_met, ...listed, asks, care, follow_up_on, private: words.private || undefined };
  const said = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== null));
  return { household, occurred_at_ms, mode, result, ...said, ...(imported && { imported: true }) };
}

/** The household of a visit says itself that something of it is unsent. @param {Laid} laid @param {string} id @param {EditRecord} edit */
function touch(laid, id, edit) {
  const household = laid.get('household', id);
  if (household && edit.unsent) laid.put('household', household, edit);
}

/** @param {Laid} laid @param {EditRecord} edit @param {any} body */
function logSent(laid, edit, body) {
  const old = laid.get('daily_log', edit.entity);
  const { over, offset_ms } = JSON.parse(edit.h);
  const beside = (old?.edits ?? []).filter((/** @type {string} */ each) => !(over.revision ?? []).includes(each));
  // One that was returned waits for an answer: these words are none where their author had not seen that.
  const waits = old?.state === 'returned' && !(over.step ?? []).includes(old.step);
  const state = waits || old?.state === 'submitted' ? old.state : old ? 'amended' : 'submitted';
  const step = waits ? old.step : edit.id;
  const { text: _, unsent: __, blobs: ___, ...rest } = old ?? {};
  const sent_ms = edit.at_ms + (offset_ms ?? 0);
  laid.put('daily_log', { ...rest, id: edit.entity, day: body.day, ...(body.text && { text: body.text }), ...(body.blobs && { blobs: body.blobs }), state, step, edits: [edit.id, ...beside], sent_ms }, edit);
}

/** @param {Laid} laid @param {EditRecord} edit @param {any} body @param {Me} me */
function orderAnswered(laid, edit, body, me) {
  const { over, author, offset_ms } = JSON.parse(edit.h);
  const answer = { ...body, id: edit.id, verification_order: edit.entity, author, by: me.name, received_ms: edit.at_ms + (offset_ms ?? 0) };
  laid.put('order_answer', over.revision ? { ...answer, covers: over.revision } : answer, edit);
  const old = laid.get('verification_order', edit.entity);
  if (!old || !OPEN.includes(old.state) || (old.state === 'redo' && !(over.step ?? []).includes(old.step))) return;
  const all = [...(laid.kinds.get('order_answer')?.values() ?? [])].filter((row) => row.verification_order === old.id);
  const before = new Set(all.filter(({ id }) => id !== edit.id).map(({ household }) => household));
  const news = old.households.includes(body.household) && !before.has(body.household);
  const left = old.households.some((/** @type {string} */ each) => each !== body.household && !before.has(each) && laid.get('household', each));
  const last = news && !left;
  laid.put('verification_order', last ? { ...old, state: 'reported', step: edit.id } : { ...old, state: 'in_progress' }, edit);
}

/** @param {Laid} laid @param {EditRecord} edit */
function orderReported(laid, edit) {
  const old = laid.get('verification_order', edit.entity);
  if (!old || !OPEN.includes(old.state) || JSON.parse(edit.h).over.step?.[0] !== old.step) return;
  laid.put('verification_order', { ...old, state: 'reported', step: edit.id }, edit);
}

/** When an edit was made, as the server will take it. @param {EditRecord} edit */
const madeMs = (edit) => edit.at_ms + (JSON.parse(edit.h).offset_ms ?? 0);

/** @param {Laid} laid @param {EditRecord} edit */
function patrolStarted(laid, edit) {
  const old = laid.get('patrol', edit.entity) ?? { state: 'running', step: edit.id };
  laid.put('patrol', { ...old, id: edit.entity, started_ms: madeMs(edit) }, edit);
}

/** @param {Laid} laid @param {EditRecord} edit */
function patrolEnded(laid, edit) {
  const old = laid.get('patrol', edit.entity);
  // Ended twice it ended once.
  if (old?.state === 'ended') return;
  const ended_ms = madeMs(edit);
  const lasted = old?.started_ms === undefined ? {} : { lasted_ms: ended_ms - old.started_ms };
  laid.put('patrol', { ...old, id: edit.entity, state: 'ended', step: edit.id, ended_ms, ...lasted }, edit);
}

/** @param {Laid} laid @param {EditRecord} edit @param {any} body without anything where it is taken back */
function patrolNoted(laid, edit, body) {
  const old = laid.get('patrol_note', edit.entity);
  const { over } = JSON.parse(edit.h);
  const beside = (old?.edits ?? []).filter((/** @type {string} */ each) => !(over.revision ?? []).includes(each));
  const known = { id: edit.entity, noted_ms: old?.noted_ms ?? madeMs(edit), edits: [edit.id, ...beside] };
  laid.put('patrol_note', { ...(body.what ? body : { what: 'withdrawn' }), ...known }, edit);
}

/** What is done stands there no more. @param {Laid} laid @param {EditRecord} edit */
function actionDone(laid, edit) {
  laid.kinds.get('action')?.delete(edit.entity);
}

/** @param {Laid} laid @param {EditRecord} edit @param {any} body @param {Me} me */
function careChecked(laid, edit, { pair: of, ...found }, me) {
  const { author } = JSON.parse(edit.h);
  const pair = laid.get('care_pair', of);
  if (!pair) return;
  laid.put('care_check', { ...found, id: edit.id, pair: of, household: pair.household, author, by: me.name, ...(pair.ended_ms && { after_end: true }) }, edit);
  const newer = pair.checked_ms === undefined || found.occurred_at_ms > pair.checked_ms || (found.occurred_at_ms === pair.checked_ms && edit.id > pair.check);
  laid.put('care_pair', newer ? { ...pair, check: edit.id, state: found.state, checked_ms: found.occurred_at_ms } : pair, edit);
}

/** @param {Laid} laid @param {EditRecord} edit */
function careUndone(laid, edit) {
  const check = laid.get('care_check', edit.entity);
  if (!check) return;
  laid.put('care_check', { ...check, undone_ms: edit.at_ms }, edit);
  const pair = laid.get('care_pair', check.pair);
  if (!pair || pair.check !== check.id) return;
  const left = laid.checksOf(pair.id).sort((a, b) => b.occurred_at_ms - a.occurred_at_ms || (a.id < b.id ? 1 : -1))[0];
  const { check: _, state: __, checked_ms: ___, ...rest } = pair;
  laid.put('care_pair', left ? { ...rest, check: left.id, state: left.state, checked_ms: left.occurred_at_ms } : rest, edit);
}

/**
 * Of a pair a grid's phone has one row and a volunteer's another.
 * @param {(laid: Laid, edit: EditRecord, body: any, me: Me) => void} one @param {(laid: Laid, edit: EditRecord, body: any, me: Me) => void} other
 * @returns {(laid: Laid, edit: EditRecord, body: any, me: Me) => void}
 */
const both = (one, other) => (...said) => {
  one(...said);
  other(...said);
};

/** @param {Laid} laid @param {EditRecord} edit @param {any} body @param {Me} me */
function reportMade(laid, edit, body, me) {
  laid.put('report', { ...body, id: edit.id, by: me.name, state: 'open' }, edit);
}

/** @param {Laid} laid @param {EditRecord} edit */
function reportWithdrawn(laid, edit) {
  const row = laid.get('report', edit.entity);
  if (row) laid.put('report', { ...row, state: 'withdrawn' }, edit);
}

/** What a volunteer found at a home of theirs. @param {Laid} laid @param {EditRecord} edit @param {any} body */
function lookedIn(laid, edit, body) {
  const pair = laid.get('paired', body.pair);
  if (!pair) return;
  laid.put('paired_check', { ...body, id: edit.id }, edit);
  laid.put('paired', { ...pair, checked_ms: Math.max(pair.checked_ms ?? 0, body.occurred_at_ms) }, edit);
}

/** @param {Laid} laid @param {EditRecord} edit */
function lookedBack(laid, edit) {
  const check = laid.get('paired_check', edit.entity);
  if (!check) return;
  laid.put('paired_check', { ...check, undone_ms: edit.at_ms }, edit);
  const pair = laid.get('paired', check.pair);
  const left = laid.ownChecksOf(check.pair).map((/** @type {Row} */ each) => each.occurred_at_ms);
  if (pair) laid.put('paired', { ...pair, checked_ms: left.length ? Math.max(...left) : undefined }, edit);
}

/**
 * The door once this visit counts as well: each field the newest of its sort. A promise stands until somebody is met on
 * its day or later.
 * @param {Row} door @param {Row} visit @param {number} offset minutes from UTC @returns {Row}
 */
export function afterVisit(door, visit, offset) {
  const ms = visit.occurred_at_ms;
  const next = { ...door };
  const newer = (/** @type {number | undefined} */ than) => than === undefined || ms >= than;
  if (CONTACT.includes(visit.result) && newer(door.contact_ms)) next.contact_ms = ms;
  if (newer(door.knock_ms)) Object.assign(next, { knock_ms: ms, knock_result: visit.result });
  if (visit.care && newer(door.care_ms)) Object.assign(next, { care: visit.care, care_ms: ms });
  // Rows tell the last contact, not the last meeting: somebody who answered since is taken to have been met.
  const kept = (/** @type {number} */ metMs) => metMs > next.promise_ms && dateText(dayOf(metMs, offset)) >= next.promise_on;
  if (visit.follow_up_on && newer(door.promise_ms)) {
    Object.assign(next, { promise_on: visit.follow_up_on, promise_ms: ms });
    if (kept(door.contact_ms)) delete next.promise_on;
  }
  if (visit.result === 'met' && next.promise_on && kept(ms)) delete next.promise_on;
  // Said to be done without another visit.
  if (visit.kept && visit.kept.on === next.promise_on && ms === next.promise_ms) delete next.promise_on;
  return next;
}

const GROUPS = { contact_ms: [], knock_ms: ['knock_result'], care_ms: ['care'], promise_ms: ['promise_on'] };

/**
 * The door from the visits the phone holds, once one of them was corrected. What rests on a visit it no longer holds
 * (older than ninety days) stays as it was.
 * @param {Row} door @param {Row[]} visits @param {number} oldMs when the corrected visit had been @param {number} offset
 */
function ofVisits(door, visits, oldMs, offset) {
  const ordered = [...visits].sort((a, b) => a.occurred_at_ms - b.occurred_at_ms || (a.id < b.id ? -1 : 1));
  /** @type {Row} */
  let next = { id: door.id };
  for (const visit of ordered) next = afterVisit(next, visit, offset);
  for (const [ms, also] of Object.entries(GROUPS)) {
    const restsElsewhere = door[ms] !== undefined && door[ms] !== oldMs && !visits.some((v) => v.occurred_at_ms === door[ms]);
    if (!restsElsewhere || (next[ms] !== undefined && next[ms] > door[ms])) continue;
    for (const field of [ms, ...also]) next[field] = door[field];
  }
  return next;
}

/** @param {Laid} laid @param {EditRecord} edit @param {any} body */
function buildingAdded(laid, edit, body) {
  laid.put('building', { kind: 'block', ...body, id: edit.id }, edit);
}

/** @param {Laid} laid @param {EditRecord} edit @param {any} body @param {Me} me */
function householdAdded(laid, edit, body, me) {
  const { facts, imported: _, ...place } = body;
  laid.put('household', { ...place, id: edit.id, facts: began(facts, edit, me) }, edit);
  laid.put('door', { id: edit.id }, edit);
}

/** @param {Laid} laid @param {EditRecord} edit @param {any} body @param {Me} me */
function residentAdded(laid, edit, body, me) {
  const tags = Object.fromEntries((body.tags ?? []).map((/** @type {string} */ tag) => [tag, [edit.id]]));
  const facts = began(body.facts, edit, me);
  laid.put('resident', { id: edit.id, household: body.household, facts, tags }, edit);
  touch(laid, body.household, edit);
}

/** @param {string} kind */
function factsStated(kind) {
  return (/** @type {Laid} */ laid, /** @type {EditRecord} */ edit, /** @type {any} */ body, /** @type {Me} */ me) => {
    const row = laid.get(kind, edit.entity);
    if (!row) return;
    const { over } = JSON.parse(edit.h);
    laid.put(kind, { ...row, facts: stated(row.facts ?? {}, body.facts, over, edit, me) }, edit);
    if (row.household) touch(laid, row.household, edit);
  };
}

/** @param {string} kind */
function factUndone(kind) {
  return (/** @type {Laid} */ laid, /** @type {EditRecord} */ edit, /** @type {any} */ body, /** @type {Me} */ me) => {
    const row = laid.get(kind, edit.entity);
    if (!row) return;
    if (body.field.startsWith('tag:')) laid.put(kind, untagged(row, body.field, body.edit, laid.before.get(body.edit), me), edit);
    else laid.put(kind, { ...row, facts: undone(row.facts ?? {}, body.field, body.edit) }, edit);
    if (row.household) touch(laid, row.household, edit);
  };
}

/** @param {Laid} laid @param {EditRecord} edit @param {any} body @param {Me} me */
function residentTagged(laid, edit, body, me) {
  const row = laid.get('resident', edit.entity);
  if (!row) return;
  laid.before.set(edit.id, row);
  laid.put('resident', tagged(row, body, edit, me), edit);
  touch(laid, row.household, edit);
}

/** @type {Map<string, typeof visitRecorded>} */
const KINDS = new Map(Object.entries({
  'building.added': buildingAdded,
  'visit.recorded': visitRecorded,
  'visit.corrected': visitCorrected,
  'visit.kept': visitKept,
  'item.raised': itemRaised,
  ...Object.fromEntries(['moved', 'rated', 'told', 'withdrawn'].map((what) => [`item.${what}`, itemSaid(what)])),
  ...WHISTLE_KINDS,
  'daily_log.sent': logSent,
  'order.answered': orderAnswered,
  'order.reported': orderReported,
  'patrol.started': patrolStarted,
  'patrol.ended': patrolEnded,
  'patrol.noted': patrolNoted,
  'patrol.withdrawn': patrolNoted,
  'action.done': actionDone,
  'report.made': reportMade,
  'care_check.made': both(careChecked, lookedIn),
  'care_check.undone': both(careUndone, lookedBack),
  'report.withdrawn': reportWithdrawn,
  'household.added': householdAdded,
  'household.stated': factsStated('household'),
  'household.undone': factUndone('household'),
  'resident.added': residentAdded,
  'resident.stated': factsStated('resident'),
  'resident.undone': factUndone('resident'),
  'resident.tagged': residentTagged,
}));
