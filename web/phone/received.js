// What the server said, written down: each exchange and each part of a first copy in one transaction of its own.
//
// While the phone is locked that is what became of edits, and no rows: these come again, for the cursors stay.

import { sendAgain } from './blobs.js';
import { planRows, removeScope, writeRows } from './bundles.js';
import { closeEdit, namesIn } from './closing.js';
import { KINDS, begin } from './database.js';
import { FORGETTING, erasedIn, forget } from './erased.js';
import { proofOf } from './ledger/holding.js';
import { Trouble } from './transport.js';
import { vaultNow } from './vault.js';

/** @typedef {import('./types.js').EditRecord} EditRecord */

const ASIDE_MAX = 200;
const TRIES = 5;
/** @type {import('./bundles.js').Plan} */
const NO_ROWS = { places: [], gone: [], bundles: [], afresh: [], whole: null };

/**
 * Everything one exchange changed, in one transaction: receipts, rows, cursors, what was said last.
 * `round` guards against a second exchange: when it moved on meanwhile nothing is written and false is returned.
 * @param {import('./types.js').Change} change
 * @returns {Promise<boolean>}
 */
export async function applyChange(change) {
  const vault = change.vault ?? (await vaultNow());
  const added = await Promise.all((change.added ?? []).map((edit) => closeEdit(vault, edit)));
  const { rows, afresh, scopes: held } = change;
  return planned(vault, { rows, afresh, held }, (plan) => applyPlanned({ ...change, added }, plan));
}

/** @param {import('./types.js').Change} change @param {import('./bundles.js').Plan} plan @returns {Promise<boolean | null>} null: rows moved meanwhile */
async function applyPlanned(change, plan) {
  const erased = erasedIn(change.rows);
  const tx = await begin([...new Set([...KINDS, 'bundle', 'edit', 'blob', 'meta', ...(erased.length ? FORGETTING : [])])], 'readwrite');
  const metas = tx.objectStore('meta');
  const now = (await metas.get('sync'))?.v ?? {};
  if ((now.round ?? 0) !== change.round) return false;
  const edits = tx.objectStore('edit');
  if (change.otherLog) await askNoMore(edits);
  /** @type {string[]} */
  const aside = [];
  for (const { device, n, ...receipt } of change.receipts) {
    const edit = await edits.get([device, n]);
    if (!edit || edit.hash !== receipt.hash) continue;
    edits.put({ ...without(edit, 'unsent', 'proved'), ...receipt, unproved: 1 });
    if (receipt.outcome === 'quarantined' && !edit.erased) aside.push(edit.id);
  }
  await noteAside(metas, aside);
  await markProved(edits, change.proved);
  if (change.rewind) await rewind(edits, change.rewind);
  if (change.rewind || change.otherLog) await sendAgain(tx.objectStore('blob'));
  for (const edit of change.dropped ?? []) edits.delete([edit.device, edit.n]);
  for (const edit of change.added ?? []) edits.add(edit);
  await forget(tx, erased);
  if (!(await writeRows(tx, plan))) return giveUp(tx);
  const scopes = await leave(tx, change);
  await cover(edits, scopes);
  await prune(tx, change.backedUpThrough, change.keepSinceMs);
  if (change.chain) metas.put({ k: 'chain', v: change.chain });
  if (change.ledger) metas.put({ k: 'ledger', v: change.ledger });
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
  for (const scope of left) await removeScope(tx, scope);
  return scopes.filter(({ scope }) => !left.includes(scope));
}

/** What the log was proved to hold has its third receipt. @param {any} edits @param {Set<string> | undefined} proved edits in their places */
async function markProved(edits, proved) {
  if (!proved?.size) return;
  for (const edit of await edits.index('unproved').getAll()) {
    if (proved.has(proofOf(edit))) edits.put({ ...without(edit, 'unproved'), proved: 1 });
  }
}

/** Where these stood another edit stands in another log: of those that are not told of again nothing is asked. @param {any} edits */
async function askNoMore(edits) {
  for (const edit of await edits.index('unproved').getAll()) edits.put(without(edit, 'unproved'));
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
    const again = without(edit, 'outcome', 'position', 'received_ms', 'reason', 'proved', 'unproved');
    edits.put({ ...again, unsent: 1, open: 1 });
  }
}

/** An edit stays laid over the rows until its scope's cursor has passed it. @param {any} edits @param {any[]} scopes */
async function cover(edits, scopes) {
  const cursors = new Map(scopes.map((s) => [s.scope, s.cursor]));
  const own = scopes.find(({ scope }) => scope.startsWith('person:'))?.cursor;
  for (const edit of await edits.index('open').getAll()) {
    if (edit.unsent || edit.position === undefined) continue;
    // A volunteer holds no grid: what they say comes back among what is theirs alone.
    const cursor = cursors.get(`grid:${edit.grid}`) ?? own;
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
 * One part of a first download with the note that it is in; the last one also clears what an older copy left.
 * @param {any} scopes all scopes as they now stand @param {string} scope @param {string} part
 * @param {any[]} rows @param {string[] | null} whole the parts of the finished download
 */
export async function putPart(scopes, scope, part, rows, whole) {
  const vault = await vaultNow();
  if (!vault.key) throw new Trouble('locked');
  const said = rows.map((row) => ({ ...row, scope }));
  const change = { rows: said, part, held: scopes, whole: whole && { scope, keep: whole } };
  await putRows(vault, change, async (tx) => {
    if (whole) await cover(tx.objectStore('edit'), scopes);
    tx.objectStore('meta').put({ k: 'scopes', v: scopes });
  });
}

/**
 * Put rows, and what belongs to them, in one transaction.
 * @param {import('./vault.js').Vault} vault one that is open @param {Parameters<typeof planRows>[1]} change @param {(tx: any) => Promise<void>} [also]
 */
export async function putRows(vault, change, also = async () => {}) {
  await planned(vault, change, async (plan) => {
    const erased = erasedIn(change.rows);
    const tx = await begin([...KINDS, 'bundle', 'edit', 'meta', ...(erased.length ? FORGETTING : [])], 'readwrite');
    await forget(tx, erased);
    if (!(await writeRows(tx, plan))) return giveUp(tx);
    await also(tx);
    await tx.done;
    return true;
  });
}

/**
 * Plan a change of rows and write it; once more where somebody else wrote meanwhile.
 * @template T
 * @param {import('./vault.js').Vault} vault @param {Parameters<typeof planRows>[1]} change
 * @param {(plan: import('./bundles.js').Plan) => Promise<T | null>} write null: not written
 * @returns {Promise<T>}
 */
async function planned(vault, change, write) {
  for (let tried = 1; ; tried++) {
    const some = change.rows.length || change.afresh?.length || change.whole;
    const done = await write(vault.key && some ? await planRows(vault, change) : NO_ROWS);
    if (done !== null) return done;
    if (tried === TRIES) throw new Error('rows moved each time they were to be written');
  }
}

/** @param {any} tx */
async function giveUp(tx) {
  tx.abort();
  await tx.done.catch(() => {});
  return null;
}
