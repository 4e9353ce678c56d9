/** HTML from our own server, read into a document of its own: nothing in it runs. */
const rules = { createHTML: (/** @type {string} */ html) => html };
const policy = window.trustedTypes ? window.trustedTypes.createPolicy('sifang', rules) : rules;

/** @param {string} html @returns {Document} */
export const parsed = (html) => new DOMParser().parseFromString(/** @type {any} */ (policy.createHTML(html)), 'text/html');

/** What the page asks by itself, as htmx asks; a session that nobody uses is not kept alive by it. */
const UNASKED = { 'HX-Request': 'true', 'HX-Request-Type': 'partial', 'X-Unasked': '1' };

/** The session has ended while the page stood open: it says so, and what is typed on it stays. */
function sayOut() {
  const out = document.getElementById('out');
  out?.querySelector('a')?.setAttribute('href', `/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  out?.removeAttribute('hidden');
}

/**
 * A piece of a page.
 * @param {string} address @param {string} [asked] a form's fields: what people look for stands in no address
 * @returns {Promise<Document | null>} null when the server did not give it
 */
export async function piece(address, asked) {
  try {
    const form = asked === undefined ? {} : { method: 'POST', body: new URLSearchParams(asked) };
    const asking = () => fetch(address, { headers: UNASKED, ...form });
    let response = await asking();
    if (response.status === 429) {
      await new Promise((waited) => { setTimeout(waited, 1000 * (Number(response.headers.get('Retry-After')) || 1)); });
      response = await asking();
    }
    if (response.status === 401) sayOut();
    return response.ok ? parsed(await response.text()) : null;
  } catch {
    return null;
  }
}

/** Whether the session has ended, as far as the server can be heard. @returns {Promise<boolean>} */
export async function isOut() {
  const answer = await fetch('/desk/me', { headers: UNASKED }).catch(() => null);
  if (answer?.status === 401) sayOut();
  return answer?.status === 401;
}
