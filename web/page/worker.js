// The page's line to the service worker: register it, ask it things, let a newer one take over.

import { own } from './trust.js';

/** Whether this browser can keep a grid at all (some hide workers in private windows or without HTTPS). */
export const canKeep = () => 'serviceWorker' in navigator && 'indexedDB' in window && !!window.crypto?.subtle;

/** Register the worker, or look again at one that is; null where it does not install (private windows, full storage). */
export function register() {
  return navigator.serviceWorker
    .register(own.createScriptURL('/sw.js'), { scope: '/', updateViaCache: 'none' })
    .catch((error) => {
      console.warn('no service worker', error);
      return null;
    });
}

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
      active?.postMessage(message, [port2]);
    });
  });
}

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
