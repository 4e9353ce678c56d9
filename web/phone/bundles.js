// Rows as they lie on the phone: closed in bundles, a building's rows of one kind together, for one long text is opened
// sooner than many short ones.
//
// Changing some takes three steps, for a transaction ends while anything else is awaited: look at what is concerned, make
// the new bundles, write them if none was changed meanwhile. Beside them lies by kind what finds a row (database.js).

import { KINDS, PARENT, begin } from './database.js';
import { closeIn, openIn, whenClosed } from './vault.js';
import { nonceOf } from './sealing.js';

/** @typedef {import('./vault.js').Vault} Vault */
/** @typedef {import('./sealing.js').Bytes} Bytes */
/** Of rows of these kinds their place says which photos and voice notes they show. */
export const NAMING = ['visit', 'patrol_note', 'care_check', 'order_answer', 'item', 'daily_log'];

/** @typedef {{id: string, scope: string, part: string, within: string, rev: number, parent?: string, at?: number, blobs?: string[]}} Place */
/** @typedef {{key: string, sealed: Bytes}} Bundle */
/** @typedef {{put: Map<string, any>, gone: Set<string>}} Touched */

/** The generation of a scope whose rows are those of another log. */
export const UNHELD = -1;
const LIVE = 'live';
/** From so many rows on. */
const MANY = 30;
const END = '\uffff';

/** What was opened in this life of the worker. @type {Map<string, {nonce: string, rows: Map<string, any>}>} */
const opened = new Map();
whenClosed(() => opened.clear());

/** @param {string} kind @param {string} scope @param {string} within */
const keyOf = (kind, scope, within) => `${kind} ${scope} ${within}`;

/** The bundle a row lies in. @param {string} kind @param {Place} place */
export const bundleOf = (kind, { scope, within }) => keyOf(kind, scope, within);

/** The scope of a bundle's rows. @param {string} key */
export const scopeOf = (key) => key.split(' ')[1];

/** All bundles of a kind. @param {string} kind */
export const allOf = (kind) => IDBKeyRange.bound(`${kind} `, `${kind} ${END}`);

/** The rows of a bundle by id; none while the vault is closed. @param {Vault} vault @param {Bundle} bundle @returns {Promise<Map<string, any>>} */
export async function rowsIn(vault, { key, sealed }) {
  const nonce = nonceOf(sealed.subarray(1));
  const before = opened.get(key);
  if (vault.key && before?.nonce === nonce) return before.rows;
  const text = await openIn(vault, sealed, key);
  if (!text) return new Map();
  const rows = new Map(JSON.parse(new TextDecoder().decode(text)).map((/** @type {any} */ row) => [row.id, row]));
  opened.set(key, { nonce, rows });
  return rows;
}

/**
 * What a change of rows will be: made before the transaction that writes it.
 * @typedef {{places: [string, Place][], gone: [string, string][], bundles: {key: string, before: string | null, sealed: Bytes | null}[], afresh: string[], whole: {scope: string, keep: string[]} | null}} Plan
 */

/**
 * Plan to put rows, each in place of what stands there. Where a phone holds several grids, a place may have gone from one
 * to another: the newer word counts, and only the scope that brought a row takes it away.
 * @param {Vault} vault one that is open
 * @param {{rows: import('./types.js').Row[], part?: string, held: any[], afresh?: string[], whole?: {scope: string, keep: string[]} | null}} change
 *   `held`: all scopes as they will stand; `afresh`: those whose rows go first; `whole`: once these parts are all of a scope
 * @returns {Promise<Plan>}
 */
export async function planRows(vault, { rows, part = LIVE, held, afresh = [], whole = null }) {
  const looked = new Looked(await begin([...KINDS, 'bundle']), held, afresh);
  await looked.find(rows);
  for (const row of rows) await looked.place(row, part);
  if (whole) await looked.leaveOnly(whole);
  const before = await looked.bundles();
  const bundles = [...looked.touched].map(([key, touched]) => closed(vault, key, touched, before.get(key)));
  return { places: looked.placed(), gone: looked.gone, bundles: await Promise.all(bundles), afresh, whole };
}

/** @param {Vault} vault @param {string} key @param {Touched} touched @param {Bundle | undefined} before */
async function closed(vault, key, { put, gone }, before) {
  const rows = new Map(before ? await rowsIn(vault, before) : []);
  for (const id of gone) rows.delete(id);
  for (const [id, row] of put) rows.set(id, row);
  const said = new TextEncoder().encode(JSON.stringify([...rows.values()]));
  const sealed = rows.size ? await closeIn(vault, said, key) : null;
  if (sealed) opened.set(key, { nonce: nonceOf(sealed.subarray(1)), rows });
  return { key, before: before ? nonceOf(before.sealed.subarray(1)) : null, sealed };
}

/** What stands there now, and what becomes of it, within one transaction that reads. */
class Looked {
  /** @param {any} tx @param {any[]} held @param {string[]} afresh */
  constructor(tx, held, afresh) {
    this.tx = tx;
    this.held = new Set(held.filter(({ generation }) => generation !== UNHELD).map(({ scope }) => scope));
    this.afresh = afresh;
    /** Places by `kind id`; null for what is not there. @type {Map<string, Place | null>} */
    this.places = new Map();
    /** @type {Map<string, Touched>} */
    this.touched = new Map();
    /** @type {[string, string][]} */
    this.gone = [];
    /** @type {Set<string>} */
    this.put = new Set();
  }

  /** @param {string} kind @param {string} id @returns {Promise<Place | null>} */
  async at(kind, id) {
    const name = `${kind} ${id}`;
    if (!this.places.has(name)) {
      const found = await this.tx.objectStore(kind).get(id);
      this.places.set(name, found && !this.afresh.includes(found.scope) ? found : null);
    }
    return this.places.get(name) ?? null;
  }

  /** All places at once: one after the other would take as many turns. @param {import('./types.js').Row[]} rows */
  async find(rows) {
    const known = rows.filter(({ k }) => KINDS.includes(k));
    if (known.length > MANY) await this.leaveOut(known);
    await Promise.all(known.map(({ k, id }) => this.at(k, id)));
  }

  /** Of a first copy hardly anything is there yet: what is not need not be asked for one by one. @param {import('./types.js').Row[]} rows */
  async leaveOut(rows) {
    const kinds = [...new Set(rows.map(({ k }) => k))];
    const lying = await Promise.all(kinds.map((kind) => this.tx.objectStore(kind).getAllKeys()));
    const here = new Map(kinds.map((kind, i) => [kind, new Set(lying[i])]));
    for (const { k, id } of rows) if (!here.get(k)?.has(id)) this.places.set(`${k} ${id}`, null);
  }

  /** @param {import('./types.js').Row} said @param {string} part */
  async place({ scope, k, id, rev, row }, part) {
    if (!KINDS.includes(k)) return;
    const now = await this.at(k, id);
    // Of a scope that has gone for good nothing counts any more, nor of one that holds the rows of another log.
    if (now && now.scope !== scope && (row === null || (this.held.has(now.scope) && now.rev > rev))) return;
    if (now && (row === null || now.scope !== scope)) this.touch(k, now).gone.add(id);
    if (row === null) return this.drop(k, id);
    const within = part === LIVE ? await this.beside(k, scope, now, row) : part;
    if (now && now.scope === scope && now.within !== within) this.touch(k, now).gone.add(id);
    const parent = k in PARENT ? { parent: row[PARENT[/** @type {'visit'} */ (k)]] } : null;
    const named = [row, ...(row.story ?? [])].flatMap((/** @type {any} */ said) => said.blobs ?? []);
    const blobs = named.map((/** @type {{sha256: string}} */ blob) => blob.sha256);
    const at = k === 'visit' ? { at: row.occurred_at_ms } : null;
    const shows = NAMING.includes(k) && blobs.length ? { blobs } : null;
    const place = { id, scope, part, within, rev, ...parent, ...at, ...shows };
    const bundle = this.touch(k, place);
    bundle.put.set(id, row);
    bundle.gone.delete(id);
    this.places.set(`${k} ${id}`, place);
    this.put.add(`${k} ${id}`);
  }

  /** Where a row goes that came by itself: where it was, else beside its home. @param {string} kind @param {string} scope @param {Place | null} now @param {any} row */
  async beside(kind, scope, now, row) {
    if (now?.scope === scope) return now.within;
    const home = kind === 'door' ? row.id : row.household;
    const at = home ? await this.at('household', home) : null;
    return at?.scope === scope ? at.within : LIVE;
  }

  /** @param {string} kind @param {string} id */
  drop(kind, id) {
    this.places.set(`${kind} ${id}`, null);
    this.put.delete(`${kind} ${id}`);
    this.gone.push([kind, id]);
  }

  /** @param {string} kind @param {Place} place @returns {Touched} */
  touch(kind, place) {
    const key = bundleOf(kind, place);
    const touched = this.touched.get(key) ?? { put: new Map(), gone: new Set() };
    this.touched.set(key, touched);
    return touched;
  }

  /** Rows that came by themselves lie in bundles of parts that stay: they go from there. @param {{scope: string, keep: string[]}} whole */
  async leaveOnly({ scope, keep }) {
    for (const kind of KINDS) {
      const live = await this.tx.objectStore(kind).index('scope').getAll([scope, LIVE]);
      for (const place of live) {
        if (this.put.has(`${kind} ${place.id}`) || !keep.includes(place.within)) continue;
        const touched = this.touch(kind, place);
        if (!touched.put.has(place.id)) touched.gone.add(place.id);
      }
    }
  }

  /** The bundles concerned, as they are. @returns {Promise<Map<string, Bundle>>} */
  async bundles() {
    const store = this.tx.objectStore('bundle');
    const keys = [...this.touched.keys()].filter((key) => !this.afresh.includes(scopeOf(key)));
    const found = await Promise.all(keys.map((key) => store.get(key)));
    return new Map(found.filter(Boolean).map((bundle) => [bundle.key, bundle]));
  }

  /** @returns {[string, Place][]} */
  placed() {
    return [...this.put].map((name) => [name.split(' ')[0], /** @type {Place} */ (this.places.get(name))]);
  }
}

/**
 * Write what was planned; false when a bundle was changed meanwhile: then nothing is, and the transaction is to be given up.
 * @param {any} tx over KINDS and bundle, open for writing @param {Plan} plan @returns {Promise<boolean>}
 */
export async function writeRows(tx, { places, gone, bundles, afresh, whole }) {
  const store = tx.objectStore('bundle');
  const known = bundles.filter(({ key }) => !afresh.includes(scopeOf(key)));
  const now = await Promise.all(known.map(({ key }) => store.get(key)));
  const same = now.every((bundle, i) => (bundle ? nonceOf(bundle.sealed.subarray(1)) : null) === known[i].before);
  if (!same) return false;
  for (const scope of afresh) await removeScope(tx, scope);
  for (const [kind, id] of gone) tx.objectStore(kind).delete(id);
  for (const [kind, place] of places) tx.objectStore(kind).put(place);
  for (const { key, sealed } of bundles) sealed ? store.put({ key, sealed }) : store.delete(key);
  if (whole) await removeScope(tx, whole.scope, whole.keep);
  return true;
}

/** Rows of a scope go, except those of the parts named. @param {any} tx @param {string} scope @param {string[]} [keep] */
export async function removeScope(tx, scope, keep = []) {
  const edges = ['', ...[...keep].sort(), END];
  for (const kind of KINDS) {
    const rows = tx.objectStore(kind);
    for (let i = 1; i < edges.length; i++) {
      const range = IDBKeyRange.bound([scope, edges[i - 1]], [scope, edges[i]], true, true);
      for (const key of await rows.index('scope').getAllKeys(range)) rows.delete(key);
      const bundles = [keyOf(kind, scope, edges[i - 1]), keyOf(kind, scope, edges[i])];
      tx.objectStore('bundle').delete(IDBKeyRange.bound(bundles[0], bundles[1], true, true));
    }
  }
}
