// The phone's store: what pages read, and what people write on this phone (received.js: what the server said).
//
// Reading takes one transaction for all a page needs; every writing function is one transaction.

import { allOf, bundleOf, rowsIn, scopeOf } from './bundles.js';
import { closeDraft, closeEdit, openDraft, openEdit, openEdits } from './closing.js';
import { begin } from './database.js';
import { mergeDraft, postedDraft } from './draft.js';
import { locked } from './lock.js';
import { keepTold } from './shut.js';
import { vaultNow } from './vault.js';

const GRID = 'grid:';

/** @typedef {import('./types.js').EditRecord} EditRecord */

/**
 * What a page needs, in one transaction and so of one moment. A want is one of
 * {kind, id} · {kind, parent} · {kind, since} · {kind, paired}, those of homes where somebody is looked in on · {kind} · {edits: 'open' | 'unsent' | 'all'} · {edits: 'newest', limit} · {about: entity} · {edit: id} · {count: 'unsent'} ·
 * {draft: key} · {drafts: true} · {shut: true}, whether anything waits for the vault to open · {meta: key}. Rows carry the grid they belong to. `heads` in place of `edits`: as they lie,
 * their bodies closed. While the phone is locked there are no rows and no drafts, and bodies of edits are empty.
 * @param {Record<string, any>} wants
 * @returns {Promise<Record<string, any>>}
 */
export async function read(wants) {
  // What opens it is fetched beside it: a cold worker counts every turn.
  const [vault, lying] = await Promise.all([vaultNow(), lyingThere(wants)]);
  const opened = lying.map(async ([key, want, found]) => [key, await opening(vault, want, found)]);
  return Object.fromEntries(await Promise.all(opened));
}

/** @param {Record<string, any>} wants @returns {Promise<[string, any, any][]>} */
async function lyingThere(wants) {
  const tx = await begin([...new Set(Object.values(wants).flatMap(storesOf))]);
  return Promise.all(Object.entries(wants).map(async ([key, want]) => [key, want, await ask(tx, want)]));
}

/** @param {any} want */
function storesOf(want) {
  if (want.paired) return [want.kind, 'care_pair', 'bundle'];
  if (want.kind) return [want.kind, 'bundle'];
  if (want.meta) return ['meta'];
  if (want.shut) return ['shut'];
  return want.draft || want.drafts ? ['draft'] : ['edit'];
}

/** What lies there. @param {any} tx @param {any} want */
async function ask(tx, want) {
  const store = tx.objectStore(storesOf(want)[0]);
  if (want.kind) return lyingRows(tx, store, want);
  if (want.meta) return (await store.get(want.meta))?.v;
  if (want.drafts) return store.getAll();
  if (want.draft) return store.get(want.draft);
  if (want.edit) return store.index('id').get(want.edit);
  if (want.shut) return (await store.count()) > 0;
  if (want.count) return store.index(want.count).count();
  if (want.about) return store.index('entity').getAll(want.about);
  const which = want.edits ?? want.heads;
  if (which === 'newest') return newest(store, want.limit);
  return which === 'all' ? store.getAll() : store.index(which).getAll();
}

/** The places of some rows, null for all of a kind, and the bundles they lie in. @param {any} tx @param {any} store @param {any} want */
async function lyingRows(tx, store, want) {
  const bundles = tx.objectStore('bundle');
  if (!want.id && !want.parent && !want.since && !want.paired) {
    // Rows that lie in the open are those of an older version, until there is a PIN.
    const [all, first] = await Promise.all([bundles.getAll(allOf(want.kind)), store.openCursor()]);
    return { places: first?.value.row ? await store.getAll() : null, bundles: all };
  }
  const found = want.id ? [await store.get(want.id)].filter(Boolean) : await placesOf(tx, store, want);
  const keys = [...new Set(found.filter(({ row }) => !row).map((place) => bundleOf(want.kind, place)))];
  return { places: found, bundles: (await Promise.all(keys.map((key) => bundles.get(key)))).filter(Boolean) };
}

/** @param {any} tx @param {any} store @param {any} want @returns {Promise<any[]>} */
async function placesOf(tx, store, { parent, since, paired }) {
  if (since) return store.index('at').getAll(IDBKeyRange.lowerBound(since));
  const homes = paired ? new Set((await tx.objectStore('care_pair').getAll()).map((/** @type {any} */ place) => place.parent)) : [parent];
  return (await Promise.all([...homes].map((home) => store.index('parent').getAll(home)))).flat();
}

/** @param {import('./vault.js').Vault} vault @param {any} want @param {any} found */
async function opening(vault, want, found) {
  if (want.kind) return openRows(vault, want, found);
  if (want.draft) return openDraft(vault, found);
  if (want.drafts) return (await Promise.all(found.map((/** @type {any} */ draft) => openDraft(vault, draft)))).filter(Boolean);
  if (want.edit) return openEdit(vault, found);
  return want.edits || want.about ? openEdits(vault, found) : found;
}

/** @param {import('./vault.js').Vault} vault @param {any} want @param {{places: any[] | null, bundles: any[]}} lying */
async function openRows(vault, want, { places, bundles }) {
  /** @type {Map<string, any>} */
  const rows = new Map(places?.filter(({ row }) => row).map((kept) => [kept.id, ofGrid(kept.scope, kept.row)]));
  const ids = places && new Set(places.map(({ id }) => id));
  const opened = await Promise.all(bundles.map((bundle) => rowsIn(vault, bundle)));
  bundles.forEach(({ key }, i) => {
    for (const [id, row] of opened[i]) if (!ids || ids.has(id)) rows.set(id, ofGrid(scopeOf(key), row));
  });
  if (want.id) return rows.get(want.id);
  return [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A row with the grid it belongs to. @param {string} scope @param {any} row */
const ofGrid = (scope, row) => ({ ...row, ...(scope.startsWith(GRID) && { grid: scope.slice(GRID.length) }) });

/** Acknowledged edits, the newest first. @param {any} store @param {number} limit */
async function newest(store, limit) {
  const found = [];
  let cursor = await store.index('position').openCursor(null, 'prev');
  for (; cursor && found.length < limit; cursor = await cursor.continue()) found.push(cursor.value);
  return found;
}

/**
 * Keep new edits at the end of the chain, durably, and drop the draft they came from: all or nothing.
 * Throws ConstraintError when one of them (its n or its id) is there already.
 * @param {EditRecord[]} edits @param {{device: string, n: number, hash: string | null}} chain @param {string} [draftKey]
 */
export async function addEdits(edits, chain, draftKey) {
  const vault = await vaultNow();
  const kept = await Promise.all(edits.map((edit) => closeEdit(vault, edit)));
  const tx = await begin(['edit', 'meta', 'draft', 'shut'], 'readwrite', 'strict');
  // `add` refuses what is there and takes the whole transaction with it.
  const added = kept.map((edit) => tx.objectStore('edit').add(edit));
  const rest = [tx.objectStore('meta').put({ k: 'chain', v: chain })];
  if (draftKey) rest.push(...forgetDraft(tx, draftKey));
  await Promise.all([...added, ...rest, tx.done]);
}

/** Edits of one chain from a number on, in order, as they lie. @param {string} device @param {number} from @param {number} [limit] @returns {Promise<EditRecord[]>} */
export async function headsFrom(device, from, limit) {
  const tx = await begin(['edit']);
  return tx.objectStore('edit').getAll(IDBKeyRange.bound([device, from], [device, Infinity]), limit);
}

/** The same, their bodies opened where this phone can. @param {string} device @param {number} from @param {number} [limit] @returns {Promise<EditRecord[]>} */
export const editsFrom = async (device, from, limit) => openEdits(await vaultNow(), await headsFrom(device, from, limit));

/**
 * Keep what a page tells of a half-written form. While the phone is locked nobody can say what was kept of it before: what
 * is told now lies beside it.
 * @param {import('./draft.js').Told} told @param {number} savedMs
 */
export async function putDraft(told, savedMs) {
  const vault = await vaultNow();
  if (vault.point && !vault.key) return keepTold(vault, told, savedMs);
  return locked('draft', async () => {
    const { before } = await read({ before: { draft: told.key } });
    await writeDraft(told.key, mergeDraft(before, told, savedMs));
  });
}

/** Keep a form as it was sent: something in it was wrong. @param {string} key @param {import('./draft.js').Values} values @param {string} posted */
export const putPosted = (key, values, posted) => locked('draft', () => writeDraft(key, postedDraft(key, values, posted, Date.now())));

/** @param {string} key @param {import('./draft.js').Kept | null} draft null: there is none any more */
async function writeDraft(key, draft) {
  const kept = draft && (await closeDraft(await vaultNow(), draft));
  const tx = await begin(['draft'], 'readwrite', 'strict');
  if (kept) tx.objectStore('draft').put(kept);
  else tx.objectStore('draft').delete(key);
  await tx.done;
}

/** Forget a half-written form. @param {string} key */
export async function dropDraft(key) {
  const tx = await begin(['draft', 'shut'], 'readwrite', 'strict');
  await Promise.all([...forgetDraft(tx, key), tx.done]);
}

/** What was kept of it before, and what was told of it while the phone was locked. @param {any} tx @param {string} key */
const forgetDraft = (tx, key) => [
  tx.objectStore('draft').delete(key),
  tx.objectStore('shut').delete(IDBKeyRange.bound(`told ${key} `, `told ${key} \uffff`)),
];

/** How many forms were written in since then and not sent. @param {number} sinceMs @returns {Promise<number>} */
export async function draftsSince(sinceMs) {
  const tx = await begin(['draft']);
  const all = await tx.objectStore('draft').getAll();
  return all.filter((/** @type {{saved_ms: number}} */ draft) => draft.saved_ms >= sinceMs).length;
}

/** Note how an exchange went, without touching anything else it wrote. @param {Partial<import('./types.js').Sync>} said */
export async function noteSync(said) {
  const tx = await begin(['meta'], 'readwrite');
  const metas = tx.objectStore('meta');
  metas.put({ k: 'sync', v: { ...(await metas.get('sync'))?.v, ...said } });
  await tx.done;
}
