"""A file of the 12345 hotline: what each row becomes, and that none is lost, doubled or half in."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server import clock
from server.imports.choice import Choice
from server.imports.describe import by_row, describe
from server.imports.plan import make_plan
from server.imports.plan_tickets import ticket_id, whistle_id
from server.imports.reading import read
from server.imports.registry import KnownBuilding, KnownGrid, KnownHome, Registry
from server.imports.routing import Routed, route
from server.journal import Draft
from tests.imports.community import GRID_THREE, MASTER_WANG, NOW_MS, Station, csv, xlsx
from tests.imports.community import station as open_station
from tests.imports.ledgers import CHEN, HEAD, MA, VACANT
from tests.journal.conftest import DATABASES, new_database

pytestmark = pytest.mark.anyio

TICKETS = "工单编号,受理时间,诉求类别,诉求内容,诉求地址,来电人,联系电话,紧急程度,是否保密,身份证号"
LAMP = (
    "HL2026112001,2026-11-20 08:30,路灯,3幢2单元门口路灯不亮,榆桥社区槐安小区3幢2单元501门口,"
    "陈女士,000-0000-0001,一般,否,"
)
WATER = "HL2026112002,2026/11/19 18:05,供水,家里没水,槐安小区 3号楼,匿名,000-0000-0002,特急,是,"
NOWHERE = "HL2026112003,2026-11-18,噪声扰民,晚上有人唱歌,河边广场,,,普通,,"
NUMBERLESS = ",2026-11-18,噪声,晚上有人唱歌,河边广场,,,,,"


def places() -> Registry:
    """Two grids, three buildings, one door."""
    grids = [KnownGrid("g1", "第一网格", "晨光里2号院"), KnownGrid("g3", "第三网格", "槐安小区")]
    buildings = [
        KnownBuilding("b3", "g3", "槐安小区", "3幢"),
        KnownBuilding("b5", "g3", "槐安小区", "5幢"),
        KnownBuilding("c3", "g1", "晨光里2号院", "3幢"),
        KnownBuilding("c9", "g1", "机修厂家属院", "红旗楼"),
    ]
    homes = [KnownHome("h", "g3", "b3", "2", "501")]
    return Registry("c", "榆桥社区", [], grids, buildings, homes, [], {}, set(), elsewhere={"晨光里社区": "d"})


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("云栖州市澄湾区榆桥街道榆桥社区槐安小区3幢2单元501室门口", Routed("g3", "b3", "h")),
        ("槐安小区 三号楼 楼道", Routed("g3", "b3")),
        ("槐安小区3-2-501漏水", Routed("g3", "b3", "h")),
        ("5号楼的充电桩坏了", Routed("g3", "b5")),
        ("第三网格3幢", Routed("g3", "b3")),
        ("晨光里2号院3幢", Routed("g1", "c3")),
        ("红旗楼前面", Routed("g1", "c9")),
        ("槐安小区门口", Routed("g3")),
        ("我家住3楼，3幢", Routed()),  # two buildings are called so
        ("电话000-0000-0001，2026-11-20打的", Routed()),
        ("", Routed()),
    ],
)
def test_words_lead_to_a_place_only_where_they_fit_one(words: str, leads: Routed) -> None:
    assert route(places(), words) == leads


def test_a_grid_of_its_own_column_narrows_what_the_address_fits() -> None:
    assert route(places(), "3幢", "第一网格") == Routed("g1", "c3")


@pytest.mark.parametrize("database", DATABASES)
async def test_tickets_come_in_once_and_none_is_dropped(
    database: str,
    tmp_path: Path,
    empty_sqlite: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "now_ms", lambda: NOW_MS)
    url = await new_database(database, tmp_path, empty_sqlite, request)
    async with open_station(tmp_path, url) as station:
        await station.bring_in(csv(HEAD, CHEN, MA, VACANT))
        file = csv("12345 热线工单", TICKETS, LAMP, WATER, NOWHERE, NUMBERLESS)
        plan = await station.bring_in(file, "工单.csv", None)
        assert plan.report.created == {"ticket": 2, "ticket_waiting": 1}
        assert plan.report.problems == 1
        assert ("id_number", "身份证号") in plan.report.sheets[0].dropped
        (lamp,) = await station.rows("hotline_ticket", ticket="HL2026112001")
        assert (lamp["grid"], lamp["caller"], lamp["consent"]) == (GRID_THREE, "陈女士", True)
        (water,) = await station.rows("hotline_ticket", ticket="HL2026112002")
        assert (water["caller"], water["phone"], water["consent"]) == (None, None, False), "kept to the hotline"
        assert (water["urgency"], water["category"]) == ("urgent", "W01")
        (nowhere,) = await station.rows("hotline_ticket", ticket="HL2026112003")
        assert (nowhere["grid"], nowhere["id"]) == (None, ticket_id("HL2026112003"))
        whistles = {row["id"]: row for row in await station.rows("whistle")}
        assert set(whistles) == {whistle_id("HL2026112001"), whistle_id("HL2026112002")}
        raised = whistles[whistle_id("HL2026112001")]
        assert (raised["channel"], raised["source_of"], raised["source"]) == ("hotline_12345", "ticket", lamp["id"])
        assert raised["household"] is not None
        size = await station.journal.size()
        again = await station.bring_in(file, "工单.csv", None)
        assert (again.drafts, again.report.left) == ([], {"ticket": 3})
        assert await station.journal.size() == size


async def test_a_ticket_of_another_community_goes_into_that_ones_list(station: Station) -> None:
    other = "019a0000-0000-7000-8000-0000000000c2"
    await station.commit([Draft("community.added", other, None, MASTER_WANG, {"name": "晨光里社区"}, id=other)])
    plan = await station.bring_in(csv(TICKETS, LAMP.replace("榆桥社区槐安小区", "晨光里社区")), "工单.csv", None)
    assert [remark.code for remark in plan.report.remarks if remark.level == "note"] == ["ticket_elsewhere"]
    (row,) = await station.rows("hotline_ticket")
    assert (row["community"], row["grid"]) == (other, None)
    assert await station.rows("whistle") == []


async def test_headings_are_forgiven_and_a_workbook_reads_as_a_text_does(station: Station) -> None:
    await station.bring_in(csv(HEAD, CHEN))
    file = xlsx(
        [
            ["Ticket No.", "Created at", "Description", "Location", "Contact name", "Phone", "Priority"],
            ["A-1001", "2026-11-20 08:30", "light out", "3-2-501", "Chen", "000-0000-0001", "high"],
            ["序号", "合计", "", "", "", "", ""],
        ]
    )
    plan = await station.bring_in(file, "tickets.xlsx", None)
    assert plan.report.created == {"ticket": 1}
    (row,) = await station.rows("hotline_ticket")
    assert (row["ticket"], row["title"], row["urgency"], row["caller"]) == ("A-1001", "light out", "urgent", "Chen")


def test_each_row_that_stays_out_is_told_with_its_number_and_why_in_both_languages() -> None:
    rows = [
        TICKETS,
        LAMP,
        LAMP.replace("路灯不亮", "井盖缺了"),
        LAMP,
        NUMBERLESS,
        LAMP.replace("HL2026112001", "2.03E+15"),
        LAMP.replace("HL2026112001", "HL77").replace("2026-11-20", "2027-11-20"),
        LAMP.replace("HL2026112001", "HL78").replace("2026-11-20 08:30", "昨天"),
        LAMP.replace("HL2026112001", "HL79").replace("3幢2单元门口路灯不亮", ""),
        LAMP.replace("HL2026112001", "HL80").replace("门口路灯", "门口，路灯").replace("，", ",") + "多出来",
    ]
    plan = make_plan(read(csv(*rows), "工单.csv"), places(), Choice(MASTER_WANG, NOW_MS, 480))
    problems = [(each.row, each.code) for each in plan.report.remarks if each.level == "problem"]
    assert problems == [
        (3, "ticket_twice"),
        (5, "no_ticket"),
        (6, "ticket"),
        (7, "date_in_future"),
        (8, "date"),
        (9, "no_words"),
        (10, "shifted"),
    ]
    for lang in ("zh", "en"):
        heading, lines = by_row(plan.report, lang, 480)
        assert len(heading) == 4
        assert [line[1] for line in lines] == ["3", "4", "5", "6", "7", "8", "9", "10"]
        assert all(not word.startswith("import.") for line in lines for word in line)
        assert describe(plan.report, lang, 480)["problem_count"] == 7


def file_of(count: int, broken: float, seed: int = 5) -> tuple[bytes, int]:
    """So many tickets, some of them broken in one of five ways; the file, and how many are broken."""
    dice = random.Random(seed)
    lines, bad = [TICKETS], 0
    for n in range(count):
        number, when, words, where = f"HL{n:010}", "2026-11-19 09:00", f"第{n}件：路灯不亮", f"槐安小区{n % 7}幢"
        if dice.random() < broken:
            bad += 1
            number, when, words = dice.choice(
                [
                    ("", when, words),
                    ("?!", when, words),
                    (number, "", words),
                    (number, "13月", words),
                    (number, when, ""),
                ]
            )
        lines.append(f"{number},{when},路灯,{words},{where},某女士,000-0000-0001,一般,否,")
    return csv(*lines), bad


async def test_three_hundred_tickets_one_in_twenty_broken(station: Station) -> None:
    await station.bring_in(csv(HEAD, CHEN, MA, VACANT))
    data, bad = file_of(300, 0.05)
    plan = await station.bring_in(data, "工单.csv", None)
    assert plan.report.problems == bad > 5
    assert sum(plan.report.created.values()) == 300 - bad
    assert len(await station.rows("hotline_ticket")) == 300 - bad
    assert len(await station.rows("whistle")) == plan.report.created["ticket"] > 0
    assert (await station.bring_in(data, "工单.csv", None)).drafts == []


CELLS = st.text(st.sampled_from('0123456789AHL-号幢，, "\n年月日:路灯急否'), max_size=24)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=0, max_size=12), min_size=1, max_size=8), st.booleans())
def test_whatever_rows_hold_each_is_told_or_comes_in_and_no_ticket_is_without_its_whistle(
    rows: list[list[str]], quoted: bool
) -> None:
    def cell(words: str) -> str:
        return '"' + words.replace('"', '""') + '"' if quoted else words

    data = "\r\n".join([TICKETS, *(",".join(map(cell, row)) for row in rows)]).encode("utf-8-sig")
    book, choice = read(data, "工单.csv"), Choice(MASTER_WANG, NOW_MS, 480)
    plan = make_plan(book, places(), choice)
    told = plan.report.sheets[0]
    stays_out = {each.row for each in plan.report.remarks if each.code == "ticket_again" or each.level == "problem"}
    came = [draft for draft in plan.drafts if draft.kind == "hotline_ticket.received"]
    assert told.rows == len(came) + len(stays_out)
    raised = {draft.body["source"]: draft for draft in plan.drafts if draft.kind == "whistle.raised"}
    assert {draft.entity for draft in came if draft.grid} == set(raised)
    assert len({draft.entity for draft in came}) == len(came)
    assert make_plan(book, places(), choice) == plan, "the same file, the same edits"
