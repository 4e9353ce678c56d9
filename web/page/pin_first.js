// From a link to the pages of a phone: a PIN first, on a page that the worker draws. Where no worker has come the server
// draws them, until one has.

import { installed } from './worker.js';

/** Where a phone goes on that has just been registered; a volunteer's asks for no PIN. @param {string} [role] @returns {Promise<string>} */
export async function firstPage(role) {
  const ready = (await installed()) === 'yes';
  if (role === 'volunteer') return '/elder/';
  return ready ? '/field/pin' : '/field/';
}
