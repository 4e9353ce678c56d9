// The page's questions to the service worker. Apart from worker.js, so that a script of a single page needs no policy of its own.

/**
 * Ask the active worker; resolves with its answer, or with null when none came in time (it may have been ended meanwhile).
 * @param {any} message @param {number} [waitMs] @returns {Promise<any>}
 */
export async function ask(message, waitMs = 60_000) {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), waitMs);
    navigator.serviceWorker.ready.then(({ active }) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      // Whose page this is: on a phone that several share, what it says is theirs.
      active?.postMessage({ phone: document.body.dataset.phone, ...message }, [port2]);
    });
  });
}
