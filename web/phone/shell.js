// The shell of the app in the Cache API: style, scripts, icons. A version is there whole or not at all.

const PREFIX = 'shell-';
const TIMEOUT_MS = 30_000;

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
 * Gather every file of a version: from an older version's cache where it has not changed, else from the server.
 * Throws when one does not have the hash it should: then the server is between two versions, and the browser asks later.
 * @param {string} version @param {[string, string][]} files address and SHA-256
 */
export async function installShell(version, files) {
  const shell = await caches.open(PREFIX + version);
  const gather = async (/** @type {[string, string]} */ [url, digest]) => {
    const kept = await checked(await caches.match(url), digest);
    const signal = 'timeout' in AbortSignal ? AbortSignal.timeout(TIMEOUT_MS) : undefined;
    const whole = kept ?? (await checked(await fetch(url, { cache: 'no-cache', signal }), digest));
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
  const shell = await caches.open(PREFIX + version);
  return (await shell.match(request, { ignoreSearch: true, ignoreVary: true })) ?? fetch(request);
}
