// The shell of the app in the Cache API: style, scripts, icons. A version is there whole or not at all.

const PREFIX = 'shell-';
const TIMEOUT_MS = 30_000;
/** The browser may have it from the page that is open; only where that is another version's is the server asked. @type {RequestCache[]} */
const WAYS = ['force-cache', 'no-cache'];

/** @type {Promise<Cache> | null} */
let opening = null;

/** This version's cache, opened once in a worker's life. @param {string} version */
function opened(version) {
  opening ??= caches.open(PREFIX + version).catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

/** @param {ArrayBuffer} data */
async function sha256(data) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {Response | undefined} response @param {string} digest @returns {Promise<Response | null>} */
async function checked(response, digest) {
  if (!response?.ok) return null;
  return (await sha256(await response.clone().arrayBuffer())) === digest ? response : null;
}

/**
 * Where the browser can, it takes our files from the cache without waking us; what is not there it asks the server for.
 * @param {any} event of the installation @param {string} version
 */
export function routeShell(event, version) {
  const route = { condition: { urlPattern: '/static/*' }, source: { cacheName: PREFIX + version } };
  // Refused, files come through the worker as in browsers that know no routes.
  event.addRoutes?.(route).catch(console.warn);
}

/**
 * Gather every file of a version: from an older version's cache where it has not changed, else from the server.
 * Throws when one does not have the hash it should: then the server is between two versions, and the browser asks later.
 * @param {string} version @param {[string, string][]} files address and SHA-256
 */
export async function installShell(version, files) {
  const shell = await opened(version);
  const gather = async (/** @type {[string, string]} */ [url, digest]) => {
    let whole = await checked(await caches.match(url), digest);
    for (const cache of WAYS) {
      const signal = 'timeout' in AbortSignal ? AbortSignal.timeout(TIMEOUT_MS) : undefined;
      whole ??= await checked(await fetch(url, { cache, signal }), digest);
    }
    if (!whole) throw new Error(`${url} is not of version ${version}`);
    await shell.put(url, whole);
  };
  await Promise.all(files.map(gather));
}

/** @param {string} version */
export async function clearOldShells(version) {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + version);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** A file from this version's shell, else from the server. @param {string} version @param {Request} request */
export async function fromShell(version, request) {
  const shell = await opened(version);
  return (await shell.match(request, { ignoreSearch: true, ignoreVary: true })) ?? fetch(request);
}
