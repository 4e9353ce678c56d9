/** A list of what waits with one of it opened beside: J and K go along it, and no key acts on what is still on its way. */
const all = (/** @type {string} */ query) => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(query)]);
export const one = (/** @type {string} */ query) => /** @type {HTMLElement | null} */ (document.querySelector(query));
const links = () => all('#queue a');
export const current = () => one('#queue a[aria-current]');

/** Whether what is shown is what the list says is open. */
let opening = false;
export const isOpening = () => opening;

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

/**
 * @param {(key: string, event: KeyboardEvent) => void} press any other key, pressed by itself and outside of what is typed
 * @param {string} sending what, beside the pane, holds forms that are sent once, however often a key is pressed
 * @param {string} counted the event that says what waits now
 */
export function watchQueue(press, sending, counted) {
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
    else press(key, event);
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

  let sent = false;
  document.addEventListener('submit', (event) => {
    if (!/** @type {HTMLElement} */ (event.target).closest(sending)) return;
    if (sent) event.preventDefault();
    sent = true;
  });
  addEventListener('pageshow', () => { sent = false; opening = false; });

  // The list never moves under a finger: it says that there is a new one.
  document.addEventListener(counted, (event) => {
    const now = /** @type {CustomEvent<string[]>} */ (event).detail;
    const shown = links().map((link) => link.dataset.key ?? '');
    const same = now.length === shown.length && now.every((key) => shown.includes(key));
    one('#renewed')?.toggleAttribute('hidden', same);
  });
}
