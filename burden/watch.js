// Runs at the start of every page of a job: says each touch and key the browser itself felt and each form that was sent,
// when the page was last painted, and what it asks.

(() => {
  let painted = 0;
  const drawn = () => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => { painted = performance.timeOrigin + performance.now(); };
    after.port2.postMessage(0);
  });
  new MutationObserver(drawn)
    .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  addEventListener('load', drawn);
  for (const [event, what] of [['pointerdown', 'tap'], ['keydown', 'key']]) {
    addEventListener(event, ({ isTrusted }) => { if (isTrusted) window.burdenFelt(what); }, true);
  }

  const name = (/** @type {any} */ form) =>
    [location.pathname, ...['action', 'id', 'class'].map((each) => form?.getAttribute(each) ?? '')].join(' ');
  addEventListener('submit', ({ target }) => window.burdenFelt(`sent ${name(target)}`), true);

  const asking = 'input:not([type=hidden], [type=submit], [type=button], [type=image], [type=reset]), select, textarea';
  const seen = (/** @type {any} */ field) => [field, ...(field.labels ?? [])].some((each) => each.checkVisibility());
  // What one looks for is no question until somebody stands in it to look.
  const asks = (/** @type {any} */ field) => !field.closest('[role=search]') || field === document.activeElement;
  const chosen = (/** @type {any} */ field) => (field.matches('[type=radio], [type=checkbox]')
    ? field.checked : field.value !== '');
  const must = (/** @type {any} */ field) => field.required || !!field.closest('[aria-required=true]');
  const fields = () => {
    const found = {};
    for (const field of [...document.querySelectorAll(asking)].filter((each) => seen(each) && asks(each))) {
      const group = field.name || field.id || [...document.querySelectorAll(asking)].indexOf(field);
      const form = name(field.form);
      const before = found[`${form} ${group}`] ?? { known: false, required: false };
      const here = { known: before.known || chosen(field), required: before.required || must(field) };
      found[`${form} ${group}`] = { form, ...here };
    }
    return found;
  };

  window.burden = () => ({
    ready: document.readyState === 'complete' && !document.querySelector('.htmx-request'),
    painted,
    now: performance.timeOrigin + performance.now(),
    fields: fields(),
  });
})();
