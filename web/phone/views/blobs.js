// Photos and voice notes as forms write them and pages tell of them: how many, and how many have arrived. Pure.
//
// Twin of server/views/blobs.py.

/** @typedef {import('../types.js').BlobName} BlobName */

export const PHOTOS_MAX = 3;
export const VOICES_MAX = 2;
export const BYTES_MAX = 2 * 1024 * 1024;
export const VOICE_MS_MAX = 65_000;

const ONE = /^([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])\.(image\/jpeg|image\/webp|image\/png|audio\/webm|audio\/mp4|audio\/ogg)\.([1-9][0-9]{0,6})(?:\.([1-9][0-9]{0,4}))?$/;

/** Whether it is a voice note, not a photo. @param {{type: string}} blob */
export const spoken = ({ type }) => type.startsWith('audio/');

/**
 * What a form's field holds, `sha256.type.bytes[.ms]` with commas between: each once, as many as a visit may have. What
 * cannot be read is nobody's photo.
 * @param {string} text @returns {BlobName[]}
 */
export function readBlobs(text) {
  /** @type {BlobName[]} */
  const blobs = [];
  for (const part of text.split(',')) {
    const [, sha256, type, bytes, ms] = ONE.exec(part) ?? [];
    if (!sha256) continue;
    const blob = { sha256, type, bytes: Number(bytes), ...(ms && { ms: Number(ms) }) };
    const like = blobs.filter((each) => spoken(each) === spoken(blob)).length;
    const fits = blob.bytes <= BYTES_MAX && like < (spoken(blob) ? VOICES_MAX : PHOTOS_MAX);
    const timed = ms === undefined || (spoken(blob) && Number(ms) <= VOICE_MS_MAX);
    if (fits && timed && !blobs.some((each) => each.sha256 === sha256)) blobs.push(blob);
  }
  return blobs;
}

/** The same as a form's field. @param {BlobName[]} blobs */
export const writeBlobs = (blobs) =>
  blobs.map(({ sha256, type, bytes, ms }) => [sha256, type, bytes, ...(ms ? [ms] : [])].join('.')).join(',');

/**
 * What a page tells of a visit's photos and voice notes; null when it has none. `known` is what this phone (or the server)
 * knows of them: on the phone of whoever made them some may still wait.
 * @param {BlobName[] | undefined} blobs @param {Record<string, any>} [known]
 */
export function blobsTold(blobs, known = {}) {
  if (!blobs?.length) return null;
  const all = blobs.map((blob) => {
    const here = known[blob.sha256] ?? {};
    return {
      sha256: blob.sha256,
      kind: spoken(blob) ? 'voice' : 'photo',
      s: blob.ms ? Math.max(1, Math.round(blob.ms / 1000)) : 0,
      waiting: !!here.todo,
      refused: here.refused ?? '',
      n: 0,
    };
  });
  const sorts = ['photo', 'voice'].flatMap((kind) => {
    const some = all.filter((blob) => blob.kind === kind);
    some.forEach((blob, i) => (blob.n = i + 1));
    const there = some.filter((blob) => !blob.waiting && !blob.refused).length;
    return some.length ? [{ kind, n: some.length, there, arrived: there === some.length }] : [];
  });
  return { all, sorts };
}
