// The keys of a PIN: they fill the fields one after the other and send the form with the last figure. Without this script
// the fields and the button do.

const form = /** @type {HTMLFormElement} */ (document.querySelector('form[data-pins]'));
const keypad = /** @type {HTMLElement} */ (form.querySelector('[data-keypad]'));
const fields = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('[data-pin]')]);
const status = /** @type {HTMLElement} */ (form.querySelector('[data-busy]'));
const button = /** @type {HTMLButtonElement} */ (form.querySelector('[data-submit]'));
const FIGURES = 6;

/** The field that is being filled. */
const current = () => fields.find(({ value }) => value.length < FIGURES) ?? fields[fields.length - 1];

/** The last figure sends the form, once. */
function sendWhenFull() {
  if (button.disabled) return;
  if (fields.every(({ value }) => value.length === FIGURES)) form.requestSubmit();
  else if (fields.includes(/** @type {HTMLInputElement} */ (document.activeElement))) current().focus();
}

/** @param {string | undefined} key */
function press(key) {
  const field = key === 'back' ? ([...fields].reverse().find(({ value }) => value) ?? fields[0]) : current();
  if (key === 'back') field.value = field.value.slice(0, -1);
  else if (field.value.length < FIGURES) field.value += key;
  if (key !== 'back') sendWhenFull();
}

/** Nothing may be tried for a while. @param {number} seconds */
function wait(seconds) {
  for (const each of [...fields, button, ...keypad.querySelectorAll('button')]) each.disabled = seconds > 0;
  if (seconds > 0) setTimeout(() => wait(seconds - 1), 1000);
  else form.querySelector('[role=alert]')?.remove();
}

keypad.hidden = false;
// Our keys are there: the phone's own need not cover them.
for (const field of fields) field.inputMode = 'none';
keypad.addEventListener('click', ({ target }) => {
  const key = target instanceof Element && target.closest('[data-key]');
  if (key instanceof HTMLElement) press(key.dataset.key);
});
for (const field of fields) field.addEventListener('input', sendWhenFull);
form.addEventListener('submit', () => {
  status.textContent = status.dataset.busy ?? '';
  // Disabled at once they would not be sent.
  setTimeout(() => (button.disabled = true));
});
// A page that comes back from memory holds no figures. What was typed before this script had come counts.
addEventListener('pageshow', ({ persisted }) => (persisted ? form.reset() : sendWhenFull()));
if (form.dataset.wait) wait(Number(form.dataset.wait));

export {};
