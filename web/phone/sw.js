// The service worker: answers the phone's pages itself, from its own store, online and offline alike.
//
// The server puts `self.SHELL` before this: the version, the files to keep with their SHA-256, and the headers that go on
// every page. /field/… and /elder/… (but /elder/join: who may have this phone is the server's to say) are ours once the store is usable; until then, and for everything else, the server answers.
// No resident's page ever enters a cache: it holds the shell alone.

import { meta, storeName } from './database.js';
import { leftNow } from './gone.js';
import { endLeaving } from './leaving.js';
import { clearOldShells, fromShell, installShell, routeShell } from './shell.js';
import { respond } from './messages.js';
import { tell } from './news.js';
import { inOwnName } from './opener.js';
import { gone, othersOf, peopleNow } from './people.js';
import { answer, isUsable, Unreadable } from './routes.js';
import { plainTrouble } from './trouble.js';
import { sendBlobs } from './sending.js';
import { showBlob } from './showing.js';
import { isDue, synchronise } from './sync.js';
import { forOthers, lookAgain, takeOver, turn } from './turns.js';

const sw = /** @type {ServiceWorkerGlobalScope & {SHELL: import('./types.js').Shell}} */ (/** @type {unknown} */ (self));
const { version, seal, calls, files, headers } = sw.SHELL;
/** How somebody opens their own, and sets the phone. What else is sent was written: it is theirs, from a page too that they left open when another person took the phone. */
const OPENING = /^\/(field\/(lock|unlock|pin|passkey|person|settings)|elder\/settings)(\/|$)/;
const KEEPING = ['draft', 'no_draft', 'keep_blob'];
/** Where htmx asked for a piece of a page, and there is another page. */
const IN_PLACE_OF_ALL = { 'HX-Retarget': 'body', 'HX-Reswap': 'innerHTML' };

sw.addEventListener('install', (event) => {
  routeShell(event, version);
  event.waitUntil(installShell(version, files));
});

sw.addEventListener('activate', (event) => {
  // Another may have taken the phone since this version was installed.
  event.waitUntil(Promise.all([clearOldShells(version), lookAgain().then(() => sw.clients.claim())]));
});

sw.addEventListener('message', (event) => {
  // A newer version waits until a page finds the moment: nothing half-written, or a tap.
  const { type, store, phone } = event.data ?? {};
  if (type === 'take_over') event.waitUntil(sw.skipWaiting());
  else if (type === 'person') event.waitUntil(changePerson(store).then((done) => event.ports[0]?.postMessage(done)));
  else event.waitUntil(turn(() => said(event), KEEPING.includes(type) ? phone : '').then(() => (type === 'sync' ? sendOthers() : undefined)));
});

/** A page that somebody else left open is told nothing of whoever has the phone now. @param {ExtendableMessageEvent} event */
async function said(event) {
  const { type, phone } = event.data ?? {};
  const stale = type !== 'sync' && phone && phone !== storeName();
  return stale ? event.ports[0]?.postMessage(null) : respond(event, version);
}

// Where the browser wakes us when signal returns. Rejecting asks it to try again later.
sw.addEventListener('sync', (/** @type {any} */ event) => {
  if (event.tag === 'outbox') event.waitUntil(turn(bringAll).then((all) => sendOthers().then(() => all || Promise.reject())));
});

sw.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (/^\/(field|elder(?!\/join(\/|$)))(\/|$)/.test(url.pathname) && !url.pathname.endsWith('.webmanifest')) event.respondWith(field(event, url));
  else if (url.pathname.startsWith('/restricted/')) event.respondWith(fromServer(request, 'online'));
  else if (url.pathname.startsWith('/blobs/')) event.respondWith(showBlob(request, url, turn));
  else if (url.pathname === '/' && request.mode === 'navigate') event.respondWith(home(request));
  else if (url.pathname.startsWith('/static/') || url.pathname === '/manifest.webmanifest') event.respondWith(fromShell(version, request));
});

/** A page of ours. @typedef {{html: string, status?: number, more?: Record<string, string>}} Page */

/**
 * The head of a page goes ahead of its rows where it can: the browser has style and scripts by the time these are read.
 * @param {FetchEvent} event @param {URL} url @returns {Promise<Response>}
 */
function field(event, url) {
  return new Promise((respondBy, refuse) => {
    const whole = answered(event, url, (head) => {
      event.waitUntil(whole);
      respondBy(page(inParts(head, whole)));
    });
    whole.then((made) => respondBy(made instanceof Response ? made : page(made.html, made.status, made.more)), refuse);
  });
}

/** @param {string} head @param {Promise<Response | Page>} whole that page, or what says in its place why there is none */
function inParts(head, whole) {
  const utf8 = new TextEncoder();
  return new ReadableStream({
    async start(parts) {
      parts.enqueue(utf8.encode(head));
      const made = await whole;
      const html = made instanceof Response ? await made.text() : made.html;
      parts.enqueue(utf8.encode(html.startsWith(head) ? html.slice(head.length) : html));
      parts.close();
    },
  });
}

/** @param {FetchEvent} event @param {URL} url @param {(head: string) => void} ahead @returns {Promise<Response | Page>} */
async function answered(event, url, ahead) {
  const { request } = event;
  const posted = request.method === 'POST';
  // A form is read once; the server may have to read it after us.
  const spare = posted ? request.clone() : request;
  try {
    if (posted && url.pathname === '/field/person') return await personChosen(request);
    const whose = (posted && url.searchParams.get('phone')) || '';
    const made = await turn(() => drawn(request, url, whose, ahead), OPENING.test(url.pathname) ? '' : whose);
    if (made && 'emptied' in made) return outOfUse(event, made);
    if (!made) return await fromServer(spare, 'empty');
    if (made.arriving) return await beforeItCame(spare, made);
    if (made.saved) event.waitUntil(send());
    if (made.file) return new Response(made.file.text, { headers: { ...headers, 'Cache-Control': 'no-store', ...made.file.headers } });
    if (made.to && made.away) return new Response(null, { headers: { 'HX-Redirect': made.to } });
    if (made.to) return new Response(null, { status: 303, headers: { Location: made.to } });
    return { html: made.html ?? '', status: made.status, more: made.whole ? IN_PLACE_OF_ALL : {} };
  } catch (error) {
    console.error(error);
    if (error instanceof Unreadable) return fromServer(spare, 'broken'); // the server can still help
    return { html: plainTrouble(posted ? 'unsaved' : 'broken'), status: 500 };
  }
}

/** @param {Request} request @param {URL} url @param {string} whose the page that a form was sent from, by store @param {(head: string) => void} ahead */
async function drawn(request, url, whose, ahead) {
  const left = await leftNow();
  // How somebody opens their own is nothing to whoever has the phone now.
  if (!left && whose && whose !== storeName()) return { to: '/field/' };
  return left ?? answer(request, url, { version, seal, calls, waiting: !!sw.registration.waiting, ahead });
}

/** Nothing is left here but this page, whatever was asked for. @param {FetchEvent} event @param {import('./gone.js').Left} left */
function outOfUse(event, left) {
  event.waitUntil(turn(endLeaving).then(makeWay));
  return page(plainTrouble('gone'), 200, event.request.headers.has('HX-Request') ? { 'HX-Redirect': '/field/' } : {});
}

/** On a shared phone the next page is somebody else's. @param {boolean} told the server of it: then it is nobody's any more */
async function makeWay(told) {
  const store = storeName();
  const [other] = othersOf(await peopleNow(), store);
  if (other && (await takeOver(other.store)) && told) await gone(store);
}

/** @param {Request} request */
async function personChosen(request) {
  await changePerson(String((await request.formData()).get('store')));
  return new Response(null, { status: 303, headers: { Location: '/field/' } });
}

/** Somebody else who shares this phone takes it: it stands there locked, and open pages turn to that. @param {string} store theirs */
async function changePerson(store) {
  const done = await takeOver(store);
  if (done) tell(store, { type: 'person' });
  return done;
}

/** What others who share this phone left unsent goes up when there is a way, and the station's word for their phone comes. */
async function sendOthers() {
  if (!othersOf(await peopleNow()).length || (await leftNow()) || (await meta('sync'))?.fails) return;
  await forOthers(async () => {
    if (await leftNow()) return (await endLeaving()) && gone(storeName());
    return (await isDue()) && bringAll();
  });
}

/** Something was saved: bring it up now, and have the browser wake us if that fails. */
async function send() {
  const background = /** @type {any} */ (sw.registration).sync;
  await background?.register('outbox').catch(() => {});
  await turn(bringAll);
  await sendOthers();
}

/** Edits first, then their photos. @returns {Promise<boolean>} whether everything has arrived */
const bringAll = async () => (await synchronise({ app: version })).ok && sendBlobs();

/**
 * The store holds nothing yet (or the browser has thrown it away): the server renders the same page.
 * @param {Request} request @param {'empty' | 'broken' | 'online'} what
 */
async function fromServer(request, what) {
  try {
    const asked = await turn(() => inOwnName(request));
    if (asked) return await fetch(asked);
  } catch (error) {
    console.warn('the server was not reached', error);
  }
  return page(plainTrouble(what), 503);
}

/**
 * A door whose part of the grid is still to come: the server, which drew the page that led here, knows it already.
 * @param {Request} request @param {import('./routes.js').Made} made what we say where it does not help
 */
async function beforeItCame(request, made) {
  const asked = await turn(() => inOwnName(request));
  const theirs = asked && (await fetch(asked).catch(() => null));
  return theirs && ![401, 403].includes(theirs.status) ? theirs : page(made.html ?? '', made.status, made.whole ? IN_PLACE_OF_ALL : {});
}

/** The front door leads a phone to its pages, also without the server. @param {Request} request */
async function home(request) {
  const ours = await turn(async () => (await leftNow()) !== null || (await isUsable().catch(() => false)));
  return ours ? Response.redirect('/field/', 303) : fromServer(request, 'empty');
}

/** @param {BodyInit} html @param {number} [status] @param {Record<string, string>} [more] */
function page(html, status = 200, more = {}) {
  const own = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', Vary: 'HX-Request' };
  return new Response(html, { status, headers: { ...headers, ...own, ...more } });
}
