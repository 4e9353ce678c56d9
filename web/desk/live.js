/**
 * Tells a page that the journal has grown, and whether the server can be heard.
 *
 * One connection for everything on a page that listens, and only while the page is looked at: a browser grants six to a
 * server, and tabs in the back must not use them up. What came meanwhile is caught up when the page is looked at again.
 */
import { isOut } from './html.js';

const RETRY_MS = 4000;

/** @type {{ grown: () => void, heard: (heard: boolean) => void }[]} */
const listeners = [];
/** @type {EventSource | null} */
let source = null;
let timer = 0;

function close() {
  clearTimeout(timer);
  source?.close();
  source = null;
}

function open() {
  close();
  if (document.hidden) return;
  source = new EventSource('/desk/live');
  source.addEventListener('journal', () => {
    for (const each of listeners) {
      each.heard(true);
      each.grown();
    }
  });
  source.onerror = () => {
    for (const each of listeners) each.heard(false);
    // The browser tries again by itself after a lost connection, but not after an answer it did not like.
    if (source?.readyState !== EventSource.CLOSED) return;
    isOut().then((out) => { if (!out) timer = window.setTimeout(open, RETRY_MS); });
  };
}

/**
 * @param {() => void} grown called after every (re)connection and whenever something was written
 * @param {(heard: boolean) => void} heard
 */
export function listen(grown, heard = () => {}) {
  listeners.push({ grown, heard });
  if (listeners.length > 1) {
    // Who comes late missed the word that the connection gave at its beginning.
    if (source) grown();
    return;
  }
  document.addEventListener('visibilitychange', open);
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => { if (event.persisted) open(); });
  open();
}
