// The first copy of a scope: its parts one after the other, each stored whole or not at all, those stored not fetched again.
//
// The first part holds the grid and its buildings, then comes one part a building: the phone is of use from the second on.

import { meta } from './database.js';
import { putPart } from './received.js';
import { getPart } from './transport.js';

/** @typedef {import('./types.js').Scope} Scope */
/** @typedef {{scope: string, name: string, parts: number, partsDone: number, bytes: number, bytesDone: number}} Progress */

/**
 * Fetch what is still missing of every download under way. Throws Trouble; what is stored stays.
 * @param {(progress: Progress) => void} [onProgress]
 * @param {() => Promise<void>} [between] runs after each part, so that edits need not wait for a long download
 * @returns {Promise<boolean>} whether there was anything to fetch
 */
export async function downloadAll(onProgress = () => {}, between = async () => {}) {
  for (let fetched = false; ; fetched = true) {
    const scopes = /** @type {Scope[]} */ ((await meta('scopes')) ?? []);
    const next = scopes.find((s) => s.pending && !s.gone);
    if (!next) return fetched;
    await downloadOne(scopes, next, onProgress);
    await between();
  }
}

/** @param {Scope[]} scopes @param {Scope} scope @param {(progress: Progress) => void} onProgress */
async function downloadOne(scopes, scope, onProgress) {
  const pending = /** @type {NonNullable<Scope['pending']>} */ (scope.pending);
  const part = pending.parts.find(({ sha256 }) => !pending.done.includes(sha256));
  const done = part ? [...pending.done, part.sha256] : pending.done;
  const rows = part ? (await getPart(part)).rows : [];
  const last = pending.parts.every(({ sha256 }) => done.includes(sha256));
  const { pending: _, ...rest } = scope;
  const whole = { ...rest, generation: pending.generation, cursor: pending.cursor };
  const now = last ? whole : { ...scope, pending: { ...pending, done } };
  const all = scopes.map((s) => (s === scope ? now : s));
  const said = rows.map((/** @type {any} */ row) => ({ ...row, scope: scope.scope }));
  await putPart(all, scope.scope, part?.sha256 ?? '', said, last ? pending.parts.map(({ sha256 }) => sha256) : null);
  onProgress(progressOf(scope.scope, scope.name, pending.parts, done));
}

/** @param {string} scope @param {string} name @param {import('./types.js').Part[]} parts @param {string[]} done @returns {Progress} */
function progressOf(scope, name, parts, done) {
  const total = (/** @type {import('./types.js').Part[]} */ some) => some.reduce((sum, part) => sum + part.bytes, 0);
  const stored = parts.filter(({ sha256 }) => done.includes(sha256));
  return { scope, name, parts: parts.length, partsDone: stored.length, bytes: total(parts), bytesDone: total(stored) };
}

/** Whether there is enough of some grid to work with; what concerns the person alone is none. @param {Scope[] | undefined} scopes */
export function usable(scopes) {
  return !!scopes?.some((s) => s.scope.startsWith('grid:') && (s.cursor !== null || (s.pending && s.pending.done.length >= Math.min(2, s.pending.parts.length))));
}

/**
 * Whether the phone draws every page: it holds some grid, or knows from the server that none is theirs at present.
 * @param {Scope[] | undefined} scopes @param {import('./types.js').Sync | undefined} sync
 */
export const drawsAll = (scopes, sync) => usable(scopes) || (!!sync?.last_success_ms && !scopes?.some((s) => s.scope.startsWith('grid:')));
