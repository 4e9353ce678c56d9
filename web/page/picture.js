// A photo made small on the phone: upright, at most 1600 pixels a side and 300 kB, and nothing in it but the picture.
//
// What a camera writes beside the picture (where, when, which phone) does not pass a canvas.

const SIDE_MAX = 1600;
const BYTES_MAX = 300_000;
const THUMB_SIDE = 160;
const THUMB_BYTES_MAX = 10_000;
const QUALITIES = [0.82, 0.7, 0.58, 0.46];
const SMALLER = 0.75;
const SIDE_MIN = 40;

/** @typedef {ImageBitmap | HTMLImageElement} Drawn */

/** A file as a photo to keep. Throws when the browser cannot open it. @param {Blob} file @returns {Promise<{type: string, data: ArrayBuffer, thumb: ArrayBuffer}>} */
export async function picture(file) {
  const drawn = await opened(file);
  try {
    const data = await small(drawn, SIDE_MAX, BYTES_MAX);
    return { type: 'image/jpeg', data, thumb: await small(drawn, THUMB_SIDE, THUMB_BYTES_MAX) };
  } finally {
    if ('close' in drawn) drawn.close();
  }
}

/** The picture, turned as its camera was held. @param {Blob} file @returns {Promise<Drawn>} */
async function opened(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    // Older browsers know no such option; their <img> turns pictures by itself.
    const image = new Image();
    image.src = URL.createObjectURL(file);
    await image.decode().finally(() => URL.revokeObjectURL(image.src));
    return image;
  }
}

/** As a JPEG within both measures. @param {Drawn} drawn @param {number} sideMax @param {number} bytesMax */
async function small(drawn, sideMax, bytesMax) {
  for (let side = sideMax; side >= SIDE_MIN; side = Math.floor(side * SMALLER)) {
    const canvas = onCanvas(drawn, side);
    for (const quality of QUALITIES) {
      const blob = await asJpeg(canvas, quality);
      if (blob.size <= bytesMax) return blob.arrayBuffer();
    }
  }
  throw new Error('this picture does not become small');
}

/** @param {Drawn} drawn @param {number} sideMax */
function onCanvas(drawn, sideMax) {
  const { width, height } = 'naturalWidth' in drawn ? { width: drawn.naturalWidth, height: drawn.naturalHeight } : drawn;
  const scale = Math.min(1, sideMax / Math.max(width, height));
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const canvas = typeof OffscreenCanvas === 'undefined' ? document.createElement('canvas') : new OffscreenCanvas(w, h);
  Object.assign(canvas, { width: w, height: h });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { alpha: false }));
  context.fillStyle = 'white';
  context.fillRect(0, 0, w, h);
  context.drawImage(drawn, 0, 0, w, h);
  return canvas;
}

/** @param {HTMLCanvasElement | OffscreenCanvas} canvas @param {number} quality @returns {Promise<Blob>} */
function asJpeg(canvas, quality) {
  const type = 'image/jpeg';
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type, quality });
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), type, quality));
}
