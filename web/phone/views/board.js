// A building as its doors: entrances side by side, floors stacked on the ground, and the same drawn small.
// Twin of server/views/board.py.

import { compare, doorOrder } from './common.js';

/** @typedef {import('./common.js').Row} Row */
/** @typedef {(number | null)[][]} Grid */
/** @typedef {{doors: Row[], levels: number[], below: number[], entrances: {name: string, rows: Grid, below: Grid}[], loose: number[]}} Plan */

const CELL_W = 5;
const CELL_H = 6;
const GAP = 1;
const PORCH_GAP = 3;
const MINI_HEIGHT = 41;
const MINI_LOOSE = 4;
const BELOW_WIDE_MIN = 4;
const FLAT = ['bungalows', 'shops'];

/** Where each door of a building stands; cells hold an index into `doors`. @param {Row} building @param {Row[]} households @returns {Plan} */
export function layout(building, households) {
  const keyed = households.map((door) => ({ door, key: doorOrder(door) }));
  const doors = keyed.sort((a, b) => compare(a.key, b.key)).map(({ door }) => door);
  const flat = FLAT.includes(building.kind);
  const loosely = (/** @type {Row} */ door) => flat || (door.floor ?? null) === null;
  const all = doors.map((_, i) => i);
  const placed = all.filter((i) => !loosely(doors[i]));
  const floors = [...new Set(placed.map((i) => doors[i].floor))].sort((a, b) => b - a);
  const levels = floors.filter((floor) => floor >= 0);
  const below = floors.filter((floor) => floor < 0);
  const nameOf = (/** @type {number} */ i) => doors[i].entrance || '';
  const entrances = [...new Set(placed.map(nameOf))].map((name) => {
    const here = placed.filter((i) => nameOf(i) === name);
    return { name, rows: stack(doors, here, levels), below: stack(doors, here, below) };
  });
  return { doors, levels, below: foldBelow(below, entrances), entrances, loose: all.filter((i) => loosely(doors[i])) };
}

/** Many basement doors go on in further rows; a floor stands once a row. @param {number[]} below @param {Plan['entrances']} entrances */
function foldBelow(below, entrances) {
  const rowsOf = entrances.map((entrance) => {
    const wide = Math.max(BELOW_WIDE_MIN, ...entrance.rows.map((row) => row.length));
    return entrance.below.map((row) => folded(row, wide));
  });
  const depths = below.map((_, level) => Math.max(1, ...rowsOf.map((rows) => rows[level].length)));
  entrances.forEach((entrance, i) => {
    entrance.below = rowsOf[i].flatMap((rows, level) => [...rows, ...Array.from({ length: depths[level] - rows.length }, () => [])]);
  });
  return below.flatMap((floor, level) => Array(depths[level]).fill(floor));
}

/** @param {(number | null)[]} row @param {number} wide @returns {Grid} */
function folded(row, wide) {
  if (row.length <= wide) return [row];
  const doors = row.filter((cell) => cell !== null);
  return Array.from({ length: Math.ceil(doors.length / wide) }, (_, i) => doors.slice(i * wide, (i + 1) * wide));
}

/** One row a floor; a door missing between others leaves its gap. @param {Row[]} doors @param {number[]} here @param {number[]} floors @returns {Grid} */
function stack(doors, here, floors) {
  const stories = floors.map((floor) => here.filter((i) => doors[i].floor === floor));
  const along = new Map(stories.flat().map((i) => [i, columnOf(doors[i])]));
  const doubled = stories.some((story) => new Set(story.map((i) => along.get(i))).size < story.length);
  if (doubled || [...along.values()].includes(null)) return stories;
  const order = [...new Set([...along.values()].map(Number))].sort((a, b) => a - b);
  return stories.map((story) => {
    const at = new Map(story.map((i) => [order.indexOf(Number(along.get(i))), i]));
    return Array.from({ length: Math.max(-1, ...at.keys()) + 1 }, (_, column) => at.get(column) ?? null);
  });
}

/** The place along the landing that a number tells: 501, 1201 → 1. @param {Row} door */
const columnOf = (door) => (/^[0-9]{3,5}$/.test(door.room ?? '') ? Number(door.room.slice(-2)) : null);

/** @typedef {{a0: string, a1: string, a2: string, a3: string, a4: string, shell: string}} Paths */

/** The building drawn small, one path a step. @param {Plan} plan @param {number[]} ages */
export function mini(plan, ages) {
  /** @type {Paths & Record<string, string>} */
  const paths = { a0: '', a1: '', a2: '', a3: '', a4: '', shell: '' };
  let width = 0;
  let x = 0;
  let ground = plan.levels.length * (CELL_H + GAP);
  /** @type {{rows: Grid, below: Grid}[]} */
  const groups = plan.entrances.map(({ rows, below }) => ({ rows, below }));
  if (plan.loose.length) {
    const perRow = groups.length ? MINI_LOOSE : Math.max(MINI_LOOSE, Math.ceil(plan.loose.length / 4));
    const rows = chunks(plan.loose, perRow);
    if (!groups.length) ground = rows.length * (CELL_H + GAP);
    groups.push({ rows, below: [] });
  }
  let height = ground;
  for (const { rows, below } of groups) {
    const top = ground - rows.length * (CELL_H + GAP);
    rows.forEach((row, line) => {
      width = Math.max(width, drawLine(paths, row, ages, x, top + line * (CELL_H + GAP)));
    });
    below.forEach((row, line) => {
      const y = ground + 2 + line * (CELL_H + GAP);
      width = Math.max(width, drawLine(paths, row, ages, x, y));
      height = Math.max(height, y + CELL_H + GAP);
    });
    x = width + PORCH_GAP;
  }
  height = Math.max(height - GAP, CELL_H);
  width = Math.max(width - GAP, CELL_W);
  const h = Math.min(height, MINI_HEIGHT);
  return { w: Math.max(1, Math.floor((width * h) / height)), h, box: `0 0 ${width} ${height}`, ...paths };
}

/** @param {number[]} list @param {number} size */
function chunks(list, size) {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, i * size + size));
}

/** Draw one floor of one entrance; where the next cell would begin. @param {Record<string, string>} paths @param {(number | null)[]} row @param {number[]} ages @param {number} x @param {number} y */
function drawLine(paths, row, ages, x, y) {
  for (const cell of row) {
    if (cell !== null) drawCell(paths, ages[cell], x, y);
    x += CELL_W + GAP;
  }
  return x;
}

/** @param {Record<string, string>} paths @param {number} age @param {number} x @param {number} y */
function drawCell(paths, age, x, y) {
  if (age === 0) paths.a0 += `M${x + 1} ${y + 3}h3`;
  else if (age === 4) paths.a4 += `M${x}.5 ${y}.5h4v5h-4z`;
  else {
    const worn = (age - 1) * 2;
    paths[`a${age}`] += `M${x} ${y + worn}h5v${CELL_H - worn}h-5z`;
    if (worn) paths.shell += `M${x}.5 ${y}.5h4v5h-4z`;
  }
}
