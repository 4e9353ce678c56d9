// Behind a phone's one-time link: this page makes the key, registers it and goes to the first page, which the server draws;
// the grid comes behind it (keeping.js).
//
// A phone that was closed half way comes back to the same link and goes on: the key is kept before it is sent, and asked
// again with the same key the server answers the same device.

import { meta } from '../phone/database.js';
import { enrol, knownAgain } from '../phone/enrol.js';
import { Trouble } from '../phone/transport.js';
import { again, keepGrid, noteKeeping, show } from './keeping.js';
import { ask } from './ask.js';
import { canKeep } from './worker.js';

const main = /** @type {HTMLElement} */ (document.querySelector('[data-join]'));
const token = location.pathname.split('/')[2];

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
    return (await meta('device'))?.person ?? false;
  } catch (error) {
    console.warn('nothing is kept here', error);
    return null;
  }
}

/** @returns {Promise<boolean>} false when the link opens nothing any more */
async function register() {
  const lang = document.documentElement.lang.slice(0, 2);
  for (;;) {
    show(main, 'key');
    try {
      await enrol(token, await phoneLabel(), lang);
      return true;
    } catch (error) {
      if (error instanceof Trouble && error.code !== 'busy' && error.status >= 400 && error.status < 500) return false;
      console.warn('not registered yet', error);
      await again(main);
    }
  }
}

/** A phone that used this link, or another, before: what is missing of its grid comes, and the way to its pages is shown. */
async function goOn() {
  const usable = () => main.querySelector('[data-when=usable]')?.removeAttribute('hidden');
  show(main, 'known');
  const place = /** @type {HTMLElement} */ (document.getElementById('keeping'));
  const worker = await navigator.serviceWorker.getRegistration();
  if (worker?.active && (await ask({ type: 'status' }))?.usable) usable();
  await keepGrid(place, ({ partsDone }) => partsDone >= 2 && usable());
  usable();
}

/** A restored server has forgotten this phone, or it was put out of use: its person's new link makes it known again. */
async function comeBack() {
  try {
    await knownAgain(token);
  } catch (error) {
    console.warn('not known again', error);
  }
}

/** Somebody else's link on this phone: nothing is done, and it says so. @param {string} name */
function sayWhose(name) {
  const words = main.querySelector('[data-step=other] [data-words]');
  if (words instanceof HTMLElement) words.textContent = (words.dataset.words ?? '').replace('%s', name);
  show(main, 'other');
}

async function start() {
  const known = await owner();
  const link = main.dataset;
  if (known && link.join === 'phone' && link.person !== known.id) return sayWhose(known.name);
  const { last_error = null, revoked = false } = (known && (await meta('sync'))) || {};
  if ((revoked || last_error === 'unknown_device') && link.join === 'phone') await comeBack();
  if (known) return goOn();
  if (link.join === 'gone') return;
  if (known === null) return show(main, link.used ? 'gone' : 'plain');
  if (!(await register())) return show(main, 'gone');
  noteKeeping(true);
  location.replace('/field/');
}

start();
