"""Pictures: what each mark counts is what stands on the page behind it, no more and no less."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from sqlalchemy import update

from server import schema
from server.localtime import day_before
from server.visits.drawn import door_path
from server.visits.pictures import BUILDINGS_MAX
from server.visits.weeks import weeks_before
from tests.desk.conftest import DAY_MS, HOUR_MS, Desk, rows, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

TODAY = "2026-11-20"
MARK = re.compile(r'<a\b[^>]*?href="(/desk/visits\?[^"]*)" data-n="(\d+)"')


def marks(page: str) -> dict[str, int]:
    """The visits behind each mark of a page or a part of it, and how many it says they are."""
    return {html.unescape(href): int(n) for href, n in MARK.findall(page)}


async def small_world(station: Station, zhao: Phone, sun: Phone) -> None:
    """Visits of every kind at many hours of many days, in two buildings of two grids, and what a ledger brought."""
    midnight = station.now_ms - 10 * HOUR_MS - 44 * 60_000
    modes, asks = ("door", "weekend", "reception", "night"), ("difficulty", "need", "idea", "effect")
    results = ("met", "inconvenient", "no_answer", "met", "refused")
    for n, days in enumerate((0, 1, 6, 11, 29, 30, 31, 32, 59, 60, 61, 62, 86, 90, 91, 92, 120, 170, 182, 200)):
        at = midnight - days * DAY_MS + (n * 5 % 24) * HOUR_MS
        said: dict[str, Any] = {"mode": modes[n % 4], "occurred_at_ms": min(at, station.now_ms)}
        if n % 3:
            # What somebody says may look like the name of another ask.
            said["asks"] = {asks[n % 4]: '说"idea":"x"', asks[(n + 1) % 4]: "修灯"}
        zhao.visit(station[("陈奶奶", "马师傅", "空房")[n % 3]], results[n % 5], **said)
        if n % 4 == 0:
            sun.visit(station["吴大爷"], results[(n + 1) % 5], **said)
    await zhao.exchange()
    await sun.exchange()
    for row, hour in ((1, 12), (2, 9)):
        body: dict[str, Any] = {"household": station["陈奶奶"], "mode": "door", "result": "met"}
        body |= {
            "occurred_at_ms": midnight - 20 * DAY_MS + hour * HOUR_MS,
            "imported": {"source": "a" * 64, "row": row},
        }
        await station.add(f"台账{row}", "visit.recorded", body, station["第三网格"])


async def test_every_mark_leads_to_the_visits_it_counts(desk: Desk, station: Station, zhao: Phone, sun: Phone) -> None:
    await small_world(station, zhao, sun)
    page = (await desk.get("/desk/pictures")).text
    counted = marks(page)
    assert len(counted) > 100
    drawn = marks("".join(re.findall(r'<svg class="weeks".*?</svg>', page, flags=re.DOTALL)))
    told = marks("".join(re.findall(r"<table.*?</table>", page, flags=re.DOTALL)))
    assert drawn.items() <= told.items(), "what can be pressed in a drawing stands in its table as well"
    for kind in ("mode=", "hours=", "ask=", "building=", "hours=untold"):
        assert any(kind in href for href in counted), kind
    for href, n in counted.items():
        behind = await desk.get(href, piece=True)
        assert (len(rows(behind)), f">{n} 次</output>" in behind.text) == (n, True), href


async def test_a_grid_and_earlier_weeks_are_asked_for_alike(
    desk: Desk, leader: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    await small_world(station, zhao, sun)
    fourth = station["第四网格"]
    for whose, address in ((desk, f"?grid={fourth}"), (desk, f"?grid={fourth}&back=1"), (leader, f"?grid={fourth}")):
        page = await whose.get(f"/desk/pictures{address}")
        counted = [(href, n) for href, n in marks(page.text).items() if "building=" not in href]
        assert counted
        for href, n in counted[:20]:
            assert len(rows(await whose.get(href, piece=True))) == n, (address, href)
        theirs = "第三网格" if whose is leader else "第四网格"
        assert re.findall(r"<h3>(.*?)</h3>", page.text) == [theirs], "a grid that is not theirs is as one that is not"
    far = await desk.get("/desk/pictures?back=3")
    assert words(far).count("没有") >= 8
    assert "到2026" not in words(far)


async def test_paint_wears_off_by_the_steps_of_the_boards(desk: Desk, station: Station, zhao: Phone) -> None:
    doors = ("陈奶奶", "马师傅", "空房")
    for door, days in zip(doors, (30, 31, 91), strict=True):
        await visit(zhao, station, door, ago_ms=days * DAY_MS)
    page = await desk.get("/desk/pictures")
    within = [int(n) for n in re.findall(r"3幢，到11月20日，\d+ 天内 (\d) 户有人应，走访 \d 次\"", page.text)]
    assert within == [1, 2, 2]
    assert "近三个月还有 2 户没见到人" in words(await desk.get("/desk/boards")), "one of them in the other grid"
    assert "3 户里 2 户 90 天内有人应" in words(page)
    async with station.db.writing() as db:
        away = schema.household.c.id == station["空房"]
        await db.execute(update(schema.household).where(away).values(occupancy="vacant"))
    assert "2 户里 2 户 90 天内有人应" in words(await desk.get("/desk/pictures"))


async def test_a_knock_that_met_nobody_paints_nothing_and_counts_by_the_hour(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await visit(zhao, station, "陈奶奶", "no_answer", mode="night", ago_ms=14 * HOUR_MS)
    counted = marks((await desk.get("/desk/pictures")).text)
    assert set(counted.values()) == {1}
    assert not any("building=" in href for href in counted)
    assert any("mode=night&hours=20-22&" in href for href in counted)


async def test_what_is_asked_stands_in_words_until_it_is_dropped(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶", asks={"need": "量血压"}, text="血压高")
    await visit(zhao, station, "马师傅")
    asked = {"building": station["3幢"], "ask": "need", "hours": "10-12", "first": "2026-11-01", "last": TODAY}
    page = await desk.post("/desk/visits", {**asked, "q": "血压", "result": "answered"})
    assert len(rows(page)) == 1
    said = re.findall(r'<button class="btn chip"[^>]*>([^<]*?) <svg', page.text)
    assert said == ["槐安小区3幢", "问需", "10 点到 12 点", "11月1日–11月20日"]
    assert "不按“问需”筛" in page.text
    without = await desk.post("/desk/visits", {**asked, "drop": "days"}, piece=True)
    assert "last=" not in without.headers["HX-Push-Url"]
    assert "first=" not in without.headers["HX-Push-Url"]
    assert "ask=need" in without.headers["HX-Push-Url"]
    none = await desk.post("/desk/visits", {"ask": "need", "drop": "ask"}, piece=True)
    assert len(rows(none)) == 2
    assert none.headers["HX-Push-Url"] == "/desk/visits"


async def test_what_makes_no_sense_is_not_asked(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶")
    for name, value in (("ask", "what"), ("hours", "8-9"), ("hours", "-"), ("first", "yesterday"), ("last", "\x00")):
        page = await desk.post("/desk/visits", {name: value, "drop": "q"})
        assert len(rows(page)) == 1, (name, value)
        assert 'name="drop"' not in page.text
        assert f'type="hidden" name="{name}"' not in page.text


async def test_a_building_of_others_is_as_one_that_is_not(leader: Desk, station: Station, sun: Phone) -> None:
    await visit(sun, station, "吴大爷")
    answers = [
        words(await leader.get(f"/desk/visits?building={id_}", piece=True)) for id_ in (station["7幢"], "nowhere")
    ]
    assert answers[0] == answers[1]
    assert "这里没有的楼" in answers[0]
    assert "7幢" not in answers[0]


async def test_pictures_name_no_worker_and_count_none(desk: Desk, station: Station, zhao: Phone, sun: Phone) -> None:
    await small_world(station, zhao, sun)
    for lang in ("zh", "en"):
        page = await desk.get("/desk/pictures", lang=lang)
        assert [name for name in ("赵敏", "孙立", "worker=", station["赵敏"]) if name in page.text] == []


async def test_a_choice_redraws_as_a_piece(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶")
    piece = await desk.get(f"/desk/pictures?grid={station['第三网格']}&back=0", piece=True)
    assert "<html" not in piece.text
    assert 'id="say" hx-swap-oob="true"' in piece.text


async def test_a_very_large_community_is_drawn_a_grid_at_a_time(desk: Desk, station: Station) -> None:
    third = station["第三网格"]
    block = {"quarters": "远处", "sort": 9}
    drafts = [
        station.draft(f"b{n}", "building.added", {**block, "name": f"{n}幢"}, third) for n in range(BUILDINGS_MAX)
    ]
    await station.commit(drafts)
    page = await desk.get("/desk/pictures")
    assert re.findall(r"<h3>(.*?)</h3>", page.text) == ["第三网格"]
    assert "全部网格" not in words(page)


def test_thirteen_weeks_end_with_the_present_one_and_follow_each_other() -> None:
    now, before = weeks_before(TODAY, 0), weeks_before(TODAY, 1)
    assert (len(now.spans), now.spans[-1], now.first) == (13, ("2026-11-16", TODAY), "2026-08-24")
    assert (before.spans[-1], before.first) == (("2026-08-17", "2026-08-23"), "2026-05-25")
    assert day_before(now.first, 1) == before.last
    assert weeks_before("2026-11-22", 0).last == "2026-11-22"


def test_a_door_is_round_at_the_top_alone() -> None:
    assert "q0 0 0 0" in door_path(2, 20)
    assert "q0 -5 5 -5" in door_path(2, 44)
    assert "q0 -1 1 -1" in door_path(2, 40)
