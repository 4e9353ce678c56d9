// Behind a phone's one-time link: pressed, this page makes the key, registers it and goes to the first page, which the server
// draws; the grid comes behind it (keeping.js).
//
// A phone that was closed half way comes back to the same link and goes on: the key is kept before it is sent, and asked
// again with the same key the server answers the same device.

import { meta, setMeta, storeName } from '../phone/database.js';
import { arrived, doubtSession, makeRoom, peopleNow, useOf } from '../phone/people.js';
import { begin, enrol, hasBegun, knownAgain, meet } from '../phone/enrol.js';
import { Trouble } from '../phone/transport.js';
import { isShut, lock } from '../phone/vault.js';
import { again, keepGrid, noteKeeping, show } from './keeping.js';
import { ask } from './ask.js';
import { firstPage } from './pin_first.js';
import { canKeep } from './worker.js';

const ASK_MS = 2_000;
const main = /** @type {HTMLElement} */ (document.querySelector('[data-join]'));
const token = location.pathname.split('/').at(-1) ?? '';
/** An icon under /elder/ shows nothing beside it, and asks for no PIN. */
const PIN_AT = location.pathname.startsWith('/elder/') ? '/elder/' : '/field/pin';
/** The key of the log that the station's screen showed: behind the address, where no server sees it. */
const shownKey = /^#k=([\w-]{43})$/.exec(location.hash)?.[1];
/** @type {Record<string, string>} */
const WHY = { link_taken: 'taken', digits_differ: 'differ' };

/** A name by which people know this phone again among others: its model where the browser tells, its system where that
 *  is a name to anybody. */
async function phoneLabel() {
  const hints = /** @type {any} */ (navigator).userAgentData;
  const model = (await hints?.getHighEntropyValues?.(['model']).catch(() => null))?.model;
  const system = /Android|iPhone|iPad|Windows|Macintosh/.exec(navigator.userAgent)?.[0];
  return [model, system].filter(Boolean).join(' ');
}

/** Whose phone this is, false while it is nobody's; null where its browser keeps nothing for us (private windows). */
async function owner() {
  if (!canKeep()) return null;
  try {
    await navigator.serviceWorker.getRegistration();
    await useOf(main.dataset.person ?? '', token);
    return (await meta('device'))?.person ?? false;
  } catch (error) {
    console.warn('nothing is kept here', error);
    return null;
  }
}

/** @param {number} ms @returns {Promise<void>} */
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Nothing happens before this. A phone that pressed before goes on. @returns {Promise<void>} */
async function pressed() {
  if (await hasBegun(token)) return;
  // An icon there has a storage of its own: this is not yet the place to register.
  if ('standalone' in navigator) main.querySelector('[data-iphone]')?.removeAttribute('hidden');
  show(main, 'begin');
  await new Promise((resolve) => main.querySelector('[data-go]')?.addEventListener('click', resolve, { once: true }));
  await begin(token, shownKey);
}

/** The digits for the station to compare. @param {string} four */
function sayDigits(four) {
  const place = /** @type {HTMLElement} */ (main.querySelector('[data-digits]'));
  if (place.textContent !== four) place.textContent = four;
  unheard(false);
  show(main, 'compare');
}

/** @param {boolean} so the server was not reached, and the digits stand there all the same */
function unheard(so) {
  main.querySelector('[data-unheard]')?.toggleAttribute('hidden', !so);
}

/** Compare where the station does, then hand the key in until the answer is there. @param {() => Promise<boolean>} come */
async function comeIn(come) {
  if (main.dataset.confirm === 'desk') sayDigits(await meet(token));
  while (!(await come())) {
    unheard(false);
    await pause(ASK_MS);
  }
}

/** The step that tells why nothing more can come of this link; empty when it is worth trying again. @param {unknown} error */
function over(error) {
  if (!(error instanceof Trouble) || error.code === 'busy' || error.status < 400 || error.status >= 500) return '';
  return WHY[error.code] ?? 'gone';
}

/** @param {() => Promise<boolean>} come @returns {Promise<string>} empty when this phone is in, else the step that says why not */
async function register(come) {
  await pressed();
  show(main, 'key');
  await doubtSession();
  for (;;) {
    try {
      await comeIn(come);
      return '';
    } catch (error) {
      const why = over(error);
      if (why) return why;
      console.warn('not registered yet', error);
      const asked = error instanceof Trouble ? (error.extra.retryMs ?? 0) : 0;
      const shown = !main.querySelector('[data-step=compare]')?.hasAttribute('hidden');
      unheard(shown);
      await (shown ? pause(Math.max(ASK_MS, asked)) : again(main, asked));
    }
  }
}

/** Whoever came in by this link is at it from now on, on a phone that several share too. @param {boolean} [letIn] just now */
async function takeTurn(letIn = false) {
  const { person = '', name = '' } = main.dataset;
  if (!person || !name) return;
  const before = await peopleNow();
  const { all } = await arrived(person, name, letIn);
  if (!all.length || before.now === storeName()) return;
  const worker = await navigator.serviceWorker.getRegistration();
  if (worker?.active) await ask({ type: 'person', store: storeName() });
}

/** A phone that used this link, or another, before: what is missing of its grid comes, and the way to its pages is shown. */
async function goOn() {
  const usable = () => main.querySelector('[data-when=usable]')?.removeAttribute('hidden');
  await takeTurn();
  show(main, 'known');
  const place = /** @type {HTMLElement} */ (document.getElementById('keeping'));
  const worker = await navigator.serviceWorker.getRegistration();
  if (worker?.active && (await ask({ type: 'status' }))?.usable) usable();
  await keepGrid(place, ({ partsDone }) => partsDone >= 2 && usable());
  usable();
}

/**
 * Somebody else's link on this phone: it says whose it is, and whoever shares it presses on. What was open is locked.
 * @param {{id: string, name: string}} before
 */
async function share(before) {
  for (const words of main.querySelectorAll('[data-step=other] [data-words]')) {
    if (words instanceof HTMLElement) words.textContent = (words.dataset.words ?? '').replace('%s', before.name);
  }
  show(main, 'other');
  await new Promise((resolve) => main.querySelector('[data-share]')?.addEventListener('click', resolve, { once: true }));
  // Here and in the worker, which keeps in mind what is open.
  await Promise.all([lock(), fetch('/field/lock', { method: 'POST', redirect: 'manual' }).catch(() => {})]);
  await makeRoom(token, before);
  await begin(token, shownKey);
}

/**
 * A restored server has forgotten this phone, it was put out of use, or its PIN was forgotten: its person's new link makes
 * it known again. @param {boolean} shut then another PIN may be chosen
 */
async function comeBack(shut) {
  const why = await register(() => knownAgain(token));
  if (why) return show(main, why);
  if (!shut) await takeTurn(true);
  if (!shut) return goOn();
  await setMeta({ reset: Date.now() });
  await takeTurn(true);
  noteKeeping(true);
  location.replace(PIN_AT);
}

async function start() {
  const link = main.dataset;
  let known = await owner();
  // Nothing is on this phone that could be lost: it is said before anything begins.
  const another = shownKey && !main.dataset.log?.split(' ').includes(shownKey);
  if (another && link.join === 'phone' && (!known || link.person !== known.id)) return show(main, 'other_key');
  if (known && link.join === 'phone' && link.person !== known.id) {
    await share(known);
    known = false;
  }
  const { last_error = null, revoked = false } = (known && (await meta('sync'))) || {};
  const shut = !!known && (await isShut());
  // A link that has let this phone in gives no other PIN: it lies in the browser's history for whoever finds the phone.
  if (shut && link.used && !(await hasBegun(token))) return takeTurn().then(() => location.replace(PIN_AT));
  if ((shut || revoked || last_error === 'unknown_device') && link.join === 'phone') return comeBack(shut);
  if (shut) return takeTurn().then(() => location.replace(PIN_AT));
  if (known) return goOn();
  if (link.join === 'gone') return;
  if (known === null) return show(main, link.used ? 'gone' : 'plain');
  const label = await phoneLabel();
  const why = await register(() => enrol(token, label, document.documentElement.lang.slice(0, 2)));
  if (why) return show(main, why);
  await takeTurn(true);
  noteKeeping(true);
  location.replace(await firstPage((await meta('device'))?.person.role));
}

start();
