/** HTML from our own server, read into a document of its own: nothing in it runs. */
const rules = { createHTML: (/** @type {string} */ html) => html };
const policy = window.trustedTypes ? window.trustedTypes.createPolicy('sifang', rules) : rules;

/** @param {string} html @returns {Document} */
export const parsed = (html) => new DOMParser().parseFromString(/** @type {any} */ (policy.createHTML(html)), 'text/html');

/**
 * A piece of a page, asked for as htmx asks.
 * @param {string} address
 * @returns {Promise<Document | null>} null when the server did not give it
 */
export async function piece(address) {
  try {
    const response = await fetch(address, { headers: { 'HX-Request': 'true', 'HX-Request-Type': 'partial' } });
    // The session has ended while the page stood open: it says so, and what is typed on it stays.
    if (response.status === 401) document.getElementById('out')?.removeAttribute('hidden');
    return response.ok ? parsed(await response.text()) : null;
  } catch {
    return null;
  }
}
