// Photos and voice notes on the phone: kept under their hash before any edit names them, bytes until a backup has them.
//
// Bytes that are to go up lie here once more, piece by piece closed for the server: a locked phone sends those, and no
// forgotten PIN keeps them. `todo` says what is still to be done about one: SEND it; or HOLD its bytes, which the server has and may yet lose.
// Form fields say which blobs they hold as `sha256.type.bytes[.ms]`, with commas between (views/blobs.js). What neither
// an edit, a half-written form nor a row names any more is cleared away, a day after it came at the earliest.

import { NAMING } from './bundles.js';
import { namesIn, namesInDraft } from './closing.js';
import { begin } from './database.js';
import { b64u, unb64u } from './edit.js';
import { seal } from './sealing.js';
import { PIECE_BYTES } from './transport.js';
import { closeIn, openIn, vaultNow } from './vault.js';

/** @typedef {import('./types.js').BlobName} BlobName */
/** @typedef {import('./types.js').BlobRecord} BlobRecord */
/** @typedef {import('./types.js').EditRecord} EditRecord */

export const SEND = 1;
export const HOLD = 2;
const THUMB_BYTES_MAX = 10_000;
const GRACE_MS = 24 * 3600 * 1000;

/**
 * Keep a photo or voice note durably; what is here already is kept once. Throws QuotaExceededError when there is no room.
 * @param {{type: string, data: ArrayBuffer, ms?: number, thumb?: ArrayBuffer}} given @param {number} nowMs
 * @returns {Promise<BlobName>}
 */
export async function keepBlob({ type, data, ms, thumb }, nowMs) {
  const sha256 = b64u(await crypto.subtle.digest('SHA-256', data));
  const name = { sha256, type, bytes: data.byteLength, ...(ms && { ms }) };
  const vault = await vaultNow();
  const small = thumb && thumb.byteLength <= THUMB_BYTES_MAX ? { thumb: await closedBytes(vault, thumb, sha256) } : null;
  const [bytes, pieces] = await Promise.all([closedBytes(vault, data, sha256), sealedPieces(vault, data)]);
  const tx = await begin(['blob', 'blob_bytes'], 'readwrite', 'strict');
  tx.objectStore('blob').put({ ...name, ...small, added_ms: nowMs, todo: SEND });
  tx.objectStore('blob_bytes').put(bytes, sha256);
  if (pieces) tx.objectStore('blob_bytes').put(pieces, forServer(sha256));
  await tx.done;
  return name;
}

/** Where the pieces lie that are closed for the server. @param {string} sha256 */
export const forServer = (sha256) => `${sha256} sealed`;

/** Each piece closed for the server, once there is a vault that knows its key. @param {import('./vault.js').Vault} vault @param {ArrayBuffer} data */
async function sealedPieces({ point, server }, data) {
  if (!point || !server) return null;
  const starts = [...Array(Math.ceil(data.byteLength / PIECE_BYTES)).keys()].map((n) => n * PIECE_BYTES);
  return Promise.all(starts.map((first) => seal(new Uint8Array(data.slice(first, first + PIECE_BYTES)), unb64u(server))));
}

/** The pieces of a blob as they were closed for the server. @param {string} sha256 @returns {Promise<Uint8Array<ArrayBuffer>[] | undefined>} */
export async function piecesHere(sha256) {
  const tx = await begin(['blob_bytes']);
  return tx.objectStore('blob_bytes').get(forServer(sha256));
}

/** Bytes as they are kept: closed, once there is a vault. @param {import('./vault.js').Vault} vault @param {ArrayBuffer} data @param {string} sha256 @returns {Promise<ArrayBuffer | Uint8Array<ArrayBuffer>>} */
export const closedBytes = async (vault, data, sha256) => (vault.point ? closeIn(vault, data, `blob ${sha256}`) : data);

/** @param {import('./vault.js').Vault} vault @param {any} kept @param {string} sha256 @returns {Promise<ArrayBuffer | undefined>} */
async function openedBytes(vault, kept, sha256) {
  if (!(kept instanceof Uint8Array)) return kept;
  const data = await openIn(vault, /** @type {Uint8Array<ArrayBuffer>} */ (kept), `blob ${sha256}`);
  return data?.buffer;
}

/** What is known of these, by hash. @param {string[]} names @returns {Promise<Record<string, BlobRecord>>} */
export async function knownBlobs(names) {
  if (!names.length) return {};
  const tx = await begin(['blob']);
  const found = await Promise.all(names.map((name) => tx.objectStore('blob').get(name)));
  return Object.fromEntries(found.filter(Boolean).map((blob) => [blob.sha256, blob]));
}

/**
 * A blob with its bytes, while they are here and can be read; `lying`: they are here.
 * @param {string} sha256 @returns {Promise<{known?: BlobRecord, data?: ArrayBuffer, thumb?: ArrayBuffer, lying?: boolean}>}
 */
export async function blobHere(sha256) {
  const vault = await vaultNow();
  const tx = await begin(['blob', 'blob_bytes']);
  const [known, bytes] = await Promise.all([tx.objectStore('blob').get(sha256), tx.objectStore('blob_bytes').get(sha256)]);
  const [data, thumb] = await Promise.all([bytes, known?.thumb].map((kept) => openedBytes(vault, kept, sha256)));
  return { known, data, thumb, lying: !!bytes };
}

/** @typedef {{blob: BlobRecord, edit: EditRecord}} Named */

/**
 * What waits for the server, each with an edit that names it: one that has come there, if any has. What only a
 * half-written form names waits for nobody. @returns {Promise<Named[]>}
 */
export async function blobsWaiting() {
  const tx = await begin(['blob', 'edit']);
  return withEdits(tx, await tx.objectStore('blob').index('todo').getAll(SEND));
}

/** What the server has, and by what it says a backup too: all that came before `through`. @param {number} through @returns {Promise<Named[]>} */
export async function blobsBackedUp(through) {
  const tx = await begin(['blob', 'edit']);
  const held = /** @type {BlobRecord[]} */ (await tx.objectStore('blob').index('todo').getAll(HOLD));
  return withEdits(tx, held.filter(({ after = Infinity }) => after <= through));
}

/** @param {any} tx @param {BlobRecord[]} todo @returns {Promise<Named[]>} */
async function withEdits(tx, todo) {
  if (!todo.length) return [];
  const edits = /** @type {EditRecord[]} */ (await tx.objectStore('edit').getAll());
  const named = new Map();
  for (const edit of edits) for (const name of namesIn(edit)) if (!named.has(name) || edit.position !== undefined) named.set(name, edit);
  return todo.flatMap((blob) => (named.has(blob.sha256) ? [{ blob, edit: named.get(blob.sha256) }] : []));
}

/**
 * The server has checked the hash of all of it, when its journal `log` held `size` edits: a backup that goes further holds
 * it as well. With another log since, or one not known here yet, it is asked about again. The bytes go when it is `safe`.
 * @param {string} sha256 @param {{log?: string, size?: number}} said @param {boolean} safe a backup holds it by now
 */
export const blobArrived = (sha256, { log, size }, safe) =>
  settle(sha256, (sync) => (sync?.log !== log ? { todo: SEND } : safe ? null : { todo: HOLD, after: size }));

/** The server does not take it: it stays, and is not sent again. @param {string} sha256 @param {string} why */
export const blobRefused = (sha256, why) => settle(sha256, () => ({ refused: why }));

/** @param {string} sha256 @param {(sync: any) => Partial<BlobRecord> | null} said what there is to say of it now; null: its bytes go */
async function settle(sha256, said) {
  const tx = await begin(['blob', 'blob_bytes', 'meta'], 'readwrite', 'strict');
  const blobs = tx.objectStore('blob');
  const { todo: _, after: __, ...blob } = (await blobs.get(sha256)) ?? {};
  const now = said((await tx.objectStore('meta').get('sync'))?.v);
  if (blob.sha256) blobs.put({ ...blob, ...now });
  if (!now) tx.objectStore('blob_bytes').delete(sha256);
  // What the server has, or does not take, need not lie here twice.
  if (now?.todo !== SEND) tx.objectStore('blob_bytes').delete(forServer(sha256));
  await tx.done;
}

/** The server may have lost what it had: all that is still here goes up again. @param {any} blobs the store, open for writing */
export async function sendAgain(blobs) {
  for (const blob of await blobs.index('todo').getAll(HOLD)) blobs.put({ ...blob, todo: SEND });
}

/**
 * Do something that keeps; where the phone is full, first let go of bytes that the server has and no backup yet, the
 * oldest first. Only deletes: on a full phone nothing can be written.
 * @template T
 * @param {number} size how many bytes it takes, about @param {() => Promise<T>} work @param {number} [room] how many there are
 * @returns {Promise<T>}
 */
export async function withRoom(size, work, room = size) {
  if (room < size && !(await letGo(size - room))) throw new DOMException('no room', 'QuotaExceededError');
  try {
    return await work();
  } catch (error) {
    if (/** @type {Error} */ (error)?.name !== 'QuotaExceededError' || !(await letGo(size))) throw error;
    return work();
  }
}

/** @param {number} size @returns {Promise<boolean>} whether so many bytes could go; else none went */
async function letGo(size) {
  const tx = await begin(['blob', 'blob_bytes'], 'readwrite');
  const bytes = tx.objectStore('blob_bytes');
  const here = new Set(await bytes.getAllKeys());
  const held = /** @type {BlobRecord[]} */ (await tx.objectStore('blob').index('todo').getAll(HOLD));
  const oldest = held.filter(({ sha256 }) => here.has(sha256)).sort((a, b) => a.added_ms - b.added_ms);
  if (oldest.reduce((sum, blob) => sum + blob.bytes, 0) < size) return false;
  let missing = size;
  for (const blob of oldest) {
    if (missing > 0) bytes.delete(blob.sha256);
    missing -= blob.bytes;
  }
  await tx.done;
  return true;
}

/**
 * Clear away what nobody names any more. One transaction looks and clears, so that nothing is named in between.
 * @param {number} nowMs @returns {Promise<number>} how many went
 */
export async function clearBlobs(nowMs) {
  const tx = await begin(['blob', 'blob_bytes', 'edit', 'draft', 'shut', ...NAMING], 'readwrite');
  // What was written while the phone was locked may name some: nobody can tell before it is open.
  if (await tx.objectStore('shut').count()) return 0;
  const blobs = tx.objectStore('blob');
  const all = /** @type {BlobRecord[]} */ (await blobs.getAll());
  const old = all.filter((blob) => blob.added_ms < nowMs - GRACE_MS);
  if (!old.length) return 0;
  const [edits, drafts] = await Promise.all([tx.objectStore('edit').getAll(), tx.objectStore('draft').getAll()]);
  const named = new Set([...edits.flatMap(namesIn), ...drafts.flatMap(namesInDraft)]);
  const oldest = Math.min(...old.map((blob) => blob.added_ms)) - GRACE_MS;
  const since = await tx.objectStore('visit').index('at').getAll(IDBKeyRange.lowerBound(oldest));
  const others = await Promise.all(NAMING.filter((kind) => kind !== 'visit').map((kind) => tx.objectStore(kind).getAll()));
  for (const { blobs: shown = [] } of [...since, ...others.flat()]) for (const sha256 of shown) named.add(sha256);
  const gone = old.filter(({ sha256 }) => !named.has(sha256));
  for (const { sha256 } of gone) {
    blobs.delete(sha256);
    for (const at of [sha256, forServer(sha256)]) tx.objectStore('blob_bytes').delete(at);
  }
  await tx.done;
  return gone.length;
}
