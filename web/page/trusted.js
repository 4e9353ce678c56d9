// htmx under Trusted Types: markup comes from our own pages alone, and text never becomes code.
//
// Loaded after vendor/htmx.min.js and before it starts. Attributes that would need eval (hx-on, js:, trigger filters) fail.

(() => {
  /** @returns {never} */
  function refuse() {
    throw new EvalError('text does not become code here');
  }
  const rules = { createHTML: (/** @type {string} */ markup) => markup, createScript: refuse };
  const policy = window.trustedTypes ? window.trustedTypes.createPolicy('htmx', rules) : rules;
  window.htmx.registerExtension('trusted', {
    init: (/** @type {any} */ api) => api.initSecurity(policy, refuse, refuse),
  });
})();
