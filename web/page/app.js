// What runs on every field page: the worker, the moments at which to exchange, drafts, and what turns while one looks.
//
// Without a service worker nothing of this runs and the server does it all.

import { newsChannel } from '../phone/news.js';
import { offerSharing, share } from './capsule.js';
import { giveUp, keepDrafts } from './drafts.js';
import { isKeeping, keepGrid, noteKeeping, show } from './keeping.js';
import { watchLock } from './locking.js';
import { openReady } from './opening.js';
import { waitAfterSaving } from './patience.js';
import { refresh } from './refresh.js';
import { ask } from './ask.js';
import { canKeep, installed, newerVersion, takeOver } from './worker.js';

const EVERY_MS = 60_000;

// A page brought back as it was left holds a form that was sent: it is drawn afresh, and what was half-written comes back.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
document.addEventListener('click', giveUp);
document.addEventListener('click', share);
document.addEventListener('submit', findHere);
document.addEventListener('submit', sayWhose, true);
offerSharing();
openReady();
waitAfterSaving();
keepDrafts();

/** What is found stands below the box already; words that were looked for stay out of the browser's history. @param {SubmitEvent} event */
function findHere(event) {
  if (window.htmx && event.target instanceof Element && event.target.matches('form.finding')) event.preventDefault();
}

/** What somebody wrote stays theirs when another person who shares this phone has taken it meanwhile. @param {SubmitEvent} event */
function sayWhose({ target: form }) {
  const { phone } = document.body.dataset;
  if (!phone || !(form instanceof HTMLFormElement) || form.method !== 'post') return;
  for (const name of ['action', 'hx-post']) {
    const address = form.hasAttribute(name) && new URL(form.getAttribute(name) ?? '', location.href);
    if (!address) continue;
    address.searchParams.set('phone', phone);
    form.setAttribute(name, address.pathname + address.search);
  }
}

/** Exchange now; `patient` (a timer's) respects the pause after a failure. @param {boolean} patient */
const exchange = (patient) => ask({ type: 'sync', patient });

/**
 * A newer version is taken at once from Today, never while something is half-written; or by a tap where it is offered.
 * @param {ServiceWorker} newer
 */
async function offer(newer) {
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('[data-update-now]')) takeOver(newer);
  });
  const writing = document.querySelector('form[data-draft]') || (await ask({ type: 'half_written' }));
  if (['/field/', '/elder/'].includes(location.pathname) && !writing) return takeOver(newer);
  for (const place of document.querySelectorAll('[data-update]')) place.removeAttribute('hidden');
}

/** Whether this page is of somebody who has the phone no more: it was handed on, or theirs was put out of use. @param {any} news */
const isOver = ({ type, store }) => type === 'person' || (type === 'gone' && [undefined, store].includes(document.body.dataset.phone));

function listen() {
  addEventListener('online', () => exchange(false));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && exchange(true));
  setInterval(() => exchange(true), EVERY_MS);
  newsChannel().onmessage = ({ data }) => (isOver(data) ? location.replace('/field/') : refresh());
}

/** This phone was emptied: what the browser keeps for pages goes too, and the worker's last words as soon as there is a way. */
function endHere() {
  for (const store of [localStorage, sessionStorage]) store.clear();
  exchange(false);
  addEventListener('online', () => exchange(false));
}

function showHoldsNothing() {
  document.querySelector('#holds-nothing')?.removeAttribute('hidden');
  document.querySelector('#outgoing')?.setAttribute('hidden', '');
}

/** The page has come and been drawn: on a slow line nothing is fetched beside it. @returns {Promise<void>} */
const drawn = () =>
  new Promise((resolve) => {
    const after = () => setTimeout(resolve);
    if (document.readyState === 'complete') after();
    else addEventListener('load', after);
  });

/** The server draws the first pages of a new phone, and its grid comes behind them. */
async function keepBehind() {
  const place = document.getElementById('keeping');
  const usable = navigator.serviceWorker.controller && (await ask({ type: 'status' }))?.usable;
  if (place && !usable) return keepGrid(place);
  noteKeeping(false);
  // It came while another page was open: this one says so.
  if (place) place.hidden = false;
  if (place) show(place, 'done');
}

async function start() {
  if (!canKeep()) return;
  if (document.querySelector('[data-trouble=gone]')) return endHere();
  const { serviceWorker } = navigator;
  if (!serviceWorker.controller) await drawn();
  if (isKeeping()) await keepBehind();
  const here = installed();
  // The browser's own look for a newer version can take long on a slow line; the worker that is here waits for none.
  if (!serviceWorker.controller && (await here) !== 'yes') return;
  exchange(false);
  listen();
  watchLock();
  // Drawn by the server though this browser could keep a grid: it never had one, or has thrown it away.
  const status = await ask({ type: 'status' });
  if (status && !status.enrolled) showHoldsNothing();
  newerVersion(await serviceWorker.ready).then(offer);
}

start();
