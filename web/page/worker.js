// The page's line to the service worker: register it, ask it things, let a newer one take over.

import { own } from './trust.js';

/** Whether this browser can keep a grid at all (some hide workers in private windows or without HTTPS). */
export const canKeep = () => 'serviceWorker' in navigator && 'indexedDB' in window && !!window.crypto?.subtle;

const SETTLED = ['activated', 'redundant'];

/** Register the worker, or look again at one that is. */
export const register = () => navigator.serviceWorker.register(own.createScriptURL('/sw.js'), { scope: '/', updateViaCache: 'none' });

/**
 * Register the worker and wait until one runs here. `later` where its files did not all arrive, `never` where the browser
 * lets none in (private windows).
 * @returns {Promise<'yes' | 'later' | 'never'>}
 */
export async function installed() {
  try {
    const registration = await register();
    const { installing, waiting, active } = registration;
    if (!active) await settled(waiting ?? installing);
    return registration.active ? 'yes' : 'later';
  } catch (error) {
    console.warn('no service worker', error);
    return /** @type {Error} */ (error).name === 'SecurityError' ? 'never' : 'later';
  }
}

/** @param {ServiceWorker | null} worker @returns {Promise<void>} */
const settled = (worker) =>
  new Promise((resolve) => {
    const look = () => (!worker || SETTLED.includes(worker.state)) && resolve();
    worker?.addEventListener('statechange', look);
    look();
  });

/**
 * A newer version has installed and waits. Resolves when one does, at once if one waits already.
 * @param {ServiceWorkerRegistration} registration @returns {Promise<ServiceWorker>}
 */
export function newerVersion(registration) {
  return new Promise((found) => {
    const look = () => registration.waiting && registration.active && found(registration.waiting);
    look();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', look);
    });
  });
}

/** Let it take over, then show this page anew. @param {ServiceWorker} newer */
export function takeOver(newer) {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  newer.postMessage({ type: 'take_over' });
}
