// What is this phone's own, whatever grid it holds: the language it speaks, and what is unsent as a file.

import { fileHeaders, makeCapsule } from './capsule.js';
import { meta, setMeta } from './database.js';
import { locked } from './lock.js';
import { day, t } from './text.js';

/** @param {FormData} form @returns {Promise<import('./routes.js').Made>} */
export async function settings(form) {
  const lang = form.get('lang') === 'en' ? 'en' : 'zh';
  await keep({ lang });
  return { to: '/field/more' };
}

/** @param {Record<string, any>} said */
const keep = (said) => locked('settings', async () => setMeta({ settings: { ...(await meta('settings')), ...said } }));

/** How large a volunteer's letters are, and their language. @param {FormData} form @returns {Promise<import('./routes.js').Made>} */
export async function elderSettings(form) {
  const [lang, size] = ['lang', 'size'].map((name) => String(form.get(name)));
  await keep({ ...(['zh', 'en'].includes(lang) && { lang }), ...(['1', '2', '3'].includes(size) && { size: Number(size) }) });
  return { to: '/elder/' };
}

/** One's own visits as a page to keep. @param {string} html @param {Record<string, any>} common @returns {import('./routes.js').Made} */
export function notesFile(html, common) {
  const today = new Date(Date.now() + common.utc_offset_min * 60_000).toISOString().slice(0, 10);
  const name = `${t(common.lang, 'field.notes.title', { name: common.me })}-${today}.html`;
  const headers = fileHeaders(name, 'notes.html');
  return { file: { text: html, headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' } } };
}

/** What is unsent, as a file to carry. @param {Record<string, any>} common @param {string} seal @returns {Promise<import('./routes.js').Made>} */
export async function capsule(common, seal) {
  const now = Date.now();
  const made = common.capsule === 'can' ? await makeCapsule(seal, now) : null;
  if (!made) return { to: '/field/outbox' };
  const today = new Date(now + common.utc_offset_min * 60_000).toISOString().slice(0, 19);
  const name = t(common.lang, 'carry.file_name', { name: made.name, day: day(common.lang, today), n: made.n });
  return { file: { text: made.text, headers: fileHeaders(`${name}.sifang`) } };
}
