"""A phone from which a home, a grid or every grid has gone: what was written on it stays in reach. In real Chromium."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chromium import Chromium
from tests.test_phone_store import run

pytestmark = pytest.mark.browser

ROUTES = """
  const { answer } = await import('/static/phone/routes.js');
  const { makeKey, publicKeyText } = await import('/static/phone/edit.js');
  const key = await makeKey();
  const own = { id: device, person, key, label: '', utc_offset_min: 480 };
  await store.setMeta({ device: own, sync: { ...sync, last_success_ms: 1 } });
  const seal = await publicKeyText(key.publicKey);
  const ask = async (path, form) => {
    const url = new URL(path, location.origin);
    const body = form && new URLSearchParams(form);
    const request = new Request(url, { ...(form && { method: 'POST', body }) });
    return answer(request, url, { version: 'test', seal, waiting: false });
  };
  const drawn = (made) => new DOMParser().parseFromString(made.html, 'text/html');
  const words = (made) => drawn(made).querySelector('#main').innerText;
"""


def gone(chromium: Chromium, body: str) -> Any:
    """Run on a phone that was registered and has exchanged, and holds no grid yet."""
    return run(chromium, ROUTES + body)


def test_a_worker_without_any_grid_keeps_outbox_capsule_and_settings(chromium: Chromium) -> None:
    told = gone(
        chromium,
        """
        await record([said('没送出去的')]);
        const today = words(await ask('/field/'));
        const outbox = words(await ask('/field/outbox'));
        const { file } = await ask('/field/outbox/capsule');
        const { to } = await ask('/field/settings', { lang: 'en' });
        const more = words(await ask('/field/more')), carry = words(await ask('/field/carry'));
        return { today, outbox, file: JSON.parse(file.text).sifang, to, more, carry };
        """,
    )
    assert "眼下没有网格归您管" in told["today"]
    assert "1 条没送到" in told["today"]
    assert "没送出去的" in told["outbox"]
    assert (told["file"], told["to"]) == ("capsule", "/field/more")
    assert "Version" in told["more"]
    assert told["carry"]


def test_a_phone_whose_grid_still_comes_answers_for_itself_alone(chromium: Chromium) -> None:
    told = gone(
        chromium,
        """
        const pending = { generation: 1, cursor: 1, parts: [{ sha256: 'a' }, { sha256: 'b' }], done: [] };
        await store.setMeta({ scopes: [{ scope: `grid:${grid}`, name: '', generation: 1, cursor: null, pending }] });
        await record([said('没送出去的')]);
        const pages = ['/field/', '/field/doors', '/field/outbox', '/field/more', '/field/carry'];
        return Promise.all(pages.map(async (path) => !!(await ask(path))));
        """,
    )
    assert told == [False, False, True, True, True]


HOME, VISIT, RESIDENT = (f"019a0b1c-0000-7000-8000-00000000{end}" for end in ("e901", "f001", "7001"))
MOVED = f"""
  const home = '{HOME}', told = '{VISIT}', who = '{RESIDENT}', scope = `grid:${{grid}}`;
  const held = [{{ scope, name: '第三网格', generation: 1, cursor: 9 }}];
  const row = (k, id, more) => ({{ k, id, rev: 1, row: {{ id, ...more }} }});
  await store.putPart(held, scope, 'aa', [
    row('grid', grid, {{ name: '第三网格', quarters: '槐安小区', utc_offset_min: 480 }}),
    row('building', 'b3', {{ quarters: '槐安小区', name: '3幢', sort: 3, kind: 'block' }}),
    row('household', home, {{ building: 'b3', entrance: '2', floor: 4, room: '402', kind: 'home', facts: {{}} }}),
    row('visit', told, {{ household: home, occurred_at_ms: 1795060000000, mode: 'door', result: 'met', text: '旧' }}),
    row('resident', who, {{ household: home, facts: {{}}, tags: {{}} }}),
  ], ['aa']);
  const form = async (path) => {{
    const found = drawn(await ask(path)).querySelector('main form[data-draft]');
    const values = Object.fromEntries(new FormData(found));
    return {{ values, key: found.dataset.draft, action: found.getAttribute('action') }};
  }};
  const keep = ({{ key, values }}, more) =>
    store.putDraft({{ key, values: {{ ...values, ...more }}, page: 'p', untouched: false }}, 1795060000000);
  const redrawn = async () => {{
    const rows = ['household', 'building', 'visit', 'resident'].map((k) => ({{ scope, k, rev: 9, row: null }}));
    const ids = [home, 'b3', told, who];
    const {{ round }} = await store.meta('sync');
    const left = rows.map((each, i) => ({{ ...each, id: ids[i] }}));
    await store.applyChange({{ ...change, round, rows: left, scopes: held }});
  }};
  const edits = async () => (await store.read({{ all: {{ edits: 'all' }} }})).all.map((edit) => {{
    const {{ kind, entity, grid, door, h, b }} = edit;
    return {{ kind, entity, grid, door, over: JSON.parse(h).over, body: JSON.parse(b) }};
  }});
"""


def moved(chromium: Chromium, body: str) -> Any:
    """Run on a phone that holds 3-2-402; `redrawn()` gives its building to another grid."""
    return gone(chromium, MOVED + body)


def test_a_form_whose_home_has_gone_is_kept_as_an_edit(chromium: Chromium) -> None:
    told = moved(
        chromium,
        """
        const visit = await form(`/field/households/${home}/visits/new`);
        await keep(visit, { text: '写到一半' });
        await redrawn();
        const answered = await ask(visit.action, { ...visit.values, result: 'met', text: '写完了' });
        const drafts = await store.draftsSince(0);
        return { to: answered.to, drafts, edits: await edits(), outbox: words(await ask('/field/outbox')) };
        """,
    )
    edit = told["edits"][0]
    assert (told["to"], told["drafts"], len(told["edits"])) == ("/field/outbox", 0, 1)
    assert (edit["kind"], edit["grid"]) == ("visit.recorded", "019a0b1c-0000-7000-8000-00000000c003")
    assert (edit["body"]["household"], edit["body"]["text"]) == (HOME, "写完了")
    assert "3-2-402，见到人" in told["outbox"]


def test_half_written_forms_of_a_home_that_has_gone_are_told_sent_and_dropped(chromium: Chromium) -> None:
    told = moved(
        chromium,
        """
        const paths = [`/field/households/${home}/visits/new`, `/field/visits/${told}/corrections/new`,
          `/field/households/${home}/residents/new`, `/field/households/${home}/facts?field=note`,
          `/field/residents/${who}/facts?field=tags`, '/field/households/new?building=b3'];
        const [visit, correction, resident, note, tags, door] = await Promise.all(paths.map(form));
        await keep(visit, { text: '灯坏了' });
        await keep(correction, { text: '改成这样' });
        await keep(resident, { name: '马师傅' });
        await keep(note, { value: '钥匙在对门' });
        await keep(tags, { tags: ['veteran'] });
        await keep(door, { room: '999', building: 'b3' });
        const before = words(await ask('/field/outbox'));
        await redrawn();
        const outbox = words(await ask('/field/outbox'));
        const post = (key, more) => ask('/field/outbox/drafts', { draft: key, ...more });
        // Nobody chose a result: the form opens with all that was written, and stands where it stood.
        const asked = await post(visit.key);
        const mended = drawn(asked).querySelector('form[data-draft]');
        const opened = await form(paths[0]);
        const keys = [correction, resident, note, tags].map(({ key }) => key);
        for (const key of keys) await post(key);
        const dropped = await post(door.key, { drop: 'yes' });
        await ask(visit.action, { ...opened.values, result: 'no_answer' });
        const left = await store.draftsSince(0);
        const { text, grid: ofForm } = Object.fromEntries(new FormData(mended));
        const back = { status: asked.status, text, grid: ofForm };
        return { before, outbox, back, opened: opened.values, dropped: dropped.to, left, edits: await edits() };
        """,
    )
    assert "写了一半的" not in told["before"]
    for words in ("灯坏了", "改成这样", "马师傅", "钥匙在对门", "加“退役军人”", "3-2-402", "槐安小区3幢-999"):
        assert words in told["outbox"], words
    assert told["back"] == {"status": 422, "text": "灯坏了", "grid": "019a0b1c-0000-7000-8000-00000000c003"}
    assert (told["opened"]["text"], told["opened"]["door"]) == ("灯坏了", "3-2-402")
    kinds = ["visit.corrected", "resident.added", "household.stated", "resident.tagged", "visit.recorded"]
    assert [edit["kind"] for edit in told["edits"]] == kinds
    corrected, _, stated, tagged, _ = told["edits"]
    assert (corrected["entity"], corrected["over"], corrected["body"]["household"]) == (
        VISIT,
        {"revision": [VISIT]},
        HOME,
    )
    assert (stated["entity"], tagged["entity"]) == (HOME, RESIDENT)
    assert {edit["grid"] for edit in told["edits"]} == {"019a0b1c-0000-7000-8000-00000000c003"}
    assert {edit["door"] for edit in told["edits"]} == {"3-2-402"}
    assert (told["dropped"], told["left"]) == ("/field/outbox", 0)


def test_a_door_added_to_a_building_that_has_gone_is_kept(chromium: Chromium) -> None:
    told = moved(
        chromium,
        """
        const block = '019a0b1c-0000-7000-8000-00000000b003';
        const three = row('building', block, { quarters: '槐安小区', name: '5幢', sort: 5, kind: 'block' });
        await store.putPart(held, scope, 'bb', [three], null);
        const door = await form(`/field/households/new?building=${block}`);
        await keep(door, { room: '999' });
        const { round } = await store.meta('sync');
        const rows = [{ scope, k: 'building', id: block, rev: 9, row: null }];
        await store.applyChange({ ...change, round, rows, scopes: held });
        const again = await form(`/field/households/new?building=${block}`);
        const { to } = await ask('/field/outbox/drafts', { draft: door.key });
        return { again: again.values, to, edits: await edits() };
        """,
    )
    assert (told["again"]["building"], told["again"]["room"]) == ("019a0b1c-0000-7000-8000-00000000b003", "999")
    assert told["to"] == "/field/outbox"
    assert (told["edits"][0]["body"]["building"], told["edits"][0]["door"]) == (
        told["again"]["building"],
        "槐安小区5幢",
    )


def test_a_fact_of_a_home_that_has_gone_leads_away_from_its_row(chromium: Chromium) -> None:
    told = moved(
        chromium,
        """
        const note = await form(`/field/households/${home}/facts?field=note`);
        await redrawn();
        const url = new URL(note.action, location.origin);
        const headers = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' };
        const body = new URLSearchParams({ ...note.values, value: '狗会叫' });
        const request = new Request(url, { method: 'POST', headers, body });
        const { to, away } = await answer(request, url, { version: 'test', seal, waiting: false });
        return { to, away, kinds: (await edits()).map(({ kind }) => kind) };
        """,
    )
    assert told == {"to": "/field/outbox", "away": True, "kinds": ["household.stated"]}


def test_what_is_written_about_a_home_that_never_was_here_is_no_edit(chromium: Chromium) -> None:
    told = moved(
        chromium,
        """
        const other = '019a0b1c-0000-7000-8000-00000000e999', quick = { quick: 'no_answer' };
        const pending = { generation: 1, cursor: 1, parts: [{ sha256: 'a' }], done: [] };
        const coming = { scope: 'grid:019a0b1c-0000-7000-8000-00000000c009', name: '', generation: 1, cursor: null };
        await store.setMeta({ scopes: [...held, { ...coming, pending }] });
        const { status } = await ask(`/field/households/${other}/visits`, quick);
        // A grid that still comes: the server, which drew the page, takes the form.
        const late = { ...quick, grid: '019a0b1c-0000-7000-8000-00000000c009', door: '9-1-101', household: other };
        const { arriving } = await ask(`/field/households/${other}/visits`, late);
        return { status, arriving, edits: (await edits()).length };
        """,
    )
    assert told == {"status": 404, "arriving": True, "edits": 0}


def test_a_button_for_a_piece_of_a_home_that_has_gone_gets_the_whole_page_in_plain_words(chromium: Chromium) -> None:
    told = moved(
        chromium,
        """
        const note = await form(`/field/households/${home}/facts?field=note`);
        await keep(note, { value: '写了一半' });
        await redrawn();
        const url = new URL(note.action, location.origin);
        const headers = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' };
        const body = new URLSearchParams({ field: 'phone', value: '1', over: '' });
        const app = { version: 'test', seal, waiting: false };
        const pressed = await answer(new Request(url, { method: 'POST', headers, body }), url, app);
        const opened = await answer(new Request(url, { headers }), url, app);
        const shown = [pressed, opened].map((made) => [made.status, made.whole, words(made)]);
        return { shown, drafts: await store.draftsSince(0), edits: (await edits()).length };
        """,
    )
    assert [(status, whole) for status, whole, _ in told["shown"]] == [(404, True)] * 2
    assert all("手机里没有这一户。" in words and "去楼栋里找" in words for *_, words in told["shown"])
    assert (told["drafts"], told["edits"]) == (1, 0)
