// A door that is missing: a home, a shop, a basement, a bungalow, added on the spot.
// Twin of server/views/household_form.py.

import { buildingOrder, compare, frame } from './common.js';
import { formState, OCCUPANCIES } from './people.js';

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all' };
export const TEMPLATE = 'field/household_form.html';

export const KINDS = ['home', 'shop', 'basement', 'bungalow', 'other'];
const INPUTS = ['building', 'kind', 'entrance', 'floor', 'room', 'contact', 'phone', 'occupancy', 'headcount', 'note'];

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const buildings = [...(rows.building ?? [])].sort((a, b) => compare(buildingOrder(a), buildingOrder(b)));
  const known = buildings.map(({ id }) => id);
  const building = known.includes(params.building) ? params.building : (known[0] ?? '');
  const kind = KINDS.includes(params.kind) ? params.kind : 'home';
  return {
    ...frame(rows, nowMs, params, 'doors'),
    buildings: buildings.map(({ id, name, quarters }) => ({ id, name, quarters })),
    kinds: KINDS,
    occupancies: OCCUPANCIES,
    values: formState(params, INPUTS, { building, kind }),
    errors: params.errors ?? {},
    new_id: params.new_id || '',
    draft: Boolean(params.draft),
  };
}
