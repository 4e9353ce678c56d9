// Photos in a form of the desk: made small in the browser, with nothing in them but the picture, before they are sent.
//
// <input type="file" data-photos>. Sent while one is still at work, the form waits for it. What cannot be opened here goes
// as it is: the server takes out what it tells beside the picture, or says why it takes none of it.

import { picture } from '../page/picture.js';

for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[data-photos]'))) prepare(input);

/** @param {HTMLInputElement} input */
function prepare(input) {
  let working = 0;
  /** @type {HTMLElement | null | undefined} */
  let held;
  input.addEventListener('change', async () => {
    working++;
    const carried = new DataTransfer();
    for (const file of input.files ?? []) carried.items.add(await small(file));
    input.files = carried.files;
    working--;
    if (held === undefined || working) return;
    const button = held;
    held = undefined;
    input.form?.requestSubmit(button);
  });
  input.form?.addEventListener('submit', (event) => {
    if (!working) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = event.submitter;
  });
  // Chosen before this was here.
  if (input.files?.length) input.dispatchEvent(new Event('change'));
}

/** @param {File} file */
async function small(file) {
  try {
    const { type, data } = await picture(file);
    return new File([data], 'photo.jpg', { type });
  } catch (error) {
    console.warn('sent as it is', error);
    return file;
  }
}
