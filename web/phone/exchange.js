// One round trip with the server: edits and the signed head up; outcomes, rows and cursors down (sync/README.md).
//
// Everything a reply says is written in one transaction, so a phone that dies in between has either all or nothing.
// Runs under the exchange lock (sync.js); repeats itself once when its nonce had grown old.

import { rechained, headStatement, signHead } from './edit.js';
import { locked } from './lock.js';
import { UNHELD, applyChange } from './received.js';
import { editsFrom, read } from './store.js';
import { Trouble, post } from './transport.js';

/** @typedef {import('./types.js').EditRecord} EditRecord */
/** @typedef {import('./types.js').Scope} Scope */
/** @typedef {import('./types.js').Sync} Sync */

const EDITS_MAX = 500;
const CHARACTERS_MAX = 250_000; // at most 750 kB of UTF-8, under the server's limit even where gzip is missing
const KEEP_MS = 7 * 24 * 3600 * 1000;
const ROWS_FORMAT = 1;

/**
 * @param {string} app the version of this app
 * @returns {Promise<{again: boolean}>} again: the server has more, or knows less than we thought
 */
export async function exchangeOnce(app) {
  const now = await situation();
  let reply;
  const sentMs = Date.now();
  try {
    reply = await send(app, now, now.sync.nonce);
  } catch (error) {
    if (!(error instanceof Trouble) || error.code !== 'chain_gap') throw error;
    await goBack(now, error.extra.expected);
    return { again: true };
  }
  const middleMs = (sentMs + Date.now()) / 2;
  const offset_ms = Math.round(reply.time_ms - middleMs);
  const applied = reply.fork ? await applyFork(now, reply, offset_ms) : await applyReply(now, reply, offset_ms);
  return { again: applied === 'again' || reply.more || now.moreUnsent };
}

/** What this exchange will speak of, read once. */
async function situation() {
  const found = await read({
    device: { meta: 'device' },
    chain: { meta: 'chain' },
    sync: { meta: 'sync' },
    scopes: { meta: 'scopes' },
    unsent: { edits: 'unsent' },
  });
  const { device, chain } = found;
  const sync = /** @type {Sync} */ (found.sync);
  const all = await editsFrom(chain.device, sync.acked + 1, EDITS_MAX);
  const edits = fitting(all);
  const unsent = /** @type {EditRecord[]} */ (found.unsent);
  const scopes = /** @type {Scope[]} */ (found.scopes ?? []);
  return { device, chain, sync, scopes, unsent, edits, moreUnsent: unsent.length > edits.length };
}

/** @typedef {Awaited<ReturnType<typeof situation>>} Now */

/** As many as one request may carry, always at least one. @param {EditRecord[]} edits */
function fitting(edits) {
  let size = 0;
  const end = edits.findIndex((edit, i) => (size += edit.h.length + edit.b.length) > CHARACTERS_MAX && i > 0);
  return end === -1 ? edits : edits.slice(0, end);
}

/** @param {string} app @param {Now} now @param {string} nonce @param {boolean} [retried] @returns {Promise<any>} */
async function send(app, now, nonce, retried = false) {
  const last = now.edits.at(-1);
  const { n, hash } = last ?? { n: now.sync.acked, hash: now.sync.acked_hash };
  const { device, n: top } = now.chain;
  const statement = headStatement({ device, n, hash, top, nonce, at_ms: Date.now() });
  const message = {
    v: 1,
    app,
    rows: ROWS_FORMAT,
    head: { statement, signature: await signHead(now.device.key.privateKey, statement) },
    edits: now.edits.map(({ h, s, b }) => ({ h, s, b })),
    scopes: now.scopes
      .filter((s) => s.cursor !== null && !s.pending && !s.gone)
      .map(({ scope, generation, cursor }) => ({ scope, generation, cursor })),
    health: await health(now.unsent),
  };
  try {
    return await post('/sync/exchange', message);
  } catch (error) {
    const stale = error instanceof Trouble && error.code === 'nonce' && error.extra.nonce && !retried;
    if (!stale) throw error;
    return send(app, now, /** @type {Trouble} */ (error).extra.nonce, true);
  }
}

/** @param {EditRecord[]} unsent */
async function health(unsent) {
  const { usage = null, quota = null } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  const persisted = (await navigator.storage?.persisted?.().catch(() => null)) ?? null;
  const oldest_ms = unsent.length ? Math.min(...unsent.map((edit) => edit.at_ms)) : null;
  return { unsent: unsent.length, oldest_ms, usage, quota, persisted };
}

/**
 * The server lacks edits it once acknowledged (restored from a backup): they are unsent again.
 * @param {Now} now @param {number} expected the first number the server does not have
 */
async function goBack(now, expected) {
  const [first] = expected > 0 ? await editsFrom(now.chain.device, expected, 1) : [];
  if (expected > now.sync.acked || first?.n !== expected) throw new Trouble('chain_gap', 409, { expected });
  await applyChange({
    ...nothing(now),
    rewind: { device: now.chain.device, from: expected },
    sync: { acked: expected - 1, acked_hash: JSON.parse(first.h).prev },
  });
}

/** A change that changes nothing yet. @param {Now} now @returns {import('./types.js').Change} */
function nothing(now) {
  const { round, backed_up_through: backedUpThrough } = now.sync;
  const scopes = now.scopes;
  return { round, receipts: [], rows: [], gone: [], scopes, sync: {}, backedUpThrough, keepSinceMs: Date.now() - KEEP_MS };
}

/** Whether the server keeps another log than the one we knew. @param {Now} now @param {any} reply */
const isOther = (now, reply) => now.sync.log !== '' && reply.log !== now.sync.log;

/** A scope whose rows are shown on, and which the server will send whole. @param {Scope} scope @returns {Scope} */
const unheld = ({ pending: _, ...rest }) => ({ ...rest, generation: UNHELD, cursor: -1 });

/** What every reply brings, whatever became of the chain. @param {Now} now @param {any} reply @param {number} offset_ms */
function common(now, reply, offset_ms) {
  const receipts = reply.outcomes.map((/** @type {any} */ o) => ({ device: now.chain.device, ...o }));
  const { nonce, log, size, backed_up_through } = reply;
  const sync = { nonce, log, size, backed_up_through, offset_ms, revoked: reply.revoked ?? false };
  const change = { ...nothing(now), receipts, sync, backedUpThrough: backed_up_through };
  // Our cursors counted another log: what came by them means nothing, and every scope is fetched anew.
  if (isOther(now, reply)) return { ...change, sync: { ...sync, size: 0 }, scopes: now.scopes.map(unheld), otherLog: true };
  return { ...change, rows: reply.rows, ...nextScopes(now.scopes, reply) };
}

/** @param {Now} now @param {any} reply @param {number} offset_ms */
async function applyReply(now, reply, offset_ms) {
  const change = common(now, reply, offset_ms);
  const last = now.edits.at(-1);
  const { acked } = now.sync;
  if (last) {
    const receipt = change.receipts.find((/** @type {any} */ r) => r.n === last.n);
    if (receipt?.hash === last.hash) Object.assign(change.sync, { acked: last.n, acked_hash: last.hash });
  } else if (reply.chain.n < acked) {
    const [first] = await editsFrom(now.chain.device, reply.chain.n + 1, 1);
    if (first?.n !== reply.chain.n + 1) throw new Trouble('chain_gap', 409, { expected: reply.chain.n + 1 });
    sendFrom(change, first);
  }
  if (isOther(now, reply)) return applyAgain(now, change);
  await applyChange(change);
  return change.rewind ? 'again' : 'done';
}

/** An edit and all after it are unsent again. @param {import('./types.js').Change} change @param {EditRecord} first */
function sendFrom(change, first) {
  change.rewind = { device: first.device, from: first.n };
  Object.assign(change.sync, { acked: first.n - 1, acked_hash: JSON.parse(first.h).prev });
}

/**
 * Another log may lack whatever the old one had acknowledged: all that is kept goes up again. What stands under a device
 * this phone went by before its chain forked is chained anew; the server knows by the id what it has already.
 * @param {Now} now @param {import('./types.js').Change} change
 */
function applyAgain(now, change) {
  return locked('chain', async () => {
    const { chain, all } = await read({ chain: { meta: 'chain' }, all: { edits: 'all' } });
    const first = unbroken(all.filter((/** @type {EditRecord} */ edit) => edit.device === chain.device), chain.n);
    if (first && !(first.n >= now.edits[0]?.n)) sendFrom(change, first);
    await chainAnew(change, all.filter((/** @type {EditRecord} */ edit) => edit.device !== chain.device), chain);
    await applyChange(change);
    return 'again';
  });
}

/**
 * Where the run without a gap begins that ends with the chain: what a backup holds may be gone from before it, or all of it.
 * @param {EditRecord[]} edits @param {number} end
 */
function unbroken(edits, end) {
  if (edits.at(-1)?.n !== end) return undefined;
  return edits.filter((edit, i) => edits[i - 1]?.n !== edit.n - 1).at(-1);
}

/**
 * Edits go on under a device, at the end of its chain.
 * @param {import('./types.js').Change} change @param {EditRecord[]} edits @param {import('./types.js').Chain} end
 */
async function chainAnew(change, edits, end) {
  change.added = [];
  change.dropped = edits;
  change.chain = { ...end };
  for (const edit of edits) {
    const again = await rechained(edit, end.device, change.chain.n + 1, change.chain.hash);
    change.added.push(again);
    Object.assign(change.chain, { n: again.n, hash: again.hash });
  }
}

/**
 * Two phones claimed this history. What was pushed is set aside on the server for a person to see;
 * what was not goes on, with this phone, under the device the server named.
 * @param {Now} now @param {any} reply @param {number} offset_ms
 */
function applyFork(now, reply, offset_ms) {
  return locked('chain', async () => {
    const change = common(now, reply, offset_ms);
    const { device, nonce } = reply.fork;
    Object.assign(change.sync, { nonce, acked: 0, acked_hash: null });
    await chainAnew(change, await notPushed(now, isOther(now, reply)), { device, n: 0, hash: null });
    await applyChange(change);
    return 'again';
  });
}

/**
 * A phone that was out of use has become another device (enrol.js): it goes on as that, with what had not gone up.
 * @param {any} told the registration's answer
 */
export async function goOnAs({ device, nonce, time_ms }) {
  const now = await situation();
  // The log stays the one whose rows are here: another one is noticed at the next exchange.
  const sync = { nonce, offset_ms: Math.round(time_ms - Date.now()), acked: 0, acked_hash: null, revoked: false };
  const change = { ...nothing(now), sync };
  await chainAnew(change, now.unsent, { device, n: 0, hash: null });
  await applyChange(change);
}

/** What follows this push; with another log also what came before it. @param {Now} now @param {boolean} other */
async function notPushed(now, other) {
  const { device } = now.chain;
  if (!other) return editsFrom(device, (now.edits.at(-1)?.n ?? now.sync.acked) + 1);
  const pushed = new Set(now.edits.map((edit) => edit.n));
  const all = /** @type {EditRecord[]} */ ((await read({ all: { edits: 'all' } })).all);
  return all.filter((edit) => edit.device !== device || !pushed.has(edit.n));
}

/**
 * The scopes after a reply: new cursors, downloads to begin or go on with, those to leave (`gone`), and those that came
 * whole by rows (`afresh`), so that what was held of them goes.
 * @param {Scope[]} before @param {any} reply
 */
export function nextScopes(before, reply) {
  /** @type {Map<string, Scope>} */
  const scopes = new Map(before.map((s) => [s.scope, s]));
  /** @type {string[]} */
  const afresh = [];
  for (const { scope, name, generation, cursor, snapshot } of reply.scopes) {
    const old = scopes.get(scope);
    if (!snapshot) {
      if (old && old.generation !== generation) afresh.push(scope);
      scopes.set(scope, { scope, name, generation, cursor });
      continue;
    }
    const parts = snapshot.parts;
    const known = new Set(parts.map((/** @type {any} */ part) => part.sha256));
    const done = (old?.pending?.done ?? []).filter((sha256) => known.has(sha256));
    const pending = { generation, cursor: snapshot.cursor, parts, done };
    scopes.set(scope, { scope, name, generation: old?.generation ?? generation, cursor: old?.cursor ?? null, pending });
  }
  // A reply names every scope we may see. One whose download had only begun was not sent, and is not among `gone`.
  const named = new Set(reply.scopes.map((/** @type {Scope} */ { scope }) => scope));
  for (const old of before) if (!named.has(old.scope)) scopes.set(old.scope, { ...old, gone: true });
  const gone = [...scopes.values()].filter((s) => s.gone).map((s) => s.scope);
  return { scopes: [...scopes.values()], gone, afresh };
}
