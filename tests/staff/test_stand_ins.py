"""Post B for post A: from day to day, noticed by phones without anybody pressing anything, and written down."""

from __future__ import annotations

import pytest
from httpx import Response

from server.localtime import local_day
from sync.edit import Edit
from tests.desk.conftest import DAY_MS, Desk, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


def day(station: Station, ahead: int = 0) -> str:
    """A day, counted from the station's today."""
    return local_day(station.now_ms + ahead * DAY_MS, 480)


async def arrange(desk: Desk, station: Station, away: str, by: str, first: int, last: int, note: str = "") -> Response:
    """The station master arranges it."""
    days = {"from_on": day(station, first), "until_on": day(station, last)}
    return await desk.post(f"/desk/people/{station[away]}/stand-in", {"by": station[by], "note": note, **days})


def scopes(reply: dict[str, list[dict[str, str]]]) -> set[str]:
    """The grids that a phone is told it may see."""
    return {each["scope"].removeprefix("grid:") for each in reply["scopes"]}


def knock(phone: Phone, home: str, text: str, grid: str) -> Edit:
    """A visit in a grid that is not the phone's first."""
    said = {"household": home, "occurred_at_ms": phone.clock_ms, "mode": "door", "result": "met", "text": text}
    return phone.make("visit.recorded", said, grid=grid)


async def test_it_begins_and_ends_with_its_days_and_phones_notice(
    desk: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    three, four = station["第三网格"], station["第四网格"]
    assert (await arrange(desk, station, "赵敏", "孙立", 1, 2, "钥匙在门卫")).status_code == 303
    assert scopes(await sun.exchange()) == {four}
    early = knock(sun, station["陈奶奶"], "还没到日子", three)
    reply = await sun.exchange()
    assert [each["reason"] for each in reply["outcomes"]] == ["out_of_scope"]
    station.now_ms += DAY_MS
    sun.clock_ms = zhao.clock_ms = station.now_ms
    assert scopes(await sun.exchange()) == {three, four}, "nobody pressed anything"
    assert scopes(await sun.exchange()) == {three, four}
    assert sun.row("household", station["陈奶奶"])["room"] == "501"
    assert scopes(await zhao.exchange()) == {three}, "whoever is away still has their own"
    knock(sun, station["陈奶奶"], "替赵敏去的", three)
    assert [each["outcome"] for each in (await sun.exchange())["outcomes"]] == ["accepted"]
    offline = knock(sun, station["马师傅"], "替的时候写的，过后才送到", three)
    station.now_ms += 2 * DAY_MS
    reply = await sun.exchange()
    assert scopes(reply) == {four}
    assert reply["gone"] == [f"grid:{three}"]
    assert [each["outcome"] for each in reply["outcomes"]] == ["accepted"], "it was theirs as far as their phone knew"
    knock(sun, station["陈奶奶"], "已经不替了", three)
    assert [each["reason"] for each in (await sun.exchange())["outcomes"]] == ["out_of_scope"]
    said = await station.rows("SELECT kind FROM journal WHERE kind LIKE 'stand_in.%' ORDER BY position")
    assert [row[0] for row in said] == ["stand_in.began", "stand_in.ended"]
    visits = {row[0] for row in await station.rows("SELECT id FROM visit")}
    assert offline.header.id in visits
    assert early.header.id not in visits
    assert await station.refolds()


async def test_one_that_begins_today_is_seen_at_once_and_ends_when_called_off(
    desk: Desk, station: Station, sun: Phone
) -> None:
    three, four = station["第三网格"], station["第四网格"]
    answer = await arrange(desk, station, "赵敏", "孙立", 0, 5)
    assert scopes(await sun.exchange()) == {three, four}
    shown = await desk.get(answer.headers["location"])
    assert "孙立替赵敏" in words(shown)
    assert "赵敏手机 0 条未送到" in words(shown)
    assert "第三网格" in words(shown)
    assert "孙立替，11月20日" in words(await desk.get("/desk/people"))
    # What is hers changes meanwhile: so does what he stands in for.
    grids = {"role": "grid_worker", "grids": []}
    assert (await desk.post(f"/desk/people/{station['赵敏']}/role", {**grids, "grids": four})).status_code == 303
    assert scopes(await sun.exchange()) == {four}
    await desk.post(f"/desk/people/{station['赵敏']}/role", {**grids, "grids": three})
    assert scopes(await sun.exchange()) == {three, four}
    await desk.post(f"{answer.headers['location']}/end", {})
    assert scopes(await sun.exchange()) == {four}
    assert "替岗结束了。" in words(await desk.get(f"/desk/people/{station['赵敏']}?done=off"))
    await station.journal.turn_day()
    assert await station.refolds()


async def test_what_is_open_is_handed_over_in_writing(desk: Desk, station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    for n in range(3):
        zhao.visit(station["马师傅"], text=f"{n}")
    asked = zhao.request(edits=zhao.unsent()[:1])
    assert (await zhao.send(asked)).status_code == 200
    assert await station.value(f"SELECT unsent FROM device WHERE id = '{zhao.device}'") == 3
    answer = await arrange(desk, station, "赵敏", "孙立", 0, 1, "3幢501 的钥匙在我抽屉里")
    page = words(await desk.get(answer.headers["location"]))
    assert "3幢501 的钥匙在我抽屉里" in page
    assert page.count("赵敏手机 3 条未送到") == 2, "then, and now"
    assert "最后一次 11月20日 10:44" in page
    await desk.post(f"{answer.headers['location']}/notes", {"note": "钥匙还了"})
    assert "钥匙还了" in words(await desk.get(answer.headers["location"]))
    assert await station.refolds()


async def test_both_away_is_warned_and_what_cannot_be_is_told(desk: Desk, station: Station) -> None:
    await arrange(desk, station, "孙立", "钱进", 2, 4)
    answer = await arrange(desk, station, "赵敏", "孙立", 1, 2)
    assert "注意：孙立这几天自己也不在。" in words(await desk.get(answer.headers["location"]))
    answer = await arrange(desk, station, "赵敏", "孙立", 5, 6)
    assert "自己也不在" not in words(await desk.get(answer.headers["location"]))
    for by, first, last, said in (
        ("赵敏", 0, 1, "选一个替的人"),
        ("master", 0, 1, "选一个替的人"),
        ("孙立", 2, 1, "最后一天要在第一天之后"),
        ("孙立", -3, -1, "最后一天已经过去了。"),
        ("孙立", 0, 400, "最多一年"),
    ):
        page = await arrange(desk, station, "赵敏", by, first, last, "写了半天的话")
        assert (page.status_code, said in words(page), "写了半天的话" in page.text) == (400, True, True), said
    bad = {"by": station["孙立"], "from_on": "20261120", "until_on": "x"}
    page = await desk.post(f"/desk/people/{station['赵敏']}/stand-in", bad)
    assert "两个日子都要选。" in words(page)


async def test_only_the_station_arranges_it(leader: Desk, station: Station) -> None:
    assert (await arrange(leader, station, "赵敏", "孙立", 0, 1)).status_code == 404
    assert await station.value("SELECT count(*) FROM stand_in") == 0
