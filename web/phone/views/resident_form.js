// Somebody new in a household. Twin of server/views/resident_form.py.

import { byId, first, frame } from './common.js';
import { firstWrong, formState, headOf, TAGS } from './people.js';

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'here' };
export const TEMPLATE = 'field/resident_form.html';

const INPUTS = ['name', 'relation', 'birth_year', 'phone', 'lives_here', 'note'];

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const household = first(rows, 'household', params.household);
  if (!household) return null;
  const sent = params.values ?? params.draft?.values ?? {};
  const ticked = sent.tags ?? [];
  return {
    ...frame(rows, nowMs, params, 'doors'),
    household: headOf(household, byId(rows, 'building').get(household.building)),
    values: formState(params, INPUTS, { lives_here: 'yes' }),
    tags: TAGS.map((tag) => ({ tag, had: ticked.includes(tag) })),
    wrong: firstWrong(params, INPUTS),
    errors: params.errors ?? {},
    new_id: params.new_id || '',
  };
}
