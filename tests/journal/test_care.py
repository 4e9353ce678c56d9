"""Who looks in on whom: what is kept, which phones are told what, and that none is ever told why."""

from __future__ import annotations

from typing import Any

import pytest

from server.journal import Draft
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

WHY = ("alone_80", "dementia", "reason", "女儿接走了")


async def paired(station: Station, carer: str = "老高", **said: Any) -> str:
    """Grandma Chen, looked in on by a neighbour who helps; the pair's id."""
    if carer not in station.ids:
        body = {"name": carer, "role": "volunteer", "community": station["community"], "grids": []}
        await station.add(carer, "person.added", {**body, "buildings": [station["3幢"]]})
    body = {"household": station["陈奶奶"], "carer": station[carer], "cadence": "weekly", "reason": "dementia"}
    return await station.add("pair", "care_pair.formed", {**body, **said}, station["第三网格"])


async def decide(station: Station, kind: str, body: dict[str, Any]) -> None:
    """What the station says of the pair later."""
    draft = Draft(kind, station["pair"], station["第三网格"], station["master"], body)
    (receipt,) = await station.journal.commit([draft])
    assert receipt.outcome == "accepted", receipt


def told(phone: Phone, kind: str) -> list[dict[str, Any]]:
    """The rows of a kind that a phone holds."""
    return [each["row"] for (k, _), each in phone.rows.items() if k == kind]


async def test_a_neighbour_is_told_a_name_and_a_door_and_never_why(station: Station) -> None:
    resident = {
        "household": station["陈奶奶"],
        "facts": {"name": "陈玉兰", "note": "有点糊涂"},
        "tags": ["elder_alone"],
    }
    await station.add("人", "resident.added", resident, station["第三网格"])
    pair = await paired(station, resident=station["人"])
    gao = await station.phone("老高")
    reply = await gao.exchange()
    (row,) = told(gao, "paired")
    assert (row["name"], row["building"], row["room"], row["cadence"]) == ("陈玉兰", "3幢", "501", "weekly")
    gao.make("care_check.made", {"pair": pair, "state": "watch", "occurred_at_ms": gao.clock_ms, "text": "咳嗽"})
    reply = await gao.exchange()
    assert gao.outcomes[1]["outcome"] == "accepted"
    assert told(gao, "paired")[0]["checked_ms"] == gao.clock_ms
    assert told(gao, "paired_check")[0]["text"] == "咳嗽"
    await decide(station, "care_pair.changed", {"cadence": "monthly", "reason": "alone_80"})
    await decide(station, "care_pair.ended", {"note": "女儿接走了"})
    await gao.exchange()
    assert told(gao, "paired")[0]["ended_ms"] == station.now_ms
    assert [scope["scope"] for scope in reply["scopes"]] == [f"person:{station['老高']}"], "nothing else of the grid"
    # Not on this phone, and in no row that any phone is sent.
    feed = await station.rows("SELECT data FROM feed WHERE data IS NOT NULL")
    said = [*(str(row) for row in gao.rows.values()), *(bytes(row[0]).decode() for row in feed)]
    assert [word for word in WHY for line in said if word in line] == []
    assert "有点糊涂" not in str(gao.rows)
    assert await station.refolds()


async def test_a_name_told_anew_reaches_whoever_looks_in(station: Station, zhao: Phone) -> None:
    await paired(station)
    gao = await station.phone("老高")
    await gao.exchange()
    assert told(gao, "paired")[0]["name"] == "陈奶奶"
    zhao.make(
        "household.stated",
        {"facts": {"contact": "陈阿婆"}},
        entity=station["陈奶奶"],
        over={"contact": [station["陈奶奶"]]},
    )
    await zhao.exchange()
    await gao.exchange()
    assert told(gao, "paired")[0]["name"] == "陈阿婆"
    assert await station.refolds()


async def test_who_walks_the_grid_holds_its_pairs_and_checks(station: Station, zhao: Phone) -> None:
    pair = await paired(station)
    gao = await station.phone("老高")
    gao.make("care_check.made", {"pair": pair, "state": "urgent", "occurred_at_ms": gao.clock_ms, "way": "door"})
    await gao.exchange()
    await zhao.exchange()
    (row,), (check,) = told(zhao, "care_pair"), told(zhao, "care_check")
    assert (row["state"], row["check"], check["by"], check["way"]) == ("urgent", check["id"], "老高", "door")
    # A phone that comes new gets the same with its first download.
    new = await station.phone("钱进")
    await new.exchange()
    assert told(new, "care_pair") == [row]
    assert told(new, "care_check") == [check]


async def test_what_was_found_stands_though_the_pair_was_ended_meanwhile(station: Station) -> None:
    pair = await paired(station)
    gao = await station.phone("老高")
    gao.make("care_check.made", {"pair": pair, "state": "urgent", "occurred_at_ms": gao.clock_ms, "text": "摔了"})
    await decide(station, "care_pair.ended", {})
    await gao.exchange()
    assert gao.outcomes[1]["outcome"] == "accepted"
    assert told(gao, "paired_check")[0]["after_end"]
    assert await station.value("SELECT text FROM care_check") == "摔了"
    assert await station.refolds()


async def test_nobody_else_s_phone_makes_checks_of_a_pair(station: Station) -> None:
    pair = await paired(station)
    for name in ("老高", "老李"):
        if name not in station.ids:
            body: dict[str, Any] = {"name": name, "role": "volunteer", "community": station["community"], "grids": []}
            await station.add(name, "person.added", {**body, "buildings": [station["3幢"]]})
    li, gao = await station.phone("老李"), await station.phone("老高")
    li.make("care_check.made", {"pair": pair, "state": "ok", "occurred_at_ms": li.clock_ms})
    check = gao.make("care_check.made", {"pair": pair, "state": "ok", "occurred_at_ms": gao.clock_ms})
    gao.visit(station["陈奶奶"])
    await li.exchange()
    await gao.exchange()
    li.make("care_check.undone", {}, entity=check.header.id)
    gao.make("care_check.undone", {}, entity=check.header.id)
    await li.exchange()
    await gao.exchange()
    reasons = [[each.get("reason") for _, each in sorted(phone.outcomes.items())] for phone in (li, gao)]
    assert reasons == [["out_of_scope", "out_of_scope"], [None, "out_of_scope", None]]
    assert await station.value("SELECT undone_by FROM care_check") == "老高"
    assert await station.refolds()


async def test_a_home_that_goes_to_another_grid_takes_its_pairs_along(station: Station, zhao: Phone) -> None:
    pair = await paired(station)
    gao = await station.phone("老高")
    gao.make("care_check.made", {"pair": pair, "state": "watch", "occurred_at_ms": gao.clock_ms})
    await gao.exchange()
    await zhao.exchange()
    move = Draft("building.moved", station["3幢"], station["第三网格"], station["master"], {"to": station["第四网格"]})
    (receipt,) = await station.journal.commit([move])
    assert receipt.outcome == "accepted"
    await zhao.exchange()
    assert (told(zhao, "care_pair"), told(zhao, "care_check")) == ([], [])
    # Under the old grid still: it finds the pair where it stands.
    gao.make("care_check.made", {"pair": pair, "state": "ok", "occurred_at_ms": gao.clock_ms + 1})
    await gao.exchange()
    assert gao.outcomes[2]["outcome"] == "accepted"
    other = await station.phone("孙立", grid="第四网格")
    await other.exchange()
    assert [row["state"] for row in told(other, "care_pair")] == ["ok"]
    assert len(told(other, "care_check")) == 2
    assert told(gao, "paired")[0]["grid"] == station["第四网格"]
    assert await station.value("SELECT reason FROM care_reason") == "dementia"
    assert await station.refolds()
