// Facts with edit in place: one row shown, or the same row opened to write in. Twin of server/views/facts.py.

import { byId, first, frame, offsetOf } from './common.js';
import {
  factOf,
  factsOf,
  headOf,
  leavingOf,
  readerOf,
  HOUSEHOLD_FACTS,
  OCCUPANCIES,
  RESIDENT_FACTS,
  TAGS,
  tagChoices,
  tagsOf,
  tagsOver,
} from './people.js';

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'here', resident: 'here' };
export const TEMPLATE = 'field/facts.html';
export const FRAGMENT = 'field/_facts.html';

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  const ofResident = Boolean(params.resident);
  const row = ofResident ? first(rows, 'resident', params.resident) : first(rows, 'household', params.household);
  const fields = ofResident ? RESIDENT_FACTS : HOUSEHOLD_FACTS;
  const household = ofResident ? row && first(rows, 'household', row.household) : row;
  const values = params.values || params.draft?.values;
  if (!row || !household) return null;
  // A field that nobody has is somebody's typing: all facts are shown.
  const field = [...fields, ...(ofResident ? ['tags'] : [])].includes(params.field) ? params.field : null;
  const reader = readerOf(params, nowMs, offset);
  const fact = field && field !== 'tags' ? factOf(row, field, reader) : null;
  return {
    ...frame(rows, nowMs, params, 'doors'),
    household: headOf(household, byId(rows, 'building').get(household.building)),
    whose: ofResident ? 'residents' : 'households',
    id: row.id,
    facts: factsOf(row, fields, reader),
    // What was typed, and the heads that were in view when the form was opened, stay while it is mended.
    fact: fact && values ? { ...fact, value: values.value || '', over: values.over || '' } : fact,
    field: field || '',
    open: Boolean(field) && !params.stated,
    ...ticks(row, field === 'tags' ? values : null),
    leaving: leavingOf(row, reader),
    changed: changedTag(row, params),
    half_tags: reader.half.includes(`fact:residents:${row.id}:tags`),
    decides: reader.decides,
    occupancies: OCCUPANCIES,
    errors: params.errors ?? {},
    unsent: Boolean(row.unsent),
  };
}

/** A tag just given, taken off or kept, which one tap brings back to what it was. @param {import('./common.js').Row} row @param {import('./common.js').Params} params */
function changedTag(row, { tag, undo: edit }) {
  const leaving = /** @type {import('./common.js').Row[]} */ (row.leaving?.[tag] ?? []);
  if (!edit || !TAGS.includes(tag) || leaving.some((head) => head.edit === edit)) return null;
  const now = /** @type {string[]} */ (row.tags?.[tag] ?? []);
  const said = ['gone', 'given'][now.length] ?? 'kept';
  return !now.length || now.includes(edit) ? { tag, edit, said } : null;
}

/**
 * What the address of a person's facts says after tags were changed, so that one tap takes it back.
 * @param {string} kind @param {any} body @param {string} edit
 */
export function undoQuery(kind, body, edit) {
  const tags = [...(body.add ?? []), ...(body.remove ?? [])];
  return kind === 'resident.tagged' && tags.length === 1 ? `?undo=${edit}&tag=${tags[0]}` : '';
}

/**
 * The tags somebody has and may have. Of a half-written form: what was ticked, over what was in view then.
 * @param {import('./common.js').Row} row @param {Record<string, any> | null | undefined} values
 */
function ticks(row, values) {
  const choices = tagChoices(row);
  if (!values) return { tags: tagsOf(row), tag_choices: choices, tags_over: tagsOver(row) };
  const ticked = values.tags || [];
  const before = String(values.had || '').split(',');
  return {
    tags: TAGS.filter((tag) => before.includes(tag)),
    tag_choices: choices.map((choice) => ({ ...choice, had: ticked.includes(choice.tag) })),
    tags_over: values.over || '',
  };
}
