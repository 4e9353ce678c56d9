// What somebody is to do, as it was agreed at a meeting: quietly on Today until they say that it is done.
// Twin of server/views/actions.py.

import { compare, dateText } from './common.js';

/** Theirs that are open, the earliest day first. @param {import('./common.js').Rows} rows @param {number} today */
export const actionsOf = (rows, today) =>
  [...(rows.action ?? [])]
    .sort((a, b) => compare([a.due, a.id], [b.due, b.id]))
    .map(({ id, text, due, step, by }) => ({ id, text, due, late: due < dateText(today), step, by }));
