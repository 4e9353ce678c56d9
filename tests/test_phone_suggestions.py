"""What could be easier, said on a phone: from the foot of a page and back, also while locked. In real Chromium."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.chromium import Chromium
from tests.test_phone_gone import gone

pytestmark = pytest.mark.browser

HELD = """
  const scope = `grid:${grid}`, held = [{ scope, name: '第三网格', generation: 1, cursor: 8 }];
  const home = '019a9f00-0000-7000-8000-0000000000aa';
  const row = (k, id, more) => ({ k, id, rev: 1, row: { id, ...more } });
  const rows = [
    row('grid', grid, { name: '第三网格', community: 'c', community_name: '榆桥社区', utc_offset_min: 480 }),
    row('building', 'b1', { quarters: '槐安小区', name: '3幢', sort: 1, kind: 'block' }),
    row('household', home, { building: 'b1', room: '501', kind: 'home' })];
  const foot = (made) => drawn(made).querySelector('.easier a')?.getAttribute('href') ?? null;
  const inputs = (made) => [...drawn(made).querySelectorAll('form#suggestion [name]')];
  const fields = (made) => Object.fromEntries(inputs(made).map(({ name, value }) => [name, value]));
  const plain = ({ kind, grid, unsent, b, entity, id }) =>
    ({ kind, grid, unsent: !!unsent, own: entity === id, body: b ? JSON.parse(b) : null });
  const edits = async () => (await store.read({ all: { edits: 'all' } })).all.map(plain);
"""


def told(chromium: Chromium, body: str) -> Any:
    """Run on a phone that was registered."""
    return gone(chromium, HELD + body)


def test_a_worker_says_it_from_a_home_offline_and_is_back_there(chromium: Chromium) -> None:
    said = told(
        chromium,
        """
        await store.putPart(held, scope, 'a', rows, ['a']);
        const link = foot(await ask(`/field/households/${home}?all=1`));
        const opened = await ask(link);
        const form = fields(opened);
        const half_of = drawn(opened).querySelector('form#suggestion').dataset.draft;
        await store.putDraft({ key: half_of, values: { ...form, text: '写到一半' }, page: 'p', untouched: false }, 1);
        const again = fields(await ask(link));
        const half = drawn(await ask('/field/')).querySelector('.half')?.innerText ?? '';
        const empty = await ask('/field/suggestions', { ...form, text: ' ' });
        const sent = await ask('/field/suggestions', { ...form, text: '电话一点就拨' });
        const twice = await ask('/field/suggestions', { ...form, text: '电话一点就拨' });
        const back = await ask(sent.to);
        const { all: drafts } = await store.read({ all: { drafts: true } });
        return { link, form, half_of, again: again.text, half, empty: [empty.status, words(empty)],
          to: [sent.to, twice.to], saved: sent.saved, back: words(back), foot: foot(back), none: foot(opened),
          outbox: words(await ask('/field/outbox')), edits: await edits(),
          drafts: drafts.map(({ key }) => key), home, grid };
        """,
    )
    home, id_ = f"/field/households/{said['home']}?all=1", said["form"]["id"]
    assert parse_qs(urlsplit(said["link"]).query) == {"page": ["household"], "back": [home]}
    assert said["form"] == {"id": id_, "grid": said["grid"], "page": "household", "back": home, "text": ""}
    assert (said["half_of"], said["again"]) == ("suggestion:household", "写到一半")
    assert "一句建议" in said["half"]
    assert said["empty"][0] == 422
    assert "写上一句再记" in said["empty"][1]
    assert said["to"] == [f"{home}&suggested={id_}"] * 2
    assert said["saved"] is True
    assert "建议记下了。 已存手机" in said["back"]
    assert (said["foot"], said["none"]) == (said["link"], None)
    assert "提了一条建议" in said["outbox"]
    assert "电话一点就拨" in said["outbox"]
    body = {"text": "电话一点就拨", "page": "household"}
    one = {"kind": "suggestion.made", "grid": said["grid"], "unsent": True, "own": True, "body": body}
    assert said["edits"] == [one], "sent twice it is said once, and no address goes with it"
    assert said["drafts"] == []


def test_a_locked_phone_and_one_whose_grid_still_comes_take_it(chromium: Chromium) -> None:
    said = told(
        chromium,
        """
        const { lock, unlock } = await import('/static/phone/vault.js');
        await store.setMeta({ scopes: [{ ...held[0], cursor: null }] });
        const form = fields(await ask('/field/suggestions/new?page=outbox&back=/field/outbox'));
        const early = await ask('/field/suggestions', { ...form, grid: '', text: '下得再快点' });
        const then = fields(await ask('/field/suggestions/new?page=outbox&back=/field/outbox'));
        await lock();
        const shut = await ask('/field/suggestions', { ...then, text: '锁着也要能写' });
        const closed = (await edits()).length;
        await unlock('258036');
        return { early: early.to, shut: shut.to, closed, id: form.id, edits: await edits(), grid };
        """,
    )
    assert said["early"] == f"/field/outbox?suggested={said['id']}"
    assert (said["shut"], said["closed"]) == ("/field/?kept=edit", 2)
    assert [edit["body"]["text"] for edit in said["edits"]] == ["下得再快点", "锁着也要能写"]
    assert {edit["grid"] for edit in said["edits"]} == {said["grid"]}
