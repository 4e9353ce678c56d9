// Photos and voice notes go up apart from their visits: in pieces, from where the server has them, one after the other.
//
// sync/README.md, "Photos and voice notes". Runs beside the exchange: a long photo keeps no edit waiting.

import { HOLD, blobArrived, blobHere, blobRefused, blobsBackedUp, blobsWaiting, clearBlobs, piecesHere } from './blobs.js';
import { meta, setMeta, storeName } from './database.js';
import { b64u, blobStatement, signBlob } from './edit.js';
import { leftNow } from './gone.js';
import { locked } from './lock.js';
import { tell } from './news.js';
import { PIECE_BYTES, Trouble, blobPiece, blobSoFar } from './transport.js';

const DAY_MS = 24 * 3600 * 1000;
const TURNS_MAX = 40;

/** @type {Promise<boolean> | null} */
let waiting = null;
/** Up to where nothing is held any more that a backup has. */
let reached = '';

/**
 * Send what waits and whose visit has arrived. Never throws.
 * @returns {Promise<boolean>} whether nothing is left that could go now
 */
export function sendBlobs() {
  waiting ??= locked('blobs', async () => {
    waiting = null;
    if (await leftNow()) return true;
    const all = await sendAll().catch((error) => {
      if (!(error instanceof Trouble)) console.error(error);
      return false;
    });
    await tidy().catch((error) => console.warn('nothing was cleared away', error));
    return all;
  });
  return waiting;
}

/** Each has its turn, before the phone is emptied. Throws Trouble where the line, not the photo, was what failed. */
export const sendForGood = () => locked('blobs', sendAll);

async function sendAll() {
  const device = await meta('device');
  if (!device) return true;
  let all = true;
  for (const { blob, edit } of [...(await blobsWaiting()), ...(await backedUp())]) {
    if (edit.position === undefined) continue;
    const ended = await sendOne(device, edit, blob);
    all &&= ended;
    if (ended) tell(storeName(), { type: 'blob' });
  }
  return all;
}

/** What a backup has reached since it was last asked: little, or nothing at all. */
async function backedUp() {
  const { log, backed_up_through: through } = (await meta('sync')) ?? {};
  const now = `${storeName()} ${log} ${through}`;
  const due = now === reached ? [] : await blobsBackedUp(through);
  if (!due.length) reached = now;
  return due;
}

/**
 * Before bytes go from here that are backed up, the server is asked once more; what it has lost goes up again.
 * @param {import('./types.js').Device} device @param {import('./types.js').EditRecord} edit @param {import('./types.js').BlobRecord} blob
 * @returns {Promise<boolean>} whether it needs no further attempt
 */
async function sendOne(device, edit, { sha256, todo }) {
  const statement = blobStatement({ device: edit.device, edit: edit.id, sha256 });
  const who = `Sifang-Blob ${b64u(new TextEncoder().encode(statement))}.${await signBlob(device.key.privateKey, statement)}`;
  const { known, data, lying } = await blobHere(sha256);
  // Locked, or closed for a vault whose PIN was forgotten: what is closed for the server goes, else it waits.
  const pieces = lying && !data ? await piecesHere(sha256) : undefined;
  if (lying && !data && !pieces) return false;
  const size = known?.bytes ?? 0;
  /** @param {number} have @returns {BodyInit | undefined} */
  const from = (have) => data?.slice(have, have + PIECE_BYTES) ?? (have % PIECE_BYTES === 0 ? pieces?.[have / PIECE_BYTES] : undefined);
  try {
    let now = await blobSoFar(sha256, who);
    const safe = now.whole && todo === HOLD;
    // It made room when the phone was full, and the server was restored before a backup had it.
    if (!now.whole && !lying) return await blobRefused(sha256, 'gone').then(() => true);
    for (let turn = 0; !now.whole && turn < TURNS_MAX; turn++) {
      const piece = from(now.have);
      if (!piece) return false;
      now = await next(sha256, who, piece, { first: now.have, size, sealed: !data });
    }
    if (!now.whole) return false;
    await blobArrived(sha256, now, safe);
    return true;
  } catch (error) {
    const why = await reason(error, sha256, data);
    if (!why) return left(error);
    await blobRefused(sha256, why);
    return true;
  }
}

/** The next piece; where the server has another measure of what came, that counts. @param {string} sha256 @param {string} who @param {BodyInit} piece @param {{first: number, size: number, sealed: boolean}} about */
async function next(sha256, who, piece, about) {
  try {
    return await blobPiece(sha256, who, piece, about);
  } catch (error) {
    if (!(error instanceof Trouble) || error.code !== 'blob_offset') throw error;
    return { have: error.extra.have, whole: false };
  }
}

/** Why it will never be taken: the server says so, or the bytes are not here any more as they were kept. @param {unknown} error @param {string} sha256 @param {ArrayBuffer} [data] */
async function reason(error, sha256, data) {
  if (!(error instanceof Trouble)) return null;
  if (error.code === 'blob_refused') return error.extra.why ?? 'kind';
  const changed = error.code === 'blob_mismatch' && data && b64u(await crypto.subtle.digest('SHA-256', data)) !== sha256;
  return changed ? 'broken' : null;
}

/** What is about this one photo leaves the others their turn; what is about the line does not. @param {unknown} error */
function left(error) {
  if (error instanceof Trouble && ['blob_unnamed', 'blob_mismatch', 'blob_sealed', 'blob_range', 'too_large'].includes(error.code)) return false;
  throw error;
}

/** Once a day: what nobody names any more. */
async function tidy() {
  const now = Date.now();
  if (now - ((await meta('blobs_cleared_ms')) ?? 0) < DAY_MS) return;
  await clearBlobs(now);
  await setMeta({ blobs_cleared_ms: now });
}
