// One key of the log speaks for another: the one before for the one that follows, the active one for the reserve.
//
// A signature beside another on a checkpoint would not do: whoever hands a note on can add a line to it. Twin of
// sync/ledger/vouch.py.

import { unb64u } from '../edit.js';

/** @typedef {import('../types.js').Vouch} Vouch */

/** What is signed; no checkpoint reads like it. @param {string} key @param {string} use */
const vouchedText = (key, use) => new TextEncoder().encode(`sifang-log-key-v1\n${use}\n${key}\n`);

/**
 * @param {Vouch} vouch @param {string[]} now @param {string[]} spare @param {import('./note.js').Check} check
 */
async function counts({ key, use, by, signature }, now, spare, check) {
  const known = use === 'log' ? now : spare;
  const speakers = use === 'log' ? [...now, ...spare] : spare.length ? spare : now;
  if ((use !== 'log' && use !== 'reserve') || known.includes(key) || !speakers.includes(by)) return false;
  try {
    return await check(unb64u(by), unb64u(signature), vouchedText(key, use));
  } catch {
    return false;
  }
}

/**
 * The keys and the reserve keys that count for a phone that believes these. A reserve it holds speaks for the one that
 * follows it, and nobody else does: whoever has stolen the active key cannot put his own in its place.
 * @param {string[]} keys @param {string[]} reserve @param {Vouch[]} vouched @param {import('./note.js').Check} check
 */
export async function trusted(keys, reserve, vouched, check) {
  const now = [...keys];
  let spare = [...reserve];
  const left = [...vouched];
  // One change after the other: a phone that was away for long follows several. Each word counts once.
  for (let i = 0; i < left.length; ) {
    if (!(await counts(left[i], now, spare, check))) {
      i += 1;
      continue;
    }
    const [{ key, use }] = left.splice(i, 1);
    if (use === 'log') now.push(key);
    else spare = [key];
    i = 0;
  }
  return { keys: now, reserve: spare };
}
