// What is half-written on this phone, so that it is found again. Twin of server/views/half.py.

import { byId, compare, short } from './common.js';

/** @type {Record<string, (names: string[]) => string>} */
const FORMS = {
  visit: ([household]) => `/field/households/${household}/visits/new`,
  correction: ([visit]) => `/field/visits/${visit}/corrections/new`,
  resident: ([household]) => `/field/households/${household}/residents/new`,
  fact: ([whose, id, field]) => `/field/${whose}/${id}/facts?field=${field}`,
};

/** The keys of half-written forms; those of a fact end with whose it is and which. @param {import('./common.js').Params} params @returns {string[]} */
export const halfKeys = (params) => (params.drafts ?? []).map((/** @type {{key: string}} */ { key }) => key);

/**
 * Each form with what it is, the door or building it is about, and its address; the newest first. A draft says `household`
 * where its key names none. What is about no door we know is left out.
 * @param {import('./common.js').Rows} rows @param {import('./common.js').Params} params
 */
export function halfWritten(rows, params) {
  const households = byId(rows, 'household');
  const buildings = byId(rows, 'building');
  /** @type {import('./common.js').Row[]} */
  const drafts = [...(params.drafts ?? [])].sort((a, b) => compare([-a.saved_ms, a.key], [-b.saved_ms, b.key]));
  return drafts.flatMap((draft) => {
    const [of, ...names] = draft.key.split(':');
    if (of === 'household') {
      const building = buildings.get(names[1]);
      const asked = building ? `?building=${building.id}` : '';
      return [{ of: building ? 'door_at' : 'door', door: building?.name ?? '', href: `/field/households/new${asked}` }];
    }
    if (of === 'note') return [{ of, door: draft.brief ?? '', href: `/field/visits/new?note=${names[0]}` }];
    if (of === 'suggestion') return [{ of, door: '', href: `/field/suggestions/new?page=${names[0]}` }];
    if (of === 'patrol') return [{ of, door: '', href: '/field/patrol' }];
    const household = households.get(draft.household ?? names.at(of === 'fact' ? -2 : 0));
    if (!household || !FORMS[of]) return [];
    return [{ of, door: short(buildings.get(household.building), household), href: FORMS[of](names) }];
  });
}
