// What has left the phone and what waits, in plain words, with how far each has come.
// Twin of server/views/outbox.py.

import { blobsTold } from './blobs.js';
import { ASKS, byId, dayOf, frame, local, offsetOf, restoredOf, short, shown } from './common.js';
import { personOf } from './doors_at.js';
import { asText, HOUSEHOLD_FACTS, OCCUPANCIES, RESIDENT_FACTS, TAGS } from './people.js';
import { RESULTS } from './visit_form.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {Record<string, Map<string, Row>>} Known */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'all', resident: 'all', visit: 'all', aside: 'all', care_pair: 'all' };
export const TEMPLATE = 'field/outbox.html';

const SHOWN_SENT = 30;
/** What has a name here. Anything else, of a later version say, is some other record. */
const KINDS = [
  ...['visit.recorded', 'visit.corrected', 'visit.settled', 'visit.undone', 'building.added'],
  ...['household.added', 'household.stated', 'household.undone'],
  ...['resident.added', 'resident.stated', 'resident.tagged', 'resident.undone', 'daily_log.sent', 'care_check.made', 'care_check.undone'],
  ...['patrol.started', 'patrol.ended', 'patrol.noted', 'patrol.withdrawn'],
  ...['whistle.raised', 'whistle.moved', 'whistle.told'],
  ...['visit.kept', 'item.raised', 'item.moved', 'item.rated', 'item.told', 'item.withdrawn'],
  'suggestion.made',
  ...['order.answered', 'order.reported'],
  'action.done',
];
const FACTS = [...HOUSEHOLD_FACTS, ...RESIDENT_FACTS];
const YES_NO = ['yes', 'no'];
/** @type {Record<string, string[]>} */
const CHOICES = { occupancy: OCCUPANCIES, lives_here: YES_NO, deceased: YES_NO };
const REASONS = [
  ...['unknown_kind', 'bad_body', 'out_of_scope', 'not_author', 'unknown_entity', 'fork', 'fold_error'],
  ...['needs_decision', 'decided', 'already_in', 'revoked', 'unknown_tag', 'sealed', 'erased'],
];
const STRANGERS = ['unknown_device', 'bad_signature', 'revoked', 'closed'];
const OUT_OF_REACH = ['network', 'timeout', 'offline'];

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  const today = dayOf(nowMs, offset);
  const known = Object.fromEntries(['building', 'household', 'resident', 'visit', 'care_pair'].map((kind) => [kind, byId(rows, kind)]));
  const edits = [...(params.edits ?? [])].sort((a, b) => a.n - b.n);
  const made = new Map(edits.map((edit) => [edit.id, edit]));
  const blobs = params.blobs ?? {};
  const told = (/** @type {Row} */ edit) => ({ ...line(edit, known, made, today, offset), proof: proofOf(edit, params), blobs: blobsTold(edit.body?.blobs, blobs) });
  const lines = edits.map(told);
  const waiting = lines.filter(({ received }) => !received);
  const decided = byId(rows, 'aside');
  const aside = lines.filter((each) => each.aside).reverse();
  const sent = lines.filter((each) => each.received && !each.aside).reverse();
  const { tried_ms: triedMs = null, ok_ms: okMs = null, next_ms: nextMs = null, problem = null, running = false } = params.exchange ?? {};
  const troubled = problem && (okMs === null || triedMs === null || triedMs > okMs);
  return {
    ...frame(rows, nowMs, params, 'outbox'),
    me: params.me || '',
    // Without an exchange it is the server that draws: nothing lies on a phone.
    on_phone: Boolean(params.exchange),
    waiting_edits: waiting,
    oldest: waiting[0]?.at ?? null,
    oldest_today: waiting.length > 0 && waiting[0].today,
    aside_edits: aside.map((each) => ({ ...each, decided: decidedOf(decided.get(each.id), today, offset) })),
    // Half-written forms whose home is no longer on this phone, as the edits they would make.
    halves: (params.halves ?? []).map((/** @type {Row} */ half) => ({ ...told(half), to: half.to })),
    // The file that can be carried by hand; null where nothing waits.
    capsule: waiting.length ? (params.capsule ?? null) : null,
    sent: sent.slice(0, SHOWN_SENT),
    sent_count: sent.length,
    blobs_waiting: Object.values(blobs).filter(({ todo }) => todo).length,
    tried: moment(triedMs, today, offset),
    next: moment(nextMs, today, offset),
    arrived: moment(okMs, today, offset),
    running: Boolean(running),
    revoked: Boolean(params.revoked),
    doubt: Boolean(params.doubt),
    restored: restoredOf(params, nowMs, offset),
    problem: troubled ? problemOf(problem) : null,
  };
}

/** Whether the log was proved to hold it; the server that draws for a phone cannot say. @param {Row} edit @param {import('./common.js').Params} params */
const proofOf = (edit, params) => (params.exchange ? (edit.proved && !params.doubt ? 'yes' : 'wait') : null);

/** @param {number | null} ms @param {number} today @param {number} offset */
const moment = (ms, today, offset) =>
  ms === null ? null : { at: local(ms, offset), today: dayOf(ms, offset) === today };

/** What went wrong as the page says it. @param {string} code */
function problemOf(code) {
  if (STRANGERS.includes(code)) return 'unknown_device';
  return OUT_OF_REACH.includes(code) ? 'network' : 'server';
}

/** @param {Row} edit @param {Known} known @param {Map<string, Row>} made @param {number} today @param {number} offset */
function line(edit, known, made, today, offset) {
  const body = edit.body ?? {};
  const { household, name } = about(edit, body, known, made);
  const receivedMs = edit.received_ms ?? null;
  const of = edit.kind.includes('resident') ? 'resident' : 'household';
  return {
    id: edit.id,
    kind: KINDS.includes(edit.kind) ? edit.kind.replaceAll('.', '_') : 'other',
    at: local(edit.at_ms, offset),
    today: dayOf(edit.at_ms, offset) === today,
    name,
    who: who(edit, body, known, made),
    door: household ? short(known.building.get(household.building), household) : edit.door || '',
    household: household && known.household.has(household.id) ? household.id : null,
    visit: ['visit.recorded', 'visit.corrected'].includes(edit.kind) ? edit.entity : null,
    result: RESULTS.includes(body.result) ? body.result : null,
    mode: body.mode ?? null,
    // What is for the station alone is not read again, not even here.
    words: body.private ? '' : [body.text, ...ASKS.map((ask) => body.asks?.[ask])].filter((text) => text).join(' '),
    facts: Object.entries(body.facts ?? {})
      .filter(([, value]) => value === null || typeof value !== 'object')
      .map(([field, value]) => ({ ...fact(field, asText(value)), of })),
    same: Boolean(edit.same),
    add: (body.add ?? []).filter((/** @type {string} */ tag) => TAGS.includes(tag)),
    remove: (body.remove ?? []).filter((/** @type {string} */ tag) => TAGS.includes(tag)),
    received: local(receivedMs, offset),
    undone: edit.kind.endsWith('.undone') ? undone(body.field || '') : null,
    aside: edit.outcome === 'quarantined' ? (REASONS.includes(edit.reason) ? edit.reason : 'other') : null,
  };
}

/** A fact by its name. One that has none here, or a value without words, is shown as it was written. @param {string} field @param {string} value */
function fact(field, value) {
  const known = FACTS.includes(field) && (!value || (CHOICES[field] ?? [value]).includes(value));
  return { field: known ? field : '', value };
}

/** @param {string} field */
const undone = (field) => (FACTS.includes(field) || field.startsWith('tag:') ? field : '');

/** What a leader decided about an edit that had been set aside. @param {Row | undefined} row @param {number} today @param {number} offset */
function decidedOf(row, today, offset) {
  if (!row) return null;
  const when = { at: local(row.at_ms, offset), today: dayOf(row.at_ms || 0, offset) === today };
  return { decision: row.decision, by: row.by || '', reason: row.reason || '', ...when };
}

/** The household an edit is about and what to call it. @param {Row} edit @param {Row} body @param {Known} known @param {Map<string, Row>} made @returns {{household: Row | null, name: string}} */
function about(edit, body, known, made) {
  if (edit.kind === 'building.added') return { household: null, name: `${body.quarters ?? ''}${body.name ?? ''}` };
  const ref = refOf(edit, body, known, made);
  const household = known.household.get(ref);
  if (household) return { household, name: personOf(household) };
  const own = made.get(ref)?.body;
  return own ? { household: { ...own, id: ref }, name: own.facts?.contact || '' } : { household: null, name: '' };
}

/** What the resident is called whom an edit is about; nothing where it is about nobody, or nobody said. @param {Row} edit @param {Row} body @param {Known} known @param {Map<string, Row>} made @returns {string} */
function who({ kind, entity }, body, known, made) {
  if (!KINDS.includes(kind) || !kind.startsWith('resident.')) return '';
  const resident = known.resident.get(entity);
  const added = kind === 'resident.added' ? body : made.get(entity)?.body;
  const name = resident ? shown(resident, 'name') : added?.facts?.name;
  return typeof name === 'string' ? name : '';
}

/** @param {Row} edit @param {Row} body @param {Known} known @param {Map<string, Row>} made @returns {string} */
function refOf({ kind, entity }, body, known, made) {
  if (kind.startsWith('visit.')) return body.household || known.visit.get(entity)?.household;
  if (kind.startsWith('care_check.')) return known.care_pair.get(body.pair)?.household;
  if (['resident.added', 'item.raised', 'whistle.raised'].includes(kind)) return body.household;
  if (kind.startsWith('resident.')) return known.resident.get(entity)?.household ?? made.get(entity)?.body?.household;
  return entity;
}
