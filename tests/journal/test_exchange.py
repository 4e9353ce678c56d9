"""What a phone and the server say to each other on good and on bad days."""

from __future__ import annotations

import pytest

from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def test_a_visit_reaches_the_desk_and_comes_back_as_a_row(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    visit = zhao.visit(station["陈奶奶"], text="厕所灯坏三天，不敢换。𠮷", care="watch", follow_up_on="2027-01-20")
    reply = await zhao.exchange()
    assert [outcome["outcome"] for outcome in reply["outcomes"]] == ["accepted"]
    assert reply["outcomes"][0]["position"] == reply["size"] - 1
    row = zhao.row("visit", visit.header.id)
    assert row["text"] == "厕所灯坏三天，不敢换。𠮷"
    assert row["by"] == "赵敏"
    assert "revision" not in row
    door = zhao.row("door", station["陈奶奶"])
    assert door == {
        "id": station["陈奶奶"],
        "contact_ms": zhao.clock_ms,
        "knock_ms": zhao.clock_ms,
        "knock_result": "met",
        "care": "watch",
        "care_ms": zhao.clock_ms,
        "promise_on": "2027-01-20",
        "promise_ms": zhao.clock_ms,
    }
    assert await station.value("SELECT words FROM visit") == "厕所灯坏三天，不敢换。𠮷"
    assert await station.refolds()
