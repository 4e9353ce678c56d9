"""Whistles at the desk: from the grid to the committee, to a department and back, each seeing what is theirs."""

from __future__ import annotations

import re
from typing import Any

import pytest

from server.localtime import local_iso
from server.text import moment
from server.views import whistles as views
from sync.rules import whistle_ways as rules
from tests.desk.conftest import Desk, sign_in, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

HOUR_MS = 3_600_000


def told_at(station: Station, at_ms: int) -> str:
    """A moment as the desk's lists say it."""
    return moment("zh", local_iso(at_ms, station.settings.utc_offset_min))


async def people(station: Station) -> tuple[Desk, Desk, Desk]:
    """Dispatcher 小梅, and one each of the departments 消防 and 物业."""
    for name in ("消防", "物业"):
        await station.add(name, "department.added", {"name": name, "community": station["community"]})
    known = {"community": station["community"], "grids": []}
    await station.add("小梅", "person.added", {"name": "小梅", "role": "dispatcher", **known})
    for name, department in (("老魏", "消防"), ("小何", "物业")):
        body = {"name": name, "role": "dept_handler", "department": station[department], **known}
        await station.add(name, "person.added", body)
    return await sign_in(station, "小梅"), await sign_in(station, "老魏"), await sign_in(station, "小何")


async def blow(phone: Phone, station: Station, **said: Any) -> str:
    """A whistle from a stairwell; returns its id."""
    source = await visit(phone, station, "陈奶奶", asks={"difficulty": "楼道飞线"})
    body = {"title": "楼道飞线充电", "text": "五辆车，夜里也充", "occurred_at_ms": station.now_ms}
    body |= {"household": station["陈奶奶"], "source_of": "visit", "source": source, "category": "W08"}
    made = phone.make("whistle.raised", {**body, **said})
    await phone.exchange()
    return made.header.id


def at(station: Station, whistle: str) -> str:
    return f"/desk/whistles/{station['第三网格']}/{whistle}"


async def press(desk: Desk, address: str, to: str, note: str = "", **more: Any) -> str:
    """One of a whistle's buttons; answers the page that follows."""
    hidden = dict(re.findall(r'name="(seen|edit|first)" value="([^"]*)"', (await desk.get(address)).text))
    to_where = "dispatches" if to == "dispatched" else "moves"
    answer = await desk.post(f"{address}/{to_where}", {**hidden, "to": to, "note": note, **more})
    assert answer.status_code == 303, answer.text
    return words(await desk.get(answer.headers["location"]))


def sent_to(station: Station, department: str) -> dict[str, Any]:
    return {"department": station[department], "level": "3", "urgency": "urgent", "category": "W08"}


def test_pages_know_the_same_ways_as_the_rules() -> None:
    ways: dict[str, dict[str, tuple[str, ...]]] = {}
    for arrow in rules.ARROWS:
        ways.setdefault(arrow.at, {})[arrow.to] = arrow.who
    assert ways == views.WAYS
    assert set(views.NOTED) == {arrow.to for arrow in rules.ARROWS if arrow.must == rules.NOTE}
    assert (views.HANDLED, views.PROVED, views.OVER) == (rules.HANDLED, rules.PROVED, rules.OVER)


async def test_from_the_stairwell_to_a_department_and_back_everybody_sees_every_step(
    station: Station, desk: Desk, leader: Desk, zhao: Phone
) -> None:
    mei, wei, he = await people(station)
    whistle = await blow(zhao, station)
    page = at(station, whistle)
    assert "1 件吹哨等您" in words(await mei.get("/desk/whistles"))
    assert (await wei.get(page)).status_code == 404, "not theirs yet"
    assert "走了一步" in await press(mei, page, "dispatched", **sent_to(station, "物业"))
    assert "1 件吹哨等您" in words(await he.get("/desk/whistles"))
    assert "这一步要说一句" in await press(he, page, "returned")
    assert "走了一步" in await press(he, page, "returned", "要先请消防来看")
    assert "要先请消防来看" in await press(mei, page, "dispatched", "物业一起", **sent_to(station, "消防"))
    assert (await he.get(page)).status_code == 404, "theirs no more"
    for to, note in (("accepted", ""), ("in_progress", ""), ("resolved", "线剪了，装了充电桩")):
        told = await press(wei, page, to, note)
        assert "走了一步" in told
    assert "线剪了，装了充电桩" in await press(leader, page, "verifying")
    await zhao.exchange()
    step = zhao.row("whistle", whistle)["step"]
    zhao.make("whistle.moved", {"to": "revisit"}, entity=whistle, over={"step": [step]})
    await zhao.exchange()
    assert "满意" in await press(leader, page, "closed", rating="satisfied")
    await zhao.exchange()
    row = zhao.row("whistle", whistle)
    assert row["state"] == "closed"
    assert [told["to"] for told in row["story"]] == [
        *("responded", "dispatched", "returned", "responded", "dispatched"),
        *("accepted", "in_progress", "resolved", "verifying", "revisit", "closed"),
    ]
    (kept,) = await station.rows("SELECT first_owner, returns, dispatched_ms, urgency, category, level FROM whistle")
    assert tuple(kept) == (station["赵敏"], 1, station.now_ms, "urgent", "W08", 3)
    assert await station.refolds()


async def test_who_is_late_changes_nothing_and_is_told_so(station: Station, desk: Desk, zhao: Phone) -> None:
    mei, _, _ = await people(station)
    whistle = await blow(zhao, station)
    page = at(station, whistle)
    hidden = dict(re.findall(r'name="(seen|edit)" value="([^"]*)"', (await desk.get(page)).text))
    await press(mei, page, "responded")
    answer = await desk.post(f"{page}/moves", {**hidden, "to": "invalid", "note": "看不清"})
    told = words(await desk.get(answer.headers["location"]))
    assert "别人先走了一步" in told
    assert "看不清" in told
    assert "社工委已响应" in told


async def test_a_resident_is_reached_by_a_department_only_where_they_agreed(
    station: Station, leader: Desk, zhao: Phone
) -> None:
    mei, wei, _ = await people(station)
    stated = {"facts": {"phone": "000-0000-0001"}}
    zhao.make("household.stated", stated, entity=station["陈奶奶"])
    for consent, seen in ((False, False), (True, True)):
        page = at(station, await blow(zhao, station, **({"consent": True} if consent else {})))
        await press(mei, page, "dispatched", **sent_to(station, "消防"))
        told = words(await wei.get(page))
        assert ("000-0000-0001" in told) == seen
        assert ("陈奶奶" in told) == seen
        assert "000-0000-0001" in words(await leader.get(page))


async def test_a_word_is_asked_and_answered_and_a_helping_department_reads_it(station: Station, zhao: Phone) -> None:
    mei, wei, he = await people(station)
    whistle = await blow(zhao, station)
    page = at(station, whistle)
    await press(mei, page, "dispatched", **sent_to(station, "消防"), supporting=[station["物业"]])
    answer = await wei.post(f"{page}/tellings", {"note": "几号楼？"})
    assert "记下了" in words(await wei.get(answer.headers["location"]))
    assert "几号楼？" in words(await he.get(page))
    assert not re.search(r'name="to" value="accepted"', (await he.get(page)).text), "the lead takes the steps"
    await zhao.exchange()
    assert zhao.row("whistle", whistle)["story"][-1]["note"] == "几号楼？"


async def test_one_click_makes_an_item_a_whistle_and_its_author_owns_it(
    station: Station, desk: Desk, zhao: Phone
) -> None:
    body = {"kind": "problem", "text": "东门井盖缺失\n放了椅子挡", "occurred_at_ms": station.now_ms}
    item = zhao.make("item.raised", {**body, "household": station["陈奶奶"]}).header.id
    await zhao.exchange()
    address = f"/desk/items/{station['第三网格']}/{item}"
    form = re.search(r'name="item" value="([^"]*)"><input type="hidden" name="edit" value="([^"]*)"',
                     (await desk.get(address)).text)  # fmt: skip
    assert form is not None
    for _ in range(2):
        answer = await desk.post("/desk/whistles", {"item": form[1], "edit": form[2]})
        assert answer.status_code == 303
    (row,) = await station.rows("SELECT title, first_owner, author, source FROM whistle")
    assert tuple(row) == ("东门井盖缺失", station["赵敏"], station["master"], item)
    assert "已经吹哨了" in words(await desk.get(address))


async def test_one_is_merged_with_another_and_asked_for_again(station: Station, desk: Desk, zhao: Phone) -> None:
    first, second = await blow(zhao, station), await blow(zhao, station, title="飞线又有了")
    told = await press(desk, at(station, second), "merged", dup_of=first)
    assert "并到另一件了" in told
    assert "也吹过：飞线又有了" in words(await desk.get(at(station, first)))
    assert "已吹哨" in await press(desk, at(station, second), "reported", "不是一回事")
    assert "也吹过" not in words(await desk.get(at(station, first)))


async def test_a_department_has_its_time_which_stands_still_while_it_waits_for_others(
    station: Station, zhao: Phone
) -> None:
    mei, wei, _ = await people(station)
    whistle = await blow(zhao, station)
    page = at(station, whistle)
    begun_ms = station.now_ms
    await press(mei, page, "dispatched", **sent_to(station, "消防"))
    assert f"期限 {told_at(station, begun_ms + 24 * HOUR_MS)}前" in words(await wei.get(page)), "urgent: a day"
    station.now_ms = begun_ms + 20 * HOUR_MS
    wei = await sign_in(station, "老魏")
    assert "快到了" in words(await wei.get("/desk/whistles"))
    for to, note in (("accepted", ""), ("in_progress", ""), ("suspended", "等物业开门")):
        await press(wei, page, to, note)
    station.now_ms = begun_ms + 40 * HOUR_MS
    wei = await sign_in(station, "老魏")
    assert "先停着，不计时" in words(await wei.get(page))
    await press(wei, page, "in_progress")
    assert f"{told_at(station, begun_ms + 44 * HOUR_MS)}前" in words(await wei.get(page)), "twenty hours stood still"
    station.now_ms = begun_ms + 45 * HOUR_MS
    wei = await sign_in(station, "老魏")
    assert "过了，该在" in words(await wei.get(page))
    await press(wei, page, "resolved", "线剪了")
    station.now_ms = begun_ms + 400 * HOUR_MS
    mei = await sign_in(station, "小梅")
    assert "办完时过了期限" in words(await mei.get(page))


async def test_what_is_due_first_stands_first_and_a_phone_that_comes_late_makes_nobody_late(
    station: Station, zhao: Phone
) -> None:
    mei, _, _ = await people(station)
    zhao.clock_ms = station.now_ms - 72 * HOUR_MS
    calm = await blow(zhao, station, title="来晚的一件")
    station.now_ms += 60_000
    zhao.clock_ms = station.now_ms
    pressing = await blow(zhao, station, title="急的一件", urgency="danger")
    queue = (await mei.get("/desk/whistles")).text
    assert queue.index(pressing) < queue.index(calm), "half an hour to answer, against four working hours"
    assert "过了，该在" not in words(await mei.get("/desk/whistles"))
