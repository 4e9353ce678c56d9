// People and facts as pages show them: every value nobody has replaced, who said it and when.
// Twin of server/views/people.py.

import { dayOf, differs, heads, local, place, short, shown } from './common.js';
import { personOf } from './doors_at.js';
import { halfKeys } from './half.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {{me: string, decides: boolean, offset: number, today: number, fresh: boolean, half: string[]}} Reader */

export const HOUSEHOLD_FACTS = ['contact', 'phone', 'occupancy', 'headcount', 'note'];
export const RESIDENT_FACTS = ['name', 'relation', 'birth_year', 'phone', 'lives_here', 'deceased', 'note'];
/** Facts of which some values are only proposed until a leader decides (sync/rules/table.py). */
export const ASKING = ['occupancy', 'lives_here', 'deceased'];
export const DECIDING = ['grid_leader', 'station_master'];
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
  grid: household.grid || '',
  unsent: Boolean(household.unsent),
});

/**
 * Who reads the page, and on which day: what they may decide, and which words are their own.
 * @param {import('./common.js').Params} params @param {number} nowMs @param {number} offset @returns {Reader}
 */
export const readerOf = (params, nowMs, offset) => ({
  me: params.me || '',
  decides: DECIDING.includes(params.role),
  offset,
  today: dayOf(nowMs, offset),
  // Just stated on this very page: it can be taken back.
  fresh: Boolean(params.stated),
  half: halfKeys(params),
});

/**
 * One fact: what is shown, the heads a new value will replace, and where people differ or somebody must decide, every
 * value with who wrote it, when, and what they had in view.
 * @param {Row} row @param {string} field @param {Reader} reader
 */
export function factOf(row, field, reader) {
  const known = heads(row, field);
  const open = differs(row, field);
  return {
    field,
    value: asText(shown(row, field)),
    known: known.length > 0,
    over: known.map(({ edit }) => edit).join(','),
    half: reader.half.some((key) => key.endsWith(`:${row.id}:${field}`)),
    differs: open,
    asked: known.filter((head) => head.proposed).map((head) => askedOf(head, reader)),
    heads: open ? valuesOf(known, reader) : [],
    settled: open ? null : settledOf(known, field, reader),
  };
}

/** A value that waits for a leader: who proposed it, and the edit to take back where that was the reader. @param {Row} head @param {Reader} reader */
function askedOf(head, reader) {
  const mine = isMine(head, reader);
  return { by: head.by || '', mine, edit: mine ? head.edit : '' };
}

/** @param {Row} head @param {Reader} reader */
const isMine = (head, { me }) => Boolean(me) && head.by === me;

/**
 * The different values, each once; `pick` where the reader's tap settles it. What is only proposed where nothing stood
 * stands beside that: nothing.
 * @param {Row[]} known @param {Reader} reader
 */
function valuesOf(known, reader) {
  /** @type {{value: string, proposed: boolean, heads: Row[]}[]} */
  const kinds = known.every((head) => head.proposed) ? [{ value: '', proposed: false, heads: [] }] : [];
  for (const head of known) {
    const value = asText(head.value);
    const proposed = Boolean(head.proposed);
    const same = kinds.find((kind) => kind.value === value && kind.proposed === proposed);
    if (same) same.heads.push(head);
    else kinds.push({ value, proposed, heads: [head] });
  }
  const standing = kinds.filter(({ proposed }) => !proposed).length;
  return kinds.map(({ value, proposed, heads: each }) => ({
    value,
    proposed,
    pick: reader.decides || standing === kinds.length || (standing > 1 && !proposed),
    told: each.map((head) => ({ ...wroteOf(head, reader), saw: seenOf(head) })),
  }));
}

/** The different values somebody had in view. @param {Row} head @returns {string[]} */
const seenOf = (head) => [...new Set((head.saw ?? []).map((/** @type {Row} */ each) => asText(each.value)))];

/** @param {Row} head @param {Reader} reader */
function wroteOf(head, { offset, today }) {
  const atMs = head.at_ms ?? null;
  return { by: head.by || '', at: local(atMs, offset), today: atMs !== null && dayOf(atMs, offset) === today };
}

/** What somebody settled, and the edit that undoes it where the reader may. @param {Row[]} known @param {string} field @param {Reader} reader */
function settledOf(known, field, reader) {
  for (const head of known) {
    const values = seenOf(head);
    const changed = reader.fresh && values.some((value) => value !== asText(head.value));
    if (values.length > 1 || (head.saw ?? []).some((/** @type {Row} */ each) => each.proposed) || changed) {
      const may = !ASKING.includes(field) || reader.decides || isMine(head, reader);
      return { ...wroteOf(head, reader), saw: values, undo: may ? head.edit : '' };
    }
  }
  return null;
}

/** A fact's value as forms carry it. @param {any} value @returns {string} */
export function asText(value) {
  if ((value ?? null) === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

/** The tags pages name. Any other tag is nobody's business here. @param {Row} row */
export const tagsOf = (row) => TAGS.filter((tag) => row.tags?.[tag]?.length);

/** A resident as one line of the household. @param {Row} resident @param {string[]} half see halfKeys */
export const personRow = (resident, half) => ({
  id: resident.id,
  relation: asText(shown(resident, 'relation')),
  name: asText(shown(resident, 'name')),
  birth_year: asText(shown(resident, 'birth_year')),
  phone: asText(shown(resident, 'phone')),
  elsewhere: shown(resident, 'lives_here') === false,
  deceased: shown(resident, 'deceased') === true,
  note: asText(shown(resident, 'note')),
  tags: tagsOf(resident),
  // What only waits to be confirmed is told by itself.
  differs: RESIDENT_FACTS.some((field) => differs(resident, field) && !heads(resident, field).some((head) => head.proposed)),
  asked: ASKING.flatMap((field) =>
    heads(resident, field).flatMap((head) => (head.proposed ? [{ field, by: head.by || '' }] : [])),
  ),
  leaving: TAGS.filter((tag) => resident.leaving?.[tag]?.length),
  unsent: Boolean(resident.unsent),
  half: half.some((key) => key.startsWith(`fact:residents:${resident.id}:`)),
});

/** All facts in the order pages show them. @param {Row} row @param {string[]} fields @param {Reader} reader */
export const factsOf = (row, fields, reader) => fields.map((field) => factOf(row, field, reader));

/** Every tag with a tick where somebody set it. @param {Row} row */
export function tagChoices(row) {
  const had = tagsOf(row);
  return TAGS.map((tag) => ({ tag, had: had.includes(tag) }));
}

/** What a change of tags would cover, additions and proposed removals, as `tag:edit` pairs. @param {Row} row */
export const tagsOver = (row) => TAGS.flatMap((tag) => saidOf(row, tag).map((edit) => `${tag}:${edit}`)).join(',');

/** @param {Row} row @param {string} tag @returns {string[]} */
const saidOf = (row, tag) => [...(row.tags?.[tag] ?? []), ...(row.leaving?.[tag] ?? []).map((/** @type {Row} */ head) => head.edit)];

/** Tags that somebody proposes to take off; `mine` where the reader did: they may take that back. @param {Row} row @param {Reader} reader */
export const leavingOf = (row, reader) =>
  TAGS.filter((tag) => row.leaving?.[tag]?.length).map((tag) => {
    /** @type {Row[]} */
    const asked = row.leaving[tag];
    return {
      tag,
      told: asked.map((head) => ({ ...wroteOf(head, reader), mine: isMine(head, reader) })),
      mine: asked.filter((head) => isMine(head, reader)).map((head) => `${tag}:${head.edit}`).join(','),
      over: saidOf(row, tag).map((edit) => `${tag}:${edit}`).join(','),
    };
  });

/** The first input of a form that is wrong, where the reader goes on. @param {import('./common.js').Params} params @param {string[]} names */
export const firstWrong = ({ errors }, names) => names.find((name) => errors?.[name]) ?? '';

/** What the inputs of a form hold: what was just sent, else the draft, else what is given. @param {import('./common.js').Params} params @param {string[]} names @param {Record<string, any>} given */
export function formState(params, names, given) {
  const source = params.values ?? { ...given, ...params.draft?.values };
  return Object.fromEntries(names.map((name) => [name, source[name] ?? '']));
}
