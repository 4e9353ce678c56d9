/**
 * htmx under our content policy: one Trusted Types policy for the HTML it swaps in, and no way to run text as code
 * (hx-on, js: and trigger filters refuse).
 */
(() => {
  const refuse = () => { throw new EvalError('text is never run as code here') };
  const rules = { createHTML: (/** @type {string} */ html) => html, createScript: refuse };
  const policy = window.trustedTypes ? window.trustedTypes.createPolicy('htmx', rules) : rules;
  window.htmx.registerExtension('sifang', { init: (/** @type {any} */ api) => api.initSecurity(policy, refuse, refuse) });
})();
