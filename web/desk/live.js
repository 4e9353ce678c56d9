/**
 * Tells a page that the journal has grown, and whether the server can be heard.
 *
 * One connection, and only while the page is looked at: a browser grants six to a server, and tabs in the back
 * must not use them up. What came meanwhile is caught up when the page is looked at again.
 */
const RETRY_MS = 4000;

/**
 * @param {() => void} grown called after every (re)connection and whenever something was written
 * @param {(heard: boolean) => void} heard
 */
export function listen(grown, heard) {
  /** @type {EventSource | null} */
  let source = null;
  let timer = 0;

  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const open = () => {
    close();
    if (document.hidden) return;
    source = new EventSource('/desk/live');
    source.addEventListener('journal', () => { heard(true); grown(); });
    source.onerror = () => {
      heard(false);
      // The browser tries again by itself after a lost connection, but not after an answer it did not like.
      if (source?.readyState === EventSource.CLOSED) timer = window.setTimeout(open, RETRY_MS);
    };
  };
  document.addEventListener('visibilitychange', open);
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => { if (event.persisted) open(); });
  open();
}
