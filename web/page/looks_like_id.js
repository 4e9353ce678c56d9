/**
 * A number that looks like that of an identity card gets a word beside the field it stands in. Nothing is held back: the
 * word goes when the number does. The words stand in the page, hidden, under `id-like`.
 */

const ID_LIKE = /(?<!\d)\d{6}[ -]?(?:18|19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx](?![\dA-Za-z])/;

/** Whether words hold eighteen figures built as those of an identity card, in either width. @param {string} words */
export const looksLikeId = (words) => ID_LIKE.test(words.normalize('NFKC'));

document.addEventListener('input', (event) => {
  const field = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (event.target);
  const say = document.getElementById('id-like');
  if (!say || !field.matches?.('textarea, input:not([type]), input[type="text"], input[type="search"]')) return;
  const here = field.nextElementSibling === say;
  if (looksLikeId(field.value)) {
    field.after(say);
    say.hidden = false;
  } else if (here) say.hidden = true;
});
