// The service worker: answers the phone's pages itself, from its own store, online and offline alike.
//
// The server puts `self.SHELL` before this: the version, the files to keep with their SHA-256, and the headers that go on
// every page. /field/… is ours once the store is usable; until then, and for everything else, the server answers.
// No resident's page ever enters a cache: it holds the shell alone.

import { clearOldShells, fromShell, installShell, routeShell } from './shell.js';
import { respond } from './messages.js';
import { answer, isUsable, Unreadable } from './routes.js';
import { plainTrouble } from './trouble.js';
import { sendBlobs } from './sending.js';
import { showBlob } from './showing.js';
import { synchronise } from './sync.js';

const sw = /** @type {ServiceWorkerGlobalScope & {SHELL: import('./types.js').Shell}} */ (/** @type {unknown} */ (self));
const { version, seal, files, headers } = sw.SHELL;
/** Where htmx asked for a piece of a page, and there is another page. */
const IN_PLACE_OF_ALL = { 'HX-Retarget': 'body', 'HX-Reswap': 'innerHTML' };

sw.addEventListener('install', (event) => {
  routeShell(event, version);
  event.waitUntil(installShell(version, files));
});

sw.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([clearOldShells(version), sw.clients.claim()]));
});

sw.addEventListener('message', (event) => {
  // A newer version waits until a page finds the moment: nothing half-written, or a tap.
  if (event.data?.type === 'take_over') event.waitUntil(sw.skipWaiting());
  else event.waitUntil(respond(event, version));
});

// Where the browser wakes us when signal returns. Rejecting asks it to try again later.
sw.addEventListener('sync', (/** @type {any} */ event) => {
  if (event.tag === 'outbox') event.waitUntil(bringAll().then((all) => all || Promise.reject()));
});

sw.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (url.pathname === '/field' || url.pathname.startsWith('/field/')) event.respondWith(field(event, url));
  else if (url.pathname.startsWith('/blobs/')) event.respondWith(showBlob(request, url));
  else if (url.pathname === '/' && request.mode === 'navigate') event.respondWith(home(request));
  else if (url.pathname.startsWith('/static/') || url.pathname === '/manifest.webmanifest') event.respondWith(fromShell(version, request));
});

/** @param {FetchEvent} event @param {URL} url @returns {Promise<Response>} */
async function field(event, url) {
  const { request } = event;
  // A form is read once; the server may have to read it after us.
  const spare = request.method === 'POST' ? request.clone() : request;
  try {
    const made = await answer(request, url, { version, seal, waiting: !!sw.registration.waiting });
    if (!made) return await fromServer(spare, 'empty');
    if (made.arriving) return await beforeItCame(spare, made);
    if (made.saved) event.waitUntil(send());
    if (made.file) return new Response(made.file.text, { headers: { ...headers, 'Cache-Control': 'no-store', ...made.file.headers } });
    if (made.to && made.away) return new Response(null, { headers: { 'HX-Redirect': made.to } });
    if (made.to) return new Response(null, { status: 303, headers: { Location: made.to } });
    return page(made.html ?? '', made.status, made.whole ? IN_PLACE_OF_ALL : {});
  } catch (error) {
    console.error(error);
    if (error instanceof Unreadable) return fromServer(spare, 'broken'); // the server can still help
    return page(plainTrouble(request.method === 'POST' ? 'unsaved' : 'broken'), 500);
  }
}

/** Something was saved: bring it up now, and have the browser wake us if that fails. */
async function send() {
  const background = /** @type {any} */ (sw.registration).sync;
  await background?.register('outbox').catch(() => {});
  await bringAll();
}

/** Edits first, then their photos. @returns {Promise<boolean>} whether everything has arrived */
const bringAll = async () => (await synchronise({ app: version })).ok && sendBlobs();

/**
 * The store holds nothing yet (or the browser has thrown it away): the server renders the same page.
 * @param {Request} request @param {'empty' | 'broken'} what
 */
async function fromServer(request, what) {
  try {
    return await fetch(request);
  } catch {
    return page(plainTrouble(what), 503);
  }
}

/**
 * A door whose part of the grid is still to come: the server, which drew the page that led here, knows it already.
 * @param {Request} request @param {import('./routes.js').Made} made what we say where it does not help
 */
async function beforeItCame(request, made) {
  const theirs = await fetch(request).catch(() => null);
  return theirs && theirs.status !== 401 ? theirs : page(made.html ?? '', made.status, made.whole ? IN_PLACE_OF_ALL : {});
}

/** The front door leads a phone to its pages, also without the server. @param {Request} request */
async function home(request) {
  const usable = await isUsable().catch(() => false);
  return usable ? Response.redirect('/field/', 303) : fromServer(request, 'empty');
}

/** @param {string} html @param {number} [status] @param {Record<string, string>} [more] */
function page(html, status = 200, more = {}) {
  const own = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', Vary: 'HX-Request' };
  return new Response(html, { status, headers: { ...headers, ...own, ...more } });
}
