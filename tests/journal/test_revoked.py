"""A phone put out of use: what had arrived stands, what arrives later is kept aside, and it is shown nothing more."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from server.journal import Draft
from tests.journal.conftest import Station
from tests.journal.phone import Phone
from tests.journal.test_capsule import carry
from tests.journal.test_fork import clone

pytestmark = pytest.mark.anyio
ASIDE = ("quarantined", "revoked")


async def revoke(station: Station, phone: Phone, *, back: bool = False) -> int:
    """The station master puts a phone out of use, or takes it back; how many devices that were."""
    receipts = await station.journal.revoke(phone.device, station["master"], back=back)
    assert {receipt.outcome for receipt in receipts} <= {"accepted"}, receipts
    return len(receipts)


def told(reply: dict[str, Any]) -> list[tuple[str, str | None]]:
    """What became of the edits of a push."""
    return [(each["outcome"], each.get("reason")) for each in reply["outcomes"]]


async def test_what_had_arrived_stands_and_what_comes_later_waits_for_a_person(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    zhao.visit(station["陈奶奶"], text="先前的")
    await zhao.exchange()
    written = zhao.visit(station["马师傅"], text="停用前写的，停用后才到")
    assert await revoke(station, zhao) == 1
    reply = await zhao.exchange()
    assert told(reply) == [ASIDE]
    assert reply["revoked"] is True
    assert [row[0] for row in await station.rows("SELECT text FROM visit")] == ["先前的"]
    # A leader looks at it and lets it count; it bears its author and its time.
    grid, position = station["第三网格"], reply["outcomes"][0]["position"]
    release = Draft("edit.released", written.header.id, grid, station["master"], {"position": position})
    assert (await station.journal.commit([release]))[0].outcome == "accepted"
    rows = await station.rows("SELECT author, text FROM visit ORDER BY position")
    assert tuple(rows[-1]) == (station["赵敏"], "停用前写的，停用后才到")
    # Sent again, it has the receipt it had.
    zhao.acknowledged -= 1
    assert (await zhao.exchange())["outcomes"] == reply["outcomes"]
    assert await station.refolds()


async def test_it_gets_no_rows_no_scopes_and_no_snapshot(station: Station, zhao: Phone, qian: Phone) -> None:
    await zhao.exchange()
    offered = (await zhao.send(zhao.request(scopes=[]))).json()
    part = offered["scopes"][0]["snapshot"]["parts"][0]
    zhao.nonce = offered["nonce"]
    held = set(zhao.scopes)
    assert held
    await revoke(station, zhao)
    qian.visit(station["陈奶奶"], text="给别人看的")
    await qian.exchange()
    for edits in ([], [zhao.visit(station["马师傅"])], []):
        zhao.scopes = {name: {"scope": name, "generation": 1, "cursor": 3} for name in held}
        reply = await zhao.exchange(edits)
        assert (reply["rows"], reply["scopes"], set(reply["gone"]), reply["revoked"]) == ([], [], held, True)
    key = {"Authorization": f"Sifang-Part {part['key']}"}
    assert (await station.http.get(part["at"], headers=key)).status_code == 410, "its key was its permission"
    assert zhao.rows == {}
    assert "revoked" not in await qian.exchange()


async def test_it_is_taken_back_and_goes_on_where_it_was(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    await revoke(station, zhao)
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    assert await revoke(station, zhao) == 0, "it is so already"
    assert await revoke(station, zhao, back=True) == 1
    zhao.visit(station["马师傅"])
    reply = await zhao.exchange()
    assert told(reply) == [("accepted", None)]
    assert "revoked" not in reply
    assert zhao.row("household", station["陈奶奶"])
    assert zhao.outcomes[1]["reason"] == "revoked", "what was set aside waits for a person all the same"
    assert await station.refolds()


async def test_only_a_station_master_of_its_community_can(station: Station, zhao: Phone) -> None:
    other = await station.add("别处", "community.added", {"name": "北渠社区"})
    far = {"name": "刘站长", "role": "station_master", "community": other, "grids": []}
    stranger = await station.add("刘站长", "person.added", far)
    for author in (stranger, station["钱进"]):
        (receipt,) = await station.journal.revoke(zhao.device, author)
        assert (receipt.outcome, receipt.reason) == ("quarantined", "needs_decision")
    edit = zhao.make("device.revoked", {}, grid=None, entity=zhao.device)
    assert told(await zhao.exchange())[0] == ("quarantined", "out_of_scope"), f"no phone can: {edit.header.id}"
    zhao.visit(station["陈奶奶"])
    assert told(await zhao.exchange()) == [("accepted", None)]


async def test_edits_of_the_same_transaction_are_judged_in_their_order(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    zhao.visit(station["陈奶奶"])
    pushing, revoking = zhao.send(zhao.request()), station.journal.revoke(zhao.device, station["master"])
    answer, receipts = await asyncio.gather(pushing, revoking)
    (outcome,), (receipt,) = answer.json()["outcomes"], receipts
    expected = "accepted" if outcome["position"] < receipt.position else "quarantined"
    assert outcome["outcome"] == expected
    assert await station.refolds()


async def test_a_copy_of_it_is_out_of_use_too(station: Station, zhao: Phone) -> None:
    """Both have the one key: each could speak for the other."""
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    early, late = clone(zhao), clone(zhao)
    zhao.visit(station["马师傅"])
    await zhao.exchange()
    early.visit(station["空房"])
    early = await _go_on(station, early)
    assert await revoke(station, zhao) == 2, "the copy that had made itself known"
    early.visit(station["空房"])
    assert told(await early.exchange()) == [ASIDE]
    late.visit(station["空房"], text="另一份")
    late = await _go_on(station, late)
    late.visit(station["空房"])
    reply = await late.exchange()
    assert told(reply) == [ASIDE], "and the one that does so only now"
    assert reply["revoked"] is True
    assert await station.refolds()
    assert await revoke(station, late, back=True) == 3
    late.visit(station["空房"])
    assert told(await late.exchange()) == [("accepted", None)]
    assert await station.refolds()


async def _go_on(station: Station, phone: Phone) -> Phone:
    """The device that its server names for a copied phone."""
    fork = (await phone.exchange())["fork"]
    return Phone(phone.person, phone.grid, station.http, key=phone.key, device=fork["device"], nonce=fork["nonce"])


async def test_what_is_here_by_another_way_is_no_news_from_it(station: Station, zhao: Phone) -> None:
    """What went up before the chain forked is chained anew afterwards: its id is known."""
    visit = zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    await revoke(station, zhao)
    zhao.make("visit.recorded", json.loads(visit.body), id=visit.header.id, entity=visit.header.id)
    assert told(await zhao.exchange()) == [("duplicate", None)]
    assert await station.refolds()


async def test_its_capsule_goes_aside_as_well(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    zhao.visit(station["陈奶奶"])
    await revoke(station, zhao)
    answer = (await carry(station, zhao.capsule(station.settings.seal.public))).json()
    assert (answer["fresh"], answer["aside"]) == (0, 1)
    assert await station.value("SELECT reason FROM journal WHERE kind = 'visit.recorded'") == "revoked"
    assert await station.refolds()


async def test_how_far_its_chain_had_come_stays(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    before = await station.rows(f"SELECT n, hash, last_seen_ms, unsent FROM device WHERE id = '{zhao.device}'")
    await revoke(station, zhao)
    assert await station.rows(f"SELECT n, hash, last_seen_ms, unsent FROM device WHERE id = '{zhao.device}'") == before
    assert await station.value(f"SELECT revoked_ms FROM device WHERE id = '{zhao.device}'") == station.now_ms
