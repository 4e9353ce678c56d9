// Turns: what the worker does keeps to one person's store from its beginning to its end, on a phone that several share.
//
// A change of person waits for the turns that run, whose requests it ends, and those that come wait for it. What somebody
// else left unsent goes up in between, as long as nobody asks for a page. Where one person has the phone nothing waits.

import { storeName, use } from './database.js';
import { leftNow } from './gone.js';
import { notePeople, othersOf, peopleNow } from './people.js';
import { interrupt } from './transport.js';
import { forget, lock } from './vault.js';

/** @template T @typedef {() => Promise<T>} Work */

const HURRY_MS = 100;
const LOOK_MS = 250;
const LOOKS_MAX = 20;

let running = 0;
/** Told when nothing runs any more. @type {(() => void) | null} */
let quiet = null;
/** The last change that was asked for. @type {Promise<unknown>} */
let changing = recall();
/** Whether what changes is done for somebody who is not there: whoever comes does not wait for the network. */
let aside = false;

/** Whose turn it was when the worker last ran. */
async function recall() {
  try {
    use((await peopleNow()).now);
  } catch (error) {
    console.warn('the note of who shares this phone cannot be read', error);
  }
}

/**
 * Run `work` with the store of whose turn it is; with that of somebody else who shares the phone, if it was asked for in
 * their name: a page that was left open may still hand in a form.
 * @template T @param {Work<T>} work @param {string} [store] @returns {Promise<T>}
 */
export async function turn(work, store = '') {
  for (let before; before !== changing; ) {
    before = changing;
    await hurried(before, () => aside);
  }
  if (store && store !== storeName() && (await isOwners(store))) return change(() => within(store, work));
  running++;
  try {
    return await work();
  } finally {
    running--;
    if (running === 0) quiet?.();
  }
}

/** @param {string} store */
const isOwners = async (store) => (await peopleNow()).all.some((owner) => owner.store === store);

/** Run `work` while nothing else does. @template T @param {Work<T>} work @returns {Promise<T>} */
function change(work) {
  const mine = changing.then(async () => {
    while (running) await hurried(new Promise((resolve) => { quiet = () => resolve(undefined); }));
    return work();
  });
  changing = mine.catch(() => {});
  return mine;
}

/** Wait for what asks the server over and over, and end its requests until it is done. @template T @param {Promise<T>} done @param {() => boolean} [may] */
async function hurried(done, may = () => true) {
  const hurry = () => may() && interrupt();
  hurry();
  const timer = setInterval(hurry, HURRY_MS);
  try {
    return await done;
  } finally {
    clearInterval(timer);
  }
}

/** @template T @param {string} store @param {Work<T>} work @returns {Promise<T>} */
async function within(store, work) {
  const back = storeName();
  turnTo(store);
  try {
    return await work();
  } finally {
    turnTo(back);
  }
}

/** @param {string} store */
function turnTo(store) {
  use(store);
  forget();
}

/** Look again whose turn it is. */
export const lookAgain = () => change(recall);

/** Somebody else takes over: what was open is locked. @param {string} store theirs @returns {Promise<boolean>} whether it is somebody's */
export function takeOver(store) {
  return change(async () => {
    if (!(await isOwners(store))) return false;
    if (store !== storeName()) {
      // Theirs too: it may have been left open when the browser ended the worker.
      for (const each of [storeName(), store]) {
        turnTo(each);
        if (!(await leftNow())) await lock();
      }
    }
    await notePeople(() => ({ now: store }));
    return true;
  });
}

/** Do something for each of the others who share the phone, one after the other, while nobody asks for anything. @param {Work<unknown>} work */
export async function forOthers(work) {
  for (const { store } of othersOf(await peopleNow())) {
    for (let looks = 0; running && looks < LOOKS_MAX; looks++) await new Promise((resolve) => { setTimeout(resolve, LOOK_MS); });
    if (running) return;
    await change(async () => {
      aside = true;
      try {
        if (await isOwners(store)) await within(store, work);
      } finally {
        aside = false;
      }
    });
  }
}
