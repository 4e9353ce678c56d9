"""A whistle goes with its building, and away with the home or the visit it came from; its photos stay while it does."""

from __future__ import annotations

from typing import Any

import pytest

from server.journal import Draft, Thing
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def raised(phone: Phone, station: Station) -> tuple[str, str]:
    """A visit, and the whistle it was raised from."""
    source = phone.visit(station["陈奶奶"], asks={"difficulty": "楼道飞线"}).header.id
    body: dict[str, Any] = {
        "title": "楼道飞线充电",
        "text": "五辆车",
        "occurred_at_ms": phone.clock_ms,
        "category": "W08",
    }
    body |= {"household": station["陈奶奶"], "source_of": "visit", "source": source}
    whistle = phone.make("whistle.raised", body).header.id
    await phone.exchange()
    await phone.exchange()
    return source, whistle


async def test_a_whistle_goes_with_its_building_and_later_steps_find_it(station: Station, zhao: Phone) -> None:
    sun = await station.phone("孙立", "第四网格")
    _, whistle = await raised(zhao, station)
    assert zhao.row("whistle", whistle)["first_owner_name"] == zhao.row("whistle", whistle)["by"]
    moved = Draft("building.moved", station["3幢"], station["第三网格"], station["master"], {"to": station["第四网格"]})
    await station.journal.commit([moved])
    zhao.make("whistle.moved", {"to": "self_resolved", "note": "推走了"}, entity=whistle, over={"step": [whistle]})
    assert [each["outcome"] for each in (await zhao.exchange())["outcomes"]] == ["accepted"]
    await sun.exchange()
    assert sun.row("whistle", whistle)["state"] == "self_resolved"
    await zhao.exchange()
    assert ("whistle", whistle) not in zhao.rows
    assert await station.refolds()


@pytest.mark.parametrize("of", ["household", "visit"])
async def test_a_whistle_is_erased_with_what_it_came_from(station: Station, zhao: Phone, of: str) -> None:
    source, whistle = await raised(zhao, station)
    zhao.make("whistle.told", {"note": "陈奶奶说夜里更多"}, entity=whistle)
    await zhao.exchange()
    home = station["陈奶奶"]
    thing = (
        Thing("household", home, station["第三网格"], home)
        if of == "household"
        else Thing("visit", source, station["第三网格"], home)
    )
    assert await station.journal.erase(thing, station["master"], "asked")
    assert await station.rows("SELECT id FROM whistle") == []
    about = f"(id = '{whistle}' OR entity = '{whistle}') AND body IS NOT NULL"
    assert await station.rows(f"SELECT id FROM journal WHERE {about}") == []
    await zhao.exchange()
    assert ("whistle", whistle) not in zhao.rows
    assert await station.refolds()
