// The file of what is unsent, handed on by the share sheet where the browser has one for files. The plain link works alone.
//
// Browsers let only some kinds of file through: where ours is not among them it goes as a text, which it is.

const LINK = 'a[data-capsule]';
const KINDS = [
  ['.sifang', 'application/octet-stream'],
  ['.sifang.txt', 'text/plain'],
];

/** The file under a name that this browser shares, or null. @param {BlobPart[]} parts @param {string} name */
function shareable(parts, name) {
  for (const [ending, type] of KINDS) {
    const file = new File(parts, name + ending, { type });
    if (navigator.canShare?.({ files: [file] })) return file;
  }
  return null;
}

/** Offer the share sheet beside the link; called again when the page was drawn anew. */
export function offerSharing() {
  const able = shareable(['x'], 'x') !== null;
  for (const button of document.querySelectorAll('[data-share]')) button.toggleAttribute('hidden', !able);
}

/** The name the worker gave the file, without its ending. @param {Response} answer */
const nameOf = (answer) =>
  decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'capsule.sifang').replace(/\.sifang$/, '');

/** @param {MouseEvent} event */
export async function share({ target }) {
  if (!(target instanceof Element) || !target.closest('[data-share]')) return;
  const none = document.querySelector('[data-share-none]');
  none?.setAttribute('hidden', '');
  try {
    const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector(LINK));
    const answer = link && (await fetch(link.href));
    const file = answer?.headers.has('Content-Disposition') && shareable([await answer.arrayBuffer()], nameOf(answer));
    if (!file) throw new Error('no file to share');
    await navigator.share({ files: [file], title: file.name });
  } catch (error) {
    // Whoever closed the sheet wanted nothing more.
    if (/** @type {Error} */ (error).name !== 'AbortError') none?.removeAttribute('hidden');
  }
}
