// A phone without a page: the real modules of web/phone in a worker that can be killed at any moment.
//
// Told what to do by messages {id, act, with}; answers {id, ok} or {id, error}.

import { KINDS, meta, storeName, use } from '/static/phone/database.js';
import { enrol } from '/static/phone/enrol.js';
import { overlay } from '/static/phone/overlay.js';
import { authorOf } from '/static/phone/reading.js';
import { record } from '/static/phone/record.js';
import { read } from '/static/phone/store.js';
import { synchronise } from '/static/phone/sync.js';
import { makeVault } from '/static/phone/vault.js';

const acts = {
  async open({ name }) {
    use(name);
  },

  async enrol({ token }) {
    await enrol(token, 'e2e', 'zh');
    await makeVault('258036', '', { rounds: 1000, idle_ms: Infinity, settled: true });
    return (await meta('device')).id;
  },

  async sync() {
    return synchronise({ app: 'e2e' });
  },

  /** Visits at doors of the grid, by number; answers the ids once they are durable. */
  async visit({ doors, texts }) {
    const { household } = await read({ household: { kind: 'household' } });
    const homes = household.sort((a, b) => (a.id < b.id ? -1 : 1));
    if (!homes.length) return [];
    const drafts = doors.map((door, i) => {
      const home = homes[door % homes.length];
      const body = { household: home.id, occurred_at_ms: Date.now(), mode: 'door', result: 'met', text: texts[i] };
      return { kind: 'visit.recorded', entity: null, grid: home.grid, over: {}, body };
    });
    return (await record(drafts)).map(({ id, n, hash }) => ({ id, n, hash }));
  },

  /** Edits of any kind about one household, one after the other; each may build on those before. */
  async say({ drafts }) {
    const said = [];
    for (const draft of drafts) said.push(...(await record([draft])));
    return said.map(({ id, n, hash }) => ({ id, n, hash }));
  },

  /** The rows as pages see them: with this phone's open edits laid over. */
  async seen() {
    const wants = Object.fromEntries(KINDS.map((kind) => [kind, { kind }]));
    const { open, device, ...rows } = await read({ ...wants, open: { edits: 'open' }, device: { meta: 'device' } });
    return overlay(rows, open, await authorOf(device.person, device.utc_offset_min, open));
  },

  /** Everything this store holds, keys included, under another name: a cloned phone. */
  async clone({ name }) {
    const opened = (called) => new Promise((resolve, reject) => {
      const request = indexedDB.open(called);
      Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) });
    });
    const from = await opened(storeName());
    use(name);
    await meta('device'); // makes the empty store
    const to = await opened(name);
    for (const kind of from.objectStoreNames) {
      const values = await new Promise((resolve) => {
        from.transaction(kind).objectStore(kind).getAll().onsuccess = ({ target }) => resolve(target.result);
      });
      const writing = to.transaction(kind, 'readwrite');
      for (const value of values) writing.objectStore(kind).put(value);
      await new Promise((resolve) => (writing.oncomplete = resolve));
    }
    from.close();
    to.close();
  },

  async state() {
    const wants = Object.fromEntries(KINDS.map((kind) => [kind, { kind }]));
    const metas = { chain: { meta: 'chain' }, sync: { meta: 'sync' }, scopes: { meta: 'scopes' } };
    const found = await read({ ...wants, ...metas, edits: { edits: 'all' }, unsent: { count: 'unsent' }, open: { count: 'open' } });
    // One text: thousands of small objects are slow to hand over.
    const rows = KINDS.flatMap((kind) => found[kind].map(({ grid, ...row }) => `${kind} ${row.id} ${JSON.stringify(row)}`));
    const { chain, sync, scopes, unsent, open } = found;
    return { rows: rows.join('\n'), chain, sync, scopes, unsent, open, edits: found.edits.map(({ h, b, s, ...edit }) => edit) };
  },
};

addEventListener('message', async ({ data: { id, act, with: told } }) => {
  try {
    postMessage({ id, ok: (await acts[act](told)) ?? null });
  } catch (error) {
    postMessage({ id, error: `${error.name}: ${error.message}` });
  }
});
