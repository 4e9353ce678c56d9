"""One id, several edits: what took effect stands, whatever arrives under its name, in whatever order it is folded."""

from __future__ import annotations

import time

import pytest

from tests.journal.conftest import Station
from tests.journal.phone import Phone
from tests.journal.test_fork import clone

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("pushes", [1, 2])
async def test_nobody_takes_over_a_visit_by_its_id(station: Station, zhao: Phone, qian: Phone, pushes: int) -> None:
    visit = qian.visit(station["陈奶奶"], text="钱进写的")
    await qian.exchange()
    id_ = visit.header.id
    body = {"household": station["陈奶奶"], "occurred_at_ms": zhao.clock_ms, "mode": "door", "result": "refused"}
    zhao.make("no.such", {}, id=id_, entity=id_)
    if pushes == 2:
        await zhao.exchange()
    zhao.make("visit.recorded", body, id=id_, entity=id_)
    reply = await zhao.exchange()
    assert reply["outcomes"][-1]["outcome"] == "duplicate"
    assert zhao.outcomes[1]["reason"] == "unknown_kind"
    assert await station.value(f"SELECT text FROM visit WHERE id = '{id_}'") == "钱进写的"
    assert await station.refolds()


async def test_nobody_empties_a_home_by_its_id(station: Station, zhao: Phone, qian: Phone) -> None:
    home = station["陈奶奶"]
    before = await station.rows(f"SELECT room, facts FROM household WHERE id = '{home}'")
    zhao.make("no.such", {}, id=home, entity=home)
    body = {"building": station["3幢"], "room": "空", "kind": "home", "facts": {}}
    zhao.make("household.added", body, id=home, entity=home)
    await zhao.exchange()
    assert [zhao.outcomes[n]["outcome"] for n in (1, 2)] == ["quarantined", "duplicate"]
    assert await station.rows(f"SELECT room, facts FROM household WHERE id = '{home}'") == before
    assert await station.refolds()


async def test_what_a_fork_replaced_is_looked_through_alike_when_refolded(station: Station, zhao: Phone) -> None:
    home = station["陈奶奶"]
    first = zhao.make("household.stated", {"facts": {"note": "甲"}}, entity=home)
    await zhao.exchange()
    twin = clone(zhao)
    zhao.visit(home)
    await zhao.exchange()
    over = {"note": [first.header.id]}
    set_aside = twin.make("household.stated", {"facts": {"note": "乙"}}, entity=home, over=over)
    reply = await twin.exchange()
    assert reply["outcomes"][0]["reason"] == "fork"
    fresh = Phone(zhao.person, zhao.grid, station.http, key=twin.key, device=reply["fork"]["device"])
    fresh.nonce = reply["fork"]["nonce"]
    fresh.make("household.stated", {"facts": {"note": "丙"}}, entity=home, over={"note": [set_aside.header.id]})
    assert (await fresh.exchange())["outcomes"][0]["outcome"] == "accepted"
    assert await station.refolds()


async def test_a_made_up_history_cannot_hold_the_writer(station: Station, zhao: Phone) -> None:
    home = station["陈奶奶"]
    fields = [f"f{n}" for n in range(100)]
    last = zhao.make("household.stated", {"facts": {"bad": 1}}, entity=home)
    for _ in range(3):
        for _ in range(300):
            over = {field: [last.header.id] for field in ("bad", *fields)}
            last = zhao.make("household.stated", {"facts": {"bad": 1}}, entity=home, over=over)
        begun = time.process_time()
        await zhao.exchange()
        # No measure of speed: before, this took minutes and grew with every push.
        assert time.process_time() - begun < 20
    assert {outcome["reason"] for outcome in zhao.outcomes.values()} == {"bad_body"}


async def test_six_typed_characters_are_text(station: Station, zhao: Phone) -> None:
    visit = zhao.visit(station["陈奶奶"], text="他打的是 \\u0000 这六个字")
    bad = zhao.visit(station["陈奶奶"], text="真的\x00")
    await zhao.exchange()
    assert await station.value(f"SELECT text FROM visit WHERE id = '{visit.header.id}'") == "他打的是 \\u0000 这六个字"
    assert zhao.outcomes[bad.header.n]["reason"] == "bad_body"


async def test_a_correction_that_names_itself_is_a_correction(station: Station, zhao: Phone) -> None:
    home = station["陈奶奶"]
    visit = zhao.visit(home, text="先")
    id_ = "01a20000-0000-7000-8000-00000000abcd"
    body = {"household": home, "occurred_at_ms": zhao.clock_ms, "mode": "door", "result": "met", "text": "后"}
    zhao.make("visit.corrected", body, id=id_, entity=visit.header.id, over={"revision": [visit.header.id, id_]})
    await zhao.exchange()
    assert zhao.outcomes[2]["outcome"] == "accepted"
    assert await station.value(f"SELECT text FROM visit WHERE id = '{visit.header.id}'") == "后"
    assert await station.refolds()
