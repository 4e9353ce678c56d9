"""The phone's store and chain, in real Chromium: what is kept stays, what two tabs write stands in one line."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chromium import Chromium

pytestmark = pytest.mark.browser

GRID = "grid:019a0b1c-0000-7000-8000-00000000c003"
# Fewer rounds than on a phone, and open for as long as the test takes.
VAULT = """
  const { makeVault } = await import('/static/phone/vault.js');
  await makeVault('258036', '', { rounds: 1000, idle_ms: Infinity, settled: true });
"""
SETUP = """
  const files = ['database', 'store', 'received'].map((name) => import(`/static/phone/${name}.js`));
  const store = Object.assign({}, ...(await Promise.all(files)));
  const { record } = await import('/static/phone/record.js');
  const name = `test-${crypto.randomUUID()}`;
  store.use(name);
  VAULT
  const device = '019a0b1c-0000-7000-8000-00000000d001';
  const person = { id: '019a0b1c-0000-7000-8000-00000000a001', name: '小赵', role: 'grid_worker' };
  const started = { round: 0, nonce: '', log: '', size: 0, offset_ms: null };
  const sync = { ...started, acked: 0, acked_hash: null, backed_up_through: -1 };
  await store.setMeta({ device: { id: device, person }, chain: { device, n: 0, hash: null }, sync, scopes: [] });
  const grid = '019a0b1c-0000-7000-8000-00000000c003';
  const said = (text, id) => ({ id, kind: 'visit.recorded', grid, over: {}, body: { text } });
  const nothing = { receipts: [], rows: [], gone: [], scopes: [], sync: {} };
  const change = { round: 0, ...nothing, backedUpThrough: -1, keepSinceMs: 0 };
""".replace("VAULT", VAULT)


def run(chromium: Chromium, body: str) -> Any:
    """Run on a fresh store in which a phone is enrolled."""
    return chromium.evaluate(f"async () => {{ {SETUP} {body} }}")


def test_edits_stand_in_one_chain_however_many_write_at_once(chromium: Chromium) -> None:
    edits = run(
        chromium,
        """
        await Promise.all(Array.from({ length: 20 }, (_, i) => record([said(`a${i}`), said(`b${i}`)])));
        const { all } = await store.read({ all: { edits: 'all' } });
        return all.map(({ n, h, hash, unsent, open }) => ({ n, prev: JSON.parse(h).prev, hash, unsent, open }));
        """,
    )
    assert [edit["n"] for edit in edits] == list(range(1, 41))
    assert [edit["prev"] for edit in edits] == [None, *(edit["hash"] for edit in edits[:-1])]
    assert all(edit["unsent"] == edit["open"] == 1 for edit in edits)


def test_a_form_sent_again_with_other_words_keeps_both(chromium: Chromium) -> None:
    edits = run(
        chromium,
        """
        const id = '019a0b1c-0000-7000-8000-00000000e001';
        const visit = (text, occurred_at_ms) => ({ ...said(text, id), body: { text, occurred_at_ms } });
        const other = '019a0b1c-0000-7000-8000-00000000e002';
        const door = (room) => ({ ...said('', other), kind: 'household.added', body: { room } });
        // A time nobody wrote moves on from tap to tap: no news.
        for (const [text, at] of [['一', 1], ['一', 2], ['二', 3], ['二', 4]]) await record([visit(text, at)]);
        for (const room of ['501', '501', '502', '502']) await record([door(room)]);
        const { all } = await store.read({ all: { edits: 'all' } });
        const told = ({ kind, id, entity, h, b }) => {
          return { kind, id, entity, over: JSON.parse(h).over, body: JSON.parse(b) };
        };
        return all.map(told);
        """,
    )
    first, second, door, other = edits
    assert [edit["kind"] for edit in edits] == ["visit.recorded", "visit.corrected", *["household.added"] * 2]
    assert (second["entity"], second["over"]) == (first["id"], {"revision": [first["id"]]})
    assert (first["body"], second["body"]) == (
        {"text": "一", "occurred_at_ms": 1},
        {"text": "二", "occurred_at_ms": 1},
    )
    assert other["entity"] == other["id"] != door["id"]


def test_two_tabs_without_locks_still_write_one_chain(chromium: Chromium) -> None:
    """A worker and a page with the lock taken away: the unique key decides, and the loser makes its edit again."""
    numbers = run(
        chromium,
        """
        Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
        try {
          await Promise.all(Array.from({ length: 4 }, (_, i) => record([said(`t${i}`)])));
        } finally {
          delete navigator.locks;
        }
        const { all } = await store.read({ all: { edits: 'all' } });
        return all.map(({ n, h, hash }) => [n, JSON.parse(h).prev, hash]);
        """,
    )
    assert [n for n, _, _ in numbers] == [1, 2, 3, 4]
    assert [prev for _, prev, _ in numbers] == [None, *(digest for _, _, digest in numbers[:-1])]


def test_a_form_sent_twice_says_it_once(chromium: Chromium) -> None:
    answer = run(
        chromium,
        """
        const id = '019a0b1c-0001-7000-8000-00000000f001';
        await store.putDraft({ key: 'visit:x', values: { text: '半' }, page: 'p', untouched: false }, 1);
        const send = () => record([said('灯', id)], 'visit:x');
        const [[first], [second]] = await Promise.all([send(), send()]);
        const { all, draft } = await store.read({ all: { edits: 'all' }, draft: { draft: 'visit:x' } });
        return [all.length, first.hash === second.hash, draft ?? null, all[0].entity === id];
        """,
    )
    assert answer == [1, True, None, True]


def test_a_draft_that_is_back_where_it_began_is_none(chromium: Chromium) -> None:
    counts = run(
        chromium,
        """
        const put = (page, text, untouched) => {
          return store.putDraft({ key: 'k', values: { text }, page, untouched }, Date.now());
        };
        const drafts = () => store.draftsSince(0);
        const counts = [];
        await put('p1', '灯', false); counts.push(await drafts());
        await put('p1', '', true); counts.push(await drafts());
        await put('p1', '灯', false);
        // Another page opened with what was kept in it: going back to that is no reason to forget it.
        await put('p2', '灯', true); counts.push(await drafts());
        return counts;
        """,
    )
    assert counts == [1, 0, 1]


def test_two_pages_on_one_form_write_each_their_own_fields(chromium: Chromium) -> None:
    answer = run(
        chromium,
        """
        const put = (page, values, changed, untouched) =>
          store.putDraft({ key: 'k', values, changed, page, untouched }, 1);
        const kept = async () => (await store.read({ draft: { draft: 'k' } })).draft?.values ?? null;
        await put('p1', { text: '灯', need: '' }, ['text'], false);
        await put('p2', { text: '', need: '量血压' }, ['need'], false);
        const both = await kept();
        // The first page takes its words back: those of the other stay.
        await put('p1', { text: '', need: '' }, ['text'], true);
        return [both, await kept()];
        """,
    )
    assert answer == [{"text": "灯", "need": "量血压"}, {"text": "", "need": "量血压"}]


def test_an_exchange_is_applied_whole_and_once(chromium: Chromium) -> None:
    answer = run(
        chromium,
        """
        const [edit] = await record([said('灯')]);
        const scope = `grid:${grid}`;
        const visit = { id: edit.id, household: 'h1', occurred_at_ms: 5, text: '灯' };
        const row = { scope, k: 'visit', id: edit.id, rev: 7, row: visit };
        const receipt = { device, n: 1, hash: edit.hash, position: 7, received_ms: 9, outcome: 'accepted' };
        const scopes = [{ scope, name: '第三网格', generation: 1, cursor: 7 }];
        const told = { ...change, receipts: [receipt], rows: [row], scopes, sync: { acked: 1, acked_hash: edit.hash } };
        const applied = [await store.applyChange(told), await store.applyChange(told)];
        const { visits, kept, unsent, open } = await store.read({
          visits: { kind: 'visit', parent: 'h1' }, kept: { edit: edit.id },
          unsent: { count: 'unsent' }, open: { count: 'open' },
        });
        const { acked } = await store.meta('sync');
        return { applied, visits, position: kept.position, outcome: kept.outcome, unsent, open, acked };
        """,
    )
    assert answer["applied"] == [True, False]
    assert [visit["text"] for visit in answer["visits"]] == ["灯"]
    assert (answer["position"], answer["outcome"], answer["acked"]) == (7, "accepted", 1)
    assert (answer["unsent"], answer["open"]) == (0, 0)


def test_an_edit_stays_laid_over_until_its_rows_have_come(chromium: Chromium) -> None:
    counts = run(
        chromium,
        """
        const [edit] = await record([said('灯')]);
        const scope = { scope: `grid:${grid}`, name: '', generation: 1, cursor: 6 };
        const receipt = { device, n: 1, hash: edit.hash, position: 7, received_ms: 9, outcome: 'accepted' };
        const open = async () => (await store.read({ n: { count: 'open' } })).n;
        await store.applyChange({ ...change, receipts: [receipt], scopes: [scope] });
        const before = await open();
        await store.applyChange({ ...change, round: 1, scopes: [{ ...scope, cursor: 7 }] });
        return [before, await open()];
        """,
    )
    assert counts == [1, 0]


def test_acknowledged_edits_are_kept_until_a_backup_holds_them(chromium: Chromium) -> None:
    kept = run(
        chromium,
        """
        const edits = await record([said('一'), said('二'), said('三')]);
        const scope = { scope: `grid:${grid}`, name: '', generation: 1, cursor: 9 };
        const outcome = (n) => (n === 2 ? 'quarantined' : 'accepted');
        const receipts = edits.map(({ n, hash }) => {
          return { device, n, hash, position: n, received_ms: n, outcome: outcome(n) };
        });
        const numbers = async () => (await store.read({ all: { edits: 'all' } })).all.map(({ n }) => n);
        const base = { ...change, scopes: [scope], keepSinceMs: 100 };
        await store.applyChange({ ...base, receipts, backedUpThrough: 0 });
        const before = await numbers();
        await store.applyChange({ ...base, round: 1, backedUpThrough: 2 });
        return [before, await numbers()];
        """,
    )
    # The second waits for a person; the third is in no backup yet.
    assert kept == [[1, 2, 3], [2, 3]]


def test_a_new_copy_of_a_grid_replaces_the_old_one_whole(chromium: Chromium) -> None:
    ids = run(
        chromium,
        """
        const scope = `grid:${grid}`, other = 'grid:019a0b1c-0000-7000-8000-00000000c004';
        const row = (k, id, more) => ({ k, id, rev: 1, row: { id, ...more } });
        const home = (id) => row('household', id, { building: 'b1' });
        const ids = async () => (await store.read({ h: { kind: 'household' } })).h.map(({ id }) => id);
        const seen = [];
        await store.putPart([], scope, 'aa', [home('h1'), home('h2')], null);
        await store.putPart([], scope, 'bb', [home('h3')], ['aa', 'bb']);
        await store.putPart([], other, 'zz', [home('x1')], ['zz']);
        seen.push(await ids());
        await store.putPart([], scope, 'cc', [home('h1'), home('h4')], null);
        seen.push(await ids());
        await store.putPart([], scope, 'dd', [], ['cc', 'dd']);
        seen.push(await ids());
        await store.applyChange({ ...change, gone: [scope] });
        seen.push(await ids());
        return seen;
        """,
    )
    assert ids == [["h1", "h2", "h3", "x1"], ["h1", "h2", "h3", "h4", "x1"], ["h1", "h4", "x1"], ["x1"]]


def test_a_store_closed_by_a_newer_version_opens_again(chromium: Chromium) -> None:
    assert run(
        chromium,
        """
            await record([said('灯')]);
            // Another tab asks for a migration: the connection must step aside, or that tab would wait for ever.
            const upgraded = await new Promise((resolve, reject) => {
              const request = indexedDB.deleteDatabase(name);
              request.onsuccess = () => resolve('gone');
              request.onblocked = () => reject(new Error('blocked'));
            });
            return [upgraded, (await store.read({ n: { count: 'unsent' } })).n];
            """,
    ) == ["gone", 0]


def test_redistricting_waits_for_unsent_edits(chromium: Chromium) -> None:
    """A grid that was taken away leaves the phone only after its unsent edits are up, those included that somebody
    wrote while the exchange that takes it away was under way."""
    told = run(
        chromium,
        """
        const { nextScopes } = await import('/static/phone/exchange.js');
        const scope = `grid:${grid}`, before = [{ scope, name: '', generation: 1, cursor: 5 }];
        const row = { k: 'household', id: 'h1', rev: 1, row: { id: 'h1', building: 'b1' } };
        await store.putPart(before, scope, 'aa', [row], ['aa']);
        const hear = async (round, receipts) => {
          const { scopes } = await store.read({ scopes: { meta: 'scopes' } });
          const next = nextScopes(scopes, { scopes: [], gone: [scope] });
          if (round === 0) await record([said('刚写的')]); // the reply is here, and not yet written down
          await store.applyChange({ ...change, round, receipts, ...next });
          const found = { rows: { kind: 'household' }, scopes: { meta: 'scopes' }, edits: { edits: 'all' } };
          return store.read(found);
        };
        const first = await hear(0, []);
        const [{ n, hash }] = first.edits;
        const aside = { outcome: 'quarantined', reason: 'out_of_scope' };
        const receipt = { device, n, hash, position: 9, received_ms: 1, ...aside };
        const second = await hear(1, [receipt]);
        return [first, second].map(({ rows, scopes }) => [rows.length, scopes.map((each) => each.gone)]);
        """,
    )
    assert told == [[1, [True]], [0, []]]


def test_a_download_goes_on_with_the_parts_it_has(chromium: Chromium) -> None:
    script = """async ([scope]) => {
      const { nextScopes } = await import('/static/phone/exchange.js');
      const part = (sha256) => ({ at: `/sync/snapshots/x/${sha256}`, key: sha256, bytes: 1, rows: 1, sha256 });
      const told = (cursor, ...parts) => {
        const fresh = { scope, name: '', generation: 2, cursor, snapshot: { cursor, parts } };
        return { scopes: [fresh], gone: [] };
      };
      const old = [{ scope, name: '', generation: 1, cursor: 5 }];
      const first = nextScopes(old, told(8, part('aa'), part('bb'))).scopes;
      first[0].pending.done.push('aa');
      const second = nextScopes(first, told(9, part('aa'), part('cc'))).scopes;
      return [first[0].cursor, second[0].cursor, second[0].pending.cursor, second[0].pending.done];
    }"""
    # The old copy stays in use, under its own cursor, until the new one is whole.
    assert chromium.evaluate(script, [GRID]) == [5, 5, 9, ["aa"]]
