// The phone's store: the one door to IndexedDB, so that rows can later be sealed at rest behind it.
//
// Rows lie by kind as {id, scope, part, parent, at, rev, row}: keys outside, what was said inside `row`.
// Edits lie under [device, n] with `unsent` and `open` as sparse marks. Meta holds device, chain, sync, scopes.
// Reading takes one transaction for all a page needs; every writing function is one transaction.

import { openDB } from '../vendor/idb/index.js';

/** @typedef {{id: string, scope: string, part: string, parent?: string, rev: number, row: any}} Kept */
/** @typedef {import('./types.js').EditRecord} EditRecord */

export const KINDS = ['grid', 'building', 'household', 'resident', 'visit', 'door'];
const PARENT = { household: 'building', resident: 'household', visit: 'household' };
const VERSION = 1;
const END = '\uffff';

let name = 'sifang';
/** @type {Promise<import('../vendor/idb/index.js').IDBPDatabase> | null} */
let opening = null;

/** Work on another database: one phone more in the same browser. @param {string} other */
export function use(other) {
  name = other;
  opening = null;
}

/** The name under which locks of this store are taken. */
export const storeName = () => name;

/** @param {import('../vendor/idb/index.js').IDBPDatabase<any>} db */
function upgrade(db) {
  for (const kind of KINDS) {
    const rows = db.createObjectStore(kind, { keyPath: 'id' });
    rows.createIndex('scope', ['scope', 'part']);
    if (kind in PARENT) rows.createIndex('parent', 'parent');
    if (kind === 'visit') rows.createIndex('at', 'at');
  }
  const edits = db.createObjectStore('edit', { keyPath: ['device', 'n'] });
  edits.createIndex('id', 'id', { unique: true });
  edits.createIndex('unsent', 'unsent');
  edits.createIndex('open', 'open');
  edits.createIndex('position', 'position');
  edits.createIndex('entity', 'entity');
  db.createObjectStore('draft', { keyPath: 'key' });
  db.createObjectStore('meta', { keyPath: 'k' });
}

function open() {
  opening ??= openDB(name, VERSION, {
    upgrade,
    // A newer version of the app wants to migrate in another tab: step aside, reopen on the next call.
    blocking() {
      const old = opening;
      opening = null;
      old?.then((db) => db.close());
    },
    terminated() {
      opening = null;
    },
  }).catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

/**
 * @param {string[]} names
 * @param {IDBTransactionMode} mode
 * @param {'strict' | 'relaxed'} durability
 * @returns {Promise<any>}
 */
async function begin(names, mode = 'readonly', durability = 'relaxed') {
  const db = await open();
  try {
    return db.transaction(names, mode, { durability });
  } catch (error) {
    // The connection was closed under us (another tab migrates, the browser reclaimed it): once more.
    if (/** @type {Error} */ (error).name !== 'InvalidStateError') throw error;
    opening = null;
    return (await open()).transaction(names, mode, { durability });
  }
}

/**
 * What a page needs, in one transaction and so of one moment. A want is one of
 * {kind, id} · {kind, parent} · {kind, since} · {kind} · {edits: 'open' | 'unsent' | 'all'} · {edits: 'newest', limit} · {about: entity} · {edit: id} · {count: 'unsent'} ·
 * {draft: key} · {drafts: true} · {meta: key}. Rows carry the grid they belong to.
 * @param {Record<string, any>} wants
 * @returns {Promise<Record<string, any>>}
 */
export async function read(wants) {
  const stores = [...new Set(Object.values(wants).map(storeOf))];
  const tx = await begin(stores);
  /** @type {Record<string, any>} */
  const found = {};
  const asked = Object.entries(wants).map(async ([key, want]) => {
    found[key] = await ask(tx.objectStore(storeOf(want)), want);
  });
  await Promise.all(asked);
  return found;
}

/** @param {any} want */
function storeOf(want) {
  if (want.kind) return want.kind;
  if (want.meta) return 'meta';
  return want.draft || want.drafts ? 'draft' : 'edit';
}

/** @param {any} store @param {any} want */
async function ask(store, want) {
  if (want.meta) return (await store.get(want.meta))?.v;
  if (want.drafts) return store.getAll();
  if (want.draft) return store.get(want.draft);
  if (want.edit) return store.index('id').get(want.edit);
  if (want.count) return store.index(want.count).count();
  if (want.about) return store.index('entity').getAll(want.about);
  if (want.edits === 'newest') return newest(store, want.limit);
  if (want.edits && want.edits !== 'all') return store.index(want.edits).getAll();
  if (want.edits) return store.getAll();
  if (want.id) return opened(await store.get(want.id));
  if (want.parent) return (await store.index('parent').getAll(want.parent)).map(opened);
  if (want.since) return (await store.index('at').getAll(IDBKeyRange.lowerBound(want.since))).map(opened);
  return (await store.getAll()).map(opened);
}

/** Acknowledged edits, the newest first. @param {any} store @param {number} limit */
async function newest(store, limit) {
  const found = [];
  let cursor = await store.index('position').openCursor(null, 'prev');
  for (; cursor && found.length < limit; cursor = await cursor.continue()) found.push(cursor.value);
  return found;
}

/** @param {Kept | undefined} kept */
const opened = (kept) => kept && { ...kept.row, grid: kept.scope.slice('grid:'.length) };

/** @param {string} key */
export const meta = async (key) => (await read({ v: { meta: key } })).v;

/** Keep several notes, all or none. @param {Record<string, any>} notes */
export async function setMeta(notes) {
  const tx = await begin(['meta'], 'readwrite', 'strict');
  for (const [k, v] of Object.entries(notes)) tx.objectStore('meta').put({ k, v });
  await tx.done;
}

/**
 * Keep new edits at the end of the chain, durably, and drop the draft they came from: all or nothing.
 * Throws ConstraintError when one of them (its n or its id) is there already.
 * @param {EditRecord[]} edits @param {{device: string, n: number, hash: string | null}} chain @param {string} [draftKey]
 */
export async function addEdits(edits, chain, draftKey) {
  const tx = await begin(['edit', 'meta', 'draft'], 'readwrite', 'strict');
  // `add` refuses what is there and takes the whole transaction with it.
  const added = edits.map((edit) => tx.objectStore('edit').add(edit));
  const rest = [tx.objectStore('meta').put({ k: 'chain', v: chain })];
  if (draftKey) rest.push(tx.objectStore('draft').delete(draftKey));
  await Promise.all([...added, ...rest, tx.done]);
}

/** Edits of one chain from a number on, in order. @param {string} device @param {number} from @param {number} [limit] @returns {Promise<EditRecord[]>} */
export async function editsFrom(device, from, limit) {
  const tx = await begin(['edit']);
  return tx.objectStore('edit').getAll(IDBKeyRange.bound([device, from], [device, Infinity]), limit);
}

/**
 * Everything one exchange changed, in one transaction: receipts, rows, cursors, what was said last.
 * `round` guards against a second exchange: when it moved on meanwhile nothing is written and false is returned.
 * @param {import('./types.js').Change} change
 * @returns {Promise<boolean>}
 */
export async function applyChange(change) {
  const tx = await begin([...KINDS, 'edit', 'meta'], 'readwrite');
  const metas = tx.objectStore('meta');
  const now = (await metas.get('sync'))?.v ?? {};
  if ((now.round ?? 0) !== change.round) return false;
  const edits = tx.objectStore('edit');
  for (const { device, n, ...receipt } of change.receipts) {
    const edit = await edits.get([device, n]);
    if (edit && edit.hash === receipt.hash) edits.put({ ...without(edit, 'unsent'), ...receipt });
  }
  if (change.rewind) await rewind(edits, change.rewind);
  for (const edit of change.dropped ?? []) edits.delete([edit.device, edit.n]);
  for (const edit of change.added ?? []) edits.add(edit);
  for (const row of change.rows) putRow(tx, row.scope, 'live', row);
  for (const scope of change.gone) await removeScope(tx, scope, []);
  await cover(edits, change.scopes);
  await prune(edits, change.backedUpThrough, change.keepSinceMs);
  if (change.chain) metas.put({ k: 'chain', v: change.chain });
  metas.put({ k: 'scopes', v: change.scopes });
  metas.put({ k: 'sync', v: { ...now, ...change.sync, round: change.round + 1 } });
  await tx.done;
  return true;
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

/** Acknowledged edits are kept until a backup off the server's disk holds them, and a while longer to be shown. @param {any} edits @param {number} through @param {number} sinceMs */
async function prune(edits, through, sinceMs) {
  for (const edit of await edits.index('position').getAll(IDBKeyRange.upperBound(through), 500)) {
    const settled = !edit.open && !edit.unsent && edit.outcome !== 'quarantined';
    if (settled && edit.received_ms < sinceMs) edits.delete([edit.device, edit.n]);
  }
}

/** @param {any} tx @param {string} scope @param {string} part @param {{k: string, id: string, rev: number, row: any}} said */
function putRow(tx, scope, part, { k, id, rev, row }) {
  if (!KINDS.includes(k)) return; // a kind of a later server: this version shows it nowhere
  const rows = tx.objectStore(k);
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
  for (const row of rows) putRow(tx, scope, part, row);
  if (whole) {
    await removeScope(tx, scope, whole);
    await cover(tx.objectStore('edit'), scopes);
  }
  tx.objectStore('meta').put({ k: 'scopes', v: scopes });
  await tx.done;
}

/**
 * Keep a half-written form. `untouched`: it is back to what the page said at first; then it is no draft, unless an
 * earlier page had begun it. `page` tells pages apart.
 * @param {{key: string, values: Record<string, string | string[]>, page: string, untouched: boolean}} draft
 * @param {number} savedMs
 */
export async function putDraft({ key, values, page, untouched }, savedMs) {
  const tx = await begin(['draft'], 'readwrite', 'strict');
  const drafts = tx.objectStore('draft');
  const before = await drafts.get(key);
  const begun = before?.page ?? page;
  if (untouched && begun === page) drafts.delete(key);
  else drafts.put({ key, values, page: begun, saved_ms: savedMs });
  await tx.done;
}

/** Forget a half-written form. @param {string} key */
export async function dropDraft(key) {
  const tx = await begin(['draft'], 'readwrite', 'strict');
  tx.objectStore('draft').delete(key);
  await tx.done;
}

/** How many forms were written in since then and not sent. @param {number} sinceMs @returns {Promise<number>} */
export async function draftsSince(sinceMs) {
  const { all } = await read({ all: { drafts: true } });
  return all.filter((/** @type {{saved_ms: number}} */ draft) => draft.saved_ms >= sinceMs).length;
}

/** Note how an exchange went, without touching anything else it wrote. @param {Partial<import('./types.js').Sync>} said */
export async function noteSync(said) {
  const tx = await begin(['meta'], 'readwrite');
  const metas = tx.objectStore('meta');
  metas.put({ k: 'sync', v: { ...(await metas.get('sync'))?.v, ...said } });
  await tx.done;
}
