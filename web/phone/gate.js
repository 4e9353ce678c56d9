// Before a page is drawn: a phone without a PIN chooses one, one that is locked says so, one that is open goes on.
//
// A locked phone takes what is sent to it. What can become an edit without the rows does, for a form says itself where it
// stands; what cannot is kept as it was sent, until the phone is open.

import { removeScope } from './bundles.js';
import { KINDS, begin, meta, storeName } from './database.js';
import { locked } from './lock.js';
import { dropPasskey, passkeyNow } from './passkey.js';
import { render } from './render.js';
import { settle } from './settling.js';
import { narrow } from './sheet.js';
import { keepForm, keepNote } from './shut.js';
import { dropDraft } from './store.js';
import { PIN, lock, makeVault, noteUse, noteVault, pauseLeft, unlock, vaultNow } from './vault.js';
import { TEMPLATES, VIEWS } from './views/index.js';

/** @typedef {import('./routes.js').Made} Made */
/** @typedef {Record<string, any>} Params */
/** A form of a page: what became of it. @typedef {(path: string, data: Record<string, string[]>, shut: boolean) => Promise<Made>} Send */

const WRONG = 422;
const RISING = '01234567890';

/** @param {string} view @param {Params} common @param {Params} [params] @param {number} [status] @returns {Made} */
function page(view, common, params = {}, status = 200) {
  const now = Date.now() + (common.sync?.offset_ms ?? 0);
  return { html: render(TEMPLATES[view], /** @type {any} */ (VIEWS[view]({}, now, { ...common, ...params }))), status, whole: true };
}

/** Six figures of which not all are the same, nor one after the other. @param {string} pin */
function isEasy(pin) {
  const falling = [...RISING].reverse().join('');
  return /^(.)\1+$/.test(pin) || RISING.includes(pin) || falling.includes(pin);
}

/** What is wrong with a new PIN. @param {string} pin @param {string} again */
function wrongWith(pin, again) {
  if (!PIN.test(pin)) return 'vault.wrong_shape';
  if (isEasy(pin)) return 'vault.wrong_easy';
  return pin === again ? '' : 'vault.wrong_twice';
}

/** @param {FormData} form @param {string} name */
const typed = (form, name) => narrow(String(form.get(name) ?? '')).trim();

/** Where somebody was, on these pages. @param {unknown} back */
const backTo = (back) => (/^\/field(\/|$)/.test(String(back)) ? String(back) : '/field/');

/**
 * What stands before a page; null where the page may be drawn.
 * @param {Request} request @param {URL} url @param {Params} common @param {{seal: string, send: Send, waits: boolean}} app `waits`: whether something lies here for an open vault
 * @returns {Promise<Made | null>}
 */
export async function gate(request, url, common, { seal, send, waits }) {
  const vault = await vaultNow();
  const posted = request.method === 'POST';
  if (posted && url.pathname === '/field/lock') return lock().then(() => ({ to: '/field/' }));
  if (!vault.point) return withoutPin(request, url, common, seal, send);
  if (vault.key) {
    // A page that is drawn anew by itself is no use of the phone.
    if (posted || request.mode === 'navigate' || request.headers.has('HX-Request')) noteUse().catch(console.warn);
    // Another version of the server may have another key.
    if (seal && vault.server !== seal) await noteVault({ server: seal });
    if (waits || !vault.settled) await settle(sender(send), storeName());
    return ways(url, common, posted);
  }
  return shut(request, url, common, { seal, send }, vault);
}

/** How the phone is opened from now on, asked while it is open. @param {URL} url @param {Params} common @param {boolean} posted @returns {Promise<Made | null>} */
async function ways({ pathname }, common, posted) {
  if (pathname === '/field/pin' || pathname === '/field/unlock') return { to: '/field/' };
  if (pathname === '/field/passkey') return page('passkey', common);
  if (!posted || pathname !== '/field/passkey/removal') return null;
  await dropPasskey();
  return { to: '/field/more' };
}

const ALWAYS_MS = 100 * 365 * 86_400_000;
const NO_PIN = '000000';

/** A volunteer's phone holds little and asks for no PIN: its vault opens by itself, and stays open. @param {string} seal */
export async function withoutGate(seal) {
  const vault = await vaultNow();
  if (!vault.point) await makeVault(NO_PIN, seal, { rounds: 1, idle_ms: ALWAYS_MS, settled: true });
  else if (!vault.key) await unlock(NO_PIN);
}

/** @param {Send} send @returns {(path: string, data: Record<string, string[]>) => Promise<boolean>} */
const sender = (send) => async (path, data) => {
  const made = await send(path, data, false);
  // What came back with something wrong is half-written from now on.
  return !!made.to || made.status === WRONG;
};

/** @param {Request} request @param {URL} url @param {Params} common @param {string} seal @param {Send} send @returns {Promise<Made | null>} */
async function withoutPin(request, url, common, seal, send) {
  // A form of an older version's page is taken as ever.
  if (request.method === 'POST') return url.pathname === '/field/pin' ? choose(await request.formData(), common, seal, send) : null;
  return page('pin', common, { back: url.pathname === '/field/pin' ? '/field/' : url.pathname + url.search });
}

/** @param {FormData} form @param {Params} common @param {string} seal @param {Send} send @param {boolean} [again] in place of one that was forgotten @returns {Promise<Made>} */
async function choose(form, common, seal, send, again = false) {
  const pin = typed(form, 'pin');
  const wrong = wrongWith(pin, typed(form, 'again'));
  const back = backTo(form.get('back'));
  if (wrong) return page('pin', common, { wrong, again, back }, WRONG);
  if (again) await forgetRows();
  await makeVault(pin, seal);
  await settle(sender(send), storeName(), true);
  return { to: back };
}

/** What nobody can open any more comes anew. What is unsent was closed for the server as well. */
const forgetRows = () =>
  locked('exchange', async () => {
    const scopes = (await meta('scopes')) ?? [];
    const tx = await begin([...KINDS, 'bundle', 'meta'], 'readwrite', 'strict');
    for (const { scope } of scopes) await removeScope(tx, scope);
    tx.objectStore('bundle').clear();
    for (const kind of KINDS) tx.objectStore(kind).clear();
    const metas = tx.objectStore('meta');
    const { last_success_ms: _, ...sync } = (await metas.get('sync'))?.v ?? {};
    metas.put({ k: 'sync', v: sync });
    metas.put({ k: 'scopes', v: [] });
    await tx.done;
  });

/** @param {Request} request @param {URL} url @param {Params} common @param {{seal: string, send: Send}} app @param {import('./vault.js').Vault} vault @returns {Promise<Made>} */
async function shut(request, url, common, { seal, send }, vault) {
  const again = !!(await meta('reset'));
  if (request.method !== 'POST') return url.pathname === '/field/pin' && again ? page('pin', common, { again, back: '/field/' }) : lockedPage(url, common, again);
  const form = await request.formData();
  if (url.pathname === '/field/unlock') return open(form, common, send);
  if (url.pathname === '/field/pin' && again) return choose(form, common, seal, send, true);
  if (url.pathname === '/field/jotted') return note(form, vault);
  return take(url, form, send, vault, request.headers.has('HX-Request'));
}

/** @param {URL} url @param {Params} common @param {boolean} again @returns {Promise<Made>} */
async function lockedPage(url, common, again) {
  const wait_s = Math.ceil((await pauseLeft()) / 1000);
  const kept = url.searchParams.get('kept');
  const back = kept ? '/field/' : url.pathname + url.search;
  const passkey = await passkeyNow();
  return page('locked', common, { again, back, wait_s, passkey, kept: KEPT.includes(kept ?? '') ? kept : '' });
}

const KEPT = ['note', 'edit', 'form'];

/** @param {FormData} form @param {Params} common @param {Send} send @returns {Promise<Made>} */
async function open(form, common, send) {
  const back = backTo(form.get('back'));
  const pin = typed(form, 'pin');
  const passkey = await passkeyNow();
  if (!PIN.test(pin)) return page('locked', common, { back, passkey, wrong: 'vault.wrong_shape' }, WRONG);
  const { open: opened, wait_ms } = await unlock(pin);
  if (!opened) return page('locked', common, { back, passkey, wrong: 'vault.wrong_pin', wait_s: Math.ceil(wait_ms / 1000) }, WRONG);
  await settle(sender(send), storeName(), true);
  return { to: back, saved: true };
}

/** @param {FormData} form @param {import('./vault.js').Vault} vault @returns {Promise<Made>} */
async function note(form, vault) {
  const text = String(form.get('text') ?? '').trim();
  if (!text) return { to: '/field/' };
  await keepNote(vault, text, Date.now());
  await dropDraft('note');
  return { to: '/field/?kept=note' };
}

/** A form that was open when the phone locked. @param {URL} url @param {FormData} form @param {Send} send @param {import('./vault.js').Vault} vault @param {boolean} piece @returns {Promise<Made>} */
async function take({ pathname }, form, send, vault, piece) {
  const data = Object.fromEntries([...new Set(form.keys())].map((key) => [key, form.getAll(key).map(String)]));
  const made = await send(pathname, data, true);
  if (made.to) return { to: made.saved ? '/field/?kept=edit' : '/field/', saved: made.saved, away: piece };
  await keepForm(vault, pathname, data, Date.now());
  return { to: '/field/?kept=form', away: piece };
}
