// What is kept of a half-written form: the words of every page that writes in it, field by field. Pure.

/** @typedef {Record<string, string | string[]>} Values */
/** `posted`: the form as it was sent and came back with something wrong. @typedef {{key: string, values: Values, page: string, saved_ms: number, posted?: string}} Kept */
/**
 * `changed` names the fields written since this page last told, all of them when it is missing. `untouched`: the page is
 * back to what it said at first. `page` tells pages apart.
 * @typedef {{key: string, values: Values, changed?: string[], page: string, untouched: boolean}} Told
 */

const SEVERAL = 'several pages';

/**
 * The draft after a page told what it holds; null when there is none any more: back where it began, and no other page
 * wrote in it.
 * @param {Kept | null | undefined} before @param {Told} told @param {number} savedMs @returns {Kept | null}
 */
export function mergeDraft(before, { key, values, changed, page, untouched }, savedMs) {
  const begun = before?.page ?? page;
  if (untouched && begun === page) return null;
  const written = (changed ?? Object.keys(values)).map((name) => [name, values[name] ?? '']);
  const all = before ? { ...before.values, ...Object.fromEntries(written) } : values;
  return { key, values: all, page: begun === page ? page : SEVERAL, saved_ms: savedMs, ...(before?.posted && { posted: before.posted }) };
}

/**
 * A form that came back with something wrong is kept as it was sent.
 * @param {string} key @param {Values} values @param {string} posted @param {number} savedMs @returns {Kept}
 */
export const postedDraft = (key, values, posted, savedMs) => ({ key, values, page: SEVERAL, saved_ms: savedMs, posted });
