// What could be easier: one box for words. It keeps the name of the page it is about, and leads back to that page.
// Twin of server/views/suggestion_form.py.

import { frame } from './common.js';
import { firstWrong, formState } from './people.js';

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all' };
export const TEMPLATE = 'field/suggestion_form.html';

const INPUTS = ['text'];
const OTHER = 'other';
/** Pages that ask nobody what could be easier: this one, and one that is not there, which tells no address. */
export const WITHOUT = ['suggestion_form', 'missing', 'elder_suggestion', 'elder_missing'];

/** A page by its name; what is no name may be an address, and says nothing here. @param {string} said */
export const pageOf = (said) => (/^[a-z_]{1,40}$/.test(said) ? said : OTHER);

/** The page somebody came from, one of the field's, or a volunteer's. @param {string} said */
export const backTo = (said, home = '/field/') => (said === home.slice(0, -1) || said.startsWith(home) ? said : home);

/** The page somebody came from, told what was kept. @param {string} back @param {string} edit */
export const after = (back, edit) => `${back}${back.includes('?') ? '&' : '?'}suggested=${edit}`;

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const sent = params.values ?? params;
  return {
    ...frame(rows, nowMs, params, 'more'),
    page: pageOf(sent.page || ''),
    back: backTo(sent.back || ''),
    grid: rows.grid?.[0]?.id || '',
    values: formState(params, INPUTS, {}),
    wrong: firstWrong(params, INPUTS),
    errors: params.errors ?? {},
    new_id: params.new_id || '',
  };
}
