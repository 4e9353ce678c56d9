// The two doors of the desk: a one-time link, behind which a passkey is made, and the page that asks for it afterwards.

import { here, knowsPasskeys, makePasskey, showPasskey, told } from './passkey.js';

const button = /** @type {HTMLButtonElement} */ (document.querySelector('[data-make], [data-show]'));

if (knowsPasskeys()) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const { make, show } = button.dataset;
    const went = await told(button, () => (make ? makePasskey(make, here()) : showPasskey(show ?? '')));
    if (went) location.replace(button.dataset.to || went.to);
  });
} else document.querySelector('[data-unknown]')?.removeAttribute('hidden');
