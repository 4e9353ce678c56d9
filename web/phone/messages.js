// What pages ask of the worker: {type, …} with a port for the answer, or none. One function a type.

import { usable } from './download.js';
import { keepBlob, withRoom } from './blobs.js';
import { sendBlobs } from './sending.js';
import { draftsSince, dropDraft, putDraft, read } from './store.js';
import { synchronise } from './sync.js';

const HALF_WRITTEN_MS = 12 * 3600 * 1000;

/** @type {Record<string, (asked: any, app: string) => Promise<any>>} */
const ANSWERS = {
  sync: ({ patient }, app) => synchronise({ app, patient }),
  /** Whether this phone is registered, and holds enough to work with. */
  async status() {
    const { device, scopes } = await read({ device: { meta: 'device' }, scopes: { meta: 'scopes' } });
    return { enrolled: !!device, usable: usable(scopes) };
  },
  /** Keep a half-written form; the answer is the local time at which it was kept. */
  async draft(draft) {
    const now = Date.now();
    await putDraft(draft, now);
    return { clock: await clockOf(now) };
  },
  /** What is kept of a half-written form, whichever page wrote it. */
  async kept_draft({ key }) {
    const { draft } = await read({ draft: { draft: key } });
    return draft ? { ...draft, clock: await clockOf(draft.saved_ms) } : null;
  },
  /** A half-written form was given up. */
  no_draft: async ({ key }) => dropDraft(key).then(() => true),
  /** Keep a photo or voice note; the answer names it, or says that there is no room. */
  async keep_blob({ made, room }) {
    try {
      return { blob: await withRoom(2 * made.data.byteLength, () => keepBlob(made, Date.now()), room) };
    } catch (error) {
      console.warn('a photo was not kept', error);
      return { full: true };
    }
  },
  /** How many forms somebody was writing in lately. */
  half_written: async () => draftsSince(Date.now() - HALF_WRITTEN_MS),
};

/** The time of day at the grid. @param {number} ms */
async function clockOf(ms) {
  const { device } = await read({ device: { meta: 'device' } });
  return new Date(ms + (device?.utc_offset_min ?? 0) * 60_000).toISOString().slice(11, 16);
}

/** Answer one message. @param {ExtendableMessageEvent} event @param {string} app @returns {Promise<void>} */
export async function respond({ data, ports }, app) {
  const answer = ANSWERS[data?.type];
  if (!answer) return;
  // Whoever asked must not wait for an answer that cannot come: the store is full, or being mended.
  const said = await answer(data, app).catch((error) => {
    console.error(error);
    return null;
  });
  ports[0]?.postMessage(said);
  if (data.type === 'sync') await sendBlobs();
}
