"""The community's doors, and one household as the desk reads it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from sqlalchemy import update

from server import schema
from server.join.store import find_link
from server.registry.boards import community, draw
from server.views.board import layout
from tests.desk.conftest import DAY_MS, Desk, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone
from tests.journal.test_fork import clone

pytestmark = pytest.mark.anyio


def block(*doors: tuple[str | None, int | None, str]) -> dict[str, Any]:
    """A building's plan from (entrance, floor, room)."""
    homes = [{"id": f"h{n}", "entrance": e, "floor": f, "room": r} for n, (e, f, r) in enumerate(doors)]
    return layout({"kind": "block"}, homes)


def test_a_step_is_told_by_shape_as_well_as_colour() -> None:
    plan = block(*(("1", floor, f"{floor}01") for floor in range(1, 6)))
    drawn = draw(plan, [1, 2, 3, 4, 0], [False, True, False, True, False])
    heights = [re.findall(r"v([\d.]+)h-12", drawn[f"a{step}"]) for step in (1, 2, 3)]
    assert heights == [["8"], ["5"], ["2.5"]]
    assert (drawn["a4"].count("M"), drawn["dot"].count("M")) == (1, 2)
    assert drawn["a0"].endswith("h6")
    assert (drawn["w"], drawn["h"]) == (12, 44)


def test_a_missing_door_leaves_its_gap_and_entrances_stand_apart() -> None:
    plan = block(("1", 2, "201"), ("1", 2, "203"), ("1", 1, "101"), ("1", 1, "102"), ("1", 1, "103"), ("2", 1, "101"))
    drawn = draw(plan, [1] * 6, [False] * 6)
    lefts = sorted({int(left) for left in re.findall(r"M(\d+) ", drawn["a1"])})
    assert lefts == [0, 13, 26, 44]
    assert drawn["a1"].count("M13 ") == 1


def test_two_rows_of_one_name_are_told_apart_by_their_quarters() -> None:
    named = [
        ("a", "槐安小区", "平房"),
        ("a", "桥头巷", "平房"),
        ("a", "槐安小区", "商铺"),
        ("b", "机修厂家属院", "平房"),
    ]
    rows = [
        {"id": str(n), "grid": grid, "quarters": quarters, "name": name, "sort": n, "kind": "bungalows"}
        for n, (grid, quarters, name) in enumerate(named)
    ]
    grids = [{"id": id_, "name": id_, "quarters": ""} for id_ in "ab"]
    shown = community(grids, rows, [], 0, 480)["grids"]
    called = [[building["name"] for building in grid["buildings"]] for grid in shown]
    assert called == [["槐安小区平房", "桥头巷平房", "商铺"], ["平房"]]


def test_cellars_lie_under_a_line_and_bungalows_side_by_side() -> None:
    cellar = draw(block(("1", 1, "101"), ("1", -1, "B01")), [1, 4], [False, True])
    assert cellar["ground"]
    yard = draw(block(*((None, None, f"{n}号") for n in range(23))), [1] * 23, [False] * 23)
    assert (yard["w"], yard["h"]) == (129, 26)
    nothing = draw(block(), [], [])
    assert (nothing["w"], nothing["h"]) == (12, 8)


async def test_the_sentence_says_where_nobody_was_met_and_accuses_nobody_who_went(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await visit(zhao, station, "陈奶奶", ago_ms=3 * DAY_MS)
    await visit(zhao, station, "马师傅", "no_answer", ago_ms=DAY_MS)
    page = words(await desk.get("/desk/boards"))
    assert "4 户里，近三个月还有 3 户没见到人，2 户在槐安小区。" in page
    assert "1 户一个月内有人应过，人在但不方便的也算" in page
    assert "3 户，2 户该去了，2 户近 90 天没见到人" in page, "a board's name says what its drawing shows"


async def test_a_vacant_home_and_a_shop_are_not_counted_as_bare(desk: Desk, station: Station, zhao: Phone) -> None:
    body = {"facts": {"occupancy": "vacant"}}
    zhao.make("household.stated", body, entity=station["空房"], over={})
    await zhao.exchange()
    assert "3 户，3 户该去了" in words(await desk.get("/desk/boards")), "a worker only proposes it"
    leader = await station.phone("李网格长")
    leader.make("household.stated", body, entity=station["空房"], over={})
    await leader.exchange()
    assert "3 户，2 户该去了，2 户近 90 天没见到人" in words(await desk.get("/desk/boards"))


async def test_a_door_is_due_alike_on_the_small_board_and_the_large(desk: Desk, station: Station, zhao: Phone) -> None:
    # One seen yesterday and promised for today, one seen lately but worrying, one never seen.
    await visit(zhao, station, "陈奶奶", ago_ms=DAY_MS, follow_up_on="2026-11-20")
    await visit(zhao, station, "马师傅", ago_ms=8 * DAY_MS, care="urgent")
    small = await desk.get("/desk/boards")
    assert "第三网格" in words(small)
    drawn = re.search(r'<path class="dot" d="([^"]*)"', small.text)
    assert drawn is not None
    assert drawn[1].count("M") == 3
    assert "3 户，3 户该去了，1 户近 90 天没见到人" in words(small)
    large = await desk.get(f"/desk/boards/{station['第三网格']}/{station['3幢']}")
    assert "3 户该去了" in words(large)


async def test_boards_are_numbered_by_grid_and_never_by_worker(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶")
    page = words(await desk.get("/desk/boards"))
    assert "赵敏" not in page
    assert "孙立" not in page


async def test_a_board_redraws_as_a_piece(desk: Desk, station: Station, zhao: Phone) -> None:
    before = await desk.get("/desk/boards", piece=True)
    assert "<html" not in before.text
    assert 'id="grids"' in before.text
    await visit(zhao, station, "陈奶奶")
    after = await desk.get("/desk/boards", piece=True)
    assert before.text.count('class="a1"') == 0
    assert after.text.count('class="a1"') == 1


async def test_one_building_large_leads_to_its_households(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶", ago_ms=5 * DAY_MS)
    grid = station["第三网格"]
    page = await desk.get(f"/desk/boards/{grid}/{station['3幢']}")
    assert page.status_code == 200
    assert f'href="/desk/households/{grid}/{station["陈奶奶"]}"' in page.text
    assert 'aria-label="501，5天' in page.text
    assert "/field/" not in page.text


async def test_a_household_shows_both_values_and_who_wrote_them(desk: Desk, station: Station, zhao: Phone) -> None:
    qian = await station.phone("钱进")
    for phone, number in ((zhao, "000-0000-0001"), (qian, "000-0000-0007")):
        phone.make("household.stated", {"facts": {"phone": number}}, entity=station["陈奶奶"], over={"phone": []})
        await phone.exchange()
    page = words(await desk.get(f"/desk/households/{station['第三网格']}/{station['陈奶奶']}"))
    assert "电话有 2 种写法，都留着" in page
    assert re.search(r"000-0000-000[17] (赵敏|钱进)，11月20日 10:44", page)
    assert page.count("000-0000-0001") == page.count("000-0000-0007") == 2, "among the facts and in the history"
    assert "改了资料" in page


async def test_a_household_shows_people_visits_and_history(desk: Desk, station: Station, zhao: Phone) -> None:
    grid, home = station["第三网格"], station["陈奶奶"]
    who = {"household": home, "facts": {"name": "陈奶奶", "birth_year": 1944}, "tags": ["elder_alone"]}
    chen = zhao.make("resident.added", who).header.id
    zhao.make("resident.tagged", {"add": ["disabled"], "remove": []}, entity=chen)
    beside: dict[str, Any] = {"who_met": "外孙女", "companions": ["小何", "老孙"]}
    zhao.visit(home, text="腌了萝卜", care="watch", follow_up_on="2026-11-27", asks={"effect": "路灯修好了"}, **beside)
    await zhao.exchange()
    for lang, told in (
        (
            "zh",
            (
                "1944 年生",
                "独居老人、残疾人",
                "腌了萝卜",
                "见了谁 外孙女",
                "一起去的 小何 、 老孙",
                "约 11月27日",
                "登记了住的人 陈奶奶",
                "+ 残疾人",
                "今天有人应过",
            ),
        ),
        ("en", ("born 1944", "腌了萝卜", "Next 27 Nov", "Registered a person 陈奶奶", "Somebody answered today.")),
    ):
        page = await desk.get(f"/desk/households/{grid}/{home}", lang=lang)
        assert page.status_code == 200
        assert [each for each in told if each not in words(page)] == []


async def test_a_restricted_tag_is_never_drawn(desk: Desk, station: Station) -> None:
    home = station["陈奶奶"]
    who = {"household": home, "facts": {"name": "某人"}, "tags": ["veteran"]}
    id_ = await station.add("某人", "resident.added", who, station["第三网格"])
    async with station.db.writing() as db:
        tags = json.dumps({"mental_illness": [id_], "veteran": [id_]})
        await db.execute(update(schema.resident).where(schema.resident.c.id == id_).values(tags=tags))
    page = await desk.get(f"/desk/households/{station['第三网格']}/{home}")
    assert "退役军人" in page.text
    assert "mental" not in page.text


async def test_a_fact_is_shown_as_typed(desk: Desk, station: Station, zhao: Phone) -> None:
    typed = "<img src=x onerror=alert(1)> \u202e𠮷🚪"
    zhao.make("household.stated", {"facts": {"note": typed}}, entity=station["陈奶奶"], over={})
    await zhao.exchange()
    page = await desk.get(f"/desk/households/{station['第三网格']}/{station['陈奶奶']}")
    assert "<img" not in page.text
    assert page.text.count("&lt;img src=x onerror=alert(1)&gt; \u202e𠮷🚪") == 2


async def test_a_link_is_shown_once_with_its_picture(desk: Desk, station: Station) -> None:
    await station.phone("赵敏")
    page = await desk.get("/desk/phones")
    assert "1 部手机" in words(page)
    assert "赵敏的手机" in words(page)
    address = None
    for piece in (True, False):
        made = await desk.post("/desk/phones/links", {"person": station["钱进"]}, piece=piece)
        assert made.status_code == 200
        assert ("<html" in made.text) is not piece
        assert "<svg" in made.text
        address = re.search(r'href="(http[^"]*/join/[^"]+)"', made.text)
        assert address
        async with station.db.reading() as db:
            invitation = await find_link(db, address[1].partition("#")[0].rpartition("/")[2], station.now_ms)
        assert invitation is not None
        assert (invitation.name, invitation.purpose, invitation.used) == ("钱进", "phone", False)
    assert address is not None
    assert address[1] not in (await desk.get("/desk/phones")).text


async def test_a_clone_is_a_phone_of_its_own(desk: Desk, station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    twin = clone(zhao)
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    twin.visit(station["陈奶奶"], "no_answer")
    assert "fork" in await twin.exchange()
    said = words(await desk.get("/desk/phones"))
    assert "2 部手机" in said
    assert said.count("停用这部手机 ：赵敏 赵敏的手机") == 2
    assert said.count("从备份或拷贝来的") == 1


@pytest.mark.parametrize("piece", [True, False])
async def test_a_decision_while_the_server_moves_is_told_as_such(desk: Desk, station: Station, piece: bool) -> None:
    async with station.db.writing() as db:
        await db.execute(update(schema.journal_head).values(moved_to="elsewhere"))
    answer = await desk.post("/desk/grids", {"name": "第九网格"}, piece=piece)
    assert answer.status_code == 503
    assert "刚才这一步没有记下" in words(answer)
    assert "再传" not in words(answer)


async def test_a_link_is_made_for_the_communitys_field_workers_alone(
    desk: Desk, leader: Desk, station: Station
) -> None:
    far = await station.add("远社区", "community.added", {"name": "远社区"})
    body = {"name": "外人", "role": "grid_worker", "community": far, "grids": []}
    stranger = await station.add("外人", "person.added", body)
    for person in (stranger, station["master"], "", "nobody"):
        assert (await desk.post("/desk/phones/links", {"person": person})).status_code == 404
    assert (await leader.post("/desk/phones/links", {"person": station["赵敏"]})).status_code == 404
