// The phone's store: what pages read, and what people write on this phone (received.js: what the server said).
//
// Reading takes one transaction for all a page needs; every writing function is one transaction.

import { begin } from './database.js';
import { mergeDraft, postedDraft } from './draft.js';

const GRID = 'grid:';

/** @typedef {{id: string, scope: string, part: string, parent?: string, rev: number, row: any}} Kept */
/** @typedef {import('./types.js').EditRecord} EditRecord */

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
const opened = (kept) => kept && { ...kept.row, ...(kept.scope.startsWith(GRID) && { grid: kept.scope.slice(GRID.length) }) };

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

/** Keep what a page tells of a half-written form. @param {import('./draft.js').Told} told @param {number} savedMs */
export async function putDraft(told, savedMs) {
  const tx = await begin(['draft'], 'readwrite', 'strict');
  const drafts = tx.objectStore('draft');
  const draft = mergeDraft(await drafts.get(told.key), told, savedMs);
  if (draft) drafts.put(draft);
  else drafts.delete(told.key);
  await tx.done;
}

/** Keep a form as it was sent: something in it was wrong. @param {string} key @param {import('./draft.js').Values} values @param {string} posted */
export async function putPosted(key, values, posted) {
  const tx = await begin(['draft'], 'readwrite', 'strict');
  tx.objectStore('draft').put(postedDraft(key, values, posted, Date.now()));
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
