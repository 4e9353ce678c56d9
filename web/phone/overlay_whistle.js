// What this phone has said of whistles, laid over their rows: a prediction of sync/rules/whistle.py.

import { WAYS, stepsOf } from './views/whistles.js';

/** @typedef {import('./types.js').EditRecord} EditRecord */
/** @typedef {Record<string, any>} Row */
/** @typedef {{get: (kind: string, id: string) => Row | undefined, put: (kind: string, row: Row, edit: EditRecord) => void}} Laid */
/** @typedef {{name: string, role: string}} Me */

/** When an edit was made, by the server's clock as far as the phone knew it. @param {EditRecord} edit @param {any} header */
const saidMs = (edit, { offset_ms }) => edit.at_ms + (offset_ms ?? 0);

/** @param {Laid} laid @param {EditRecord} edit @param {any} body @param {Me} me */
function raised(laid, edit, body, me) {
  const header = JSON.parse(edit.h);
  const building = body.building ?? laid.get('household', body.household)?.building;
  const first = { author: header.author, by: me.name, first_owner: header.author, first_owner_name: me.name };
  const begun = { state: 'reported', step: edit.id, stepped_by: me.name, stepped_ms: saidMs(edit, header) };
  laid.put('whistle', { kind: 'problem', urgency: 'normal', level: 1, channel: 'worker', ...body, ...(building && { building }), id: edit.id, ...first, ...begun }, edit);
}

/** A step, or a word. @param {Laid} laid @param {EditRecord} edit @param {any} body @param {Me} me */
function said(laid, edit, { to, note, rating, blobs }, me) {
  const old = laid.get('whistle', edit.entity);
  if (!old) return;
  const header = JSON.parse(edit.h);
  const why = to && whyNot(old, to, header, me.role);
  const told = { edit: edit.id, author: header.author, by: me.name, at_ms: saidMs(edit, header), ...(to && { to }), ...(note && { note }), ...(rating && { rating }), ...(blobs && { blobs }), ...(why && { why }) };
  const now = to && !why && { state: to, step: edit.id, stepped_by: me.name, stepped_ms: told.at_ms, ...(rating && { rating }), ...(to === 'self_resolved' && { result: note }) };
  laid.put('whistle', { ...old, ...now, story: [...(old.story ?? []), told] }, edit);
}

/** @param {Row} old @param {string} to @param {any} header @param {string} role */
function whyNot(old, to, { over, author }, role) {
  if (over.step?.[0] !== old.step) return 'stale';
  if (!WAYS[old.state]?.[to]) return 'impossible';
  return stepsOf(old, { person: author, role }).includes(to) ? null : 'not_theirs';
}

export const WHISTLE_KINDS = { 'whistle.raised': raised, 'whistle.moved': said, 'whistle.told': said };
