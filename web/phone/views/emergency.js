// Somebody is in danger: three numbers and the one on duty, as large as the page.
// Twin of server/views/emergency.py.

import { frame } from './common.js';

/** @type {Record<string, string>} */
export const NEEDS = { grid: 'all' };
export const TEMPLATE = 'field/emergency.html';

const NUMBERS = ['110', '119', '120'];

/** @param {import('./common.js').Rows} rows @param {number} nowMs @param {import('./common.js').Params} params */
export const view = (rows, nowMs, params) => ({
  ...frame(rows, nowMs, params, 'today'),
  numbers: NUMBERS,
  duty: params.duty || '',
  written: Boolean(params.written),
  household: params.household || '',
});
