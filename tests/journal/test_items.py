"""What asks became goes with its home: to another grid, into a first copy, and away when the home is erased."""

from __future__ import annotations

from typing import Any

import pytest

from server.journal import Draft, Thing
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def raised(phone: Phone, station: Station) -> tuple[str, str]:
    """A visit that promised a day, and the need it became."""
    source = phone.visit(station["陈奶奶"], asks={"need": "量血压"}, follow_up_on="2026-11-27").header.id
    body: dict[str, Any] = {"kind": "need", "text": "量血压", "occurred_at_ms": phone.clock_ms}
    body |= {"household": station["陈奶奶"], "source_visit": source}
    item = phone.make("item.raised", body).header.id
    await phone.exchange()
    return source, item


async def test_an_item_goes_with_its_building_and_later_words_find_it(station: Station, zhao: Phone) -> None:
    sun = await station.phone("孙立", "第四网格")
    source, item = await raised(zhao, station)
    await zhao.exchange()
    assert zhao.row("item", item)["state"] == "new"
    moved = Draft("building.moved", station["3幢"], station["第三网格"], station["master"], {"to": station["第四网格"]})
    await station.journal.commit([moved])
    zhao.make("item.moved", {"to": "done"}, entity=item, over={"step": [item]})
    zhao.make("visit.kept", {"on": "2026-11-27", "note": "打过电话"}, entity=source)
    assert [each["outcome"] for each in (await zhao.exchange())["outcomes"]] == ["accepted"] * 2
    await sun.exchange()
    assert sun.row("item", item)["state"] == "done"
    assert "promise_on" not in sun.row("door", station["陈奶奶"])
    assert sun.row("visit", source)["kept"]["note"] == "打过电话"
    await zhao.exchange()
    assert ("item", item) not in zhao.rows
    assert await station.refolds()


async def test_an_item_is_erased_with_its_home(station: Station, zhao: Phone) -> None:
    _, item = await raised(zhao, station)
    home = station["陈奶奶"]
    thing = Thing("household", home, station["第三网格"], home)
    assert await station.journal.erase(thing, station["master"], "asked")
    assert await station.rows("SELECT id FROM item") == []
    assert await station.rows(f"SELECT id FROM journal WHERE id = '{item}' AND body IS NOT NULL") == []
    await zhao.exchange()
    assert ("item", item) not in zhao.rows
    assert await station.refolds()


async def test_an_item_goes_with_the_visit_it_came_from(station: Station, zhao: Phone) -> None:
    source, item = await raised(zhao, station)
    zhao.make("item.rated", {"rating": "basic", "note": "来过一回"}, entity=item)
    await zhao.exchange()
    thing = Thing("visit", source, station["第三网格"], station["陈奶奶"])
    assert await station.journal.erase(thing, station["master"], "wrong_person")
    assert await station.rows("SELECT id FROM item") == []
    assert await station.refolds()
