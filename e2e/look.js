// What a page of ours never holds. `html` is parsed as a browser does, without running it; null: the page itself.
(html) => {
  const page = html === null ? document : new DOMParser().parseFromString(html, 'text/html');
  const never = new Set(
    'iframe frame object embed base style marquee plaintext xmp video math portal keygen image animate set foreignobject xss x isindex slot noembed'.split(' '),
  );
  const leading = /^(href|src|action|formaction|poster|background|xlink:href|data|srcset|hx-(get|post|put|delete))$/i;
  const ours = /^$|^\/(?!\/|\\)|^#|^\?|^data:image\/svg\+xml|^tel:|^blob:http:\/\/localhost/;
  const strange = [];
  const note = (what) => strange.push(what.slice(0, 200));
  for (const e of page.querySelectorAll('*')) {
    if (never.has(e.localName.toLowerCase())) note(e.outerHTML);
    const loaded = /^\/(static\/|sw)/.test(e.getAttribute('src') ?? '');
    if (e.localName === 'script' && (e.textContent.trim() || !loaded)) note(e.outerHTML);
    if (e.localName === 'meta' && e.httpEquiv) note(e.outerHTML);
    for (const { name, value } of e.attributes) {
      const runs = /^(on|hx-on|data-hx-on|srcdoc$|style$)/i.test(name) || (/^hx-/i.test(name) && /js:|javascript:/i.test(value));
      if (runs || (leading.test(name) && !ours.test(value))) note(`${e.localName} ${name}=${value}`);
    }
  }
  const shown = [page.body.textContent];
  for (const e of page.querySelectorAll('input, textarea, option, [title], [aria-label]')) {
    shown.push(e.getAttribute('value') ?? '', e.textContent, e.title, e.getAttribute('aria-label') ?? '');
  }
  return { strange, text: shown.join('\n') };
}
