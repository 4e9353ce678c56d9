// What every field page is drawn from: local days, facts as shown, places in words, and the frame around a page.
// Twin of server/views/common.py; tests/vectors/views/ pins both.

/** @typedef {Record<string, any>} Row */
/** @typedef {Record<string, Row[]>} Rows */
/** @typedef {Record<string, any>} Params */
/** @typedef {Record<string, any>} Context */

export const DAY_MS = 86_400_000;
const RESTORED_SHOWN_MS = 30 * DAY_MS;
export const ASKS = ['difficulty', 'need', 'idea', 'effect'];
const FIRST_DAY = -719_162; // years 1 to 9999: a clock that tells a time beyond is shown at the edge
const LAST_DAY = 2_932_896;
const DEFAULT_OFFSET_MIN = 480;
const NIGHT_FROM = 18;
const NIGHT_UNTIL = 6;
export const NOON = 12;
const AFTERNOON = 13;
const NUMBER = /[0-9]{1,9}/;
const BUILDING_NUMBER = /^([0-9]{1,9}|[A-Za-z])(?:幢|栋|号楼|号|座|楼)$/;
const NO_NUMBER = 1_000_000_000;

/** Minutes between local time and UTC: the grid's own, else the installation's. @param {Rows} rows @param {Params} params @returns {number} */
export function offsetOf(rows, params) {
  const grid = (rows.grid ?? []).find((row) => (row.utc_offset_min ?? null) !== null);
  return grid?.utc_offset_min ?? params.utc_offset_min ?? DEFAULT_OFFSET_MIN;
}

/** The local day a moment falls on, counted from 1970-01-01. @param {number} ms @param {number} offsetMin */
export const dayOf = (ms, offsetMin) => held(Math.floor((ms + offsetMin * 60_000) / DAY_MS), FIRST_DAY, LAST_DAY);

/** @param {number} value @param {number} least @param {number} most */
const held = (value, least, most) => Math.min(Math.max(value, least), most);

/** A local day as ISO text. @param {number} day */
export const dateText = (day) => new Date(held(day, FIRST_DAY, LAST_DAY) * DAY_MS).toISOString().slice(0, 10);

/** A moment as ISO text in local time, to the second; nothing for nothing. @param {number | null | undefined} ms @param {number} offsetMin */
export function local(ms, offsetMin) {
  if ((ms ?? null) === null) return null;
  const localMs = held(Number(ms) + offsetMin * 60_000, FIRST_DAY * DAY_MS, (LAST_DAY + 1) * DAY_MS - 1);
  return new Date(localMs).toISOString().slice(0, 19);
}

/** The local hour of the day, 0–23. @param {number} ms @param {number} offsetMin */
export const hourOf = (ms, offsetMin) => (Math.floor((ms + offsetMin * 60_000) / 3_600_000) % 24 + 24) % 24;

/** 0 is Sunday. 1970-01-01 was a Thursday. @param {number} day */
export const weekdayOf = (day) => (((day + 4) % 7) + 7) % 7;

/** @param {number} hour */
const dark = (hour) => hour >= NIGHT_FROM || hour < NIGHT_UNTIL;

/** The mode a visit at this moment most likely has. @param {number} ms @param {number} offsetMin */
export function modeOf(ms, offsetMin) {
  if (dark(hourOf(ms, offsetMin))) return 'night';
  return [0, 6].includes(weekdayOf(dayOf(ms, offsetMin))) ? 'weekend' : 'door';
}

/** morning, noon, afternoon or evening, as people say it. @param {number} ms @param {number} offsetMin */
export function partOfDay(ms, offsetMin) {
  const hour = hourOf(ms, offsetMin);
  if (dark(hour)) return 'evening';
  if (hour < NOON) return 'morning';
  return hour < AFTERNOON ? 'noon' : 'afternoon';
}

/** Rows of a kind under their ids. @param {Rows} rows @param {string} kind @returns {Map<string, Row>} */
export const byId = (rows, kind) => new Map((rows[kind] ?? []).map((row) => [row.id, row]));

/** The row of a kind with this id, if the phone holds it. @param {Rows} rows @param {string} kind @param {any} id @returns {Row | null} */
export const first = (rows, kind, id) => (rows[kind] ?? []).find((row) => row.id === id) ?? null;

/** Every value of a fact nobody has seen and replaced, the shown one first. @param {Row} row @param {string} field @returns {Row[]} */
export const heads = (row, field) => row.facts?.[field] ?? [];

/** The value of a fact that pages show; null when nobody has said, or a leader has yet to confirm it. @param {Row} row @param {string} field */
export const shown = (row, field) => heads(row, field).slice(0, 1).find((head) => !head.proposed)?.value ?? null;

/** @param {Row} head */
export const valueOf = (head) => head.value ?? null;

/** Whether people have written different values for a fact, or one waits for a leader's decision. @param {Row} row @param {string} field */
export const differs = (row, field) =>
  heads(row, field).some((head, _, all) => head.proposed || valueOf(head) !== valueOf(all[0]));

/** The first number in a name, for ordering: 3幢 before 12幢. @param {string | null | undefined} text */
export const numberIn = (text) => Number(NUMBER.exec(text ?? '')?.[0] ?? NO_NUMBER);

/** Where a building stands among the others. @param {Row | null | undefined} building @returns {(string | number)[]} */
export const buildingOrder = (building) =>
  building
    ? [building.sort ?? 0, numberIn(building.name), building.name, building.id]
    : [NO_NUMBER, NO_NUMBER, '', ''];

/** Where a door stands in its building: entrance, then floor from the ground up, then number. @param {Row} household @returns {(string | number)[]} */
export function doorOrder(household) {
  const { entrance = '', room = '', floor = null, id } = household;
  return [numberIn(entrance), entrance ?? '', floor ?? NO_NUMBER, numberIn(room), room ?? '', id];
}

/** Two keys in order: numbers by size, texts by their signs as Python orders them. @param {(string | number)[]} a @param {(string | number)[]} b */
export function compare(a, b) {
  for (const [i, left] of a.entries()) {
    const right = b[i];
    if (left === right) continue;
    if (typeof left === 'string') return compareText(left, String(right));
    return left < Number(right) ? -1 : 1;
  }
  return 0;
}

/** @param {string} a @param {string} b */
function compareText(a, b) {
  const left = [...a];
  const right = [...b];
  const at = left.findIndex((sign, i) => sign !== right[i]);
  if (at < 0) return left.length < right.length ? -1 : 0;
  if (at >= right.length) return 1;
  return Number(left[at].codePointAt(0)) < Number(right[at].codePointAt(0)) ? -1 : 1;
}

/** A building's name, behind its quarters where another of these has that name: two rows of 平房, two 1幢. @param {Row} building @param {Row[]} buildings */
export function buildingCalled({ name, quarters }, buildings) {
  const same = buildings.filter((other) => other.name === name);
  return same.length > 1 ? `${quarters}${name}` : name;
}

/** A door's address in parts; templates put them into words. @param {Row | null | undefined} building @param {Row} household */
export const place = (building, household) => ({
  quarters: building?.quarters ?? '',
  building: building?.name ?? '',
  entrance: household.entrance ?? '',
  room: household.room ?? '',
});

/** A door's address as it is said at work: 3-2-501. @param {Row | null | undefined} building @param {Row} household */
export function short(building, household) {
  const name = building?.name ?? '';
  const parts = [BUILDING_NUMBER.exec(name)?.[1] ?? name, household.entrance ?? '', household.room ?? ''];
  return parts.filter((part) => part).join('-');
}

/**
 * A while ago the server went on from a backup that is not proved to hold all that this phone had seen: when, and how many
 * it may lack. @param {Params} params @param {number} nowMs @param {number} offset
 */
export function restoredOf({ restored }, nowMs, offset) {
  const told = restored?.lost && nowMs - restored.at_ms < RESTORED_SHOWN_MS;
  return told ? { at: local(restored.at_ms, offset), n: restored.lost } : null;
}

/** What stands around every page. @param {Rows} rows @param {number} nowMs @param {Params} params @param {string} nav @returns {Context} */
export function frame(rows, nowMs, params, nav) {
  const offset = offsetOf(rows, params);
  const oldest = params.unsent?.oldest_ms ?? null;
  const { arriving } = params;
  return {
    lang: params.lang || 'zh',
    nav,
    phone: params.phone || '',
    locks: Boolean(params.locks),
    now: local(nowMs, offset),
    online: params.online ?? null,
    waiting: Boolean(params.waiting),
    outgoing: {
      count: params.unsent?.count ?? 0,
      oldest: local(oldest, offset),
      today: oldest !== null && dayOf(oldest, offset) === dayOf(nowMs, offset),
    },
    arriving: arriving ? { done: arriving.done, total: arriving.total } : null,
  };
}

/** Text as finding compares it: ASCII small letters, full-width signs as ASCII. One sign stays one sign. @param {string | null | undefined} text */
export const searchFold = (text) =>
  (text ?? '')
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .replace(/[A-Z]/g, (sign) => sign.toLowerCase());
