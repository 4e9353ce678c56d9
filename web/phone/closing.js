// Edits, half-written forms and photos as they lie on the phone: what was said closed, what orders it in the open.
//
// An edit is closed twice: for this phone, and for the server, so that a locked phone sends what it cannot read. What was
// said for the station alone (`apart`) is closed for the server alone: this phone keeps the rest of it. Where a phone has no PIN yet (a store of an older version), everything lies as it did; settling.js closes it after the first.

import { closeValue, openValue, sealedEdit, whenClosed } from './vault.js';
import { readBlobs } from './views/blobs.js';

/** @typedef {import('./types.js').EditRecord} EditRecord */
/** @typedef {import('./vault.js').Vault} Vault */

const OPENED_MAX = 3_000;

/** What was opened in this life of the worker, by hash: edits never change. @type {Map<string, {b: string, s: string, door?: string}>} */
const opened = new Map();
whenClosed(() => opened.clear());

/** Hashes of photos that a body names. @param {string} b @returns {string[]} */
const named = (b) => (b.includes('"blobs"') ? (JSON.parse(b).blobs ?? []).map((/** @type {{sha256: string}} */ blob) => blob.sha256) : []);

/** Hashes of photos that an edit names, closed or not. @param {EditRecord} edit @returns {string[]} */
export const namesIn = (edit) => edit.blobs ?? (edit.b ? named(edit.b) : []);

/** A body as this phone may read it: of what was said for the station alone no word. @param {any} body */
export function withoutPrivate(body) {
  if (!body.private) return body;
  const { text, asks, who_met, blobs, ...rest } = body;
  return rest;
}

/** Whether the server alone is to read the words of a body. @param {string} b */
const isApart = (b) => b.includes('"private":true') && !!JSON.parse(b).private;

/** An edit as it is kept. @param {Vault} vault @param {EditRecord} edit @returns {Promise<any>} */
export async function closeEdit(vault, edit) {
  const { b, s, door, ...open } = edit;
  if (edit.sealed) return open;
  if (!vault.point || edit.erased) return edit;
  const blobs = named(b);
  // A store that has not met its server's key yet keeps the words until it can hand them on.
  const apart = !!vault.server && isApart(b);
  const ours = apart ? { b: JSON.stringify(withoutPrivate(JSON.parse(b))), s: '' } : { b, s };
  const [sealed, to_server] = await Promise.all([
    closeValue(vault, { ...ours, ...(door && { door }) }, `edit ${edit.id}`),
    vault.server ? sealedEdit(edit, vault.server) : null,
  ]);
  return { ...open, sealed, ...(apart && { apart }), ...(to_server && { to_server }), ...(blobs.length && { blobs }) };
}

/** An edit as it is read; its body is empty while it cannot be. @param {Vault} vault @param {any} edit @returns {Promise<EditRecord>} */
export async function openEdit(vault, edit) {
  if (!edit?.sealed) return edit;
  const said = vault.key ? (opened.get(edit.hash) ?? (await openValue(vault, edit.sealed, `edit ${edit.id}`))) : null;
  if (!said) return { ...edit, b: '', s: '' };
  if (opened.size < OPENED_MAX) opened.set(edit.hash, said);
  return { ...edit, ...said };
}

/** @param {Vault} vault @param {any[]} edits @returns {Promise<EditRecord[]>} */
export const openEdits = (vault, edits) => Promise.all(edits.map((edit) => openEdit(vault, edit)));

/** An edit as it travels: open, or as it was closed for the server, or its header where its words were erased; null where it can be none. @param {EditRecord} edit @returns {{h: string, s?: string, b?: string, sealed?: string} | null} */
export function wired({ h, s, b, to_server, apart, erased }) {
  if (erased) return { h };
  if (b && !apart) return { h, s, b };
  return to_server ? { h, sealed: to_server } : null;
}

/** Hashes of photos that a half-written form holds. @param {Record<string, string | string[]>} [values] */
const written = (values) => readBlobs([values?.blobs ?? ''].flat()[0] ?? '').map(({ sha256 }) => sha256);

/** Hashes of photos that a half-written form holds, closed or not. @param {any} draft @returns {string[]} */
export const namesInDraft = (draft) => draft.blobs ?? written(draft.values);

/** A half-written form as it is kept; `told` says what of it stays in the open. @param {Vault} vault @param {any} draft */
export async function closeDraft(vault, draft) {
  if (!vault.point) return draft;
  const { values, posted, ...open } = draft;
  const blobs = written(values);
  const sealed = await closeValue(vault, { values, ...(posted && { posted }) }, `draft ${draft.key}`);
  return { ...open, sealed, ...(blobs.length && { blobs }) };
}

/** A half-written form as it is read; null while it cannot be. @param {Vault} vault @param {any} draft @returns {Promise<any>} */
export async function openDraft(vault, draft) {
  if (!draft?.sealed) return draft;
  const { sealed, ...open } = draft;
  const said = await openValue(vault, sealed, `draft ${draft.key}`);
  return said && { ...open, ...said };
}
