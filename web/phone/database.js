// The phone's database: opened, made, held open through other tabs' migrations. The few notes everything begins with.
//
// Nothing but this opens IndexedDB. What was said lies closed (vault.js); what orders it lies in the open. Rows lie in
// bundles (bundles.js), beside them by kind {id, scope, part, within, rev, parent, at, blobs}, which says nothing of anybody.
// Edits lie under [device, n] with `unsent`, `open` and `unproved` as sparse marks. What is known of photos and voice notes lies under
// their hash, `todo` while something is to be done about them (blobs.js); their bytes lie apart. `shut` holds what was
// written while the phone was locked (shut.js). Meta holds device, chain, sync, scopes, and the vault.

import { deleteDB, openDB } from '../vendor/idb/index.js';

export const KINDS = ['grid', 'building', 'household', 'resident', 'visit', 'door', 'aside', 'daily_log', 'verification_order', 'order_answer', 'patrol', 'patrol_note', 'action', 'care_pair', 'care_check', 'paired', 'paired_check', 'item', 'report', 'volunteer', 'whistle'];
/** Kinds that came with a later version of the store. @type {Record<string, number>} */
const SINCE = { aside: 2, daily_log: 6, verification_order: 7, order_answer: 7, patrol: 7, patrol_note: 7, action: 7, care_pair: 7, care_check: 7, paired: 7, paired_check: 7, item: 7, report: 7, volunteer: 7, whistle: 8 };
export const PARENT = { household: 'building', resident: 'household', visit: 'household', care_pair: 'household', care_check: 'household', item: 'household', whistle: 'household' };
const VERSION = 8;

let name = 'sifang';
/** @typedef {Promise<import('../vendor/idb/index.js').IDBPDatabase<any>>} Opening */
/** @type {Opening | null} */
let opening = null;

/** Work on another database: that of somebody else who shares this phone. @param {string} other */
export function use(other) {
  if (other === name) return;
  name = other;
  // Held open, it could not be deleted.
  close(opening);
}

/** @param {Opening | null} old a connection that is not used any more */
function close(old) {
  if (opening === old) opening = null;
  old?.then((db) => db.close()).catch(() => {});
}

/** The name under which locks of this store are taken. */
export const storeName = () => name;

/** @param {import('../vendor/idb/index.js').IDBPDatabase<any>} db @param {number} from the version that is there; 0 for none @param {any} tx */
async function upgrade(db, from, tx) {
  // Version 2 brought what became of edits that had been set aside, version 3 photos and voice notes, version 4 the vault
  // (what older versions kept is closed once there is a PIN, settling.js, not here), version 6 logs, version 7 orders,
  // version 7 patrols, version 7 what was agreed, version 7 who is looked in on, version 7 items,
  // version 7 what volunteers noticed, and whom they look in on, version 8 whistles.
  for (const kind of KINDS.filter((each) => from < (SINCE[each] ?? 1))) {
    const rows = db.createObjectStore(kind, { keyPath: 'id' });
    rows.createIndex('scope', ['scope', 'part']);
    if (kind in PARENT) rows.createIndex('parent', 'parent');
    if (kind === 'visit') rows.createIndex('at', 'at');
  }
  if (from < 3) {
    db.createObjectStore('blob', { keyPath: 'sha256' }).createIndex('todo', 'todo');
    db.createObjectStore('blob_bytes');
  }
  if (from < 4) {
    db.createObjectStore('bundle', { keyPath: 'key' });
    db.createObjectStore('shut', { keyPath: 'id' });
  }
  if (from > 0) return from < 5 ? markUnproved(tx.objectStore('edit')) : undefined;
  const edits = db.createObjectStore('edit', { keyPath: ['device', 'n'] });
  edits.createIndex('id', 'id', { unique: true });
  edits.createIndex('unsent', 'unsent');
  edits.createIndex('open', 'open');
  edits.createIndex('position', 'position');
  edits.createIndex('entity', 'entity');
  edits.createIndex('unproved', 'unproved');
  db.createObjectStore('draft', { keyPath: 'key' });
  db.createObjectStore('meta', { keyPath: 'k' });
}

/** Version 5 asks for a proof of what came to the server before there was one. @param {any} edits */
async function markUnproved(edits) {
  edits.createIndex('unproved', 'unproved');
  for (let cursor = await edits.index('position').openCursor(); cursor; cursor = await cursor.continue()) {
    cursor.update({ ...cursor.value, unproved: 1 });
  }
}

function open() {
  if (opening) return opening;
  /** @type {Opening} */
  const mine = openDB(name, VERSION, {
    upgrade: (db, from, _to, tx) => upgrade(db, from, tx),
    // A newer version of the app wants to migrate in another tab: step aside, reopen on the next call.
    blocking: () => close(mine),
    terminated: () => close(mine),
  });
  opening = mine;
  mine.catch(() => close(mine));
  return mine;
}

/**
 * @param {string[]} names
 * @param {IDBTransactionMode} mode
 * @param {'strict' | 'relaxed'} durability
 * @returns {Promise<any>}
 */
export async function begin(names, mode = 'readonly', durability = 'relaxed') {
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
 * Delete the database with all that lies in it. Cleared first: where somebody holds it open, deleting waits for them.
 * @returns {Promise<void>}
 */
export async function deleteStore() {
  const db = await open();
  const names = [...db.objectStoreNames];
  const tx = db.transaction(names, 'readwrite', { durability: 'strict' });
  for (const each of names) tx.objectStore(each).clear();
  await tx.done;
  db.close();
  opening = null;
  await new Promise((done, fail) => {
    deleteDB(name, { blocked: () => done(undefined) }).then(done, fail);
  });
}

/** One note. @param {string} key */
export async function meta(key) {
  const tx = await begin(['meta']);
  return (await tx.objectStore('meta').get(key))?.v;
}

/** Keep several notes, all or none. @param {Record<string, any>} notes */
export async function setMeta(notes) {
  const tx = await begin(['meta'], 'readwrite', 'strict');
  for (const [k, v] of Object.entries(notes)) tx.objectStore('meta').put({ k, v });
  await tx.done;
}
