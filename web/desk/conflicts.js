/** The conflict desk by keys alone: J and K go along the list, figures choose a side, U undoes, Enter opens the home. */
const all = (/** @type {string} */ query) => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(query)]);
const one = (/** @type {string} */ query) => /** @type {HTMLElement | null} */ (document.querySelector(query));
const links = () => all('#queue a');
const current = () => one('#queue a[aria-current]');

/** @param {number} step */
function move(step) {
  const rows = links();
  const at = rows.findIndex((link) => link === current());
  const next = rows[at < 0 ? 0 : at + step];
  if (!next) return;
  next.focus({ preventScroll: true });
  next.closest('li')?.scrollIntoView({ block: 'nearest' });
  next.click();
}

/** Whether what is shown is what the list says is open: no key may decide something that is still on its way. */
let opening = false;

/** @param {KeyboardEvent} event */
function enter(event) {
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  const idle = focused === document.body || focused === one('#list') || focused === one('#pane') || focused === one('#main');
  if (!idle && focused !== current()) return;
  const home = /** @type {HTMLAnchorElement | null} */ (one('#pane [data-enter]'));
  if (!home || opening) return;
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

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  const target = /** @type {HTMLElement} */ (event.target);
  const key = event.key.toLowerCase();
  if (target.matches('input, select, textarea')) {
    if (key === 'escape') target.blur();
    return;
  }
  if (key === 'j') move(1);
  else if (key === 'k') move(-1);
  else if (key === 'u') undo();
  else if (key === 'enter') enter(event);
  else if (/^[1-9]$/.test(key) && !opening) {
    const button = one(`#pane [data-press="${key}"]`);
    // A reason that is still missing is asked for by the browser, in its own words, where the cursor goes.
    if (button) event.preventDefault();
    button?.click();
  }
});

document.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = /** @type {HTMLElement} */ (event.target).closest('#queue a');
  if (!link) return;
  opening = true;
  current()?.removeAttribute('aria-current');
  link.setAttribute('aria-current', 'true');
  one('#pane')?.scrollTo({ top: 0 });
});
document.addEventListener('htmx:after:swap', () => { opening = false; });

// What is decided is sent once, however often the key is pressed.
let sent = false;
document.addEventListener('submit', (event) => {
  if (!/** @type {HTMLElement} */ (event.target).closest('#pane, .told, .lately')) return;
  if (sent) event.preventDefault();
  sent = true;
});
addEventListener('pageshow', () => { sent = false; opening = false; });

// The list never moves under a finger: it says that there is a new one.
document.addEventListener('conflicts:counted', (event) => {
  const now = /** @type {CustomEvent<string[]>} */ (event).detail;
  const shown = links().map((link) => link.dataset.key);
  const same = now.length === shown.length && now.every((key) => shown.includes(key));
  one('#renewed')?.toggleAttribute('hidden', same);
});
