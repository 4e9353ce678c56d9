"""Two devices claim one history: the branch is set aside whole, the phone goes on, neither loses anything."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


def clone(phone: Phone) -> Phone:
    """The same phone restored from a backup: same key, same chain so far."""
    twin = copy.copy(phone)
    twin.made, twin.scopes, twin.rows = list(phone.made), dict(phone.scopes), dict(phone.rows)
    twin.outcomes = dict(phone.outcomes)
    return twin


async def _journaled(station: Station, phone: Phone) -> list[Any]:
    query = f"SELECT n, outcome, reason FROM journal WHERE device = '{phone.device}' ORDER BY position"
    return [tuple(row) for row in await station.rows(query)]


async def test_a_restored_backup_forks(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    twin = clone(zhao)
    zhao.visit(station["马师傅"], text="真的")
    await zhao.exchange()
    for text in ("分叉一", "分叉二"):
        twin.visit(station["空房"], text=text)
    reply = await twin.exchange()
    assert [(o["outcome"], o["reason"]) for o in reply["outcomes"]] == [("quarantined", "fork")] * 2
    assert reply["chain"]["n"] == 2
    successor = reply["fork"]["device"]
    assert await _journaled(station, zhao) == [
        (1, "accepted", None),
        (2, "accepted", None),
        (2, "quarantined", "fork"),
        (3, "quarantined", "fork"),
    ]
    assert [row[0] for row in await station.rows("SELECT text FROM visit WHERE text IS NOT NULL")] == ["真的"]

    # Asked again, the answer is the same; the rest of the branch, sent later, joins it.
    assert (await twin.exchange(twin.made[1:]))["outcomes"] == reply["outcomes"]
    twin.visit(station["空房"], text="分叉三")
    later = await twin.exchange(twin.made[3:])
    assert later["fork"]["device"] == successor
    assert later["outcomes"][0]["reason"] == "fork"
    assert await station.value("SELECT count(*) FROM device WHERE forked_from IS NOT NULL") == 1

    # Under the new device both go on.
    fresh = Phone(zhao.person, zhao.grid, station.http, key=twin.key, device=successor)
    fresh.nonce = later["fork"]["nonce"]
    fresh.visit(station["空房"], text="新链")
    assert (await fresh.exchange())["outcomes"][0]["outcome"] == "accepted"
    zhao.visit(station["马师傅"], text="原链")
    assert (await zhao.exchange())["outcomes"][0]["outcome"] == "accepted"
    assert await station.refolds()


async def test_a_branch_that_left_long_ago_forks_too(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    twin = clone(zhao)
    zhao.visit(station["陈奶奶"])
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    twin.visit(station["马师傅"])
    twin.visit(station["马师傅"])
    twin.visit(station["马师傅"])
    # Everything from the first edit on: the first is known, the others bend away.
    reply = await twin.exchange()
    assert [(o["n"], o["outcome"]) for o in reply["outcomes"]] == [
        (1, "accepted"),
        (2, "quarantined"),
        (3, "quarantined"),
        (4, "quarantined"),
    ]
    assert "fork" in reply
    # Only its last edit: n follows our head, but hangs on a history that is not ours.
    other = clone(zhao)
    other.made[-1] = twin.made[-2]
    other.visit(station["空房"])
    assert (await other.exchange(other.made[3:]))["outcomes"][0]["reason"] == "fork"
    assert await station.refolds()


async def test_two_forks_of_one_phone_stay_apart(station: Station, zhao: Phone) -> None:
    one, two = clone(zhao), clone(zhao)
    zhao.visit(station["陈奶奶"])
    one.visit(station["马师傅"])
    two.visit(station["空房"])
    await zhao.exchange()
    first, second = await one.exchange(), await two.exchange()
    assert first["fork"]["device"] != second["fork"]["device"]
    assert (await one.exchange(one.made))["fork"]["device"] == first["fork"]["device"]
    assert await station.value("SELECT count(*) FROM visit") == 1


async def test_a_gap_names_what_is_expected(station: Station, zhao: Phone) -> None:
    for _ in range(6):
        zhao.visit(station["陈奶奶"])
    await zhao.exchange(zhao.made[:2])
    response = await zhao.send(zhao.request(zhao.made[4:]))
    assert (response.status_code, response.json()["problem"]["expected"]) == (409, 3)
    assert await station.value("SELECT count(*) FROM visit") == 2
    assert (await zhao.exchange())["chain"]["n"] == 6


async def test_a_phone_that_lacks_what_the_server_lacks_goes_on_as_another_device(
    station: Station, zhao: Phone
) -> None:
    """The server was made of an older backup than the one that let the phone let go of its first two edits."""
    for _ in range(3):
        zhao.visit(station["陈奶奶"])
    zhao.acknowledged = 2
    answer = await zhao.send(zhao.request())
    assert (answer.status_code, answer.json()["problem"]["expected"]) == (409, 1)
    # Without that word nothing changes; with it there is a device, and asked again the same one.
    assert "fork" not in (await zhao.send(zhao.request([]))).json()
    first = (await zhao.send(zhao.request([], anew=True))).json()
    zhao.nonce = first["nonce"]
    second = (await zhao.send(zhao.request([], anew=True))).json()
    assert second["fork"]["device"] == first["fork"]["device"]
    assert await station.value("SELECT count(*) FROM device WHERE forked_from IS NOT NULL") == 1
    fresh = Phone(zhao.person, zhao.grid, station.http, key=zhao.key, device=second["fork"]["device"])
    fresh.nonce = second["fork"]["nonce"]
    again = fresh.visit(station["陈奶奶"])
    assert again.header.n == 1
    (outcome,) = (await fresh.exchange())["outcomes"]
    assert outcome["outcome"] == "accepted"
    # Where nothing is lacking there is no other device.
    fresh_reply = (await fresh.send(fresh.request([], anew=True))).json()
    assert "fork" not in fresh_reply
    assert await station.refolds()
