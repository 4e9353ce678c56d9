"""The picture of care: week by week who was looked in on in time, each figure opening the pairs behind it."""

from __future__ import annotations

import html
import re

import pytest

from tests.desk.conftest import DAY_MS, Desk, sign_in, visit, words
from tests.desk.test_care import check, chen, pair
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

MARK = re.compile(r'href="(/desk/care\?[^"]*)" data-pairs="(\d+)"')
DOOR = re.compile(
    r"<title>(全部网格|第三网格|第四网格)，(\d+月\d+日)，(\d+) 对里 (\d+) 对按时看望过，(\d+) 对还没去</title>"
)


async def three_weeks(station: Station, desk: Desk, zhao: Phone) -> Desk:
    """Chen is paired weekly on Friday the 20th and Ma a week later; Chen is looked in on that day, by a visit eight
    days after that, and no more. Returns a desk that is signed in at the end, Wednesday the 9th of December."""
    await chen(station)
    of = await pair(desk, station)
    await check(zhao, station, of, "ok")
    wrong = await check(zhao, station, of, "ok")
    zhao.make("care_check.undone", {}, entity=wrong)
    await zhao.exchange()
    station.now_ms += 7 * DAY_MS
    body = {"household": station["马师傅"], "carer": station["赵敏"], "cadence": "monthly"}
    await station.add("马", "care_pair.formed", body, station["第三网格"])
    station.now_ms += DAY_MS
    zhao.clock_ms = station.now_ms
    await visit(zhao, station, "陈奶奶", care="watch")
    station.now_ms += 11 * DAY_MS
    return await sign_in(station, "master")


async def test_each_week_says_who_was_looked_in_on_in_time(desk: Desk, station: Station, zhao: Phone) -> None:
    desk = await three_weeks(station, desk, zhao)
    page = await desk.get("/desk/pictures")
    told = [found for found in DOOR.findall(page.text) if found[0] == "全部网格"]
    assert told == [
        ("全部网格", "11月22日", "1", "1", "0"),
        ("全部网格", "11月29日", "2", "1", "1"),  # nobody has been at Ma's
        ("全部网格", "12月6日", "2", "0", "2"),  # the visit was eight days ago
        ("全部网格", "12月9日", "2", "0", "2"),
    ]
    assert [found[1:] for found in DOOR.findall(page.text) if found[0] == "第三网格"] == [each[1:] for each in told]
    assert "第四网格" not in [found[0] for found in DOOR.findall(page.text)], "no pair, no strip"
    assert "该看望了 2 个" in words(await desk.get("/desk/care")), "today's figure is that of the page of care"


async def test_every_figure_opens_the_pairs_it_counts(desk: Desk, station: Station, zhao: Phone) -> None:
    desk = await three_weeks(station, desk, zhao)
    counted = MARK.findall(re.sub(r"#care-\w+", "", (await desk.get("/desk/pictures")).text))
    assert len(counted) > 10
    for href, _ in counted:
        behind = words(await desk.get(html.unescape(href)))
        n, met = map(int, re.findall(r"(\d+) 对里 (\d+) 对按时", behind)[0])
        assert (str(n) in {m for at, m in counted if at == href}, met <= n) == (True, True), href
    then = words(await desk.get("/desk/care?on=2026-11-29"))
    assert "11月29日那天，2 对里 1 对按时看望过。" in then
    assert "到了日子还没去 1 对" in then
    assert "上次11月28日，1 天前" in then
    assert "赵敏" not in then, "no worker stands beside a figure"
    for none in ("2099-01-01", "x", ""):
        assert "个特殊需要的人" in words(await desk.get(f"/desk/care?on={none}"))


async def test_a_pair_that_was_ended_counts_until_then_and_other_grids_not_at_all(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    desk = await three_weeks(station, desk, zhao)
    of = str(await station.value("SELECT id FROM care_pair WHERE cadence = 'weekly'"))
    await desk.post(f"/desk/care/{station['第三网格']}/{of}/end", {})
    told = [found[1:3] for found in DOOR.findall((await desk.get("/desk/pictures")).text) if found[0] == "第三网格"]
    assert told == [("11月22日", "1"), ("11月29日", "2"), ("12月6日", "2"), ("12月9日", "1")]
    body = {
        "name": "远网格长",
        "role": "grid_leader",
        "community": station["community"],
        "grids": [station["第四网格"]],
    }
    await station.add("远网格长", "person.added", body)
    far = await sign_in(station, "远网格长")
    assert DOOR.findall((await far.get("/desk/pictures")).text) == []
    assert "0 对里 0 对" in words(await far.get(f"/desk/care?on=2026-11-29&grid={station['第三网格']}"))
