// The door board: one building drawn as its doors, the others small above it. Twin of server/views/doors.py.

import { layout, mini } from './board.js';
import { buildingCalled, buildingOrder, byId, compare, dayOf, frame, offsetOf } from './common.js';
import { daysSince, lookOf, reasonOf, stepOf, unpainted } from './doors_at.js';
import { matches } from './found.js';
import { halfKeys } from './half.js';

/** @typedef {import('./common.js').Row} Row */

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all', building: 'all', household: 'all', door: 'all' };
export const TEMPLATE = 'field/doors.html';

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export function view(rows, nowMs, params) {
  const offset = offsetOf(rows, params);
  const today = dayOf(nowMs, offset);
  const doors = byId(rows, 'door');
  const doorOf = (/** @type {Row} */ household) => doors.get(household.id) ?? {};
  /** @type {Map<string, Row[]>} */
  const homes = new Map((rows.building ?? []).map(({ id }) => [id, []]));
  for (const household of rows.household ?? []) homes.get(household.building)?.push(household);
  const buildings = [...(rows.building ?? [])].sort((a, b) => compare(buildingOrder(a), buildingOrder(b)));
  const chosen = buildings.find(({ id }) => id === params.building) ?? buildings[0] ?? null;
  const found = chosen && params.q ? matches(rows, nowMs, { ...params, building: chosen.id }) : null;
  let board = null;
  const strip = buildings.map((building) => {
    const plan = layout(building, homes.get(building.id) ?? []);
    const ages = plan.doors.map((household) =>
      unpainted(household) ? 0 : stepOf(daysSince(doorOf(household).contact_ms, today, offset)),
    );
    if (building === chosen) {
      const looks = plan.doors.map((household) => lookOf(household, doorOf(household), today, offset));
      board = drawn(plan, found ? looks.map((look) => ({ ...look, dim: !found.here.includes(look.id) })) : looks);
    }
    return {
      id: building.id,
      name: buildingCalled(building, buildings),
      current: building === chosen,
      homes: ages.length,
      due: plan.doors.filter((household) => reasonOf(household, doorOf(household), today, offset) !== null).length,
      bare: ages.filter((age) => age === 4).length,
      mini: mini(plan, ages),
    };
  });
  return {
    ...frame(rows, nowMs, params, 'doors'),
    building: chosen && {
      id: chosen.id,
      name: chosen.name,
      quarters: chosen.quarters,
      kind: chosen.kind ?? null,
    },
    half_door: halfKeys(params).includes(`household:new:${chosen?.id}`),
    strip,
    board,
    q: params.q || '',
    found,
    // A note's place is tapped: every door leads back to the note.
    picks: params.pick === 'note',
  };
}

/** @param {import('./board.js').Plan} plan @param {Record<string, any>[]} looks */
function drawn(plan, looks) {
  const draw = (/** @type {import('./board.js').Grid} */ grid) =>
    grid.map((row) => row.map((cell) => (cell === null ? null : looks[cell])));
  return {
    homes: looks.length,
    recent: looks.filter(({ age }) => age === 1).length,
    due: looks.filter(({ due }) => due).length,
    levels: plan.levels,
    below: plan.below.map((floor) => -floor),
    entrances: plan.entrances.map(({ name, rows, below }) => ({
      name,
      due: [...rows, ...below].flat().filter((cell) => cell !== null && looks[cell].due).length,
      rows: draw(rows),
      below: draw(below),
    })),
    loose: plan.loose.map((cell) => looks[cell]),
    knocks: looks.some(({ knock }) => knock),
  };
}
