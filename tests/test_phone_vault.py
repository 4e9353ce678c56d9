"""The phone's vault, in real Chromium: what is kept is closed, a lock hides it, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chromium import Chromium
from tests.test_phone_store import SETUP

pytestmark = pytest.mark.browser

POINT = "BMy_NmWdmP-e5F4D_CuCxbsIbX3tcjbcdypJo-qu3POMoYVmDY5V592qwfk3gx8P2S-o57JP4pICLppfZLJvk3I"
VAULT = f"""
  const vault = await import('/static/phone/vault.js');
  const shut = await import('/static/phone/shut.js');
  const {{ settle }} = await import('/static/phone/settling.js');
  const {{ begin }} = await import('/static/phone/database.js');
  const {{ blobHere, keepBlob }} = await import('/static/phone/blobs.js');
  await vault.makeVault('258036', '{POINT}', {{ rounds: 1000, idle_ms: 1e9 }});
  const send = async () => true;
  /** Everything that lies in the store, as the browser would write it. */
  const lying = async (store = name) => {{
    const db = await new Promise((done) => {{
      const opening = indexedDB.open(store);
      opening.onsuccess = () => done(opening.result);
    }});
    let all = '';
    const text = (value) => {{
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
      if (Array.isArray(value)) return value.map(text).join(' ');
      if (value === null || typeof value !== 'object') return String(value);
      return Object.entries(value).map(([key, inner]) => `${{key}} ${{text(inner)}}`).join(' ');
    }};
    for (const each of db.objectStoreNames) {{
      const found = await new Promise((done) => {{
        db.transaction(each).objectStore(each).getAll().onsuccess = ({{ target }}) => done(target.result);
      }});
      all += text(found);
    }}
    db.close();
    return all;
  }};
  const scope = `grid:${{grid}}`;
  const home = {{ k: 'household', id: 'h1', rev: 1, row: {{ id: 'h1', building: 'b1', note: '萝卜' }} }};
  const told_of = {{ id: 'v1', household: 'h1', occurred_at_ms: 5, text: '量血压' }};
  const seen = {{ k: 'visit', id: 'v1', rev: 2, row: told_of }};
  const held = [{{ scope, name: '', generation: 1, cursor: 5 }}];
  const wants = {{
    home: {{ kind: 'household', id: 'h1' }}, homes: {{ kind: 'household' }}, visits: {{ kind: 'visit', parent: 'h1' }},
    since: {{ kind: 'visit', since: 1 }}, edits: {{ edits: 'all' }}, drafts: {{ drafts: true }},
  }};
  const words = async () => {{
    const {{ home, homes, visits, since, edits, drafts }} = await store.read(wants);
    const bodies = edits.map(({{ b }}) => b && JSON.parse(b).text);
    const texts = [visits.map(({{ text }}) => text), since.length, bodies, drafts.map((draft) => draft.values.text)];
    return [home?.note, homes.length, ...texts];
  }};
  // A half-written form as a page tells of it.
  const told = (text, more) => ({{ key: 'visit:h1', values: {{ text }}, page: 'p', untouched: false, ...more }});
"""
PLANTED = """
  await store.putPart(held, scope, 'aa', [home, seen], ['aa']);
  await record([said('灯坏了')]);
  await store.putDraft(told('写了一半'), 1);
  const { sha256 } = await keepBlob({ type: 'image/jpeg', data: new TextEncoder().encode('照片里的字').buffer }, 1);
"""
OPEN = ["萝卜", 1, ["量血压"], 1, ["灯坏了"], ["写了一半"]]


def run(chromium: Chromium, body: str) -> Any:
    """Run on a fresh store in which a phone is enrolled that has a vault."""
    return chromium.evaluate(f"async () => {{ {SETUP} {VAULT} {body} }}")


def test_nothing_that_was_said_lies_in_the_open_and_a_lock_hides_it(chromium: Chromium) -> None:
    answer = run(
        chromium,
        PLANTED
        + """
        const open = [await words(), !!(await blobHere(sha256)).data];
        const everything = await lying();
        await vault.lock();
        const closed = [await words(), !!(await blobHere(sha256)).data];
        const tried = await vault.unlock('258036');
        return [open, everything, closed, tried, await words()];
        """,
    )
    opened, everything, closed, said, again = answer
    assert opened == [OPEN, True]
    for word in ("萝卜", "量血压", "灯坏了", "写了一半", "照片里的字"):
        assert word not in everything
    assert closed == [[None, 0, [], 0, [""], []], False]
    assert said == {"open": True, "wait_ms": 0}
    assert again == OPEN


def test_the_search_finds_what_lies_in_the_open(chromium: Chromium) -> None:
    """The search above can find: before there is a vault everything lies as older versions kept it."""
    everything = run(
        chromium,
        """
        store.use(`${name}-older`);
        await store.setMeta({ chain: { device, n: 0, hash: null }, device: { id: device, person }, sync });
        await record([said('灯坏了')]);
        await store.putDraft(told('写了一半'), 1);
        return lying(`${name}-older`);
        """,
    )
    assert "灯坏了" in everything
    assert "写了一半" in everything


def test_wrong_pins_are_counted_before_they_are_tried_and_destroy_nothing(chromium: Chromium) -> None:
    answer = run(
        chromium,
        PLANTED
        + """
        await vault.lock();
        const tries = [];
        for (let i = 0; i < 4; i++) tries.push(await vault.unlock('111222'));
        const right = await vault.unlock('258036');
        const pauses = [1, 2, 3, 4, 5, 20].map(vault.pauseAfter);
        // Later; and with the clock set far ahead when the last one was tried, never longer than the count deserves.
        const { count } = await store.meta('tries');
        await store.setMeta({ tries: { count, until_ms: Date.now() + 1e12 } });
        const left = await vault.pauseLeft();
        await store.setMeta({ tries: { count, until_ms: 0 } });
        const then = await vault.unlock('258036');
        return [tries, right.open, pauses, count, left, then.open, await words(), (await store.meta('tries')).count];
        """,
    )
    tries, right, pauses, count, left, then, words, after = answer
    assert [each["open"] for each in tries] == [False] * 4
    assert [each["wait_ms"] > 0 for each in tries] == [False, False, True, True]
    assert right is False, "not even the right one while it waits"
    assert (count, after) == (3, 0)
    assert pauses == [0, 0, 30_000, 60_000, 120_000, 3_600_000]
    assert left == 30_000
    assert then is True
    assert words == OPEN


def test_what_is_written_while_locked_is_there_when_it_opens(chromium: Chromium) -> None:
    answer = run(
        chromium,
        PLANTED
        + """
        await settle(send, name);
        await vault.lock();
        const [edit] = await record([said('锁着写的')]);
        await store.putDraft(told('接着写', { changed: ['text'] }), 2);
        await store.putDraft(told('接着写完', { changed: ['text'] }), 3);
        await shut.keepNote(await vault.vaultNow(), '楼道灯', 4);
        await shut.keepForm(await vault.vaultNow(), '/field/x', { text: ['表'] }, 5);
        const everything = await lying();
        const wire = (await import('/static/phone/closing.js')).wired((await store.read({ e: { edit: edit.id } })).e);
        await vault.unlock('258036');
        const sent = [];
        await settle(async (path, data) => sent.push([path, data]), name, true);
        const left = await shut.shutNow(await vault.vaultNow());
        return [everything, Object.keys(wire), await words(), sent, left.length];
        """,
    )
    everything, wire, words, sent, left = answer
    for word in ("锁着写的", "接着写", "楼道灯", "表"):
        assert word not in everything
    assert wire == ["h", "sealed"]
    assert words[4] == ["灯坏了", "锁着写的"]
    assert sorted(words[5]) == ["接着写完", "楼道灯"]
    assert sent == [["/field/x", {"text": ["表"]}]]
    assert left == 0


OLDER = """
  const kinds = ['grid', 'building', 'household', 'resident', 'visit', 'door', 'aside'];
  const older = `${name}-older`;
  // A store as version 3 made it.
  await new Promise((done) => {
    const opening = indexedDB.open(older, 3);
    opening.onupgradeneeded = () => {
      const db = opening.result;
      for (const kind of kinds) {
        const rows = db.createObjectStore(kind, { keyPath: 'id' });
        rows.createIndex('scope', ['scope', 'part']);
        if (['household', 'resident', 'visit'].includes(kind)) rows.createIndex('parent', 'parent');
        if (kind === 'visit') rows.createIndex('at', 'at');
        for (let i = 0; i < 250; i++) {
          const id = `${kind}${i}`, household = `household${i}`;
          const row = { id, household, building: 'b', occurred_at_ms: i + 10, text: `旧话${kind}${i}` };
          rows.put({ id, scope, part: i % 5 ? 'live' : `p${i % 3}`, rev: i, parent: household, at: i + 10, row });
        }
      }
      const edits = db.createObjectStore('edit', { keyPath: ['device', 'n'] });
      edits.createIndex('id', 'id', { unique: true });
      for (const index of ['unsent', 'open', 'position', 'entity']) edits.createIndex(index, index);
      const draft = { key: 'visit:h1', values: { text: '旧稿' }, page: 'p', saved_ms: 1 };
      db.createObjectStore('draft', { keyPath: 'key' }).put(draft);
      db.createObjectStore('meta', { keyPath: 'k' });
      db.createObjectStore('blob', { keyPath: 'sha256' }).createIndex('todo', 'todo');
      const small = new TextEncoder().encode('旧小图').buffer;
      const photo = { sha256: 's', type: 'image/jpeg', bytes: 9, added_ms: 1, todo: 1, thumb: small };
      opening.transaction.objectStore('blob').put(photo);
      db.createObjectStore('blob_bytes').put(new TextEncoder().encode('旧照片').buffer, 's');
    };
    opening.onsuccess = () => { opening.result.close(); done(); };
  });
  store.use(older);
  await store.setMeta({ device: { id: device, person }, chain: { device, n: 0, hash: null }, sync, scopes: held });
  for (let i = 0; i < 3; i++) await record([said(`旧编辑${i}`)]);
  const found = async () => {
    const rows = Object.fromEntries(kinds.map((kind) => [kind, { kind }]));
    const all = await store.read({ ...rows, edits: { edits: 'all' }, drafts: { drafts: true } });
    const [one] = (await store.read({ v: { kind: 'visit', parent: 'household7' } })).v;
    const { data, thumb } = await blobHere('s');
    const read = (bytes) => bytes && new TextDecoder().decode(bytes);
    return {
      rows: kinds.map((kind) => all[kind].map(({ text }) => text).sort().join()),
      edits: all.edits.map(({ b }) => JSON.parse(b).text), drafts: all.drafts.map((d) => d.values.text),
      one: one.text, photo: [read(data), read(thumb)],
    };
  };
"""


def test_an_older_store_is_closed_after_the_first_pin_and_goes_on_where_it_was_cut(chromium: Chromium) -> None:
    answer = run(
        chromium,
        OLDER
        + """
        const before = await found();
        await vault.makeVault('258036', '', { rounds: 1000, idle_ms: 1e9 });
        // The browser ends the worker half way: every second transaction that would write fails from some point on.
        const real = IDBDatabase.prototype.transaction;
        let writes = 0;
        IDBDatabase.prototype.transaction = function (stores, mode, how) {
          if (mode === 'readwrite' && ++writes > 6) throw new DOMException('killed', 'AbortError');
          return real.call(this, stores, mode, how);
        };
        const cut = await settle(send, older).then(() => 'whole', (error) => error.name);
        IDBDatabase.prototype.transaction = real;
        const { settled } = await store.meta('vault');
        await settle(send, older);
        const db = await new Promise((done) => {
          const opening = indexedDB.open(older);
          opening.onsuccess = () => done(opening.result);
        });
        const open = [];
        const lies = (each) => each.row || each.b || each.values?.text || each instanceof ArrayBuffer;
        for (const kind of [...kinds, 'edit', 'draft', 'blob_bytes']) {
          const all = await new Promise((done) => {
            db.transaction(kind).objectStore(kind).getAll().onsuccess = ({ target }) => done(target.result);
          });
          open.push(...all.filter(lies).map(() => kind));
        }
        db.close();
        return [before, cut, settled, await found(), (await store.meta('vault')).settled, open];
        """,
    )
    before, cut, settled, after, whole, left = answer
    assert before["edits"] == ["旧编辑0", "旧编辑1", "旧编辑2"]
    assert before["photo"] == ["旧照片", "旧小图"]
    assert (cut, settled) == ("AbortError", False)
    assert after == before
    assert (whole, left) == (True, [])


def test_rows_that_move_from_bundle_to_bundle_are_there_once(chromium: Chromium) -> None:
    answer = run(
        chromium,
        """
        const row = (id) => ({ k: 'visit', id, rev: 1, row: { id, household: 'h1', occurred_at_ms: 5 } });
        await store.putPart(held, scope, 'aa', [home, row('v1'), row('v2')], ['aa']);
        const live = (rev, id, said) => ({ scope, k: 'visit', id, rev, row: said });
        const mended = { ...row('v2').row, text: '改了' };
        const rows = [live(3, 'v1', null), live(4, 'v3', row('v3').row), live(5, 'v2', mended)];
        await store.applyChange({ ...change, rows, scopes: held });
        const all = async () => (await store.read({ v: { kind: 'visit' } })).v;
        const texts = async () => (await all()).map(({ id, text }) => [id, text ?? null]);
        const first = await texts();
        // A new copy, in other parts; what came by itself meanwhile and is not in it goes.
        await store.putPart(held, scope, 'aa', [home, row('v2')], null);
        await store.putPart(held, scope, 'bb', [row('v4')], ['aa', 'bb']);
        const tx = await begin(['bundle', 'visit']);
        const counts = ['bundle', 'visit'].map((each) => tx.objectStore(each).count());
        const [bundles, places] = await Promise.all(counts);
        return [first, await texts(), bundles, places];
        """,
    )
    first, then, bundles, places = answer
    assert first == [["v2", "改了"], ["v3", None]]
    assert then == [["v2", None], ["v4", None]]
    assert (bundles, places) == (3, 2)


def test_two_that_write_rows_at_once_lose_nothing(chromium: Chromium) -> None:
    count = run(
        chromium,
        """
        const part = (n) => [0, 1, 2].map((i) => ({ ...home, id: `h${n}${i}`, row: { ...home.row, id: `h${n}${i}` } }));
        await Promise.all([0, 1, 2, 3].map((n) => store.putPart(held, scope, 'same', part(n), null)));
        return (await store.read({ h: { kind: 'household' } })).h.length;
        """,
    )
    assert count == 12


def test_a_pin_is_stretched_as_long_as_we_say(chromium: Chromium) -> None:
    """The key that wraps the data key is what PBKDF2 makes of the figures in so many rounds, and nothing less."""
    answer = run(
        chromium,
        """
        await vault.makeVault('739104', '');
        const { rounds, salt, wrapped, idle_ms } = await store.meta('vault');
        const bytes = (text) => new TextEncoder().encode(text);
        const typed = await crypto.subtle.importKey('raw', bytes('739104'), 'PBKDF2', false, ['deriveKey']);
        const opens = async (iterations) => {
          const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
          const key = await crypto.subtle.deriveKey(how, typed, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
          const given = { name: 'AES-GCM', iv: wrapped.slice(0, 12), additionalData: bytes('data key') };
          return crypto.subtle.decrypt(given, key, wrapped.slice(12)).then((raw) => raw.byteLength, () => 0);
        };
        const { key } = await store.meta('unlocked');
        return [rounds, salt.length, idle_ms, await opens(600_000), await opens(599_999), key.extractable];
        """,
    )
    assert answer == [600_000, 16, 300_000, 32, 0, False]


def test_a_passkeys_bytes_open_what_the_pin_opens_and_nothing_else_does(chromium: Chromium) -> None:
    """The same data key, wrapped once more under what HKDF makes of the bytes; the bytes themselves lie nowhere."""
    answer = run(
        chromium,
        PLANTED
        + """
        const { keepPasskey, openByPasskey, dropPasskey, passkeyNow } = await import('/static/phone/passkey.js');
        const { b64u } = await import('/static/phone/edit.js');
        const secret = new TextEncoder().encode('thirty-two bytes of a fingertip!');
        const made = { id: b64u(new Uint8Array(16)), salt: b64u(new Uint8Array(32).fill(7)), secret };
        const wrong = await keepPasskey('739104', made);
        const none = [await passkeyNow(), await openByPasskey(secret)];
        await keepPasskey('258036', made);
        const asked = await passkeyNow();
        const everything = await lying();
        await vault.lock();
        const other = await openByPasskey(new Uint8Array(32));
        const shutThen = await vault.isShut();
        const opened = await openByPasskey(secret);
        const read = await words();
        await dropPasskey();
        await vault.lock();
        const dropped = [await passkeyNow(), await openByPasskey(secret), (await vault.unlock('258036')).open];
        const found = everything.includes('of a fingertip');
        return [wrong.open, none, asked, found, other, shutThen, opened, read, dropped];
        """,
    )
    wrong, none, asked, found, other, shut_then, opened, read, dropped = answer
    assert (wrong, none) == (False, [None, False])
    assert asked == {"id": "A" * 22, "salt": "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"}
    assert found is False
    assert (other, shut_then, opened) == (False, True, True)
    assert read == OPEN
    assert dropped == [None, False, True]


def test_what_was_said_for_the_station_alone_is_closed_for_the_server_alone(chromium: Chromium) -> None:
    """The phone keeps what came of the visit; the words travel closed, open phone or not, and two taps are one."""
    answer = run(
        chromium,
        """
        const { wired } = await import('/static/phone/closing.js');
        const body = { household: 'h1', occurred_at_ms: 60001, result: 'met' };
        const apart = { text: '只说给站长', who_met: '林伯', asks: { repair: '修门' }, private: true };
        const visit = (more) => ({ kind: 'visit.recorded', grid, over: {}, body: { ...body, ...more } });
        const ids = ['1', '2'].map((end) => `019a0b1c-0000-7000-8000-00000000e00${end}`);
        const tapped = async () => record([{ id: ids[0], entity: ids[0], ...visit(apart) }]);
        await tapped();
        await tapped();
        await record([{ id: ids[1], entity: ids[1], ...visit({ text: '说给大家' }) }]);
        const { edits } = await store.read({ edits: { edits: 'all' } });
        const travels = edits.map((edit) => Object.keys(wired(edit)).join());
        const rest = edits.map(({ b }) => JSON.parse(b));
        const again = (await store.read({ edits: { edits: 'all' } })).edits.length;
        await vault.lock();
        await vault.unlock('258036');
        const later = (await store.read({ edits: { edits: 'all' } })).edits.map(({ b, s }) => b + s);
        const said_of = ["只说给站长", "林伯", "修门"];
        return [travels, rest, again, later.map((all) => said_of.filter((word) => all.includes(word)))];
        """,
    )
    travels, rest, again, later = answer
    assert travels == ["h,sealed", "h,s,b"]
    kept = {"household": "h1", "occurred_at_ms": 60001, "result": "met"}
    assert rest == [{**kept, "private": True}, {**kept, "text": "说给大家"}]
    assert again == 2
    assert later == [[], []]


def test_what_opens_the_pages_is_made_once_however_many_want_it_at_once(chromium: Chromium) -> None:
    """The server goes on with the first that it was told: a second would shut the phone out of its grid."""
    made, kept = run(
        chromium,
        """
        const { openerNow } = await import('/static/phone/opener.js');
        await store.setMeta({ opener: null });  // as a link leaves it
        const made = await Promise.all(Array.from({ length: 20 }, openerNow));
        const { sealed } = await store.meta('opener');
        return [made, await vault.openValue(await vault.vaultNow(), sealed, 'opener')];
        """,
    )
    assert set(made) == {kept}


def test_what_a_link_took_away_is_not_noted_as_told(chromium: Chromium) -> None:
    """An exchange that was under way ends after the link: what it notes must leave the phone able to make another."""
    told, secret = run(
        chromium,
        """
        const { noteOpener, openerNow } = await import('/static/phone/opener.js');
        await openerNow();
        await store.setMeta({ opener: null });
        await noteOpener();
        return [await store.meta('opener'), await openerNow()];
        """,
    )
    assert told is None
    assert secret
