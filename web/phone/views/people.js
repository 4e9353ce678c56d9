// People and facts as pages show them: every value nobody has replaced, who said it and when.
// Twin of server/views/people.py.

import { differs, heads, local, place, short, shown, valueOf } from './common.js';
import { personOf } from './doors_at.js';

/** @typedef {import('./common.js').Row} Row */

export const HOUSEHOLD_FACTS = ['contact', 'phone', 'occupancy', 'headcount', 'note'];
export const RESIDENT_FACTS = ['name', 'relation', 'birth_year', 'phone', 'lives_here', 'note'];
export const OCCUPANCIES = ['owner', 'rented', 'vacant', 'shop', 'unknown'];
export const TAGS = [
  'elder_alone',
  'elder_couple',
  'disabled',
  'low_income',
  'left_behind_child',
  'child_hardship',
  'bereaved_parents',
  'veteran',
  'floating',
];

/** What names a household on every page about it. @param {Row} household @param {Row | null | undefined} building */
export const headOf = (household, building) => ({
  id: household.id,
  building: household.building,
  kind: household.kind || 'home',
  name: personOf(household),
  place: place(building, household),
  short: short(building, household),
  unsent: Boolean(household.unsent),
});

/** One fact: what is shown, whether people differ, and the heads a new value will replace. @param {Row} row @param {string} field @param {number} offset */
export function factOf(row, field, offset) {
  const known = heads(row, field);
  const different = known.filter((head, i) => known.findIndex((other) => valueOf(other) === valueOf(head)) === i);
  return {
    field,
    value: asText(shown(row, field)),
    known: known.length > 0,
    over: known.map(({ edit }) => edit).join(','),
    differs: differs(row, field),
    heads: different.map((head) => ({ value: asText(head.value), by: head.by || '', at: local(head.at_ms, offset) })),
  };
}

/** A fact's value as forms carry it. @param {any} value @returns {string} */
export function asText(value) {
  if ((value ?? null) === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

/** The tags pages name. Any other tag is nobody's business here. @param {Row} row */
export const tagsOf = (row) => TAGS.filter((tag) => row.tags?.[tag]?.length);

/** A resident as one line of the household. @param {Row} resident */
export const personRow = (resident) => ({
  id: resident.id,
  relation: asText(shown(resident, 'relation')),
  name: asText(shown(resident, 'name')),
  birth_year: asText(shown(resident, 'birth_year')),
  phone: asText(shown(resident, 'phone')),
  elsewhere: shown(resident, 'lives_here') === false,
  note: asText(shown(resident, 'note')),
  tags: tagsOf(resident),
  differs: RESIDENT_FACTS.some((field) => differs(resident, field)),
  unsent: Boolean(resident.unsent),
});

/** All facts in the order pages show them. @param {Row} row @param {string[]} fields @param {number} offset */
export const factsOf = (row, fields, offset) => fields.map((field) => factOf(row, field, offset));

/** Every tag with a tick where somebody set it. @param {Row} row */
export function tagChoices(row) {
  const had = tagsOf(row);
  return TAGS.map((tag) => ({ tag, had: had.includes(tag) }));
}

/** The additions a removal would cover, as `tag:edit` pairs. @param {Row} row */
export const tagsOver = (row) =>
  TAGS.flatMap((tag) => (row.tags?.[tag] ?? []).map((/** @type {string} */ edit) => `${tag}:${edit}`)).join(',');

/** The first input of a form that is wrong, where the reader goes on. @param {import('./common.js').Params} params @param {string[]} names */
export const firstWrong = ({ errors }, names) => names.find((name) => errors?.[name]) ?? '';

/** What the inputs of a form hold: what was just sent, else the draft, else what is given. @param {import('./common.js').Params} params @param {string[]} names @param {Record<string, any>} given */
export function formState(params, names, given) {
  const source = params.values ?? { ...given, ...params.draft?.values };
  return Object.fromEntries(names.map((name) => [name, source[name] ?? '']));
}
