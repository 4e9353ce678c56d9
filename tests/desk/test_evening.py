"""The day's log goes by itself in the evening, and takes nothing from whoever writes before or after."""

from __future__ import annotations

import pytest

from server.journal import Draft
from server.localtime import day_start_ms
from server.logs.evening import send_logs
from tests.desk.conftest import DAY_MS, HOUR_MS, sign_in, visit, words
from tests.desk.test_care import check, chen, pair
from tests.desk.test_logs import TODAY, YESTERDAY, held, opened, press, send
from tests.desk.test_patrols import LAMP, walk
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def look(station: Station, hour: float, day: str = TODAY) -> int:
    """What the server sends when it looks at this hour."""
    station.now_ms = int(day_start_ms(day, station.settings.utc_offset_min) + hour * HOUR_MS)
    return await send_logs(station.journal, station.db, station.settings.utc_offset_min)


async def test_what_nobody_sent_goes_at_eight_once_and_says_so(station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶", text="血压稳了")
    assert await look(station, 19.9) == 0
    assert await look(station, 20) == 1
    assert await look(station, 20.1) == 0
    desk = await sign_in(station, "master")
    page = await desk.get("/desk/logs")
    assert "1 篇日志还没看。" in words(page)
    assert "20:00自己送来" in words(page)
    assert "没有另外写。" in words(page)
    await zhao.exchange()
    assert held(zhao)["state"] == "submitted"


@pytest.mark.parametrize("read_first", [False, True])
async def test_words_written_without_a_signal_before_it_went_count(
    station: Station, zhao: Phone, read_first: bool
) -> None:
    await visit(zhao, station, "陈奶奶")
    assert await look(station, 20) == 1
    desk = await sign_in(station, "master")
    if read_first:
        assert "日志都看过了。" in words(await press(desk, await desk.get("/desk/logs")))
    station.now_ms -= HOUR_MS
    await send(zhao, station, "灯修好了", step=[])
    page = await desk.get("/desk/logs")
    assert opened(page)
    assert "灯修好了" in words(page)
    assert "先前送的" not in words(page)
    assert held(zhao)["state"] == ("amended" if read_first else "submitted")


async def test_what_was_sent_or_made_by_nobodys_visits_is_left_alone(station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶")
    await send(zhao, station, "我自己送的")
    assert await look(station, 23) == 0


async def test_a_visit_that_comes_in_the_night_goes_the_next_day_and_an_older_one_never(
    station: Station, zhao: Phone
) -> None:
    await visit(zhao, station, "陈奶奶", ago_ms=DAY_MS)
    await visit(zhao, station, "马师傅", ago_ms=2 * DAY_MS)
    assert await look(station, 8) == 1
    await zhao.exchange()
    assert held(zhao, YESTERDAY)["state"] == "submitted"


async def test_who_has_the_grid_no_more_sends_nothing(station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶")
    await station.commit([Draft("person.assigned", zhao.person, None, station["master"], {"grids": []})])
    assert await look(station, 21) == 0


async def test_a_day_of_a_patrol_alone_goes_too(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    walk(zhao, station, 0, HOUR_MS)
    station.now_ms += 2 * HOUR_MS
    await zhao.exchange()
    assert await look(station, 20) == 1
    assert "上午 10:44–11:44" in words(await (await sign_in(station, "master")).get("/desk/logs"))


async def test_a_day_of_a_note_that_was_taken_back_has_no_log(station: Station, zhao: Phone) -> None:
    zhao.clock_ms = station.now_ms
    note = zhao.make("patrol.noted", LAMP).header.id
    zhao.make("patrol.withdrawn", {}, entity=note, over={"revision": [note]})
    await zhao.exchange()
    assert await look(station, 20) == 0


async def test_a_day_of_a_check_alone_goes_too_unless_it_was_taken_back(station: Station, zhao: Phone) -> None:
    await chen(station)
    of = await pair(await sign_in(station, "master"), station)
    await check(zhao, station, of, "ok", ago_ms=DAY_MS)
    back = await check(zhao, station, of, "ok")
    zhao.make("care_check.undone", {}, entity=back)
    await zhao.exchange()
    assert await look(station, 20) == 1
    desk = await sign_in(station, "master")
    page = await desk.get("/desk/logs")
    assert "赵敏 11月19日的日志" in words(page)
    assert "看望过的 1 陈奶奶 ，3-2-501 ，放心 补录" in words(page)
