// What the station erased for good goes from this phone as well: bodies of edits made here, photos, half-written forms.
//
// The rows go by themselves. Of an edit its header and hash stay, with what became of it: the chain goes on, and it is sent
// again without a word if the server ever asks. What is unsent and was written later is no part of it: the server decides.

import { NAMING } from './bundles.js';
import { namesIn, namesInDraft } from './closing.js';
import { forServer } from './blobs.js';

/** The stores that forgetting takes besides those of an exchange. */
export const FORGETTING = ['blob', 'blob_bytes', 'draft', 'shut'];

/** Ids of the edits whose words went, as rows tell it. @param {import('./types.js').Row[]} rows @returns {string[]} */
export const erasedIn = (rows) => rows.filter(({ k, row }) => k === 'erasure' && row).flatMap(({ row }) => row.edits);

/** An edit without its words. @param {any} edit */
function bare(edit) {
  const { sealed: _, to_server: __, apart: ___, blobs: ____, door: _____, same: ______, open: _______, ...rest } = edit;
  return { ...rest, b: '', s: '', erased: 1 };
}

/**
 * Forget these edits' words, in a transaction that is open for writing over `edit`, `visit` and FORGETTING.
 * @param {any} tx @param {string[]} ids
 */
export async function forget(tx, ids) {
  if (!ids.length) return;
  const gone = new Set(ids);
  const photos = [...(await forgetEdits(tx, gone)), ...(await photosShown(tx, gone)), ...(await forgetDrafts(tx, gone))];
  if (!photos.length) return;
  const edits = await tx.objectStore('edit').getAll();
  const drafts = await tx.objectStore('draft').getAll();
  const named = new Set([...edits.flatMap(namesIn), ...drafts.flatMap(namesInDraft)]);
  for (const sha256 of photos.filter((name) => !named.has(name))) {
    tx.objectStore('blob').delete(sha256);
    for (const at of [sha256, forServer(sha256)]) tx.objectStore('blob_bytes').delete(at);
  }
}

/** @param {any} tx @param {Set<string>} gone @returns {Promise<string[]>} photos that they named */
async function forgetEdits(tx, gone) {
  const store = tx.objectStore('edit');
  const photos = [];
  for (const id of gone) {
    const edit = await store.index('id').get(id);
    if (!edit || edit.erased) continue;
    photos.push(...namesIn(edit));
    store.put(bare(edit));
  }
  return photos;
}

/** Photos that rows show which go now. @param {any} tx @param {Set<string>} gone @returns {Promise<string[]>} */
async function photosShown(tx, gone) {
  const places = await Promise.all([...gone].flatMap((id) => NAMING.map((kind) => tx.objectStore(kind).get(id))));
  return places.flatMap((place) => place?.blobs ?? []);
}

/** Forms about what went, half-written. Their keys say what they are about. @param {any} tx @param {Set<string>} gone @returns {Promise<string[]>} */
async function forgetDrafts(tx, gone) {
  const drafts = tx.objectStore('draft');
  const shut = tx.objectStore('shut');
  const photos = [];
  for (const draft of await drafts.getAll()) {
    if (!isAbout(draft.key, gone)) continue;
    photos.push(...namesInDraft(draft));
    drafts.delete(draft.key);
  }
  for (const id of await shut.getAllKeys()) {
    if (id.startsWith('told ') && isAbout(id.split(' ')[1], gone)) shut.delete(id);
  }
  return photos;
}

/** @param {string} key of a draft @param {Set<string>} gone */
const isAbout = (key, gone) => key.split(':').some((part) => gone.has(part));
