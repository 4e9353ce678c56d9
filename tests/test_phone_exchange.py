"""The phone's half of the exchange, in real Chromium, with replies made up here."""

from __future__ import annotations

import pytest

from tests.chromium import Chromium
from tests.test_phone_store import VAULT, run

pytestmark = pytest.mark.browser


def test_another_log_is_fetched_anew_and_nothing_is_lost(chromium: Chromium) -> None:
    """The server came back with another log: cursors and rows of this reply mean nothing, edits go up again."""
    script = """async () => {
      const files = ['database', 'store', 'received'].map((name) => import(`/static/phone/${name}.js`));
      const store = Object.assign({}, ...(await Promise.all(files)));
      const { record } = await import('/static/phone/record.js');
      const { makeKey } = await import('/static/phone/edit.js');
      const { exchangeOnce } = await import('/static/phone/exchange.js');
      store.use(`test-${crypto.randomUUID()}`);
      VAULT
      const device = '019a0b1c-0000-7000-8000-00000000d001';
      const person = { id: '019a0b1c-0000-7000-8000-00000000a001', name: '小赵', role: 'grid_worker' };
      const grid = '019a0b1c-0000-7000-8000-00000000c003', scope = `grid:${grid}`;
      const sync = { round: 0, nonce: 'n', log: 'old', size: 90, offset_ms: 0, acked: 0, acked_hash: null };
      const scopes = [{ scope, name: '第三网格', generation: 4, cursor: 89 }];
      const own = { id: device, person, key: await makeKey() };
      const chain = { device, n: 0, hash: null };
      await store.setMeta({ device: own, chain, sync: { ...sync, backed_up_through: -1 }, scopes });
      const home = { k: 'household', id: 'h1', rev: 1, row: { id: 'h1', building: 'b1' } };
      await store.putPart(scopes, scope, 'aa', [home], null);
      const said = (text) => ({ kind: 'visit.recorded', grid, over: {}, body: { household: 'h1', text } });
      const [one] = await record([said('一')]);
      const edits = (await store.read({ all: { edits: 'all' } })).all;
      const asked = [];
      const reply = { v: 1, time_ms: Date.now(), nonce: 'm', log: 'new', gone: [], rows: [], more: false };
      const cursor = { scope, name: '', generation: 4, cursor: 7 };
      const answers = [
        { outcomes: [{ n: 1, hash: edits[0].hash, position: 5, received_ms: 1, outcome: 'accepted' }],
          rows: [{ scope, k: 'household', id: 'wrong', rev: 5, row: { id: 'wrong', building: 'b1' } }],
          scopes: [cursor], size: 8, chain: { n: 1, hash: edits[0].hash } },
        // Restored from before that edit: it is asked for again.
        { outcomes: [], scopes: [{ ...cursor, snapshot: { cursor: 6, parts: [] } }], size: 7, log: 'newer',
          chain: { n: 0, hash: null } },
      ];
      const real = window.fetch;
      window.fetch = async (url, { body }) => {
        const zipped = typeof body !== 'string';
        const text = zipped
          ? await new Response(new Blob([body]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
          : body;
        asked.push(JSON.parse(text));
        const said = { ...reply, backed_up_through: -1, ...answers[asked.length - 1] };
        return new Response(JSON.stringify(said), { headers: { 'Content-Type': 'application/json' } });
      };
      try {
        const first = await exchangeOnce('test');
        const then = await store.read({
          rows: { kind: 'household' }, sync: { meta: 'sync' }, scopes: { meta: 'scopes' }, open: { count: 'open' },
          unsent: { count: 'unsent' },
        });
        const second = await exchangeOnce('test');
        const unsent = (await store.read({ n: { count: 'unsent' } })).n;
        return { first, then, second, unsent, held: asked.map(({ scopes }) => scopes) };
      } finally {
        window.fetch = real;
      }
    }""".replace("VAULT", VAULT)
    answer = chromium.evaluate(script)
    then = answer["then"]
    assert answer["first"] == answer["second"] == {"again": True, "shut": False}
    # What was shown is shown on, and the edit lies over it: its position counts in the new log alone.
    assert [row["id"] for row in then["rows"]] == ["h1"]
    assert (then["unsent"], then["open"]) == (0, 1)
    assert (then["sync"]["log"], then["sync"]["size"], then["sync"]["acked"]) == ("new", 0, 1)
    assert [(scope["generation"], scope["cursor"]) for scope in then["scopes"]] == [(-1, -1)]
    assert [scopes[0]["generation"] for scopes in answer["held"]] == [4, -1]
    assert answer["unsent"] == 1


def test_a_phone_that_let_go_of_what_the_server_lacks_goes_on_with_what_it_has(chromium: Chromium) -> None:
    """The server was made of an older backup than the one that let this phone let go: as another device it goes on."""
    script = """async () => {
      const files = ['database', 'store', 'received'].map((name) => import(`/static/phone/${name}.js`));
      const store = Object.assign({}, ...(await Promise.all(files)));
      const { record } = await import('/static/phone/record.js');
      const { makeKey } = await import('/static/phone/edit.js');
      const { exchangeOnce } = await import('/static/phone/exchange.js');
      store.use(`test-${crypto.randomUUID()}`);
      VAULT
      const device = '019a0b1c-0000-7000-8000-00000000d001', next = '019a0b1c-0000-7000-8000-00000000d002';
      const person = { id: '019a0b1c-0000-7000-8000-00000000a001', name: '小赵', role: 'grid_worker' };
      const grid = '019a0b1c-0000-7000-8000-00000000c003';
      const hash = 'xD0a2E0oeKzVI4MFoEJmMW_sfcOizhP9a_n-sP4hXKA';
      // Two edits were acknowledged and are kept no more.
      const sync = { round: 0, nonce: 'n', log: 'old', size: 90, offset_ms: 0, acked: 2, acked_hash: hash };
      await store.setMeta({ device: { id: device, person, key: await makeKey() }, chain: { device, n: 2, hash },
        sync: { ...sync, backed_up_through: 5 }, scopes: [] });
      await record(['三', '四'].map((text) => (
        { kind: 'visit.recorded', grid, over: {}, body: { household: 'h1', text } })));
      const asked = [];
      const reply = { v: 1, time_ms: Date.now(), nonce: 'm', log: 'new', gone: [], rows: [], scopes: [], size: 8,
        more: false, backed_up_through: -1, outcomes: [], chain: { n: 0, hash: null } };
      const real = window.fetch;
      window.fetch = async (url, { body }) => {
        const zipped = typeof body !== 'string';
        const text = zipped
          ? await new Response(new Blob([body]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
          : body;
        asked.push(JSON.parse(text));
        const json = { headers: { 'Content-Type': 'application/json' } };
        if (asked.length === 1) {
          const problem = { code: 'chain_gap', expected: 1, status: 409 };
          return new Response(JSON.stringify({ problem }), { ...json, status: 409 });
        }
        return new Response(JSON.stringify({ ...reply, fork: { device: next, nonce: 'f' } }), json);
      };
      try {
        const done = await exchangeOnce('test');
        const { all, chain, sync: then } = await store.read(
          { all: { edits: 'all' }, chain: { meta: 'chain' }, sync: { meta: 'sync' } });
        const edits = all.map(({ device, n, unsent, b }) => [device === next, n, unsent, JSON.parse(b).text]);
        return { done, edits, chain: [chain.device === next, chain.n], nonce: then.nonce, acked: then.acked,
          asked: asked.map(({ anew, edits }) => [anew ?? null, edits.length]) };
      } finally {
        window.fetch = real;
      }
    }""".replace("VAULT", VAULT)
    answer = chromium.evaluate(script)
    assert answer["asked"] == [[None, 2], [True, 0]]
    assert answer["done"] == {"again": True, "shut": False}
    assert answer["edits"] == [[True, 1, 1, "三"], [True, 2, 1, "四"]]
    assert (answer["chain"], answer["nonce"], answer["acked"]) == ([True, 2], "f", 0)


def test_what_is_ones_own_is_held_anew_after_another_log(chromium: Chromium) -> None:
    """Rows of one's own scope come from the beginning then: a decision that the new log does not know is none."""
    answer = run(
        chromium,
        """
        const own = `person:${person.id}`;
        const { nextScopes } = await import('/static/phone/exchange.js');
        const held = (generation) => store.setMeta({ scopes: [{ scope: own, name: '', generation, cursor: -1 }] });
        const hear = async (round, id) => {
          const reply = { scopes: [{ scope: own, name: '', generation: 1, cursor: 7 }] };
          const { scopes } = await store.read({ scopes: { meta: 'scopes' } });
          const rows = [{ scope: own, k: 'aside', id, rev: 5, row: { id, decision: 'declined' } }];
          await store.applyChange({ ...change, round, rows, ...nextScopes(scopes, reply) });
          return (await store.read({ rows: { kind: 'aside' } })).rows.map((row) => row.id);
        };
        await held(1);
        const before = [await hear(0, 'a1'), await hear(1, 'a2')];
        await held(-1); // as another log leaves it: shown on, and sent as not held
        return [...before, await hear(2, 'a3')];
        """,
    )
    assert answer == [["a1"], ["a1", "a2"], ["a3"]]


TRIED = """async ([locks, hasten]) => {
  const files = ['database', 'store'].map((name) => import(`/static/phone/${name}.js`));
  const store = Object.assign({}, ...(await Promise.all(files)));
  const { makeKey } = await import('/static/phone/edit.js');
  const { locked } = await import('/static/phone/lock.js');
  const { synchronise } = await import('/static/phone/sync.js');
  store.use(`test-${crypto.randomUUID()}`);
  VAULT
  const device = '019a0b1c-0000-7000-8000-00000000d001';
  const person = { id: '019a0b1c-0000-7000-8000-00000000a001', name: '小赵', role: 'grid_worker' };
  const failed = { fails: 1, next_ms: Date.now() + 600_000, last_error: 'network' };
  const sync = { round: 0, nonce: 'n', log: 'l', size: 9, offset_ms: 0, acked: 0, acked_hash: null, ...failed };
  const own = { id: device, person, key: await makeKey() };
  const chain = { device, n: 0, hash: null };
  await store.setMeta({ device: own, chain, scopes: [], sync: { ...sync, backed_up_through: -1 } });
  if (!locks) Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
  const real = window.fetch;
  let tried = 0;
  window.fetch = async () => { tried++; throw new TypeError('no way'); };
  let release, both;
  const held = new Promise((resolve) => (release = resolve));
  try {
    if (locks) {
      locked('exchange', () => held);
      both = [synchronise({ app: 't', patient: true }), synchronise({ app: 't', patient: !hasten })];
      release();
    } else {
      await synchronise({ app: 't' });
      both = [synchronise({ app: 't' })];
    }
    await Promise.all(both);
    return tried;
  } finally {
    window.fetch = real;
    if (!locks) delete navigator.locks;
  }
}""".replace("VAULT", VAULT)


def test_a_timer_that_waits_for_its_turn_is_hastened_by_a_person(chromium: Chromium) -> None:
    """After a failure timers keep a pause; somebody who opens the app does not, even with a timer before them."""
    assert chromium.evaluate(TRIED, [True, False]) == 0
    assert chromium.evaluate(TRIED, [True, True]) == 1


def test_a_phone_without_locks_exchanges_more_than_once(chromium: Chromium) -> None:
    assert chromium.evaluate(TRIED, [False, False]) == 2
