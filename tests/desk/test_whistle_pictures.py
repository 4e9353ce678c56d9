"""Pictures of whistles: they say what was worked out by hand (whistled.py), and each figure opens what it counts."""

from __future__ import annotations

import html
import re

import pytest
from httpx import Response

from server.whistles import asked_of_pictures as asked
from server.whistles import pictures
from server.whistles.counting import percent
from server.whistles.drawn import lasting
from tests.desk.conftest import Desk, sign_in, words
from tests.desk.whistled import FIRE, KEEPER, three_weeks
from tests.journal.conftest import Station

pytestmark = pytest.mark.anyio

PAGE = "/desk/pictures/whistles"
BOTH = f"{PAGE}?from=2026-11&until=2026-12"
LINK = re.compile(r'<a\b[^>]*?href="(/desk/pictures/whistles/cases\?[^"]*)" data-n="([\d,]+)"')


def figures(text: str) -> dict[str, int]:
    """Every address behind a figure of a page or a part of it, with the figure."""
    return {html.unescape(href): int(n) for href, n in LINK.findall(text)}


def table(page: Response, name: str) -> list[list[str]]:
    """The lines of one section's table, as text."""
    section = re.search(rf'<section class="drawn" aria-labelledby="w-{name}">(.*?)</section>', page.text, re.DOTALL)
    assert section, name
    lines = re.findall(r"<tr>(.*?)</tr>", section[1], re.DOTALL)[1:]
    cells = [re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    return [[" ".join(re.sub(r"<[^>]*>", "", cell).split()) for cell in line] for line in cells]


def titles(page: Response) -> set[str]:
    """Which whistles a list names."""
    return set(re.findall(r">(第\d+件)</a>", page.text))


async def test_every_figure_is_what_was_worked_out_by_hand(station: Station) -> None:
    await three_weeks(station)
    desk = await sign_in(station, "master")
    page = await desk.get(BOTH)
    assert "5 件吹哨在办，这段日子办结 4 件" in words(page)
    assert "在办的里 3 件过了期限" in words(page)
    flow = {line[0]: line[1:5] for line in table(page, "flow") if line[1] != "0"}
    assert flow == {
        "已吹哨": ["1", "1 小时", "1 小时", "0"],
        "已派单": ["2", "6 天", "13 天", "1"],
        "部门退回了": ["1", "11 天", "11 天", "1"],
        "没办好，重办": ["1", "5 天", "5 天", "1"],
        "办结了": ["3", "", "", ""],
        "自己解决了": ["1", "", "", ""],
        "并到另一件了": ["1", "", "", ""],
    }
    assert table(page, "departments") == [
        ["全部部门", "7", "3/5", "4/6", "3/4", "1/3"],
        [FIRE, "4", "2/3", "2/3", "2/3", "1/2"],
        [KEEPER, "3", "1/2", "2/3", "1/1", "0/1"],
    ]
    months = {line[0]: line[1:] for line in table(page, "levels")}
    assert months == {
        "2026 年 11 月": ["1", "0", "1", "0", "2", "50%", "50%"],
        "2026 年 12 月": ["0", "1", "1", "0", "2", "0%", "50%"],
    }
    assert "小事不出楼院 25%，4 件里 1 件" in words(page)
    assert "大事不出社区 50%，4 件里 2 件" in words(page)
    heat = words(page)[words(page).index("哪里吹得多") :]
    assert "收到 9 件" in heat
    assert re.search(r"第三网格 3幢 5 件.* 消防隐患 4 噪声施工 1 第四网格 7幢 2 件", heat)
    assert re.search(r"7幢 2 件.* 物业管理 1 市容环境 1 不在楼里 2 件.* 市容环境 1 还说不准 1", heat), heat

    await opens_what_it_counts(desk, station, page.text)


async def opens_what_it_counts(desk: Desk, station: Station, page: str) -> None:
    """One figure of each sort is followed; of a sort, all are made alike."""
    found = figures(page)
    assert len(found) > 40
    drawn = figures("".join(re.findall(r'<svg class="weeks.*?</svg>', page, re.DOTALL)))
    told = figures(re.sub(r'<svg class="weeks.*?</svg>', "", page, flags=re.DOTALL))
    assert drawn.items() <= told.items(), "what can be pressed in a drawing stands in words as well"
    sorts = {re.sub(r"(?<!of)=[^&]*", "", href): (href, n) for href, n in found.items()}
    assert len(sorts) > 18
    for href, n in sorts.values():
        behind = await desk.get(href)
        assert (len(titles(behind)), f"{n} " in words(behind)) == (n, True), href
    (late,) = [href for href in found if f"of=decided&department={station[KEEPER]}" in href]
    assert titles(await desk.get(late)) == {"第4件", "第5件"}
    (near,) = [href for href in found if "of=near" in href]
    assert titles(await desk.get(near)) == {"第1件", "第4件"}


async def test_months_grids_and_kinds_are_asked_for_and_a_long_list_has_pages(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    await three_weeks(station)
    desk = await sign_in(station, "master")
    fourth = await desk.get(f"{BOTH}&grid={station['第四网格']}")
    assert table(fourth, "departments") == [[KEEPER, "3", "1/2", "2/3", "1/1", "0/1"]]
    december = await desk.get(f"{PAGE}?from=2026-12&until=2026-12")
    assert table(december, "departments")[1] == [FIRE, "2", "0/1", "0/1", "0/1", "0/0"], "7 and 10; 3 went in November"
    assert [line[0] for line in table(december, "levels")] == ["2026 年 12 月"]
    kind = await desk.get(f"{BOTH}&category=W06")
    assert "2 件吹哨在办，这段日子办结 0 件" in words(kind)
    turned = await desk.get(f"{PAGE}?from=2026-12&until=2026-11")
    assert table(turned, "departments") == table(await desk.get(BOTH), "departments")
    assert titles(await desk.get(f"{PAGE}/cases?from=2026-11&of=raised&category=none")) == {"第9件"}
    monkeypatch.setattr(pictures, "CASES_SHOWN", 4)
    at, seen = f"{PAGE}/cases?from=2026-11&of=raised", []
    while at:
        page = await desk.get(at)
        seen += re.findall(r">(第\d+件)</a>", page.text)
        after = re.search(r'<a class="text" href="([^"]*)">下一页', page.text)
        at = html.unescape(after[1]) if after else ""
    assert seen == [f"第{n}件" for n in (9, 7, 10, 6, 5, 4, 3, 2, 1)]
    assert "第 3 页，共 3 页" in words(await desk.get(f"{PAGE}/cases?from=2026-11&of=raised&page=99"))
    for wrong in ("", "of=who", "of=state&state=nowhere", "of=ended&level=7", "of=raised&level=x"):
        assert (await desk.get(f"{PAGE}/cases?{wrong}")).status_code == 404, wrong
    for odd in ("from=2026-13&until=x", "grid=nowhere&community=nowhere", "category=W99"):
        assert (await desk.get(f"{PAGE}?{odd}")).status_code == 200, odd


async def test_each_sees_their_own_and_a_department_its_own_alone(station: Station) -> None:
    await three_weeks(station)
    here = {name: await sign_in(station, name) for name in ("老魏", "李网格长", "小梅", "master")}
    fire = await here["老魏"].get(BOTH)
    assert table(fire, "departments") == [[FIRE, "4", "2/3", "2/3", "2/3", "1/2"]]
    assert "到哪一层才办结" not in fire.text, "they were sent nothing that needed no department"
    assert KEEPER not in fire.text.replace("物业管理", "")
    stranger = f"{PAGE}/cases?from=2026-11&of=given&department={station[KEEPER]}"
    assert titles(await here["老魏"].get(stranger)) == set()
    assert KEEPER not in (await here["老魏"].get(stranger)).text
    assert titles(await here["老魏"].get(f"{PAGE}/cases?from=2026-11&of=given")) == {
        "第2件",
        "第3件",
        "第7件",
        "第10件",
    }
    assert [line[0] for line in table(await here["李网格长"].get(BOTH), "departments")] == [FIRE]
    assert "7幢" in words(await here["小梅"].get(BOTH))
    for name in ("老魏", "小梅"):
        assert 'href="/desk/pictures/whistles" aria-current="page"' in (await here[name].get(PAGE)).text
    for lang in ("zh", "en"):
        text = (await here["master"].get(BOTH, lang=lang)).text
        assert [name for name in ("赵敏", "孙立", "老魏", "小梅", station["赵敏"]) if name in text] == []


async def test_a_pack_says_the_same_of_its_days(station: Station) -> None:
    await three_weeks(station)
    desk = await sign_in(station, "master")
    november = words(await desk.get("/desk/packs/monthly?on=2026-11-01"))
    assert "吹哨 4 派给部门、办好了或过了期限的 3 件，期限内办好 3 件。" in november
    assert "办结 2 件：楼院里 1 件，社工委 0 件，部门以上 1 件。" in november
    fourth = words(await desk.get(f"/desk/packs/monthly?on=2026-12-01&grid={station['第四网格']}"))
    assert "吹哨 3 派给部门、办好了或过了期限的 1 件，期限内办好 0 件。" in fourth
    assert "办结 1 件：楼院里 0 件，社工委 1 件，部门以上 0 件。" in fourth


async def test_nothing_is_drawn_where_nothing_was(desk: Desk) -> None:
    page = await desk.get(PAGE)
    assert "0 件吹哨在办，这段日子办结 0 件" in words(page)
    assert "这段日子没有派给部门的。" in words(page)
    assert figures(page.text) == {}


def test_a_share_is_never_all_or_nothing_that_is_not() -> None:
    assert [percent(*pair) for pair in ((0, 3), (1, 1000), (1, 3), (2, 3), (999, 1000), (7, 7))] == [
        0,
        1,
        33,
        67,
        99,
        100,
    ]


def test_time_is_told_in_minutes_hours_and_days() -> None:
    hour = 3_600_000
    told = [lasting(ms) for ms in (0, hour - 1, hour, 48 * hour - 1, 48 * hour, 13 * 24 * hour)]
    assert [(each["n"], each["unit"]) for each in told] == [
        *((0, "minutes"), (59, "minutes"), (1, "hours"), (47, "hours"), (2, "days"), (13, "days")),
    ]


def test_months_reach_over_a_new_year() -> None:
    assert asked.Asked("2026-11", "2027-02").months() == ["2026-11", "2026-12", "2027-01", "2027-02"]
    span = asked.Asked("2026-12", "2026-12").span(480)
    assert span.holds(span.start_ms)
    assert not span.holds(span.end_ms)
    assert span.end_ms - span.start_ms == 31 * 24 * 3_600_000
