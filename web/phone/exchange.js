// One round trip with the server: edits and the signed head up; outcomes, rows and cursors down (sync/README.md).
//
// Everything a reply says is written in one transaction, so a phone that dies in between has either all or nothing.
// A locked phone sends edits as they were closed for the server, and takes receipts and notes alone: rows come again.
// Runs under the exchange lock (sync.js); repeats itself once when its nonce had grown old.

import { UNHELD } from './bundles.js';
import { openEdits, wired } from './closing.js';
import { rechained, headStatement, signHead } from './edit.js';
import { askedIn, heard, ledgerPart } from './ledger/holding.js';
import { locked } from './lock.js';
import { OPENER, noteOpener, openerNow, openerToTell } from './opener.js';
import { applyChange } from './received.js';
import { headsFrom, read } from './store.js';
import { Trouble, post } from './transport.js';
import { vaultNow } from './vault.js';

/** @typedef {import('./types.js').EditRecord} EditRecord */
/** @typedef {import('./types.js').Scope} Scope */
/** @typedef {import('./types.js').Sync} Sync */

const EDITS_MAX = 500;
const CHARACTERS_MAX = 250_000; // at most 750 kB of UTF-8, under the server's limit even where gzip is missing
const ASKED_MAX = 100; // edits whose proof is asked for anew
const KEEP_MS = 7 * 24 * 3600 * 1000;
const ROWS_FORMAT = 1;

/**
 * @param {string} app the version of this app
 * @returns {Promise<{again: boolean, shut: boolean}>} again: the server has more, or knows less than we thought; shut: rows had to wait
 */
export async function exchangeOnce(app) {
  /** @type {Now} */
  const now = await situation();
  let reply;
  const sentMs = Date.now();
  try {
    reply = await send(app, now, now.sync.nonce);
  } catch (error) {
    if (!(error instanceof Trouble) || error.code !== 'chain_gap') throw error;
    if (await goBack(now, error.extra.expected)) return { again: true, shut: now.shut };
    // A backup that the server was restored from lacks what this phone has let go of: it goes on with what it has.
    Object.assign(now, { edits: [], anew: true });
    reply = await send(app, now, now.sync.nonce);
  }
  const middleMs = (sentMs + Date.now()) / 2;
  const offset_ms = Math.round(reply.time_ms - middleMs);
  now.heard = await hear(now, reply);
  const closed = !!reply.closed && !now.shut;
  if (closed) now.shut = true;
  const applied = reply.fork ? await applyFork(now, reply, offset_ms) : await applyReply(now, reply, offset_ms);
  // Another vault opens it: its person's next link makes this one do so. What was sent has arrived.
  if (closed && applied !== 'again') throw new Trouble('closed', 403);
  const again = applied === 'again' || (reply.more && !now.shut) || now.moreUnsent || believesAnew(now);
  return { again, shut: now.shut };
}

/**
 * What a reply makes of the log; nothing where it says nothing of it.
 * @param {Now} now @param {any} reply @returns {Promise<Partial<import('./types.js').Change> & {again?: boolean}>}
 */
async function hear(now, reply) {
  if (!reply.ledger) return {};
  const placed = [...askedIn(now.ledger, now.unproved, reply.ledger), ...reply.outcomes];
  return heard(now.ledger, reply.ledger, placed, brought(now), Date.now());
}

/** Whether the log is believed from this exchange on, and there are edits to be proved by the next. @param {Now} now */
function believesAnew({ ledger, heard: after, unproved }) {
  if (after?.again) return true;
  const asked = ledger?.held && !ledger.doubt;
  return unproved.length > 0 && !asked && !!after?.ledger?.held && !after.ledger.doubt;
}

/** What this exchange will speak of, read once. */
async function situation() {
  const vault = await vaultNow();
  const found = await read({
    device: { meta: 'device' },
    chain: { meta: 'chain' },
    sync: { meta: 'sync' },
    scopes: { meta: 'scopes' },
    unsent: { heads: 'unsent' },
    unproved: { heads: 'unproved' },
    ledger: { meta: 'ledger' },
  });
  const { device, chain } = found;
  const sync = /** @type {Sync} */ (found.sync);
  const all = await headsFrom(chain.device, sync.acked + 1, EDITS_MAX);
  const edits = fitting(await openEdits(vault, all));
  const unsent = /** @type {EditRecord[]} */ (found.unsent);
  const scopes = /** @type {Scope[]} */ (found.scopes ?? []);
  const unproved = /** @type {EditRecord[]} */ (found.unproved).slice(0, ASKED_MAX);
  const ledger = /** @type {import('./types.js').Ledger | undefined} */ (found.ledger);
  return { vault, shut: !vault.key, device, chain, sync, scopes, unsent, unproved, ledger, edits, moreUnsent: edits.length > 0 && unsent.length > edits.length };
}

/** @typedef {Awaited<ReturnType<typeof situation>> & {heard?: Partial<import('./types.js').Change> & {again?: boolean}, anew?: boolean}} Now */

/** As many as one request may carry, always at least one; up to the first that can neither be read here nor by the server. @param {EditRecord[]} edits */
function fitting(edits) {
  let size = 0;
  const end = edits.findIndex((edit, i) => {
    const wire = wired(edit);
    size += edit.h.length + (wire?.b ?? wire?.sealed ?? '').length;
    return !wire || (size > CHARACTERS_MAX && i > 0);
  });
  return end === -1 ? edits : edits.slice(0, end);
}

/** @param {string} app @param {Now} now @param {string} nonce @param {boolean} [retried] @returns {Promise<any>} */
async function send(app, now, nonce, retried = false) {
  const session = await openerToTell();
  // What lies in the vault opens the rows: this phone's key alone, with which it sends while it is locked, brings none.
  const secret = now.shut ? null : await openerNow();
  try {
    const message = { ...(await messageOf(app, now, nonce)), ...(session && { session }) };
    const reply = await post('/sync/exchange', message, !!session, secret ? { [OPENER]: secret } : {});
    if (session && !reply.revoked) await noteOpener();
    return reply;
  } catch (error) {
    const stale = error instanceof Trouble && error.code === 'nonce' && error.extra.nonce && !retried;
    if (!stale) throw error;
    return send(app, now, /** @type {Trouble} */ (error).extra.nonce, true);
  }
}

/** @param {string} app @param {Now} now @param {string} nonce */
async function messageOf(app, now, nonce) {
  const last = now.edits.at(-1);
  const { n, hash } = last ?? { n: now.sync.acked, hash: now.sync.acked_hash };
  const { device, n: top } = now.chain;
  const asks = brought(now).log.length > 0 && { ledger: ledgerPart(now.ledger, now.unproved) };
  const statement = headStatement({ device, n, hash, top, nonce, at_ms: Date.now() });
  return {
    v: 1,
    app,
    rows: ROWS_FORMAT,
    head: { statement, signature: await signHead(now.device.key.privateKey, statement) },
    edits: now.edits.map(wired),
    scopes: now.scopes
      .filter((s) => s.cursor !== null && !s.pending && !s.gone)
      .map(({ scope, generation, cursor }) => ({ scope, generation, cursor })),
    health: await health(now.unsent),
    ...asks,
    ...(now.anew && { anew: true }),
  };
}

/** The keys of the log as this app brings them, and the one that the station showed. @param {Now} now */
function brought({ device }) {
  const { log = [], vouched = [] } = /** @type {any} */ (globalThis).SHELL ?? {};
  return { log, vouched, shown: device?.shown };
}

/**
 * The last words of a phone that empties itself, signed before its key goes with it (leaving.js).
 * @param {string} app @param {number} wiped how many things go that were never sent
 */
export async function farewell(app, wiped) {
  const now = await situation();
  const message = await messageOf(app, { ...now, edits: [], scopes: [] }, now.sync.nonce);
  return { ...message, health: { ...message.health, wiped } };
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
 * @returns {Promise<boolean>} false: this one lacks them too
 */
async function goBack(now, expected) {
  const [first] = expected > 0 ? await headsFrom(now.chain.device, expected, 1) : [];
  if (!(expected > 0) || expected > now.sync.acked) throw new Trouble('chain_gap', 409, { expected });
  if (first?.n !== expected) return false;
  await applyChange({
    ...nothing(now),
    rewind: { device: now.chain.device, from: expected },
    sync: { acked: expected - 1, acked_hash: JSON.parse(first.h).prev },
  });
  return true;
}

/** A change that changes nothing yet. @param {Now} now @returns {import('./types.js').Change} */
function nothing(now) {
  const { round, backed_up_through: backedUpThrough } = now.sync;
  const { scopes, vault } = now;
  return { vault, round, receipts: [], rows: [], gone: [], scopes, sync: {}, backedUpThrough, keepSinceMs: Date.now() - KEEP_MS };
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
  const change = { ...nothing(now), ...now.heard, receipts, sync, backedUpThrough: backed_up_through };
  // Our cursors counted another log: what came by them means nothing, and every scope is fetched anew.
  if (isOther(now, reply)) return { ...change, sync: { ...sync, size: 0 }, scopes: now.scopes.map(unheld), otherLog: true };
  if (now.shut) return change;
  return { ...change, sync: { ...sync, stands: reply.stands ?? [] }, rows: reply.rows, ...nextScopes(now.scopes, reply) };
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
    const [first] = await headsFrom(now.chain.device, reply.chain.n + 1, 1);
    // Where it is not here either, the next edit of this phone finds that out.
    if (first?.n === reply.chain.n + 1) sendFrom(change, first);
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
    const { chain, all } = await read({ chain: { meta: 'chain' }, all: { heads: 'all' } });
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
    // Where the server lacks what this phone lacks, it may lack the rest as well: all of it goes up again.
    const everything = isOther(now, reply) || !!now.anew;
    await chainAnew(change, await notPushed(now, everything), { device, n: 0, hash: null });
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
  if (!other) return headsFrom(device, (now.edits.at(-1)?.n ?? now.sync.acked) + 1);
  const pushed = new Set(now.edits.map((edit) => edit.n));
  const all = /** @type {EditRecord[]} */ ((await read({ all: { heads: 'all' } })).all);
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
