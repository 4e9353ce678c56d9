// The phone's real modules in the place of a model phone: told what it did and heard, they must ask and hold the same.
//
// Evaluated in a page: async ({first, events, keys, name}) => {requests, held}. Clock, salts and answers come from the tape.

async ({ first, events, keys, name }) => {
  const load = (module) => import(`/static/phone/${module}.js`);
  const [{ use, meta, setMeta, KINDS }, { read, addEdits }, { record }, { makeKey, b64u }, { synchronise }, { makeVault }, { leftNow }] = await Promise.all(
    ['database', 'store', 'record', 'edit', 'sync', 'vault', 'gone'].map(load),
  );
  const opened = (called) => new Promise((resolve, reject) => {
    const request = indexedDB.open(called);
    Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) });
  });
  const all = (db, store) => new Promise((resolve) => {
    db.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) => resolve(target.result);
  });
  // A row of a grid is read with that grid; one of one's own says it itself.
  const asItCame = (scope, row) => {
    const { grid, ...rest } = row ?? {};
    return row && scope.startsWith('grid:') ? rest : row;
  };
  const real = { fetch: window.fetch, now: Date.now, random: crypto.getRandomValues, error: console.error, shell: window.SHELL };
  let nowMs = 0, salt = null, talk = [];
  const requests = [], troubles = [];
  const unzipped = (body) => new Response(new Blob([body]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
  window.fetch = async (url, { body } = {}) => {
    const { answer, believed } = talk.shift() ?? {};
    if (body !== undefined) requests.push(JSON.parse(typeof body === 'string' ? body : await unzipped(body)));
    else requests.push(url);
    if (!answer || !believed) throw new TypeError('network');
    return new Response(Uint8Array.from(answer.body, (c) => c.charCodeAt(0)), { status: answer.status });
  };
  Date.now = () => nowMs;
  crypto.getRandomValues = (array) => (salt && array.length === salt.length ? (array.set(salt), array) : real.random.call(crypto, array));
  console.error = (error) => troubles.push(String(error));
  window.SHELL = { log: keys };
  use(name);
  try {
    await makeVault('258036', '', { rounds: 1000, idle_ms: Infinity, settled: true });
    const device = { id: first.chain.device, person: first.person, key: await makeKey(), label: '手机', utc_offset_min: 480 };
    await setMeta({ device, chain: first.chain, sync: first.sync, scopes: [], settings: { lang: 'zh' } });
    for (const event of events) {
      nowMs = event.now_ms ?? nowMs;
      if (event.do === 'sync') {
        talk = [...event.talk];
        await synchronise({ app: 'model' });
      } else if (event.do === 'mend') {
        await setMeta({ sync: { ...(await meta('sync')), nonce: event.sync.nonce } });
      } else if (event.plain) {
        const { id, kind, entity, grid, h, b, s } = event.edit;
        salt = Uint8Array.from(atob(s.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
        await record([{ id, kind, entity, grid, over: JSON.parse(h).over, body: JSON.parse(b) }]);
        salt = null;
      } else {
        const { device: of, n, hash } = event.edit;
        await addEdits([event.edit], { device: of, n, hash });
      }
    }
    const left = await leftNow();
    if (left) return { requests, troubles, held: { emptied: left.emptied } };
    const found = await read({ sync: { meta: 'sync' }, chain: { meta: 'chain' }, scopes: { meta: 'scopes' } });
    const db = await opened(name);
    const rows = {}, edits = {};
    for (const kind of KINDS) {
      const said = new Map((await read({ rows: { kind } })).rows.map((row) => [row.id, row]));
      for (const { id, scope, part, rev } of await all(db, kind)) rows[`${kind} ${id}`] = [scope, part, rev, asItCame(scope, said.get(id))];
      // Nothing lies in a bundle that nothing finds.
      for (const id of said.keys()) rows[`${kind} ${id}`] ??= null;
    }
    for (const { sealed, blobs, ...edit } of (await read({ edits: { edits: 'all' } })).edits) edits[`${edit.device} ${edit.n}`] = edit;
    db.close();
    const told = (checkpoint) => checkpoint && [checkpoint.origin, checkpoint.size, b64u(checkpoint.root)];
    const { held, note = '', back, earlier, doubt, past } = (await meta('ledger')) ?? {};
    const ledger = earlier ? { held: told(held), note, back, earlier: earlier.map(told), doubt, past } : null;
    return { requests, troubles, held: { ...found, rows, edits, ledger } };
  } finally {
    window.fetch = real.fetch;
    window.SHELL = real.shell;
    Date.now = real.now;
    crypto.getRandomValues = real.random;
    console.error = real.error;
  }
};
