// From a link to the pages of a phone: a PIN first, on a page that the worker draws. Where no worker has come the server
// draws them, until one has.

import { installed } from './worker.js';

/** Where a phone goes on that has just been registered. @returns {Promise<string>} */
export const firstPage = async () => ((await installed()) === 'yes' ? '/field/pin' : '/field/');
