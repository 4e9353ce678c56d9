/** The conflict desk by keys alone: J and K go along the list, figures choose a side, U undoes, Enter opens the home. */
import { current, isOpening, one, watchQueue } from './queue.js';

/** @param {KeyboardEvent} event */
function enter(event) {
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  const idle = focused === document.body || focused === one('#list') || focused === one('#pane') || focused === one('#main');
  if (!idle && focused !== current()) return;
  const home = /** @type {HTMLAnchorElement | null} */ (one('#pane [data-enter]'));
  if (!home || isOpening()) return;
  event.preventDefault();
  location.href = home.href;
}

/** Only what was decided a moment ago is taken back by a key; where that stays, the page says so and older ones do too. */
function undo() {
  const button = one('.told [data-undo]');
  const stays = one('#stays');
  if (button) button.click();
  else if (stays) stays.textContent = stays.dataset.words ?? '';
}

/** @param {string} key @param {KeyboardEvent} event */
function press(key, event) {
  if (key === 'u') undo();
  else if (key === 'enter') enter(event);
  else if (/^[1-9]$/.test(key) && !isOpening()) {
    const button = one(`#pane [data-press="${key}"]`);
    // A reason that is still missing is asked for by the browser, in its own words, where the cursor goes.
    if (button) event.preventDefault();
    button?.click();
  }
}

watchQueue(press, '#pane, .told, .lately', 'conflicts:counted');
