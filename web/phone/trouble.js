// The page for when no page can be made: never a blank one, always what is safe and what to do, in both languages.
//
// It leans on nothing that could itself be what failed: no template, no store.

import { t } from './text.js';

/** @type {('zh' | 'en')[]} */
const LANGS = ['zh', 'en'];

/** Where somebody goes on from there, and by which words. @type {Record<string, [string, string]>} */
const ON = { gone: ['/join', 'phone.trouble.code'] };

/** @param {'broken' | 'unsaved' | 'empty' | 'online' | 'gone'} what a page that failed, one that the server alone shows, a form that failed before it was kept, a phone that holds nothing while the server is out of reach, or one that was put out of use and emptied */
export function plainTrouble(what) {
  const [to, words] = ON[what] ?? ['/field/', 'phone.trouble.back'];
  const said = LANGS.map((lang) => {
    const title = t(lang, `phone.trouble.${what}`);
    const back = `<a class="btn" href="${to}">${t(lang, words)}</a>`;
    return `<section lang="${lang}"><h1 class="say">${title}</h1><p>${t(lang, `phone.trouble.${what}_more`)}</p><p class="begin">${back}</p></section>`;
  });
  const style = '<link rel="stylesheet" href="/static/css/phone.css">';
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${style}`;
  const title = t('zh', 'word.app');
  return `<!doctype html><html lang="zh-CN"><head>${head}<title>${title}</title></head><body class="join"><main data-trouble="${what}">${said.join('')}</main></body></html>`;
}
