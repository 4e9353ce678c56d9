// Two pages without a door of their own: an address that is not here, and a grid that has not arrived yet.
// Twin of server/views/bare.py.

import { frame } from './common.js';

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all' };
export const MISSING_TEMPLATE = 'field/missing.html';
export const ARRIVING_TEMPLATE = 'field/arriving.html';

/**
 * The frame, whether a door was asked for, and by whom the page is drawn. `typed`: only the server may not take a form.
 * @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params
 */
export const view = (rows, nowMs, params) => {
  const { of_door, served, typed = [] } = params;
  return { ...frame(rows, nowMs, params, 'today'), of_door: Boolean(of_door), served: Boolean(served), typed };
};
