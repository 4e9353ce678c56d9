// The Merkle tree of RFC 6962, as far as a phone needs it: does a proof lead to the root that a checkpoint names?
//
// Twin of sync/ledger/tree.py: same names, same vectors. Hashes are 32 bytes. Indexes and sizes may be beyond 2³¹:
// no bit operators on them.

const LEAF = 0;
const NODE = 1;

/** @param {number} kind @param {...Uint8Array} parts @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function hashed(kind, ...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 1));
  whole[0] = kind;
  let at = 1;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
}

/** The hash of a leaf. @param {Uint8Array} data */
export const leafHash = (data) => hashed(LEAF, data);

/** The hash over two hashes. @param {Uint8Array} left @param {Uint8Array} right */
export const nodeHash = (left, right) => hashed(NODE, left, right);

/** The root of a tree without leaves. */
export const emptyRoot = async () => new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array()));

/** @param {Uint8Array} a @param {Uint8Array} b */
export const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

const half = (/** @type {number} */ n) => Math.floor(n / 2);
const isOdd = (/** @type {number} */ n) => n % 2 === 1;

/** How many of `width` (≥ 2) leaves stand on the left. @param {number} width */
function split(width) {
  let left = 1;
  while (left * 2 < width) left *= 2;
  return left;
}

/**
 * The root that an audit path leads to from a leaf's hash (RFC 9162, 2.1.3.2); null if it is no path there.
 * @param {Uint8Array} leaf @param {number} index @param {number} size @param {Uint8Array[]} path
 */
export async function rootOfPath(leaf, index, size, path) {
  if (!(index >= 0 && index < size)) return null;
  let [here, last, joined] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) return null;
    if (isOdd(here) || here === last) {
      joined = await nodeHash(sibling, joined);
      while (!isOdd(here) && here) [here, last] = [half(here), half(last)];
    } else {
      joined = await nodeHash(joined, sibling);
    }
    [here, last] = [half(here), half(last)];
  }
  return last === 0 ? joined : null;
}

/**
 * Whether the proof shows that the tree `next` begins with the tree `old` (RFC 9162, 2.1.4.2). From nothing every tree
 * grows, without proof.
 * @param {number} old @param {Uint8Array} oldRoot @param {number} next @param {Uint8Array} nextRoot
 * @param {Uint8Array[]} proof
 */
export async function isConsistent(old, oldRoot, next, nextRoot, proof) {
  if (!(old >= 0 && old <= next)) return false;
  if (old === 0) return !proof.length && same(oldRoot, await emptyRoot());
  if (old === next) return !proof.length && same(oldRoot, nextRoot);
  const rest = [...proof];
  let [here, last] = [old - 1, next - 1];
  while (isOdd(here)) [here, last] = [half(here), half(last)];
  const seed = here ? rest.shift() : oldRoot;
  if (!seed) return false;
  let [before, after] = [seed, seed];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(here) || here === last) {
      before = await nodeHash(sibling, before);
      after = await nodeHash(sibling, after);
      while (!isOdd(here) && here) [here, last] = [half(here), half(last)];
    } else {
      after = await nodeHash(after, sibling);
    }
    [here, last] = [half(here), half(last)];
  }
  return last === 0 && same(before, oldRoot) && same(after, nextRoot);
}

/**
 * The root that leaves (at least one, by index) and their cover lead to; null if they do not fit each other.
 * @param {Map<number, Uint8Array>} leaves @param {number} size @param {Uint8Array[]} proof
 */
export async function rootOfCover(leaves, size, proof) {
  const wanted = [...leaves.keys()].sort((a, b) => a - b);
  if (!wanted.length || wanted[0] < 0 || wanted[wanted.length - 1] >= size) return null;
  const rest = [...proof].reverse();

  /** @type {(start: number, end: number, first: number, beyond: number) => Promise<Uint8Array | null>} */
  async function walk(start, end, first, beyond) {
    if (first === beyond) return rest.pop() ?? null;
    if (end - start === 1) return leaves.get(start) ?? null;
    const middle = start + split(end - start);
    let between = first;
    while (between < beyond && wanted[between] < middle) between += 1;
    const left = await walk(start, middle, first, between);
    const right = left && (await walk(middle, end, between, beyond));
    return left && right && nodeHash(left, right);
  }

  const root = await walk(0, size, 0, wanted.length);
  return rest.length ? null : root;
}
