"""A group hears of overdue whistles: once a day for a grid, never at night, and nothing of what they are about."""

from __future__ import annotations

import pytest

from tests.desk.conftest import HOUR_MS, sign_in
from tests.desk.test_whistles import at, blow, people, press, sent_to
from tests.hooks.group import Group
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

SAYS = "【四访】榆桥社区 第三网格：有吹哨过了期限还没办好。请到工作台看：\nhttps://sifang.example.org/desk/whistles"


async def test_overdue_whistles_of_a_grid_are_one_word_a_day_and_none_at_night(
    station: Station, zhao: Phone, group: Group
) -> None:
    mei, _, _ = await people(station)
    for title in ("楼道飞线充电", "又一处飞线"):
        page = at(station, await blow(zhao, station, title=title))
        await press(mei, page, "dispatched", **sent_to(station, "消防"))
    begun_ms = station.now_ms
    # Dispatched at 10:44, urgent: due in a day.
    for hours, said in ((23, 0), (25, 1), (26, 1), (48, 1), (50, 2), (51, 2)):
        station.now_ms = begun_ms + hours * HOUR_MS
        await station.app.state.hooks.look()
        assert group.everything() == [SAYS] * 3 * said, hours
    asked = b"".join(group.asked).decode()
    assert [word for word in ("飞线", "赵敏", "陈", "501", "3幢", "消防") if word in asked] == []


async def test_at_night_it_waits_for_the_morning_unless_somebody_is_in_danger(
    station: Station, zhao: Phone, group: Group
) -> None:
    await people(station)
    begun_ms = station.now_ms
    station.now_ms = begun_ms + 11 * HOUR_MS
    await press_late(station, zhao, "urgent")
    station.now_ms += 25 * HOUR_MS
    await station.app.state.hooks.look()
    assert group.everything() == [], "a quarter to eleven at night"
    station.now_ms += 10 * HOUR_MS
    await station.app.state.hooks.look()
    assert group.everything() == [SAYS] * 3
    station.now_ms = begun_ms + 60 * HOUR_MS
    await press_late(station, zhao, "danger")
    station.now_ms += 3 * HOUR_MS
    await station.app.state.hooks.look()
    assert group.everything() == [SAYS] * 6, "two in the night"


async def press_late(station: Station, zhao: Phone, urgency: str) -> None:
    """Somebody whistles, and it is sent to a department at once, whatever the hour."""
    zhao.clock_ms = station.now_ms
    page = at(station, await blow(zhao, station))
    mei = await sign_in(station, "小梅")
    await press(mei, page, "dispatched", **{**sent_to(station, "消防"), "urgency": urgency})
