// Forms about what asks became: an ask turned by a tap, a step, a telling, a promise that is kept.
// Twin of server/field/item_forms.py. Each reads a sheet and where one stands, to the one edit it makes or null.

import { isId } from './sheet.js';
import { given } from './telling.js';
import { readBlobs, spoken } from './views/blobs.js';
import { ASKS } from './views/common.js';
import { RATINGS, RECORD, SOURCES, SPOKEN, TURNS, WAYS } from './views/items.js';

/** @typedef {import('./sheet.js').Sheet} Sheet */
/** @typedef {Record<string, any>} About */

const NOTE_CHARS_MAX = 500;
const RECORD_CHARS_MAX = 2000;

/** An ask of a visit becomes what somebody tapped, in its own words, or with the voice that said it where nobody wrote it down. @param {Sheet} sheet @param {About} about */
function turn(sheet, about) {
  const { visit } = about;
  const ask = sheet.choice('ask', [...ASKS, SPOKEN]) ?? '';
  const text = visit.asks?.[ask];
  const voices = ask === 'effect' || ask === SPOKEN ? (visit.blobs ?? []).filter(spoken) : [];
  if (!text && !voices.length) return null;
  const said = text ? { text } : { blobs: voices };
  if (ask === 'effect') return rated(sheet, about, said);
  const kind = sheet.choice('kind', TURNS[ask]) ?? sheet.wrong('kind', 'form.choose');
  return raised(about, { kind, ...said });
}

/** @param {Sheet} sheet @param {About} about @param {any} said */
function rated(sheet, about, said) {
  const rating = sheet.choice('rating', RATINGS) ?? sheet.wrong('rating', 'form.choose');
  const [of, id = ''] = sheet.raw('of').split(':');
  const known = isId(id) ? id : null;
  if (of !== 'item' || !known) return raised(about, { kind: 'effect', ...said, ...given('about', known), rating });
  const body = { rating, ...given('note', said.text ?? null), visit: about.visit.id };
  return { kind: 'item.rated', entity: known, grid: about.grid, over: {}, body };
}

/** @param {About} about @param {any} said */
function raised({ grid, household, visit }, said) {
  const body = { ...said, occurred_at_ms: visit.occurred_at_ms, household, source_visit: visit.id };
  return { kind: 'item.raised', grid, over: {}, body };
}

/** A mediation begun by itself: nothing is asked but what it is about. @param {Sheet} sheet @param {About} about */
function mediation(sheet, { grid, household, now_ms }) {
  const text = sheet.words('text');
  const blobs = readBlobs(sheet.raw('blobs'));
  if (text === null && !blobs.length) sheet.wrong('text', 'form.summary');
  const record = recordOf(sheet);
  const body = { kind: 'mediation', ...given('text', text), occurred_at_ms: now_ms, ...given('household', household ?? null), ...given('record', record), ...given('blobs', blobs) };
  return { kind: 'item.raised', grid, over: {}, body };
}

/** A step, over the last one that was in view. @param {Sheet} sheet @param {About} about */
function move(sheet, { grid, item }) {
  const to = sheet.raw('to');
  const note = given('note', sheet.words('note', NOTE_CHARS_MAX));
  const draft = { entity: item.id, grid, over: { step: sheet.ids('step') } };
  if (to === 'withdrawn') return { ...draft, kind: 'item.withdrawn', body: note };
  if (!Object.values(WAYS[item.kind]).some((leads) => leads.includes(to))) sheet.wrong('to', 'form.choose');
  return { ...draft, kind: 'item.moved', body: { to, ...note } };
}

/** How a mediation goes on; told as it stands it is no news. @param {Sheet} sheet @param {About} about */
function told(sheet, { grid, item }) {
  const record = recordOf(sheet);
  const note = sheet.words('note');
  const blobs = readBlobs(sheet.raw('blobs'));
  const was = item.record ?? {};
  const same = Object.keys({ ...record, ...was }).every((field) => record[field] === was[field]);
  const changed = same ? {} : given('record', record);
  if (!(note || 'record' in changed || blobs.length) || item.kind !== 'mediation') return null;
  return { kind: 'item.told', entity: item.id, grid, over: {}, body: { ...given('note', note), ...changed, ...given('blobs', blobs) } };
}

/** What a visit promised is done. @param {Sheet} sheet @param {About} about */
function kept(sheet, { grid, visit }) {
  const note = given('note', sheet.words('note', NOTE_CHARS_MAX));
  if (!visit.follow_up_on) return null;
  return { kind: 'visit.kept', entity: visit.id, grid, over: {}, body: { on: visit.follow_up_on, ...note } };
}

/** @param {Sheet} sheet @returns {Record<string, string>} */
function recordOf(sheet) {
  const words = Object.assign({}, ...RECORD.map((field) => given(field, sheet.words(field, RECORD_CHARS_MAX))));
  return { ...words, ...given('source', sheet.choice('source', SOURCES)), ...given('revisit_on', sheet.day('revisit_on')) };
}

/** @type {Record<string, (sheet: Sheet, about: About) => any>} */
export const ITEM_FORMS = { item: turn, mediation, item_move: move, item_told: told, kept };
