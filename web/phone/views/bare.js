// Two pages without a door of their own: an address that is not here, and a grid that has not arrived yet.
// Twin of server/views/bare.py.

import { frame } from './common.js';

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all' };
export const MISSING_TEMPLATE = 'field/missing.html';
export const ARRIVING_TEMPLATE = 'field/arriving.html';

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export const view = (rows, nowMs, params) => ({ ...frame(rows, nowMs, params, 'today'), of_door: Boolean(params.of_door) });
