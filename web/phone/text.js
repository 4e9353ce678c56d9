/**
 * Words, numbers and dates in the reader's language: the JavaScript half of server/text.py.
 *
 * Dates come in as ISO text in local time; what is not such a date goes out as it came. No Date and no Intl are asked,
 * so two engines cannot disagree. tests/vectors/i18n.json pins both halves.
 */
import { catalogues } from '../build/catalogues.js';

/** @typedef {'zh' | 'en'} Lang */
/** @typedef {string | { one: string, other: string }} Message */

const MOMENT = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?)?$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};
const SHIFTS = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];

/** The places of the catalogues that dates stand in. */
export const DATES = ['at', 'came', 'date', 'day', 'on', 'until', 'weekday', 'when'];

/** Where missing words and values are reported: a test makes it throw, a phone shows the page all the same. */
export const trouble = {
  /** @param {string} what */
  report(what) {
    console.warn(what);
  },
};

const own = (/** @type {object} */ object, /** @type {string} */ key) => Object.prototype.hasOwnProperty.call(object, key);

/**
 * A value as a template prints it, before escaping. Booleans print as Python prints them.
 * @param {unknown} value
 * @returns {string}
 */
export function plain(value) {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

/**
 * The words for `key`, its {places} filled from `args`; the argument `n` is a count and chooses the plural.
 * @param {Lang} lang
 * @param {string} key
 * @param {Record<string, unknown>} [args]
 * @param {Record<string, Message>} [catalogue]
 * @returns {string}
 */
export function t(lang, key, args = {}, catalogue = catalogues[lang]) {
  if (!own(catalogue, key)) {
    trouble.report(`no words for '${key}' in ${lang}`);
    return plain(key);
  }
  const message = catalogue[key];
  const text = typeof message === 'string' ? message : message[isOne(args.n) ? 'one' : 'other'];
  return text.replace(/\{([a-z_]+)\}/g, (place, name) => {
    if (!own(args, name) || args[name] === undefined) {
      trouble.report(`'${key}' needs '${name}'`);
      return place;
    }
    return name === 'n' ? num(lang, args[name]) : plain(args[name]);
  });
}

/** @param {unknown} n */
const isOne = n => n === 1 || n === true;

/**
 * A whole number with its thousands apart: 2,064. Anything else as it came.
 * @param {Lang} lang
 * @param {unknown} value
 */
export function num(lang, value) {
  return Number.isInteger(value) ? String(value).replace(/\B(?=(\d{3})+$)/g, ',') : plain(value);
}

/**
 * Year, month and day as numbers; hour, minute and second as written.
 * @param {unknown} text
 */
function parts(text) {
  const found = typeof text === 'string' ? MOMENT.exec(text) : null;
  if (!found) return null;
  const [, year, month, date, hour = '', minute = '', second = ''] = found;
  return { year: Number(year), month: Number(month), day: Number(date), hour, minute, second };
}

/** 11月20日, 20 Nov. @param {Lang} lang @param {unknown} text */
export function day(lang, text) {
  const at = parts(text);
  if (!at) return plain(text);
  return lang === 'en' ? `${at.day} ${MONTHS[at.month - 1]}` : `${at.month}月${at.day}日`;
}

/** 2026年11月20日, 20 Nov 2026. @param {Lang} lang @param {unknown} text */
export function date(lang, text) {
  const at = parts(text);
  if (!at) return plain(text);
  return lang === 'en' ? `${at.day} ${MONTHS[at.month - 1]} ${at.year}` : `${at.year}年${at.month}月${at.day}日`;
}

/** 周五, Fri (Sakamoto's rule, for the Gregorian calendar). @param {Lang} lang @param {unknown} text */
export function weekday(lang, text) {
  const at = parts(text);
  if (!at) return plain(text);
  const year = at.year - (at.month < 3 ? 1 : 0);
  const leaps = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  // + 7: the year 0 begins below zero.
  return WEEKDAYS[lang][(year + leaps + SHIFTS[at.month - 1] + at.day + 7) % 7];
}

/** 10:36; nothing for a date without a time. @param {Lang} lang @param {unknown} text */
export function clock(lang, text) {
  const at = parts(text);
  if (!at) return plain(text);
  return at.hour ? `${at.hour}:${at.minute}` : '';
}

/** 10:36:12, for comparing two clocks. @param {Lang} lang @param {unknown} text */
export function precise(lang, text) {
  const at = parts(text);
  if (!at) return plain(text);
  return at.hour ? `${at.hour}:${at.minute}:${at.second || '00'}` : '';
}

/** 11月20日 10:36, 20 Nov 10:36. @param {Lang} lang @param {unknown} text */
export function moment(lang, text) {
  return parts(text) ? `${day(lang, text)} ${clock(lang, text)}`.trimEnd() : plain(text);
}

/** 2026年11月20日 周五 10:36, Fri 20 Nov 2026 10:36. @param {Lang} lang @param {unknown} text */
export function full(lang, text) {
  if (!parts(text)) return plain(text);
  const named = [date(lang, text), weekday(lang, text)];
  return `${(lang === 'en' ? named.reverse() : named).join(' ')} ${clock(lang, text)}`.trimEnd();
}

/** Everything that takes (lang, value): filters in templates under the same names. */
export const FORMATS = { num, day, date, weekday, clock, precise, moment, full };
