// What neighbours noticed in this worker's grids and nobody has taken up. Twin of server/views/reports.py.

import { blobsTold } from './blobs.js';
import { byId, compare, local } from './common.js';

const SHOWN = 5;

/** The newest first. @param {import('./common.js').Rows} rows @param {number} offset @param {number} [shown] */
export function reportsOpen(rows, offset, shown = SHOWN) {
  const buildings = byId(rows, 'building');
  const waiting = (rows.report ?? []).filter(({ state }) => state === 'open');
  waiting.sort((a, b) => compare([b.occurred_at_ms, b.id], [a.occurred_at_ms, a.id]));
  return waiting.slice(0, shown).map((row) => ({
    id: row.id,
    text: row.text || '',
    by: row.by,
    building: buildings.get(row.building || '')?.name || '',
    at: local(row.occurred_at_ms, offset),
    blobs: blobsTold(row.blobs)?.all ?? [],
  }));
}
