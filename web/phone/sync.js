// When the phone exchanges: one at a time across tabs and worker, until nothing is left, with growing pauses on failure.
//
// What happened is noted in plain codes for the outbox page and told to every open page on the channel.

import { sendCarried } from './carry.js';
import { storeName } from './database.js';
import { downloadAll } from './download.js';
import { exchangeOnce } from './exchange.js';
import { locked } from './lock.js';
import { tell } from './news.js';
import { noteSync, read } from './store.js';
import { Trouble } from './transport.js';

const ROUNDS_MAX = 200;
const PAUSE_MS = 5_000;
const PAUSE_MS_MAX = 5 * 60_000;

/** @typedef {{ok: boolean, code: string | null, unsent: number}} Outcome */
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
  const before = await read({ device: { meta: 'device' }, sync: { meta: 'sync' } });
  const { fails = 0, next_ms = 0, last_error = null } = before.sync ?? {};
  if (!before.device) return { ok: false, code: 'not_enrolled', unsent: 0 };
  if (patient && fails && Date.now() < next_ms) return { ok: false, code: last_error, unsent: await unsentCount() };
  await note({ last_attempt_ms: Date.now() });
  try {
    await rounds(app);
    await noteSync({ last_success_ms: Date.now(), last_error: null, fails: 0, next_ms: 0 });
    // What colleagues gave along goes while there is a way.
    await sendCarried(Date.now);
    return await told({ ok: true, code: null, unsent: await unsentCount() });
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

/** @param {string} app */
async function rounds(app) {
  const onProgress = (/** @type {any} */ progress) => tell(storeName(), { type: 'progress', ...progress });
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const { again } = await exchangeOnce(app);
    if (again) continue;
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
    if (!fetched && !(await unsentCount())) return;
  }
  throw new Trouble('endless');
}

/** @returns {Promise<number>} */
export const unsentCount = async () => (await read({ n: { count: 'unsent' } })).n;
