"""What asks became, at the desk: found by what one asks for, moved on with a word, and nobody's outside one's grids."""

from __future__ import annotations

import re
from typing import Any

import pytest

from server.views import items as views
from sync.rules import item as rules
from tests.desk.conftest import Desk, sign_in, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def ask(phone: Phone, station: Station, door: str = "陈奶奶", **said: Any) -> str:
    """A need from a visit, unless something else is said; returns its id."""
    source = await visit(phone, station, door, asks={"need": "想有人陪去量血压"})
    body = {"kind": "need", "text": "想有人陪去量血压", "occurred_at_ms": station.now_ms, "household": station[door]}
    made = phone.make("item.raised", {**body, "source_visit": source, **said})
    await phone.exchange()
    return made.header.id


async def press(desk: Desk, station: Station, item: str, to: str, note: str = "", **more: str) -> str:
    """One of an item's buttons; answers the page that follows."""
    address = f"/desk/items/{station['第三网格']}/{item}"
    hidden = dict(re.findall(r'name="(seen|edit)" value="([^"]*)"', (await desk.get(address)).text))
    answer = await desk.post(f"{address}/moves", {**hidden, "to": to, "note": note, **more})
    assert answer.status_code == 303, answer.text
    return words(await desk.get(answer.headers["location"]))


def test_pages_know_the_same_ways_as_the_rules() -> None:
    assert {kind: {at: tuple(to) for at, to in ways.items()} for kind, ways in views.WAYS.items()} == rules.WAYS
    assert set(views.LEADERS) == rules.LEADERS
    assert (views.CLOSED, views.RATINGS) == (rules.CLOSED, rules.RATINGS)


async def test_a_need_is_found_matched_with_a_word_and_met(desk: Desk, station: Station, zhao: Phone) -> None:
    item = await ask(zhao, station)
    listed = words(await desk.get("/desk/items"))
    assert "1 件还没办完。" in listed
    assert "想有人陪去量血压" in listed
    page = words(await desk.get(f"/desk/items/{station['第三网格']}/{item}"))
    assert "看那次走访" in page
    moved = await press(desk, station, item, "matched", "社区医院每周三来")
    assert "记下了。" in moved
    assert "对上资源了" in moved
    assert "社区医院每周三来" in moved
    await zhao.exchange()
    assert zhao.row("item", item)["state"] == "matched"
    assert "需求 ，对上资源了" in words(await desk.get(f"/desk/households/{station['第三网格']}/{station['陈奶奶']}"))
    assert "办好了" in await press(desk, station, item, "done")
    assert "0 件还没办完。" in words(await desk.get("/desk/items"))
    assert "想有人陪去量血压" in words(await desk.get("/desk/items?state=done&kind=need"))
    assert "没有这样的事。" in words(await desk.get("/desk/items?state=all&kind=proposal"))
    assert await station.refolds()


async def test_a_step_from_a_page_that_is_old_changes_nothing_and_says_so(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    item = await ask(zhao, station)
    await press(desk, station, item, "matched")
    assert "没改：刚才别人已经动过" in await press(desk, station, item, "done", seen=item)
    assert "没改：现在走不到那一步" in await press(desk, station, item, "agreed_oral")
    assert "附的话最多 500 个字" in await press(desk, station, item, "done", "字" * 501)
    await zhao.exchange()
    assert [told.get("why") for told in zhao.row("item", item)["story"]] == [None, "stale"]


async def test_a_phones_step_waits_for_a_leader_where_it_is_theirs(station: Station, zhao: Phone) -> None:
    item = await ask(zhao, station)
    zhao.make("item.moved", {"to": "matched"}, entity=item, over={"step": [item]})
    zhao.make("item.moved", {"to": "done"}, entity=item, over={"step": [item]})
    outcomes = (await zhao.exchange())["outcomes"]
    assert [each.get("reason") for each in outcomes] == ["needs_decision", None]
    await zhao.exchange()
    assert zhao.row("item", item)["state"] == "done"


async def test_items_of_other_grids_are_nowhere(station: Station, zhao: Phone, sun: Phone) -> None:
    item = await ask(zhao, station)
    leader = await sign_in(station, "李网格长")
    mine, other = station["第三网格"], station["第四网格"]
    assert (await leader.get(f"/desk/items/{other}/{item}")).status_code == 404
    assert (await leader.post(f"/desk/items/{other}/{item}/moves", {"to": "done"})).status_code == 404
    assert item in (await leader.get(f"/desk/items/{mine}/{item}")).text
    await sun.exchange()
    assert ("item", item) not in sun.rows


async def test_a_mediation_of_no_home_keeps_each_telling(desk: Desk, station: Station, zhao: Phone) -> None:
    body = {"kind": "mediation", "text": "楼上楼下为漏水吵", "occurred_at_ms": station.now_ms}
    item = zhao.make("item.raised", {**body, "record": {"parties": "301、401"}}).header.id
    zhao.make("item.told", {"note": "听了两家", "record": {"parties": "301、401", "requests": "赔墙面"}}, entity=item)
    zhao.make("item.told", {"note": "一起去看了现场"}, entity=item)
    await zhao.exchange()
    page = words(await desk.get(f"/desk/items/{station['第三网格']}/{item}"))
    for said in ("楼上楼下为漏水吵", "赔墙面", "听了两家", "一起去看了现场"):
        assert said in page
    assert "楼上楼下为漏水吵" in words(await desk.get("/desk/items?kind=mediation"))
    assert await station.refolds()
