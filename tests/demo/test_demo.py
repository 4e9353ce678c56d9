"""Elm Bridge 榆桥社区 as a newcomer finds it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from server import schema
from server.db import Database
from server.demo import imagine, long_before, seed
from server.demo.before import day_walked
from server.demo.place import PLOTS
from server.journal import Journal
from server.localtime import DAY_MS, day_start_ms, local_day
from server.settings import Settings

pytestmark = pytest.mark.anyio

TODAY = "2026-11-20"
NOW_MS = day_start_ms(TODAY, 480) + 20 * 3600 * 1000
TABLES = (
    "journal",
    "grid",
    "building",
    "household",
    "resident",
    "visit",
    "door",
    "person",
    "patrol",
    "daily_log",
    "whistle",
    "department",
)
Tables = dict[str, list[dict[str, Any]]]


async def read_tables(db: Database) -> Tables:
    async with db.reading() as connection:
        return {
            name: [dict(row) for row in (await connection.execute(select(schema.metadata.tables[name]))).mappings()]
            for name in TABLES
        }


@pytest.fixture(scope="module")
async def elm_bridge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Tables]:
    folder = tmp_path_factory.mktemp("demo")
    settings = Settings(f"sqlite+aiosqlite:///{folder / 'sifang.db'}", folder, b"s" * 32)
    db = Database(settings.database_url)
    async with db.writing() as connection:
        await connection.run_sync(schema.metadata.create_all)
    journal = Journal(db, settings)
    with long_before(TODAY, settings.utc_offset_min) as hour:
        await journal.start()
        await seed(db, journal, settings, TODAY, hour)
    size = await journal.size()
    with long_before(TODAY, settings.utc_offset_min) as hour:
        await seed(db, journal, settings, TODAY, hour)
    assert await journal.size() == size, "seeding again changes nothing"
    yield await read_tables(db)
    await journal.stop()
    await db.close()


async def test_everything_came_in_and_nothing_was_set_aside(elm_bridge: Tables) -> None:
    assert {row["outcome"] for row in elm_bridge["journal"]} == {"accepted"}
    assert [grid["name"] for grid in sorted(elm_bridge["grid"], key=lambda grid: grid["sort"])] == [
        plot.name for plot in PLOTS
    ]
    assert {"王站长", "小赵", "老孙"} <= {person["name"] for person in elm_bridge["person"]}
    assert all(row["source"] for row in (*elm_bridge["household"], *elm_bridge["resident"], *elm_bridge["visit"]))


async def test_each_grid_is_of_real_size_and_shape(elm_bridge: Tables) -> None:
    for grid in elm_bridge["grid"]:
        homes = [home for home in elm_bridge["household"] if home["grid"] == grid["id"]]
        buildings = [building for building in elm_bridge["building"] if building["grid"] == grid["id"]]
        assert 180 <= len(homes) <= 320
        assert 4 <= sum(building["kind"] == "block" for building in buildings) <= 8
        lives = Counter(home["occupancy"] for home in homes)
        assert 0.17 <= lives["rented"] / len(homes) <= 0.23
        assert 0.09 <= lives["vacant"] / len(homes) <= 0.15
        residents = [resident for resident in elm_bridge["resident"] if resident["grid"] == grid["id"]]
        tags = Counter(tag for resident in residents for tag in json.loads(resident["tags"]))
        assert 6 <= tags["elder_alone"] <= 10
        assert tags["disabled"] in {5, 6}
        assert tags["low_income"] == 6
        called = [home for home in homes if home["occupancy"] not in {"vacant", None}]
        assert all(home["contact"] for home in called)
    kinds = Counter(home["kind"] for home in elm_bridge["household"])
    assert min(kinds["shop"], kinds["basement"], kinds["bungalow"]) >= 4


async def test_ninety_days_of_rounds_leave_uneven_paint(elm_bridge: Tables) -> None:
    visits = elm_bridge["visit"]
    met = Counter(visit["result"] for visit in visits)
    assert 0.4 <= met["met"] / len(visits) <= 0.6
    assert max(visit["occurred_at_ms"] for visit in visits) <= NOW_MS
    days: dict[tuple[str, str], int] = Counter(
        (visit["grid"], local_day(visit["occurred_at_ms"], 480))
        for visit in visits
        if visit["occurred_at_ms"] > NOW_MS - 90 * DAY_MS
    )
    usual = sorted(days.values())
    assert 10 <= usual[len(usual) // 2] <= 20
    vacant = {home["id"] for home in elm_bridge["household"] if home["occupancy"] == "vacant"}
    overdue = Counter(
        door["grid"]
        for door in elm_bridge["door"]
        if door["id"] not in vacant and (door["contact_ms"] or 0) <= NOW_MS - 90 * DAY_MS
    )
    by_name = {grid["name"]: overdue[grid["id"]] for grid in elm_bridge["grid"]}
    assert by_name["第七网格"] == 40
    assert by_name == {plot.name: plot.overdue for plot in PLOTS}
    assert sum(door["promise_on"] == TODAY for door in elm_bridge["door"]) >= 2
    assert len({visit["text"] for visit in visits}) > 1000
    assert all(len(visit["text"] or "") <= 60 for visit in visits)
    assert {visit["mode"] for visit in visits} == {"door", "weekend", "reception", "night"}
    hours = Counter((visit["occurred_at_ms"] // 3_600_000 + 8) % 24 for visit in visits)
    assert set(hours) <= set(range(8, 22))
    assert hours[9] > 500
    assert hours[15] > 500


async def test_auntie_chens_story_stands_at_her_door(elm_bridge: Tables) -> None:
    third = next(grid["id"] for grid in elm_bridge["grid"] if grid["name"] == "第三网格")
    (chen,) = [visit for visit in elm_bridge["visit"] if (visit["text"] or "").startswith("陈奶奶独居")]
    home = next(home for home in elm_bridge["household"] if home["id"] == chen["household"])
    building = next(building for building in elm_bridge["building"] if building["id"] == home["building"])
    assert (home["grid"], building["quarters"], building["name"]) == (third, "槐安小区", "3幢")
    assert (home["entrance"], home["room"], home["contact"]) == ("2", "501", "陈奶奶")
    assert (chen["care"], chen["follow_up_on"]) == ("watch", TODAY)


async def test_the_day_before_was_walked_twice_by_everybody_and_its_logs_wait_to_be_read(elm_bridge: Tables) -> None:
    of = {person["id"]: person["name"] for person in elm_bridge["person"]}
    walks = [row for row in elm_bridge["patrol"] if local_day(row["started_ms"], 480) == "2026-11-19"]
    workers = sorted(plot.worker for plot in PLOTS)
    assert sorted(of[row["author"]] for row in walks) == sorted([*workers, *workers])
    assert {row["state"] for row in elm_bridge["patrol"]} == {"ended"}
    lasted = [(row["ended_ms"] - row["started_ms"]) // 60_000 for row in walks]
    assert all(40 <= minutes <= 90 for minutes in lasted)
    logs = elm_bridge["daily_log"]
    assert {(row["day"], row["state"]) for row in logs} == {("2026-11-19", "submitted")}
    assert sorted(of[row["author"]] for row in logs) == workers
    assert {row["text"] is None for row in logs} == {True, False}
    assert all(local_day(row["sent_ms"], 480) == "2026-11-19" for row in logs)


async def test_weeks_of_whistles_stand_in_many_states_and_none_is_of_today(elm_bridge: Tables) -> None:
    whistles = elm_bridge["whistle"]
    states = Counter(row["state"] for row in whistles)
    assert states["closed"] >= 25
    assert len(states) >= 6
    assert {row["level"] for row in whistles} == {1, 2, 3, 4}
    assert len({row["department"] for row in whistles}) > 5
    assert {local_day(row["received_ms"], 480)[:7] for row in whistles} >= {"2026-09", "2026-10", "2026-11"}
    blown = [row for row in whistles if row["channel"] != "resident"]
    assert max(row["stepped_ms"] for row in blown) < day_start_ms(TODAY, 480)
    titles = {row["title"] for row in whistles}
    assert {"4幢整栋暖气不热两天", "6幢地下室积水到小腿", "小学门口放学乱停车"} <= titles
    third = next(grid["id"] for grid in elm_bridge["grid"] if grid["name"] == "第三网格")
    waits = {row["state"] for row in blown if row["grid"] == third}
    assert waits <= {"closed", "merged", "invalid"}, "a newcomer's first phone has its own day to look at"


@pytest.mark.parametrize(("today", "walked"), [("2026-11-20", "2026-11-19"), ("2026-11-22", "2026-11-20"),
                                               ("2026-11-23", "2026-11-20")])  # fmt: skip
def test_nobody_needs_to_have_walked_on_a_weekend(today: str, walked: str) -> None:
    assert day_walked(today) == walked


async def test_nobody_can_be_called_or_recognised(elm_bridge: Tables) -> None:
    phones = {row["phone"] for row in (*elm_bridge["household"], *elm_bridge["resident"]) if row["phone"]}
    assert all(re.fullmatch(r"000-0000-\d{4}", phone) for phone in phones)
    assert all(len(resident["name"]) <= 3 for resident in elm_bridge["resident"])


def test_the_same_day_gives_the_same_community() -> None:
    assert imagine(date.fromisoformat(TODAY)) == imagine(date.fromisoformat(TODAY))
