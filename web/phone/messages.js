// What pages ask of the worker: {type, …} with a port for the answer, or none. One function a type.

import { usable } from './download.js';
import { keepBlob, withRoom } from './blobs.js';
import { leftNow } from './gone.js';
import { keepPasskey, openByPasskey, userOf } from './passkey.js';
import { sendBlobs } from './sending.js';
import { lookAgain } from './settling.js';
import { draftsSince, dropDraft, putDraft, read } from './store.js';
import { synchronise } from './sync.js';
import { noteUse, unlock, vaultNow } from './vault.js';

const HALF_WRITTEN_MS = 12 * 3600 * 1000;

/** @type {Map<string, (asked: any, app: string) => Promise<any>>} */
const ANSWERS = new Map(Object.entries({
  sync: ({ patient }, app) => synchronise({ app, patient }),
  /** Whether this phone is registered, and holds enough to work with. */
  async status() {
    const { device, scopes } = await read({ device: { meta: 'device' }, scopes: { meta: 'scopes' } });
    return { enrolled: !!device, usable: usable(scopes) };
  },
  /** Keep a half-written form; the answer is the local time at which it was kept. */
  async draft(draft) {
    await noteUse();
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
      return { blob: await withRoom(3 * made.data.byteLength, () => keepBlob(made, Date.now()), room) };
    } catch (error) {
      console.warn('a photo was not kept', error);
      return { full: true };
    }
  },
  /** Somebody touched an open page. */
  used: async () => noteUse().then(() => true),
  /** How long this phone stays open if nobody touches it; nothing where it has no vault yet. */
  async open_for() {
    const { point, key, until } = await vaultNow();
    return point ? { ms: key ? Math.max(0, until - Date.now()) : 0 } : null;
  },
  /** Whether this is the PIN, and under which name the phone keeps a passkey. */
  passkey_begun: async ({ pin }) => ({ ...(await unlock(pin)), user: await userOf() }),
  /** A passkey was made for this PIN's owner. */
  passkey_made: ({ pin, made }) => keepPasskey(pin, made),
  /** A passkey was shown on the locked page. */
  async passkey_shown({ secret }) {
    const open = await openByPasskey(secret);
    if (open) lookAgain();
    return { open };
  },
  /** How many forms somebody was writing in lately. */
  half_written: async () => draftsSince(Date.now() - HALF_WRITTEN_MS),
}));

/** The time of day at the grid. @param {number} ms */
async function clockOf(ms) {
  const { device } = await read({ device: { meta: 'device' } });
  return new Date(ms + (device?.utc_offset_min ?? 0) * 60_000).toISOString().slice(11, 16);
}

/** A phone that was emptied has nothing to say, and keeps nothing; it may have last words to send. @param {(asked: any, app: string) => Promise<any>} answer @param {any} asked @param {string} app */
async function answered(answer, asked, app) {
  return asked.type !== 'sync' && (await leftNow()) ? null : answer(asked, app);
}

/** Answer one message. @param {ExtendableMessageEvent} event @param {string} app @returns {Promise<void>} */
export async function respond({ data, ports }, app) {
  const answer = ANSWERS.get(data?.type);
  if (!answer) return;
  // Whoever asked must not wait for an answer that cannot come: the store is full, or being mended.
  const said = await answered(answer, data, app).catch((error) => {
    console.error(error);
    return null;
  });
  ports[0]?.postMessage(said);
  if (data.type === 'sync') await sendBlobs();
}
