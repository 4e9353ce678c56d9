// Forms about whistles: one is raised, goes a step on, or has a word said about it. Twin of server/field/whistle_forms.py.

import { cleaned, isId } from './sheet.js';
import { given } from './telling.js';
import { readBlobs } from './views/blobs.js';
import { CATEGORIES, NOTED, RATINGS, TITLE_CHARS_MAX, URGENCIES, WAYS } from './views/whistles.js';

/** @typedef {import('./sheet.js').Sheet} Sheet */
/** @typedef {Record<string, any>} About */

const NOTE_CHARS_MAX = 2000;
const PLACE_CHARS_MAX = 60;
const SOURCES = ['visit', 'item', 'patrol_note'];

/** A whistle: without a title it is called by its first words. @param {Sheet} sheet @param {About} about */
function raised(sheet, { grid, now_ms }) {
  const text = sheet.words('text');
  const title = sheet.line('title', TITLE_CHARS_MAX) ?? (text ? brief(text) : null);
  if (title === null && !sheet.errors.title) sheet.wrong('text', 'form.whistle');
  const household = idOf(sheet, 'at_home');
  const source = idOf(sheet, 'source');
  const urgency = sheet.choice('urgency', URGENCIES);
  const body = {
    title,
    occurred_at_ms: now_ms,
    ...given('category', sheet.choice('category', CATEGORIES)),
    ...given('text', text),
    ...given('blobs', readBlobs(sheet.raw('blobs'))),
    ...(urgency && urgency !== 'normal' && { urgency }),
    ...given('household', household),
    ...given('building', household ? null : idOf(sheet, 'building')),
    ...given('place', sheet.line('place', PLACE_CHARS_MAX)),
    ...(source && { source_of: sheet.choice('source_of', SOURCES), source }),
    ...(sheet.raw('consent') === 'yes' && { consent: true }),
  };
  return { kind: 'whistle.raised', grid, over: {}, body };
}

/** The first words of a text, as a title. @param {string} text */
const brief = (text) => cleaned([...cleaned(text).split('\n')[0]].slice(0, TITLE_CHARS_MAX).join(''));

/** @param {Sheet} sheet @param {string} name */
const idOf = (sheet, name) => (isId(sheet.raw(name)) ? sheet.raw(name) : null);

/** A step, over the last one that was in view. @param {Sheet} sheet @param {About} about */
function move(sheet, { grid, whistle }) {
  const to = sheet.raw('to');
  const note = sheet.words('note', NOTE_CHARS_MAX);
  if (!Object.values(WAYS).some((leads) => to in leads)) sheet.wrong('to', 'form.choose');
  else if (note === null && NOTED.includes(to)) sheet.wrong('note', 'form.whistle_why');
  const body = { to, ...given('note', note), ...given('rating', sheet.choice('rating', RATINGS)), ...given('blobs', readBlobs(sheet.raw('blobs'))) };
  return { kind: 'whistle.moved', entity: whistle.id, grid, over: { step: sheet.ids('step') }, body };
}

/** A word about it, or photos; nothing is no news. @param {Sheet} sheet @param {About} about */
function told(sheet, { grid, whistle }) {
  const body = { ...given('note', sheet.words('note', NOTE_CHARS_MAX)), ...given('blobs', readBlobs(sheet.raw('blobs'))) };
  return Object.keys(body).length ? { kind: 'whistle.told', entity: whistle.id, grid, over: {}, body } : null;
}

/** @type {Record<string, (sheet: Sheet, about: About) => any>} */
export const WHISTLE_FORMS = { whistle: raised, whistle_move: move, whistle_told: told };
