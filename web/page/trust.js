// The one Trusted Types policy of our page scripts: this worker's address, and markup of our own pages.

const rules = {
  createScriptURL(/** @type {string} */ url) {
    if (url !== '/sw.js') throw new TypeError('no other worker');
    return url;
  },
  /** Only for what our own worker or server has just rendered and escaped. */
  createHTML: (/** @type {string} */ markup) => markup,
};

/** @type {{createScriptURL(url: string): any, createHTML(markup: string): any}} */
export const own = window.trustedTypes?.createPolicy('sifang', rules) ?? rules;
