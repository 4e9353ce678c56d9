// An address to be carried into another browser: a button that copies it, where this one lets us.

const field = /** @type {HTMLInputElement} */ (document.querySelector('[data-address]'));
const button = /** @type {HTMLButtonElement} */ (document.querySelector('[data-copy]'));

async function copied() {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch (error) {
    console.warn('no clipboard', error);
  }
  // Browsers inside other apps know only the old way.
  field.select();
  return document.execCommand('copy');
}

// What the station's screen showed stands behind the address, where no server sees it: it goes along.
if (location.hash.startsWith('#k=')) field.value += location.hash;

button.hidden = false;
button.addEventListener('click', async () => {
  if (await copied()) button.textContent = button.dataset.copied ?? '';
  else field.select();
});
field.addEventListener('focus', () => field.select());
