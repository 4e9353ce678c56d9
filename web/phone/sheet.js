// A filled-in form, read field by field: what was typed becomes values, what cannot be read becomes errors.
//
// Twin of server/field/sheet.py; tests/vectors/forms.json pins both. An error is the key of the words shown beside the
// field.

import { cleanText } from './edit.js';

/** @typedef {Record<string, string | string[]>} Data */

export const TEXT_CHARS_MAX = 10_000;
const NAMES_MAX = 20;
const NAME_CHARS_MAX = 60;
const OVER_MAX = 50;
const YEAR_MIN = 2000; // visits kept on paper were written up since then
const SOON_MS = 60_000; // a form's time has no seconds

const HEAD = /^[ \t\n\u00a0\u3000]+/;
const TAIL = /[ \t\n\u00a0\u3000]+$/;
const BREAK = /[ \t]*\n[ \t\n]*/g;
const COMMA = /[、,，;；\n]/;
const PHONE = /^[0-9+*#() /-]{3,}$/;
const DAY = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const MOMENT = /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?$/;
const NUMBER = /^[-−]?[0-9]{1,9}$/;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Text as it may enter an edit: one kind of line end, no control characters, no blank end. How it begins is its author's.
 * @param {string} text
 */
const asTyped = (text) => cleanText(text.replace(/\r\n?/g, '\n')).replace(TAIL, '');

/** One line as it may enter an edit: as asTyped, and nothing blank before it. @param {string} text */
export const cleaned = (text) => asTyped(text).replace(HEAD, '');

/** Full-width digits, letters and signs as ASCII: ５０１ is 501. @param {string} text */
export const narrow = (text) =>
  text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/** Whether a text is a UUIDv7 as we write them. @param {string} text */
export const isId = (text) => ID.test(text);

/** Code points, as Python counts them. @param {string} text */
const signs = (text) => [...text].length;

/** Midnight UTC of a day of the calendar, or null. @param {string} text */
export function dayOf(text) {
  const found = DAY.exec(text);
  if (!found || found[1] === '0000') return null;
  const midnight = new Date(`${text}T00:00:00Z`);
  // The 31st of February is read by some as a day in March.
  return Number.isNaN(midnight.getTime()) || midnight.getUTCDate() !== Number(found[3]) ? null : midnight.getTime();
}

/** One form as it was sent. Reading a field that is wrong answers null and notes why. */
export class Sheet {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    /** @type {Record<string, string>} */
    this.errors = {};
  }

  /** Note what is wrong with a field; the first reason stands. @param {string} name @param {string} why */
  wrong(name, why) {
    this.errors[name] ??= why;
    return null;
  }

  /** Whether the form had such a field at all. @param {string} name */
  has(name) {
    return Object.prototype.hasOwnProperty.call(this.data, name);
  }

  /** Every value sent under a name. @param {string} name */
  all(name) {
    const sent = this.has(name) ? this.data[name] : [];
    return typeof sent === 'string' ? [sent] : [...sent];
  }

  /** The value as it came, '' when none did. @param {string} name */
  raw(name) {
    return this.all(name)[0] ?? '';
  }

  /** Text of any number of lines; null when there is none. @param {string} name @param {number} [limit] */
  words(name, limit = TEXT_CHARS_MAX) {
    const text = asTyped(this.raw(name));
    return signs(text) > limit ? this.wrong(name, `form.too_long.${limit}`) : text || null;
  }

  /** Text of one line. @param {string} name @param {number} limit */
  line(name, limit) {
    const text = cleaned(this.raw(name)).replace(BREAK, ' ');
    return signs(text) > limit ? this.wrong(name, `form.too_long.${limit}`) : text || null;
  }

  /** One of a few words; null when none was chosen. @param {string} name @param {readonly string[]} allowed */
  choice(name, allowed) {
    const text = this.raw(name);
    return text && !allowed.includes(text) ? this.wrong(name, 'form.choose') : text || null;
  }

  /** The ticked ones, in our order. @param {string} name @param {readonly string[]} allowed */
  ticks(name, allowed) {
    const sent = this.all(name);
    if (sent.some((each) => !allowed.includes(each))) this.wrong(name, 'form.choose');
    return allowed.filter((each) => sent.includes(each));
  }

  /**
   * A whole number between two.
   * @param {string} name @param {number} least @param {number} most @param {string} [why]
   */
  number(name, least, most, why = 'form.number') {
    const text = narrow(cleaned(this.raw(name)));
    if (!text) return null;
    const value = NUMBER.test(text) ? Number(text.replace('−', '-')) + 0 : NaN;
    return value >= least && value <= most ? value : this.wrong(name, why);
  }

  /** A telephone number as people write it. @param {string} name @param {number} limit */
  phone(name, limit) {
    const line = this.line(name, limit);
    if (line === null) return null;
    const text = narrow(line);
    return PHONE.test(text) ? text : this.wrong(name, 'form.phone');
  }

  /** Several names, with commas of any kind between them. @param {string} name @returns {string[]} */
  names(name) {
    const parts = cleaned(this.raw(name)).split(COMMA).map((part) => cleaned(part).replace(BREAK, ' '));
    const found = [...new Set(parts.filter(Boolean))];
    if (found.length <= NAMES_MAX && found.every((each) => signs(each) <= NAME_CHARS_MAX)) return found;
    this.wrong(name, 'form.names');
    return [];
  }

  /** A day as ISO text. @param {string} name */
  day(name) {
    const text = cleaned(this.raw(name));
    return text && dayOf(text) === null ? this.wrong(name, 'form.day') : text || null;
  }

  /**
   * Local date and time to the minute, as milliseconds; not in the future.
   * @param {string} name @param {number} nowMs @param {number} offsetMin
   */
  moment(name, nowMs, offsetMin) {
    const text = cleaned(this.raw(name));
    if (!text) return null;
    const found = MOMENT.exec(text);
    const midnight = found ? dayOf(found[1]) : null;
    if (!found || midnight === null || Number(text.slice(0, 4)) < YEAR_MIN) return this.wrong(name, 'form.moment');
    const ms = midnight + (Number(found[2]) * 60 + Number(found[3]) - offsetMin) * 60_000;
    return ms > nowMs + SOON_MS ? this.wrong(name, 'form.future') : ms;
  }

  /** Ids with commas between them: the edits that were in view when the form was opened. @param {string} name */
  ids(name) {
    return this.raw(name).split(',').filter(isId).slice(0, OVER_MAX);
  }
}
