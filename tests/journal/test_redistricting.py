"""Grids are split, merged and handed on while phones are offline: nothing ends up in neither place."""

from __future__ import annotations

from typing import Any

import pytest
from uuid_utils import uuid7

from server.journal import Draft
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


@pytest.fixture
async def sun(station: Station) -> Phone:
    """Worker Sun 孙立 of the fourth grid."""
    return await station.phone("孙立", "第四网格")


async def desk(station: Station, kind: str, entity: str, body: dict[str, Any], grid: str | None) -> str:
    """The station master redraws something; returns the outcome."""
    (receipt,) = await station.journal.commit([Draft(kind, entity, grid, station["master"], body, id=str(uuid7()))])
    return receipt.outcome


async def hand_building_over(station: Station) -> None:
    """3幢 goes to the fourth grid."""
    body = {"to": station["第四网格"]}
    assert await desk(station, "building.moved", station["3幢"], body, station["第三网格"]) == "accepted"


def kinds(phone: Phone) -> dict[str, int]:
    """How many rows of each kind a phone holds."""
    counts: dict[str, int] = {}
    for kind, _ in phone.rows:
        counts[kind] = counts.get(kind, 0) + 1
    return counts


async def test_a_building_goes_over_whole_and_edits_made_offline_follow_it(
    station: Station, zhao: Phone, sun: Phone
) -> None:
    known = zhao.visit(station["陈奶奶"], text="搬走之前").header.id
    zhao.make("household.stated", {"facts": {"phone": "000-0000-0001"}}, entity=station["陈奶奶"])
    await zhao.exchange()
    await sun.exchange()
    assert kinds(sun) == {"grid": 1}
    body = {"household": station["陈奶奶"], "occurred_at_ms": zhao.clock_ms, "mode": "door", "result": "met"}
    late = zhao.visit(station["马师傅"], text="没有信号").header.id
    zhao.make("visit.corrected", {**body, "text": "改过"}, entity=known, over={"revision": [known]})
    door = zhao.make(
        "household.added", {"building": station["3幢"], "room": "504", "kind": "home", "facts": {}}
    ).header.id
    there = zhao.visit(door, text="新门").header.id
    await hand_building_over(station)
    await sun.exchange()
    assert kinds(sun) == {"grid": 1, "building": 1, "household": 3, "door": 3, "visit": 1}
    outcomes = (await zhao.exchange())["outcomes"]
    assert [each["outcome"] for each in outcomes] == ["accepted"] * 4
    # Here all of it has left, there all of it has come.
    assert kinds(zhao) == {"grid": 1}
    await sun.exchange()
    assert kinds(sun) == {"grid": 1, "building": 1, "household": 4, "door": 4, "visit": 3}
    assert sun.row("visit", known)["text"] == "改过"
    assert sun.row("household", station["陈奶奶"])["facts"]["phone"][0]["value"] == "000-0000-0001"
    assert sun.row("door", door)["contact_ms"]
    rows = await station.rows("SELECT id, grid, grid_then FROM visit")
    four, three = station["第四网格"], station["第三网格"]
    assert {tuple(row) for row in rows} == {(known, four, three), (late, four, three), (there, four, three)}
    assert await station.refolds()
    fresh = await station.phone("孙立", "第四网格")
    for _ in range(2):  # a snapshot that is a little old, and what has changed since
        await fresh.exchange()
    assert {key: fresh.row(*key) for key in fresh.rows} == {key: sun.row(*key) for key in sun.rows}


async def test_a_visit_told_back_goes_after_the_door_that_went_to_another_grid(
    station: Station, zhao: Phone, sun: Phone
) -> None:
    three, four = station["第三网格"], station["第四网格"]
    await station.add("4幢", "building.added", {"quarters": "槐安小区", "name": "4幢", "sort": 4}, three)
    home = {"building": station["4幢"], "entrance": "1", "floor": 1, "room": "101", "kind": "home"}
    await station.add("周大爷", "household.added", {**home, "facts": {"contact": "周大爷"}}, three)
    visit = zhao.visit(station["陈奶奶"], follow_up_on="2027-02-01").header.id
    other = {"household": station["周大爷"], "occurred_at_ms": zhao.clock_ms, "mode": "door", "result": "met"}
    told = zhao.make("visit.corrected", other, entity=visit, over={"revision": [visit]}).header.id
    await zhao.exchange()
    assert zhao.row("door", station["陈奶奶"]).get("contact_ms") is None
    await hand_building_over(station)
    # It was of the first door after all: there it stands, and of the other door nothing is left.
    zhao.make("visit.undone", {"edit": told}, entity=visit)
    (outcome,) = (await zhao.exchange())["outcomes"]
    assert outcome["outcome"] == "accepted"
    await sun.exchange()
    assert sun.row("visit", visit)["household"] == station["陈奶奶"]
    assert sun.row("door", station["陈奶奶"])["contact_ms"] == zhao.clock_ms
    assert sun.row("door", station["陈奶奶"])["promise_on"] == "2027-02-01"
    assert ("visit", visit) not in zhao.rows
    assert zhao.row("door", station["周大爷"]).get("contact_ms") is None
    assert await station.rows("SELECT grid, grid_then, household FROM visit") == [(four, three, station["陈奶奶"])]
    assert await station.value("SELECT count(*) FROM door WHERE grid = '" + three + "'") == 1
    assert {row[0] for row in await station.rows("SELECT grid FROM visit_revision")} == {four}
    # What is said of it under the grid where it was written finds it.
    zhao.make("visit.corrected", {**other, "household": station["陈奶奶"], "text": "补一句"}, entity=visit)
    (outcome,) = (await zhao.exchange())["outcomes"]
    assert outcome["outcome"] in ("accepted", "contested")
    assert await station.refolds()


async def test_a_building_that_comes_back_is_where_it_was(station: Station, zhao: Phone, sun: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    before = {key: row["row"] for key, row in zhao.rows.items()}
    await hand_building_over(station)
    await zhao.exchange()
    back = {"to": station["第三网格"]}
    assert await desk(station, "building.moved", station["3幢"], back, station["第三网格"]) == "accepted"
    await zhao.exchange()
    await sun.exchange()
    assert {key: row["row"] for key, row in zhao.rows.items()} == before
    assert kinds(sun) == {"grid": 1}
    assert await station.refolds()


async def test_a_grid_is_handed_on_and_what_was_done_before_hearing_of_it_counts(
    station: Station, zhao: Phone, sun: Phone
) -> None:
    await zhao.exchange()
    visit = zhao.visit(station["陈奶奶"], text="交接前").header.id
    both = {"grids": [station["第三网格"], station["第四网格"]]}
    assert await desk(station, "person.assigned", station["孙立"], both, None) == "accepted"
    assert await desk(station, "person.assigned", station["赵敏"], {"grids": []}, None) == "accepted"
    reply = await zhao.exchange()
    assert reply["outcomes"][0]["outcome"] == "accepted"
    assert reply["gone"] == [f"grid:{station['第三网格']}"]
    for _ in range(2):
        await sun.exchange()
    assert sun.row("visit", visit)["text"] == "交接前"
    # Afterwards they know better.
    zhao.visit(station["陈奶奶"])
    reply = await zhao.exchange()
    assert (reply["outcomes"][0]["outcome"], reply["outcomes"][0]["reason"]) == ("quarantined", "out_of_scope")
    assert await station.refolds()
