// The door board while one finds and swipes: doors that do not match are dimmed where they stand, the porch and the strip
// follow. Without this script the board still finds, jumps and switches; the page is then loaded anew.

const found = document.getElementById('found');
const facade = document.getElementById('facade');
const form = document.querySelector('form[data-finding]');

/** Dim every door that the answer does not name; an empty search dims none. */
function dim() {
  const answer = found?.querySelector('[data-here]');
  const here = answer instanceof HTMLElement ? new Set((answer.dataset.here ?? '').split(' ')) : null;
  for (const door of document.querySelectorAll('[data-door]')) {
    door.toggleAttribute('data-dim', !!here && door instanceof HTMLElement && !here.has(door.dataset.door ?? ''));
  }
}

/** Mark in the porch which entrances can be seen. */
function followSwipe() {
  if (!facade) return;
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries) {
        const link = document.querySelector(`.porch a[href="#${target.id}"]`);
        if (intersectionRatio > 0.6) link?.setAttribute('aria-current', 'true');
        else link?.removeAttribute('aria-current');
      }
    },
    { root: facade, rootMargin: '9999px 0px', threshold: [0, 0.6, 1] },
  );
  for (const entrance of facade.querySelectorAll('.entrance')) seen.observe(entrance);
}

/** Jumping to an entrance moves the building sideways, never the page up or down. @param {MouseEvent} event */
function jump(event) {
  const link = event.target instanceof Element ? event.target.closest('.porch a') : null;
  const entrance = link && document.getElementById((link.getAttribute('href') ?? '').slice(1));
  if (!facade || !entrance) return;
  event.preventDefault();
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const labels = facade.querySelector('.floors')?.getBoundingClientRect().width ?? 0;
  const left = entrance.offsetLeft - facade.offsetLeft - labels - 8;
  facade.scrollTo({ left, behavior: calm ? 'auto' : 'smooth' });
  const first = entrance.querySelector('.door');
  if (first instanceof HTMLElement) first.focus({ preventScroll: true });
}

/** Up and down walk from the search box through what was found, and back. @param {KeyboardEvent} event */
function walkFound(event) {
  const stops = [...(form?.querySelectorAll('input[type=search], #found a.row') ?? [])];
  const at = stops.indexOf(/** @type {Element} */ (document.activeElement));
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || !(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Arrow keys walk from door to door: to the nearest one that way. @param {KeyboardEvent} event */
function step(event) {
  const way = ARROWS[event.key];
  const here = event.target instanceof Element ? event.target.closest('.door') : null;
  if (!way || !here || !facade) return;
  const from = here.getBoundingClientRect();
  let best = null;
  let least = Infinity;
  for (const door of facade.querySelectorAll('.door')) {
    const { x, y } = door.getBoundingClientRect();
    const along = (x - from.x) * way[0] + (y - from.y) * way[1];
    const aside = Math.abs((x - from.x) * way[1]) + Math.abs((y - from.y) * way[0]);
    if (along > 1 && along + 4 * aside < least) [best, least] = [door, along + 4 * aside];
  }
  if (!(best instanceof HTMLElement)) return;
  event.preventDefault();
  best.focus();
}

if (found) new MutationObserver(dim).observe(found, { childList: true, subtree: true });
form?.addEventListener('submit', (event) => event.preventDefault());
form?.addEventListener('keydown', (event) => {
  if (event instanceof KeyboardEvent && ['ArrowDown', 'ArrowUp'].includes(event.key)) walkFound(event);
  if (!(event instanceof KeyboardEvent) || event.key !== 'Escape' || !found) return;
  const input = form.querySelector('input[type=search]');
  if (input instanceof HTMLInputElement) input.value = '';
  found.replaceChildren();
});
document.addEventListener('click', jump);
facade?.addEventListener('keydown', step);
document.querySelector('.switch [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
followSwipe();
