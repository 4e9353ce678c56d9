// A form that came back with something wrong, and what has been written in it since.

import { putPosted, read } from './store.js';

/**
 * A form with something wrong is kept as it was sent. Sent again just so (the page was loaded anew), what was written in
 * it since is the newer word: that is answered.
 * @param {string | undefined} key @param {string} posted @param {import('./sheet.js').Data} values
 */
export async function newestOf(key, posted, values) {
  if (!key) return null;
  const { before } = await read({ before: { draft: key } });
  if (before?.posted === posted) return before.values;
  await putPosted(key, /** @type {any} */ (values), posted);
  return null;
}
