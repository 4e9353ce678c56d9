// What the server said, written down: each exchange and each part of a first copy in one transaction of its own.

import { namesIn, sendAgain } from './blobs.js';
import { KINDS, PARENT, begin } from './database.js';

/** @typedef {import('./types.js').EditRecord} EditRecord */

const ASIDE_MAX = 200;
const END = '\uffff';
/** The generation of a scope whose rows are those of another log. */
export const UNHELD = -1;

/**
 * Everything one exchange changed, in one transaction: receipts, rows, cursors, what was said last.
 * `round` guards against a second exchange: when it moved on meanwhile nothing is written and false is returned.
 * @param {import('./types.js').Change} change
 * @returns {Promise<boolean>}
 */
export async function applyChange(change) {
  const tx = await begin([...KINDS, 'edit', 'blob', 'meta'], 'readwrite');
  const metas = tx.objectStore('meta');
  const now = (await metas.get('sync'))?.v ?? {};
  if ((now.round ?? 0) !== change.round) return false;
  const edits = tx.objectStore('edit');
  /** @type {string[]} */
  const aside = [];
  for (const { device, n, ...receipt } of change.receipts) {
    const edit = await edits.get([device, n]);
    if (!edit || edit.hash !== receipt.hash) continue;
    edits.put({ ...without(edit, 'unsent'), ...receipt });
    if (receipt.outcome === 'quarantined') aside.push(edit.id);
  }
  await noteAside(metas, aside);
  if (change.rewind) await rewind(edits, change.rewind);
  if (change.rewind || change.otherLog) await sendAgain(tx.objectStore('blob'));
  for (const edit of change.dropped ?? []) edits.delete([edit.device, edit.n]);
  for (const edit of change.added ?? []) edits.add(edit);
  for (const scope of change.afresh ?? []) await removeScope(tx, scope, []);
  for (const row of change.rows) await putRow(tx, row.scope, 'live', row, change.scopes);
  const scopes = await leave(tx, change);
  await cover(edits, scopes);
  await prune(tx, change.backedUpThrough, change.keepSinceMs);
  if (change.chain) metas.put({ k: 'chain', v: change.chain });
  metas.put({ k: 'scopes', v: scopes });
  metas.put({ k: 'sync', v: { ...now, ...change.sync, round: change.round + 1 } });
  await tx.done;
  return true;
}

/**
 * Scopes that are no longer ours go with their rows, once nothing unsent is about them: asked of the outbox as it stands
 * now, for somebody may have written while the exchange was under way.
 * @param {any} tx @param {import('./types.js').Change} change @returns {Promise<import('./types.js').Scope[]>} those that stay
 */
async function leave(tx, { gone, scopes }) {
  if (!gone.length) return scopes;
  const unsent = await tx.objectStore('edit').index('unsent').getAll();
  const held = new Set(unsent.map((/** @type {EditRecord} */ { grid }) => `grid:${grid}`));
  const left = gone.filter((scope) => !held.has(scope));
  for (const scope of left) await removeScope(tx, scope, []);
  return scopes.filter(({ scope }) => !left.includes(scope));
}

/** What was set aside is kept in mind, however much is sent after it. @param {any} metas @param {string[]} ids */
async function noteAside(metas, ids) {
  if (!ids.length) return;
  const known = (await metas.get('aside'))?.v ?? [];
  metas.put({ k: 'aside', v: [...new Set([...known, ...ids])].slice(-ASIDE_MAX) });
}

/** @param {any} object @param {string[]} keys */
function without(object, ...keys) {
  const copy = { ...object };
  for (const key of keys) delete copy[key];
  return copy;
}

/** The server knows less than it said (restored from a backup): what it forgot is unsent again. @param {any} edits @param {{device: string, from: number}} where */
async function rewind(edits, { device, from }) {
  const range = IDBKeyRange.bound([device, from], [device, Infinity]);
  for (const edit of await edits.getAll(range)) {
    const again = without(edit, 'outcome', 'position', 'received_ms', 'reason');
    edits.put({ ...again, unsent: 1, open: 1 });
  }
}

/** An edit stays laid over the rows until its scope's cursor has passed it. @param {any} edits @param {any[]} scopes */
async function cover(edits, scopes) {
  const cursors = new Map(scopes.map((s) => [s.scope, s.cursor]));
  for (const edit of await edits.index('open').getAll()) {
    if (edit.unsent || edit.position === undefined) continue;
    const cursor = cursors.get(`grid:${edit.grid}`);
    const settled = edit.outcome === 'quarantined' || cursor === undefined;
    if (settled || cursor >= edit.position) edits.put(without(edit, 'open'));
  }
}

/**
 * Acknowledged edits are kept until a backup off the server's disk holds them, and a while longer to be shown. One that
 * names a photo stays as long as anything is to be done about that: only under it the photo can go up.
 * @param {any} tx @param {number} through @param {number} sinceMs
 */
async function prune(tx, through, sinceMs) {
  const edits = tx.objectStore('edit');
  for (const edit of await edits.index('position').getAll(IDBKeyRange.upperBound(through), 500)) {
    const settled = !edit.open && !edit.unsent && edit.outcome !== 'quarantined';
    if (!settled || edit.received_ms >= sinceMs) continue;
    const named = await Promise.all(namesIn(edit).map((name) => tx.objectStore('blob').get(name)));
    if (!named.some((blob) => blob?.todo)) edits.delete([edit.device, edit.n]);
  }
}

/**
 * A row as a scope has it. Where a phone holds several grids, a place may have gone from one to another: the newer word
 * counts, and only the scope that brought a row takes it away.
 * @param {any} tx @param {string} scope @param {string} part @param {{k: string, id: string, rev: number, row: any}} said
 * @param {import('./types.js').Scope[]} held
 */
async function putRow(tx, scope, part, { k, id, rev, row }, held) {
  if (!KINDS.includes(k)) return; // a kind of a later server: this version shows it nowhere
  const rows = tx.objectStore(k);
  if (held.filter((other) => other.scope.startsWith('grid:')).length > 1) {
    const now = await rows.get(id);
    // What a scope brought from another log counts positions of that log.
    const counts = held.some((each) => each.scope === now?.scope && each.generation !== UNHELD);
    if (now && now.scope !== scope && (row === null || (counts && now.rev > rev))) return;
  }
  if (row === null) return void rows.delete(id);
  const parent = k in PARENT ? { parent: row[/** @type {Record<string, string>} */ (PARENT)[k]] } : null;
  rows.put({ id, scope, part, rev, row, ...parent, ...(k === 'visit' && { at: row.occurred_at_ms }) });
}

/** Rows of a scope go, except those of the parts named. @param {any} tx @param {string} scope @param {string[]} keep */
async function removeScope(tx, scope, keep) {
  const edges = ['', ...[...keep].sort(), END];
  for (const kind of KINDS) {
    const rows = tx.objectStore(kind);
    for (let i = 1; i < edges.length; i++) {
      const range = IDBKeyRange.bound([scope, edges[i - 1]], [scope, edges[i]], true, true);
      for (const key of await rows.index('scope').getAllKeys(range)) rows.delete(key);
    }
  }
}

/**
 * One part of a first download with the note that it is in; the last one also clears what an older copy left.
 * @param {any} scopes all scopes as they now stand @param {string} scope @param {string} part
 * @param {any[]} rows @param {string[] | null} whole the parts of the finished download
 */
export async function putPart(scopes, scope, part, rows, whole) {
  const tx = await begin([...KINDS, 'edit', 'meta'], 'readwrite');
  for (const row of rows) await putRow(tx, scope, part, row, scopes);
  if (whole) {
    await removeScope(tx, scope, whole);
    await cover(tx.objectStore('edit'), scopes);
  }
  tx.objectStore('meta').put({ k: 'scopes', v: scopes });
  await tx.done;
}
