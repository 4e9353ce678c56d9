/**
 * The runtime of compiled templates: Jinja2's truth, escaping and missing values, so that the phone renders the same
 * bytes as the server. What the two could not do alike is refused here with an error, never rendered differently.
 *
 * render(name, context) → HTML text; context.lang chooses the language.
 */
import { templates } from '../build/templates.js';
import { DATES, FORMATS, plain, t, trouble } from './text.js';

/** @typedef {Record<string, any>} Context */
/** @typedef {ReturnType<typeof runtime>} Runtime */

const ENTITIES = /** @type {Record<string, string>} */ ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' });

/** Text that is markup already: what a macro returns. */
class Safe {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** @param {string} text */
const escape = text => (/[&<>"']/.test(text) ? text.replace(/[&<>"']/g, mark => ENTITIES[mark]) : text);

/** @param {any} value @param {PropertyKey} key */
const own = (value, key) => Object.prototype.hasOwnProperty.call(value, key);

/** @param {any} value */
const isMapping = value => value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Safe);

/** @param {string} what @returns {never} */
function refuse(what) {
  throw new TypeError(what);
}

/** A value that may be compared: text, number, truth or nothing. @param {any} value */
function comparable(value) {
  if (value instanceof Safe) return value.text;
  if (value !== null && typeof value === 'object') refuse('lists and mappings are not compared');
  return typeof value === 'boolean' ? Number(value) : value;
}

/** Code points in order, as Python compares text (JavaScript compares UTF-16 units). @param {string} a @param {string} b */
function textLess(a, b) {
  const left = [...a];
  const right = [...b];
  const at = left.findIndex((mark, i) => mark !== right[i]);
  if (at < 0) return left.length < right.length;
  return at < right.length && Number(left[at].codePointAt(0)) < Number(right[at].codePointAt(0));
}

/** A value as text where nothing finalises it: None is a word there. @param {any} value */
function word(value) {
  if (value === undefined) trouble.report('a missing value was joined to a text');
  return value === null ? 'None' : value instanceof Safe ? value.text : printable(value);
}

/** @param {any} value */
function printable(value) {
  if (value !== null && typeof value === 'object') refuse('a page cannot print a list or a mapping');
  return plain(value);
}

/** A list, or the characters of a text. @param {any} value @returns {any[]} */
function sequence(value) {
  if (Array.isArray(value)) return value;
  if (value === undefined) {
    trouble.report('a missing value was taken for a list');
    return [];
  }
  if (value instanceof Safe) return [...value.text];
  return typeof value === 'string' ? [...value] : refuse('not a list');
}

/** @param {any} value */
const bare = value => (value instanceof Safe ? value.text : value);

const common = {
  T: /** @type {Record<string, any>} */ (templates),

  /** @param {string} text */
  safe: text => new Safe(text),

  /** Printed: nothing for null, escaped unless it is markup. @param {any} value */
  out(value) {
    if (typeof value === 'string') return escape(value);
    if (value instanceof Safe) return value.text;
    if (value === undefined) trouble.report('a missing value was printed');
    return printable(value);
  },

  /** Python's truth: empty text, list and mapping are false. @param {any} value */
  true(value) {
    if (value instanceof Safe) return value.text !== '';
    if (Array.isArray(value)) return value.length > 0;
    return isMapping(value) ? Object.keys(value).length > 0 : Boolean(value);
  },

  /** @param {any} left @param {() => any} right */
  and: (left, right) => (common.true(left) ? right() : left),

  /** @param {any} left @param {() => any} right */
  or: (left, right) => (common.true(left) ? left : right()),

  /** @param {any} value */
  defined: value => value !== undefined,

  /** @param {any} value */
  none: value => value === null,

  /** @param {any} value @param {string} name */
  get(value, name) {
    if (value === undefined) trouble.report(`'${name}' of a missing value`);
    return isMapping(value) && own(value, name) ? value[name] : undefined;
  },

  /** @param {any} value @param {any} key */
  item(value, key) {
    if (value === undefined) trouble.report(`'${key}' of a missing value`);
    if (Array.isArray(value) && Number.isInteger(key)) return value[key < 0 ? value.length + key : key];
    return typeof bare(key) === 'string' ? common.get(value, bare(key)) : undefined;
  },

  /** What a loop goes over. @param {any} value @returns {any[]} */
  items(value) {
    return Array.isArray(value) || value === undefined ? sequence(value) : refuse('a loop goes over a list');
  },

  /** @param {number} i @param {any[]} items */
  loop: (i, items) => ({ index: i + 1, index0: i, first: i === 0, last: i === items.length - 1, length: items.length }),

  /** @param {any} a @param {any} b */
  same: (a, b) => comparable(a) === comparable(b),

  /** @param {any} a @param {any} b */
  less(a, b) {
    const [left, right] = [comparable(a), comparable(b)];
    if (typeof left === 'number' && typeof right === 'number') return left < right;
    if (typeof left === 'string' && typeof right === 'string') return textLess(left, right);
    return refuse('only two numbers or two texts have an order');
  },

  /** Whether `value` is in `all`: a list, a text, or the keys of a mapping. @param {any} all @param {any} value */
  holds(all, value) {
    if (Array.isArray(all)) return all.some(each => common.same(each, value));
    if (typeof bare(all) === 'string') {
      return typeof bare(value) === 'string' ? bare(all).includes(bare(value)) : refuse('only a text is in a text');
    }
    if (isMapping(all)) return typeof bare(value) === 'string' && own(all, bare(value));
    return sequence(all).length > 0;
  },

  /** The `~` of templates: markup stays markup and escapes what joins it. @param {any[]} values */
  concat(values) {
    if (!values.some(value => value instanceof Safe)) return values.map(word).join('');
    return new Safe(values.map(value => (value instanceof Safe ? value.text : escape(word(value)))).join(''));
  },

  /** @param {Context} context @param {Context} more */
  with: (context, more) => Object.assign(Object.create(null), context, more),
};

/** Filters that know no language. */
const filters = {
  /** @param {any} value @param {any} other @param {any} [falsy] */
  default: (value, other = '', falsy = false) => (value === undefined || (common.true(falsy) && !common.true(value)) ? other : value),

  /** @param {any} value */
  length: value => (value === undefined ? 0 : isMapping(value) ? Object.keys(value).length : sequence(value).length),

  /** @param {any} value @param {any} between */
  join(value, between = '') {
    const all = sequence(value);
    if (!all.some(each => each instanceof Safe)) return all.map(word).join(word(between));
    return new Safe(all.map(each => (each instanceof Safe ? each.text : escape(word(each)))).join(escape(word(between))));
  },

  /** @param {any} value */
  first: value => sequence(value)[0],

  /** @param {any} value */
  urlencode(value) {
    const quoted = encodeURIComponent(word(value));
    return quoted.replace(/[!'()*]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`).replace(/%2F/g, '/');
  },
};

/** What compiled templates call, in one language. @param {import('./text.js').Lang} lang */
function runtime(lang) {
  /** @type {Record<string, (...args: any[]) => any>} */
  const f = { ...filters, t: (key, args) => t(lang, bare(key), unwrapped(args)), dated: (key, args) => dated(lang, bare(key), unwrapped(args)) };
  for (const [name, format] of Object.entries(FORMATS)) f[name] = value => (value === undefined ? missing() : format(lang, bare(value)));
  const R = {
    ...common,
    f,
    /** A whole template: its own blocks, or those a child gives. @param {string} name @param {Context} c @param {Context} b */
    page(name, c, b) {
      const template = R.T[name];
      if (!template) refuse(`there is no template '${name}'`);
      return template.main(c, over(template.blocks, b), R);
    },
  };
  return R;
}

/**
 * A child's blocks over its parent's; each block gets its parent's as `up`, for super().
 * @param {Context} parent @param {Context} child
 */
function over(parent, child) {
  const blocks = { ...parent, ...child };
  for (const name of Object.keys(parent)) {
    if (!own(child, name)) continue;
    blocks[name] = (/** @type {Context} */ c, /** @type {Context} */ b, /** @type {any} */ R, /** @type {any} */ up) =>
      child[name](c, b, R, () => parent[name](c, b, R, up));
  }
  return blocks;
}

/**
 * The words for `key` as markup that keeps its dates whole: no line ends in the middle of one.
 * @param {import('./text.js').Lang} lang @param {string} key @param {Context} args
 */
function dated(lang, key, args) {
  const whole = DATES.filter(name => args[name]);
  const holes = Object.fromEntries(whole.map(name => [name, `\ue000${name}\ue001`]));
  const words = escape(t(lang, key, { ...args, ...holes }));
  return new Safe(whole.reduce((said, name) => said.replaceAll(holes[name], () => `<span class="whole">${escape(plain(args[name]))}</span>`), words));
}

function missing() {
  trouble.report('a missing value was formatted');
  return '';
}

/** @param {Context} [args] */
const unwrapped = (args = {}) => Object.fromEntries(Object.entries(args).map(([name, value]) => [name, bare(value)]));

/** @type {Map<string, Runtime>} */
const runtimes = new Map();

/**
 * A template as HTML text.
 * @param {string} name  "field/today.html", or a piece such as "field/_found.html"
 * @param {Context} context  with `lang`
 * @returns {string}
 */
export function render(name, context) {
  let R = runtimes.get(context.lang);
  if (!R) runtimes.set(context.lang, (R = runtime(context.lang)));
  return R.page(name, R.with(context, {}), {});
}
