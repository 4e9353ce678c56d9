// The phone's database: opened, made, held open through other tabs' migrations. The few notes everything begins with.
//
// Nothing but this opens IndexedDB, so that what lies in it can later be sealed behind it. Rows lie by kind as
// {id, scope, part, parent, at, rev, row}: keys outside, what was said inside `row`. Edits lie under [device, n] with
// `unsent` and `open` as sparse marks. What is known of photos and voice notes lies under their hash, `todo` while
// something is to be done about them (blobs.js); their bytes lie apart. Meta holds device, chain, sync, scopes.

import { openDB } from '../vendor/idb/index.js';

export const KINDS = ['grid', 'building', 'household', 'resident', 'visit', 'door', 'aside'];
export const PARENT = { household: 'building', resident: 'household', visit: 'household' };
const VERSION = 3;

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

/** @param {import('../vendor/idb/index.js').IDBPDatabase<any>} db @param {number} from the version that is there; 0 for none */
function upgrade(db, from) {
  // Version 2 brought what became of edits that had been set aside, version 3 photos and voice notes.
  for (const kind of KINDS.filter((each) => from === 0 || (from === 1 && each === 'aside'))) {
    const rows = db.createObjectStore(kind, { keyPath: 'id' });
    rows.createIndex('scope', ['scope', 'part']);
    if (kind in PARENT) rows.createIndex('parent', 'parent');
    if (kind === 'visit') rows.createIndex('at', 'at');
  }
  db.createObjectStore('blob', { keyPath: 'sha256' }).createIndex('todo', 'todo');
  db.createObjectStore('blob_bytes');
  if (from > 0) return;
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
