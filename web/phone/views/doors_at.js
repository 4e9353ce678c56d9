// How one door stands today: how worn its paint is, what hangs on it, and whether somebody should knock.
// Twin of server/views/doors_at.py.

import { dateText, dayOf, differs, heads, shown } from './common.js';

/** @typedef {import('./common.js').Row} Row */

export const STEP_DAYS = [30, 60, 90];
/** @type {Record<string, number>} DOMAIN §3.2: high risk weekly, key monthly */
export const CARE_DAYS = { urgent: 7, watch: 30 };
/** Results that paint a door. */
export const CONTACT = ['met', 'inconvenient'];
/** Most urgent first; a door shows two, its name says all. */
export const MARKS = ['due', 'promise', 'unsent', 'differ', 'care'];

const BRIEF_CHARS_MAX = 6;
const ROOM_WIDE_MAX = 4;

/** How worn a door's paint is: 1 fresh … 4 bare. @param {number | null} days */
export const stepOf = (days) => (days === null ? 4 : STEP_DAYS.filter((limit) => days > limit).length + 1);

/** Why a door takes no paint: a shop, or nobody lives there. @param {Row} household */
export function unpainted(household) {
  const occupancy = shown(household, 'occupancy');
  if (household.kind === 'shop' || occupancy === 'shop') return 'shop';
  return occupancy === 'vacant' ? 'vacant' : null;
}

/** Whole local days from a moment to today, never below nought. @param {number | null | undefined} ms @param {number} today @param {number} offset */
export const daysSince = (ms, today, offset) =>
  (ms ?? null) === null ? null : Math.max(0, today - dayOf(Number(ms), offset));

/** Why somebody should knock today. @param {Row} household @param {Row} door @param {number} today @param {number} offset */
export function reasonOf(household, door, today, offset) {
  if (door.promise_on && door.promise_on <= dateText(today)) return 'promise';
  const days = daysSince(door.contact_ms, today, offset);
  const limit = CARE_DAYS[door.care ?? ''] ?? null;
  if (limit !== null && (days === null || days >= limit)) return 'care';
  if (unpainted(household)) return null;
  if (days === null) return 'never';
  return days > STEP_DAYS[2] ? 'long' : null;
}

/** Who is knocked for first: promises (today's, then the latest), care, the longest unseen. @param {Row} door @param {string} reason @returns {number[]} */
export function dueOrder(door, reason) {
  const contactMs = door.contact_ms ?? 0;
  if (reason === 'promise') return [0, -Number(door.promise_on.replaceAll('-', '')), contactMs];
  if (reason === 'care') return [1, door.care === 'urgent' ? 0 : 1, contactMs];
  return [2, 0, contactMs];
}

/** The result of a knock since the last meeting that met nobody. @param {Row} door @returns {string | null} */
export function knockedWithout(door) {
  const { knock_ms: knockMs = null, knock_result: result = null } = door;
  if (knockMs === null || result === null || CONTACT.includes(result)) return null;
  return knockMs <= (door.contact_ms ?? 0) ? null : result;
}

/** A door as drawn anywhere. @param {Row} household @param {Row} door @param {number} today @param {number} offset */
export function lookOf(household, door, today, offset) {
  const days = daysSince(door.contact_ms, today, offset);
  const whyBare = unpainted(household);
  const reason = reasonOf(household, door, today, offset);
  const promiseOn = door.promise_on ?? null;
  /** @type {Record<string, boolean>} */
  const hung = {
    due: reason !== null && (reason !== 'promise' || promiseOn !== dateText(today)),
    promise: Boolean(promiseOn),
    unsent: Boolean(household.unsent || door.unsent),
    differ: Object.keys(household.facts ?? {}).some((field) => differs(household, field)),
    care: (door.care ?? '') in CARE_DAYS,
  };
  const marks = MARKS.filter((mark) => hung[mark]);
  const room = household.room ?? '';
  return {
    id: household.id,
    room,
    brief: brief(room),
    long: wide(room) > ROOM_WIDE_MAX,
    age: whyBare ? 0 : stepOf(days),
    label: whyBare ?? (days === null ? 'never' : days ? 'days' : 'today'),
    days: days ?? 0,
    marks: marks.slice(0, 2).reverse(),
    says: marks,
    knock: knockedWithout(door),
    due: reason !== null,
  };
}

/** A number short enough for a door: long ones keep their end, which tells them apart, if need be below. @param {string} room */
function brief(room) {
  const signs = [...room];
  return signs.length <= BRIEF_CHARS_MAX ? room : `${signs.slice(0, 2).join('')}…\u200b${signs.slice(-3).join('')}`;
}

/** How wide a number stands: a Chinese sign takes the room of two digits. @param {string} room */
const wide = (room) => [...room].reduce((all, sign) => all + (sign < '\u0080' ? 1 : 2), 0);

/** What the household is called: its contact, or nothing. @param {Row} household @returns {string} */
export const personOf = (household) => heads(household, 'contact')[0]?.value || '';
