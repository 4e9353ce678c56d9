"""What a rule asks goes to a person; what a person decides is an edit, and can be taken back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from uuid_utils import uuid7

from server.journal import Draft, Receipt
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def last(phone: Phone) -> tuple[str, str | None]:
    """What became of the phone's last edit."""
    outcome = (await phone.exchange())["outcomes"][-1]
    return outcome["outcome"], outcome.get("reason")


async def decide(station: Station, kind: str, entity: str, body: dict[str, Any], **more: Any) -> Receipt:
    """The station master says something at the desk."""
    draft = Draft(kind, entity, station["第三网格"], station["master"], body, id=str(uuid7()), **more)
    (receipt,) = await station.journal.commit([draft])
    return receipt


def values(phone: Phone, home: str, field: str) -> list[tuple[Any, bool]]:
    """What stands of a fact on this phone, the one shown first, and whether it only asks."""
    heads = phone.row("household", home)["facts"][field]
    return [(head["value"], head.get("proposed", False)) for head in heads]


async def test_two_numbers_stand_until_one_tap_settles_them_and_one_takes_that_back(
    station: Station, zhao: Phone, qian: Phone
) -> None:
    home = station["陈奶奶"]
    zhao.make("household.stated", {"facts": {"phone": "000-0000-0001"}}, entity=home)
    qian.make("household.stated", {"facts": {"phone": "000-0000-0002"}}, entity=home)
    assert await last(zhao) == ("accepted", None)
    assert await last(qian) == ("contested", None)
    await zhao.exchange()
    over = {"phone": [head["edit"] for head in zhao.row("household", home)["facts"]["phone"]]}
    settled = await decide(station, "household.stated", home, {"facts": {"phone": "000-0000-0001"}}, over=over)
    assert settled.outcome == "accepted"
    await qian.exchange()
    assert values(qian, home, "phone") == [("000-0000-0001", False)]
    undone = await decide(station, "household.undone", home, {"field": "phone", "edit": settled.id})
    assert undone.outcome == "contested"
    for phone in (zhao, qian):
        await phone.exchange()
        assert {value for value, _ in values(phone, home, "phone")} == {"000-0000-0001", "000-0000-0002"}
    # And a second time changes nothing more.
    await decide(station, "household.undone", home, {"field": "phone", "edit": settled.id})
    assert await station.value("SELECT count(*) FROM fact_past WHERE undone") == 1
    assert await station.refolds()


async def test_a_worker_proposes_that_a_home_stands_empty_and_a_leader_decides(station: Station, zhao: Phone) -> None:
    home = station["马师傅"]
    lived_in = zhao.make("household.stated", {"facts": {"occupancy": "owner"}}, entity=home)
    assert await last(zhao) == ("accepted", None)
    over = {"occupancy": [lived_in.header.id]}
    empty = zhao.make("household.stated", {"facts": {"occupancy": "vacant"}}, entity=home, over=over)
    assert await last(zhao) == ("contested", None)
    assert values(zhao, home, "occupancy") == [("owner", False), ("vacant", True)]
    assert await station.value(f"SELECT occupancy FROM household WHERE id = '{home}'") == "owner"
    # Nor does stating it again, over both, settle it.
    both = {"occupancy": [lived_in.header.id, empty.header.id]}
    zhao.make("household.stated", {"facts": {"occupancy": "vacant"}}, entity=home, over=both)
    assert await last(zhao) == ("contested", None)
    heads = zhao.row("household", home)["facts"]["occupancy"]
    over = {"occupancy": [head["edit"] for head in heads]}
    receipt = await decide(station, "household.stated", home, {"facts": {"occupancy": "vacant"}}, over=over)
    assert receipt.outcome == "accepted"
    await zhao.exchange()
    assert values(zhao, home, "occupancy") == [("vacant", False)]
    # Only a leader takes it back.
    zhao.make("household.undone", {"field": "occupancy", "edit": receipt.id}, entity=home)
    assert await last(zhao) == ("quarantined", "needs_decision")
    await decide(station, "household.undone", home, {"field": "occupancy", "edit": receipt.id})
    await zhao.exchange()
    assert values(zhao, home, "occupancy")[0] == ("owner", False)
    assert await station.refolds()


async def test_a_worker_thinks_better_of_it(station: Station, zhao: Phone, qian: Phone) -> None:
    home = station["马师傅"]
    lived_in = zhao.make("household.stated", {"facts": {"occupancy": "owner"}}, entity=home)
    over = {"occupancy": [lived_in.header.id]}
    empty = zhao.make("household.stated", {"facts": {"occupancy": "vacant"}}, entity=home, over=over)
    both = {"occupancy": [lived_in.header.id, empty.header.id]}
    await zhao.exchange()
    qian.make("household.stated", {"facts": {"occupancy": "rented"}}, entity=home, over=both)
    assert await last(qian) == ("contested", None)
    await zhao.exchange()
    assert values(zhao, home, "occupancy") == [("rented", False), ("vacant", True)]
    zhao.make("household.undone", {"field": "occupancy", "edit": empty.header.id}, entity=home)
    assert await last(zhao) == ("accepted", None)
    assert values(zhao, home, "occupancy") == [("rented", False)]
    assert await station.refolds()


async def test_a_tag_that_a_colleague_gave_goes_only_when_a_leader_says_so(
    station: Station, zhao: Phone, qian: Phone
) -> None:
    auntie = zhao.make("resident.added", {"household": station["陈奶奶"], "facts": {"name": "陈奶奶"}, "tags": []})
    person = auntie.header.id
    alone = zhao.make("resident.tagged", {"add": ["elder_alone", "disabled"]}, entity=person)
    await zhao.exchange()
    await qian.exchange()
    over = {"tag:elder_alone": [alone.header.id]}
    gone = qian.make("resident.tagged", {"remove": ["elder_alone"]}, entity=person, over=over)
    assert await last(qian) == ("contested", None)
    row = qian.row("resident", person)
    assert "elder_alone" in row["tags"]
    assert [head["by"] for head in row["leaving"]["elder_alone"]] == ["钱进"]
    assert await station.value(f"SELECT contested FROM resident WHERE id = '{person}'")
    # Zhao may take back what she has just given by a slip of the finger; its end she would have to propose as well.
    zhao.make("resident.undone", {"field": "tag:disabled", "edit": alone.header.id}, entity=person)
    assert await last(zhao) == ("accepted", None)
    assert list(zhao.row("resident", person)["tags"]) == ["elder_alone"]
    named = {"tag:elder_alone": [alone.header.id, gone.header.id]}
    removed = await decide(station, "resident.tagged", person, {"remove": ["elder_alone"]}, over=named)
    assert removed.outcome == "accepted"
    await zhao.exchange()
    assert "tags" not in zhao.row("resident", person)
    await decide(station, "resident.undone", person, {"field": "tag:elder_alone", "edit": removed.id})
    await zhao.exchange()
    assert list(zhao.row("resident", person)["leaving"]) == ["elder_alone"]
    kept = await decide(station, "resident.tagged", person, {"add": ["elder_alone"]}, over=named)
    assert kept.outcome == "accepted"
    await zhao.exchange()
    assert "leaving" not in zhao.row("resident", person)
    assert "elder_alone" in zhao.row("resident", person)["tags"]
    assert await station.refolds()


async def test_what_the_stations_own_ledger_says_holds_whoever_brought_it_in(station: Station, zhao: Phone) -> None:
    keeper = {"name": "管机器的", "role": "admin", "community": station["community"], "grids": []}
    await station.add("管机器的", "person.added", keeper)
    home, body = station["马师傅"], {"facts": {"occupancy": "vacant"}, "imported": {"source": "00" * 32, "row": 3}}
    draft = Draft("household.stated", home, station["第三网格"], station["管机器的"], body)
    assert [receipt.outcome for receipt in await station.journal.commit([draft])] == ["accepted"]
    # A phone that says so of itself is a phone.
    zhao.make("household.stated", body, entity=station["空房"])
    assert await last(zhao) == ("contested", None)
    assert await station.refolds()


async def test_a_leader_chooses_between_two_tellings_of_a_visit(station: Station, zhao: Phone) -> None:
    visit = zhao.visit(station["陈奶奶"], text="血压高").header.id
    body = {"household": station["陈奶奶"], "occurred_at_ms": zhao.clock_ms, "mode": "door", "result": "met"}
    other = await station.phone("赵敏")
    first = zhao.make("visit.corrected", {**body, "text": "血压 150"}, entity=visit, over={"revision": [visit]})
    await zhao.exchange()
    second = other.make("visit.corrected", {**body, "text": "血压 160"}, entity=visit, over={"revision": [visit]})
    assert await last(other) == ("contested", None)
    heads = {"revision": [first.header.id, second.header.id]}
    settled = await decide(station, "visit.settled", visit, {"shown": first.header.id}, over=heads)
    assert settled.outcome == "accepted"
    await zhao.exchange()
    row = zhao.row("visit", visit)
    assert (row["text"], row["author"], row.get("heads")) == ("血压 150", station["赵敏"], None)
    assert (await decide(station, "visit.undone", visit, {"edit": settled.id})).outcome == "contested"
    await zhao.exchange()
    assert set(zhao.row("visit", visit)["heads"]) == {first.header.id, second.header.id}
    assert await station.refolds()


async def test_a_colleague_does_not_choose_for_another(station: Station, zhao: Phone, qian: Phone) -> None:
    visit = zhao.visit(station["陈奶奶"]).header.id
    await zhao.exchange()
    qian.make("visit.settled", {"shown": visit}, entity=visit, over={"revision": [visit]})
    assert await last(qian) == ("quarantined", "needs_decision")
    assert await station.refolds()


async def test_what_was_set_aside_is_released_and_its_author_hears_of_it(station: Station) -> None:
    sun = await station.phone("孙立", "第三网格")
    visit = sun.visit(station["陈奶奶"], text="帮隔壁网格看了一眼").header.id
    assert await last(sun) == ("quarantined", "out_of_scope")
    position = await station.value(f"SELECT position FROM journal WHERE id = '{visit}'")
    released = await decide(station, "edit.released", visit, {"position": position, "reason": "确实去了"})
    assert released.outcome == "accepted"
    assert await station.value(f"SELECT text FROM visit WHERE id = '{visit}'") == "帮隔壁网格看了一眼"
    await sun.exchange()
    told = sun.row("aside", visit)
    assert (told["decision"], told["by"], told["reason"]) == ("released", "王站长", "确实去了")
    again = await decide(station, "edit.released", visit, {"position": position}, over={"step": []})
    assert (again.outcome, again.reason) == ("accepted", None)
    assert await station.value(f"SELECT count(*) FROM visit WHERE id = '{visit}'") == 1
    # The same words made anew under the same id are known.
    twin = await station.phone("孙立", "第三网格")
    twin.visit(station["陈奶奶"], id=visit)
    assert (await last(twin))[0] in ("duplicate", "quarantined")
    assert await station.value(f"SELECT text FROM visit WHERE id = '{visit}'") == "帮隔壁网格看了一眼"
    assert await station.refolds()


async def test_of_two_leaders_who_decide_at_once_the_second_is_heard_and_changes_nothing(station: Station) -> None:
    sun = await station.phone("孙立", "第三网格")
    visit = sun.visit(station["陈奶奶"], text="帮隔壁网格看了一眼").header.id
    await sun.exchange()
    position = await station.value(f"SELECT position FROM journal WHERE id = '{visit}'")
    over: dict[str, list[str]] = {"step": []}
    first = await decide(station, "edit.declined", visit, {"position": position, "reason": "记错门了"}, over=over)
    await sun.exchange()
    told = sun.row("aside", visit)
    second = await decide(station, "edit.released", visit, {"position": position, "reason": "问过了"}, over=over)
    assert (second.outcome, second.reason) == ("accepted", None)
    assert await station.value("SELECT count(*) FROM visit") == 0
    rows = await station.rows("SELECT decision, reason, step, rev, comments FROM aside_decision")
    assert [tuple(row)[:4] for row in rows] == [("declined", "记错门了", first.id, second.position)]
    assert json.loads(rows[0].comments) == [
        {"edit": second.id, "step": "released", "by": "王站长", "at_ms": second.received_ms, "why": "stale",
         "reason": "问过了"}
    ]  # fmt: skip
    await sun.exchange()
    assert sun.row("aside", visit) == told, "its author hears of the decision alone"
    assert await station.value("SELECT count(*) FROM journal WHERE outcome = 'quarantined'") == 1
    # Opened again it waits; whoever saw it before that is late once more, whoever sees it now decides.
    step: dict[str, list[str]] = {"step": [first.id]}
    reopened = await decide(station, "edit.reopened", visit, {"position": position}, over=step)
    for saw in ([], [first.id], [second.id]):
        await decide(station, "edit.released", visit, {"position": position}, over={"step": saw})
    assert await station.value("SELECT count(*) FROM visit") == 0
    await decide(station, "edit.released", visit, {"position": position}, over={"step": [reopened.id]})
    assert await station.value("SELECT count(*) FROM visit") == 1
    assert len(json.loads(await station.value("SELECT comments FROM aside_decision"))) == 4
    assert await station.refolds()


async def test_what_was_set_aside_is_declined_with_a_reason(station: Station) -> None:
    sun = await station.phone("孙立", "第三网格")
    visit = sun.visit(station["陈奶奶"]).header.id
    await sun.exchange()
    position = await station.value(f"SELECT position FROM journal WHERE id = '{visit}'")
    assert (await decide(station, "edit.declined", visit, {"position": position})).reason == "bad_body"
    assert (await decide(station, "edit.declined", visit, {"position": position, "reason": "记错门了"})).reason is None
    await sun.exchange()
    assert sun.row("aside", visit)["decision"] == "declined"
    assert await station.value("SELECT count(*) FROM visit") == 0
    assert await station.refolds()


async def test_what_cannot_take_effect_stays_aside_and_says_why(station: Station, zhao: Phone) -> None:
    edit = zhao.make("patrol.walked", {}).header.id
    await zhao.exchange()
    position = await station.value(f"SELECT position FROM journal WHERE id = '{edit}'")
    receipt = await decide(station, "edit.released", edit, {"position": position})
    assert (receipt.outcome, receipt.reason) == ("quarantined", "unknown_kind")
    # A worker decides nothing about it.
    draft = Draft(
        "edit.declined",
        edit,
        station["第三网格"],
        station["赵敏"],
        {"position": position, "reason": "x"},
        id=str(uuid7()),
    )
    (receipt,) = await station.journal.commit([draft])
    assert (receipt.outcome, receipt.reason) == ("quarantined", "needs_decision")
    assert await station.refolds()
