// A visit as its form tells it, and whether that is what stands there already. Twin of server/field/telling.py.

import { readBlobs, writeBlobs } from './views/blobs.js';
import { ASKS, local, modeOf } from './views/common.js';
import { CARES, MODES, RESULTS } from './views/visit_form.js';

/** @typedef {import('./sheet.js').Sheet} Sheet */

export const NAME_CHARS_MAX = 60;
const QUICK = ['no_answer', 'all_well'];
const MINUTE_CHARS = '2026-11-20T10:36'.length;
const PLAIN = ['household', 'occurred_at_ms', 'mode', 'result', 'text', 'who_met', 'care', 'follow_up_on'];

/**
 * The visit's body; `wasMs` keeps the seconds of a time that was not touched.
 * @param {Sheet} sheet @param {Record<string, any>} about @param {string} household @param {number | null} wasMs
 */
export function visitBody(sheet, about, household, wasMs) {
  const { now_ms: nowMs, offset_min: offsetMin } = about;
  const quick = sheet.choice('quick', QUICK);
  const quickResult = quick === 'all_well' ? 'met' : quick;
  const result = quickResult ?? sheet.choice('result', RESULTS) ?? sheet.wrong('result', 'form.result');
  let occurredMs = sheet.moment('occurred_at', nowMs, offsetMin) ?? wasMs ?? nowMs;
  if (wasMs !== null && minute(wasMs, offsetMin) === minute(occurredMs, offsetMin)) occurredMs = wasMs;
  const asks = Object.fromEntries(ASKS.map((name) => [name, sheet.words(name)]).filter(([, words]) => words));
  const followUpOn = followUp(sheet, minute(occurredMs, offsetMin).slice(0, 10));
  return {
    household,
    occurred_at_ms: occurredMs,
    mode: sheet.choice('mode', MODES) ?? modeOf(occurredMs, offsetMin),
    result,
    ...given('text', sheet.words('text')),
    ...given('who_met', sheet.line('who_met', NAME_CHARS_MAX)),
    ...given('companions', sheet.names('companions')),
    ...given('asks', asks),
    ...given('care', sheet.choice('care', CARES) ?? (quick === 'all_well' ? 'ok' : null)),
    ...given('follow_up_on', followUpOn),
    ...given('blobs', readBlobs(sheet.raw('blobs'))),
    ...(sheet.raw('private') === 'yes' && { private: true }),
  };
}

/** A moment in local time as forms write it. @param {number} ms @param {number} offsetMin */
export const minute = (ms, offsetMin) => (local(ms, offsetMin) ?? '').slice(0, MINUTE_CHARS);

/**
 * The day promised: one of those offered, or the one picked. Never before the visit.
 * @param {Sheet} sheet @param {string} visitedOn
 */
function followUp(sheet, visitedOn) {
  const chosen = sheet.raw('follow_up');
  if (sheet.has('follow_up') && chosen === '') return null;
  const picked = chosen === 'pick';
  if (picked && !sheet.words('follow_up_on')) return sheet.wrong('follow_up_on', 'form.which_day');
  const day = sheet.day(chosen === '' || picked ? 'follow_up_on' : 'follow_up');
  return day !== null && day < visitedOn ? sheet.wrong('follow_up_on', 'form.before') : day;
}

/**
 * Whether a visit is told just as it stands. Where several tellings stand, telling one again settles it.
 * @param {Record<string, any>} body @param {Record<string, any>} old
 */
export const sameTelling = (body, old) => (old.heads ?? []).length < 2 && told(body) === told(old);

/** @param {Record<string, any>} visit */
function told({ asks = {}, companions = [], blobs = [], private: apart = false, ...visit }) {
  const plain = [...PLAIN.map((name) => visit[name] ?? ''), ...ASKS.map((ask) => asks[ask] ?? '')];
  return JSON.stringify([...plain, companions, writeBlobs(blobs), !!apart]);
}

/** A key for a value that was given; nothing for nothing. @param {string} name @param {any} value */
export const given = (name, value) =>
  value === null || (typeof value === 'object' && !Object.keys(value).length) ? {} : { [name]: value };
