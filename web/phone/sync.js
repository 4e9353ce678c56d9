// When the phone exchanges: one at a time across tabs and worker, until nothing is left, with growing pauses on failure.
//
// What happened is noted in plain codes for the outbox page and told to every open page on the channel.

import { blobsWaiting } from './blobs.js';
import { sendCarried } from './carry.js';
import { storeName } from './database.js';
import { downloadAll } from './download.js';
import { exchangeOnce } from './exchange.js';
import { leftNow } from './gone.js';
import { endLeaving, isOver, leave } from './leaving.js';
import { locked } from './lock.js';
import { tell } from './news.js';
import { sendForGood } from './sending.js';
import { noteSync, read } from './store.js';
import { Trouble } from './transport.js';

const ROUNDS_MAX = 200;
/** How often the server is asked about the phone of somebody who is not at it. */
const ASK_AGAIN_MS = 10 * 60_000;
const PAUSE_MS = 5_000;
const PAUSE_MS_MAX = 5 * 60_000;

/** `shut`: the phone is locked, so that no rows were kept. @typedef {{ok: boolean, code: string | null, unsent: number, shut?: boolean}} Outcome */
/** @typedef {{app: string, patient?: boolean}} How */

/** The run that waits for its turn. @type {{how: How, outcome: Promise<Outcome>} | null} */
let waiting = null;

/**
 * Exchange until both sides have everything. At most one run goes on and one waits behind it, so that what was
 * saved meanwhile goes too. Never throws: the outcome says what happened.
 * @param {How} how `patient` runs (timers) respect the pause after a failure, others do not
 * @returns {Promise<Outcome>}
 */
export function synchronise(how) {
  if (waiting) {
    // Somebody who will not wait for the pause to end hastens the timer's run they join.
    waiting.how.patient &&= how.patient;
    return waiting.outcome;
  }
  const next = { ...how };
  const outcome = locked('exchange', () => {
    waiting = null;
    return run(next);
  });
  waiting = { how: next, outcome };
  return outcome;
}

/** @param {How} how @returns {Promise<Outcome>} */
async function run({ app, patient }) {
  if (await leftNow()) return { ok: await endLeaving(), code: 'out_of_use', unsent: 0 };
  const before = await read({ device: { meta: 'device' }, sync: { meta: 'sync' } });
  const { fails = 0, next_ms = 0, last_error = null } = before.sync ?? {};
  if (!before.device) return { ok: false, code: 'not_enrolled', unsent: 0 };
  if (patient && fails && Date.now() < next_ms) return { ok: false, code: last_error, unsent: await unsentCount() };
  await note({ last_attempt_ms: Date.now() });
  try {
    const shut = await rounds(app);
    // What came by this exchange is not all here while the phone is locked.
    await noteSync({ ...(!shut && { last_success_ms: Date.now() }), last_error: null, fails: 0, next_ms: 0 });
    // What colleagues gave along goes while there is a way.
    await sendCarried(Date.now);
    if (await leftForGood(app)) return gone();
    return await told({ ok: true, code: null, unsent: await unsentCount(), ...(shut && { shut }) });
  } catch (error) {
    const code = error instanceof Trouble ? error.code : 'phone';
    if (!(error instanceof Trouble)) console.error(error);
    const asked = error instanceof Trouble ? (error.extra.retryMs ?? 0) : 0;
    const pause = Math.max(asked, Math.min(PAUSE_MS_MAX, PAUSE_MS * 2 ** fails) * (0.5 + Math.random()));
    await note({ last_error: code, fails: fails + 1, next_ms: Math.round(Date.now() + pause) });
    return told({ ok: false, code, unsent: await unsentCount() });
  }
}

/** A full phone cannot note how it went; what it holds goes up all the same. @param {Partial<import('./types.js').Sync>} said */
const note = (said) => noteSync(said).catch((error) => console.error(error));

/** @param {Outcome} outcome */
async function told(outcome) {
  tell(storeName(), { type: 'synced', ...outcome });
  return outcome;
}

/**
 * Out of use, and everything has gone up: photos too, then the phone is emptied. Asked once more in between: the station
 * may have taken its word back, or this server lack what another had acknowledged.
 * @param {string} app @returns {Promise<boolean>} whether nothing is left here
 */
async function leftForGood(app) {
  if (!(await isOver())) return false;
  await sendForGood();
  await exchangeOnce(app);
  return leave(app);
}

/** Open pages turn to the one that says so. @returns {Promise<Outcome>} */
async function gone() {
  tell(storeName(), { type: 'gone', store: storeName() });
  return { ok: await endLeaving(), code: 'out_of_use', unsent: 0 };
}

/** @param {string} app @returns {Promise<boolean>} whether rows had to wait, for the phone is locked */
async function rounds(app) {
  const onProgress = (/** @type {any} */ progress) => tell(storeName(), { type: 'progress', ...progress });
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const { again, shut } = await exchangeOnce(app);
    if (again) continue;
    if (shut) return true;
    let fetched = false;
    try {
      fetched = await downloadAll(onProgress, async () => {
        if (await unsentCount()) await exchangeOnce(app);
      });
    } catch (error) {
      // The prebuilt copy has been replaced: the exchange names the new parts, those we have still count.
      if (error instanceof Trouble && error.code.startsWith('part_') && round < 5) continue;
      throw error;
    }
    // A first copy is as old as the day it was cut: once more, for what has changed since.
    if (!fetched && !(await unsentCount())) return false;
  }
  throw new Trouble('endless');
}

/** Whether there is something to bring up, or it is a while since the server was asked. */
export async function isDue() {
  const { sync, n, device } = await read({ sync: { meta: 'sync' }, n: { count: 'unsent' }, device: { meta: 'device' } });
  if (!device) return false;
  return n > 0 || Date.now() - (sync?.last_attempt_ms ?? 0) > ASK_AGAIN_MS || (await blobsWaiting()).length > 0;
}

/** @returns {Promise<number>} */
export const unsentCount = async () => (await read({ n: { count: 'unsent' } })).n;
