// What runs on every field page: the worker, the moments at which to exchange, drafts, and what turns while one looks.
//
// Without a service worker nothing of this runs and the server does it all.

import { newsChannel } from '../phone/news.js';
import { offerSharing, share } from './capsule.js';
import { giveUp, keepDrafts } from './drafts.js';
import { isKeeping, keepGrid, noteKeeping } from './keeping.js';
import { waitAfterSaving } from './patience.js';
import { refresh } from './refresh.js';
import { ask } from './ask.js';
import { canKeep, installed, newerVersion, takeOver } from './worker.js';

const EVERY_MS = 60_000;

// A page brought back as it was left holds a form that was sent: it is drawn afresh, and what was half-written comes back.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
document.addEventListener('click', giveUp);
document.addEventListener('click', share);
offerSharing();
waitAfterSaving();
keepDrafts();

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
  if (location.pathname === '/field/' && !writing) return takeOver(newer);
  for (const place of document.querySelectorAll('[data-update]')) place.removeAttribute('hidden');
}

function listen() {
  addEventListener('online', () => exchange(false));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && exchange(true));
  setInterval(() => exchange(true), EVERY_MS);
  newsChannel().onmessage = refresh;
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
  if (place && !usable) await keepGrid(place);
  else noteKeeping(false);
}

async function start() {
  if (!canKeep()) return;
  const { serviceWorker } = navigator;
  if (!serviceWorker.controller) await drawn();
  if (isKeeping()) await keepBehind();
  if ((await installed()) !== 'yes') return;
  exchange(false);
  listen();
  // Drawn by the server though this browser could keep a grid: it never had one, or has thrown it away.
  const status = await ask({ type: 'status' });
  if (status && !status.enrolled) showHoldsNothing();
  newerVersion(await serviceWorker.ready).then(offer);
}

start();
