// After the vault has been opened: what older versions kept in the open is closed, and what was written while the phone was
// locked finds its place. Interrupted half way it goes on where it was, and nothing is missing in between.

import { closedBytes } from './blobs.js';
import { closeDraft, closeEdit } from './closing.js';
import { KINDS, begin, meta } from './database.js';
import { mergeDraft } from './draft.js';
import { locked } from './lock.js';
import { putRows } from './received.js';
import { dropShut, shutNow } from './shut.js';
import { putDraft, read } from './store.js';
import { noteVault, vaultNow } from './vault.js';

/** @typedef {import('./vault.js').Vault} Vault */

const AT_ONCE = 200;

/** The store that was looked at in this life of the worker. */
let looked = '';

/** The vault was opened past the page of a locked phone: whatever page comes next looks again. */
export const lookAgain = () => void (looked = '');

/**
 * Close and place what waits for an open vault. Does nothing while it is locked.
 * @param {(path: string, data: Record<string, string[]>) => Promise<boolean>} send a form once more; whether it is kept now
 * @param {string} store the store's name @param {boolean} [again] look even if there was nothing a while ago
 */
export async function settle(send, store, again = false) {
  const vault = await vaultNow();
  if (!vault.key || (looked === store && vault.settled && !again)) return;
  await locked('settle', async () => {
    if (!vault.settled) await closeAll(vault);
    await place(vault, send);
  });
  looked = store;
}

/** @param {Vault} vault */
async function closeAll(vault) {
  const scopes = (await meta('scopes')) ?? [];
  for (const kind of KINDS) await each(kind, (rows) => closeRows(vault, kind, rows, scopes));
  await each('edit', (edits) => closeEdits(vault, edits));
  await each('draft', (drafts) => closeDrafts(vault, drafts));
  await each('blob', (blobs) => closeBlobs(vault, blobs));
  await noteVault({ settled: true });
}

/** What lies in a store, some at once, the first first. @param {string} store @param {(found: any[]) => Promise<unknown>} work */
async function each(store, work) {
  /** @type {IDBKeyRange | null} */
  let from = null;
  for (;;) {
    const tx = await begin([store]);
    const [found, keys] = await Promise.all([tx.objectStore(store).getAll(from, AT_ONCE), tx.objectStore(store).getAllKeys(from, AT_ONCE)]);
    if (!found.length) return;
    await work(found);
    from = IDBKeyRange.lowerBound(keys[keys.length - 1], true);
  }
}

/** Rows that lie with what finds them go into bundles. @param {Vault} vault @param {string} k @param {any[]} kept @param {any[]} scopes */
async function closeRows(vault, k, kept, scopes) {
  const open = kept.filter(({ row }) => row);
  for (const name of new Set(open.map(({ scope, part }) => `${scope} ${part}`))) {
    const [scope, part] = name.split(' ');
    const rows = open.filter((each) => each.scope === scope && each.part === part).map(({ id, rev, row }) => ({ scope, k, id, rev, row }));
    await putRows(vault, { rows, part, held: scopes });
  }
}

/** What somebody else has written meanwhile stands. @param {string} store @param {any} key @param {(now: any) => any} mend */
async function mendOne(store, key, mend) {
  const tx = await begin([store], 'readwrite', 'strict');
  const now = await tx.objectStore(store).get(key);
  const mended = now && mend(now);
  if (mended) tx.objectStore(store).put(mended);
  await tx.done;
}

/** @param {Vault} vault @param {any[]} edits */
async function closeEdits(vault, edits) {
  const open = edits.filter(({ b }) => b);
  const closed = await Promise.all(open.map((edit) => closeEdit(vault, edit)));
  for (const { device, n, sealed, apart, to_server, blobs } of closed) {
    await mendOne('edit', [device, n], ({ b, s, door, ...rest }) => b && { ...rest, sealed, ...(apart && { apart }), ...(to_server && { to_server }), ...(blobs && { blobs }) });
  }
}

/** @param {Vault} vault @param {any[]} drafts */
const closeDrafts = (vault, drafts) =>
  locked('draft', async () => {
    for (const draft of drafts.filter(({ values }) => values)) {
      const closed = await closeDraft(vault, draft);
      await mendOne('draft', draft.key, (now) => now.saved_ms === draft.saved_ms && closed);
    }
  });

/** @param {Vault} vault @param {any[]} blobs */
async function closeBlobs(vault, blobs) {
  for (const { sha256, thumb } of blobs) {
    const small = thumb instanceof ArrayBuffer ? await closedBytes(vault, thumb, sha256) : null;
    if (small) await mendOne('blob', sha256, (now) => ({ ...now, thumb: small }));
    const looking = await begin(['blob_bytes']);
    const data = await looking.objectStore('blob_bytes').get(sha256);
    if (!(data instanceof ArrayBuffer)) continue;
    const closed = await closedBytes(vault, data, sha256);
    const tx = await begin(['blob_bytes'], 'readwrite', 'strict');
    if (await tx.objectStore('blob_bytes').getKey(sha256)) tx.objectStore('blob_bytes').put(closed, sha256);
    await tx.done;
  }
}

/** @param {Vault} vault @param {(path: string, data: Record<string, string[]>) => Promise<boolean>} send */
async function place(vault, send) {
  for (const { id, of, saved_ms, changed, said } of await shutNow(vault)) {
    if (of === 'note') await putDraft(noteOf(id, said), saved_ms);
    else if (of === 'told') await putDraft({ ...said, changed, ...(said.key === 'note' && noteOf(said.page, said.values)) }, saved_ms);
    else if (!(await send(said.path, said.data))) continue;
    await dropShut(id);
  }
}

/** A note of its own, until it is put to a door. @param {string} id @param {any} values @returns {import('./draft.js').Told} */
const noteOf = (id, { text }) => ({ key: `note:${id.split(' ').pop()}`, values: { text }, page: 'note', untouched: !text });

/**
 * A note goes into the half-written visit of a door: behind what stands there.
 * @param {string} note @param {string} household
 */
export async function putNote(note, household) {
  const key = `visit:${household}`;
  await locked('draft', async () => {
    const { kept, visit } = await read({ kept: { draft: `note:${note}` }, visit: { draft: key } });
    if (!kept) return;
    const before = [visit?.values.text ?? ''].flat()[0];
    const text = [before, kept.values.text].filter(Boolean).join('\n');
    const now = mergeDraft(visit, { key, values: { ...visit?.values, text }, page: 'note', untouched: false }, Date.now());
    const closed = await closeDraft(await vaultNow(), now);
    const tx = await begin(['draft'], 'readwrite', 'strict');
    tx.objectStore('draft').put(closed);
    tx.objectStore('draft').delete(`note:${note}`);
    await tx.done;
  });
}
