// A voice note of at most a minute: recorded here where the browser can, else a file its own recorder made.

const VOICE_MS = 60_000;
const BITS_A_SECOND = 24_000;
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];
const MARKS = /** @type {[string, number, number[]][]} */ ([
  ['audio/webm', 0, [0x1a, 0x45, 0xdf, 0xa3]],
  ['audio/ogg', 0, [0x4f, 0x67, 0x67, 0x53]],
  ['audio/mp4', 4, [0x66, 0x74, 0x79, 0x70]],
]);
/** Boxes in which recorders write where they were: ©xyz, loci. */
const PLACES = [[0xa9, 0x78, 0x79, 0x7a], [0x6c, 0x6f, 0x63, 0x69]];
const FREE = [0x66, 0x72, 0x65, 0x65];

/** @typedef {{type: string, data: ArrayBuffer, ms?: number}} Sound */

/** How this browser records; null where it does not. */
export const recordsAs = () =>
  typeof MediaRecorder !== 'undefined' && navigator.mediaDevices ? (TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? null) : null;

/**
 * Begin to record; ends by itself after a minute. Throws when the microphone is not allowed.
 * @param {string} mimeType @param {(seconds: number) => void} tick
 * @returns {Promise<{stop: () => void, sound: Promise<Sound>}>}
 */
export async function record(mimeType, tick) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_A_SECOND });
  /** @type {Blob[]} */
  const pieces = [];
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
  const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve));
  const begun = performance.now();
  const stop = () => recorder.state !== 'inactive' && recorder.stop();
  const ticking = setInterval(() => tick(Math.floor((performance.now() - begun) / 1000)), 500);
  const timer = setTimeout(stop, VOICE_MS);
  recorder.start();
  const sound = ended.then(async () => {
    const ms = Math.round(performance.now() - begun);
    clearInterval(ticking);
    clearTimeout(timer);
    for (const track of stream.getTracks()) track.stop();
    return { type: mimeType.split(';')[0], data: await new Blob(pieces).arrayBuffer(), ms };
  });
  return { stop, sound };
}

/** A file as a voice note, without where it was made. Throws when it is none that we can keep. @param {Blob} file @returns {Promise<Sound>} */
export async function soundOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const found = MARKS.find(([, at, mark]) => mark.every((byte, i) => bytes[at + i] === byte));
  if (!found) throw new Error('no voice note');
  if (found[0] === 'audio/mp4') withoutPlaces(bytes);
  const ms = await lengthOf(new Blob([bytes], { type: found[0] }));
  return { type: found[0], data: bytes.buffer, ...(ms && { ms }) };
}

/** A box that says where it was made becomes free space of the same length. @param {Uint8Array} bytes */
export function withoutPlaces(bytes) {
  for (let at = 4; at < bytes.length - 4; at++) {
    if (!PLACES.some((mark) => mark.every((byte, i) => bytes[at + i] === byte))) continue;
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at - 4);
    bytes.set(FREE, at);
    bytes.fill(0, at + 4, Math.min(bytes.length, Math.max(at + 4, at - 4 + length)));
  }
}

/** How long it speaks, in ms; 0 when its player cannot say. @param {Blob} blob @returns {Promise<number>} */
function lengthOf(blob) {
  const player = new Audio();
  player.preload = 'metadata';
  const url = URL.createObjectURL(blob);
  const known = new Promise((resolve, reject) => {
    player.addEventListener('loadedmetadata', () => resolve(Number.isFinite(player.duration) ? Math.round(player.duration * 1000) : 0));
    player.addEventListener('error', () => reject(new Error('no voice note')));
  });
  player.src = url;
  return /** @type {Promise<number>} */ (known).finally(() => URL.revokeObjectURL(url));
}
