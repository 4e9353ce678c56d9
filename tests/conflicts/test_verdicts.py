"""A leader says of two that look alike whether they are one; what was declined can be opened again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from uuid_utils import uuid7

from server.journal import Draft, Receipt
from tests.desk.conftest import station as station
from tests.journal.conftest import Station

pytestmark = pytest.mark.anyio


async def say(
    station: Station, who: str, kind: str, entity: str, body: dict[str, Any], step: list[str] | None = None
) -> Receipt:
    """Somebody decides something at the desk, over the last step they saw."""
    over = {"step": step} if step is not None else {}
    draft = Draft(kind, entity, station["第三网格"], station[who], body, over, id=str(uuid7()))
    (receipt,) = await station.journal.commit([draft])
    return receipt


def judged(station: Station, verdict: str) -> dict[str, Any]:
    """What is said of 501 and 502."""
    a, b = sorted((station["陈奶奶"], station["马师傅"]))
    return {"of": "household", "a": a, "b": b, "verdict": verdict}


async def test_the_last_word_about_two_homes_counts(station: Station) -> None:
    for who, verdict in (("master", "same"), ("李网格长", "different"), ("李网格长", "open")):
        body = judged(station, verdict)
        receipt = await say(station, who, "pair.judged", body["a"], body)
        assert receipt.outcome == "accepted"
        rows = await station.rows("SELECT of, verdict, rev FROM pair_verdict")
        assert [tuple(row) for row in rows] == [("household", verdict, receipt.position)]
    assert await station.refolds()


@pytest.mark.parametrize(
    ("who", "changes", "reason"),
    [
        ("赵敏", {}, "needs_decision"),
        ("master", {"of": "visit"}, "unknown_entity"),
        ("master", {"verdict": "merged"}, "bad_body"),
        ("master", {"b": "00000000-0000-7000-8000-000000000000"}, "bad_body"),
    ],
)
async def test_what_is_no_verdict_is_set_aside(
    station: Station, who: str, changes: dict[str, Any], reason: str
) -> None:
    body = {**judged(station, "same"), **changes}
    assert (await say(station, who, "pair.judged", body["a"], body)).reason == reason
    assert await station.value("SELECT count(*) FROM pair_verdict") == 0
    assert await station.refolds()


async def test_what_was_declined_is_opened_again_and_then_released(station: Station) -> None:
    sun = await station.phone("孙立", "第三网格")
    visit = sun.visit(station["陈奶奶"], text="帮隔壁看了一眼").header.id
    await sun.exchange()
    position = await station.value(f"SELECT position FROM journal WHERE id = '{visit}'")
    place = {"position": position}
    declined = await say(station, "master", "edit.declined", visit, {**place, "reason": "记错门了"}, [])
    await sun.exchange()
    assert sun.row("aside", visit)["decision"] == "declined"
    assert (await say(station, "赵敏", "edit.reopened", visit, place, [declined.id])).reason == "needs_decision"
    reopened = await say(station, "master", "edit.reopened", visit, place, [declined.id])
    await sun.exchange()
    assert ("aside", visit) not in sun.rows
    released = await say(station, "master", "edit.released", visit, place, [reopened.id])
    assert await station.value("SELECT count(*) FROM visit") == 1
    await sun.exchange()
    assert sun.row("aside", visit)["decision"] == "released"
    assert await station.value("SELECT step FROM aside_decision") == released.id
    assert await station.value("SELECT comments FROM aside_decision") == "[]"
    assert await station.refolds()


async def test_what_cannot_be_opened_again_stays_a_comment(station: Station) -> None:
    sun = await station.phone("孙立", "第三网格")
    visit = sun.visit(station["陈奶奶"], text="帮隔壁看了一眼").header.id
    await sun.exchange()
    position = await station.value(f"SELECT position FROM journal WHERE id = '{visit}'")
    early = await say(station, "master", "edit.reopened", visit, {"position": position}, [])
    assert early.outcome == "accepted"
    row = (await station.rows("SELECT decision, decided_by, decided_ms, step, rev FROM aside_decision"))[0]
    assert tuple(row) == (None, None, None, None, early.position)
    await sun.exchange()
    assert ("aside", visit) not in sun.rows, "nothing was decided that its author should hear of"
    assert await station.refolds()
    released = await say(station, "李网格长", "edit.released", visit, {"position": position}, [])
    late = await say(station, "master", "edit.reopened", visit, {"position": position}, [released.id])
    assert (released.outcome, late.outcome) == ("accepted", "accepted")
    await sun.exchange()
    assert sun.row("aside", visit)["by"] == "李网格长"
    comments = json.loads(await station.value("SELECT comments FROM aside_decision"))
    assert [(each["edit"], each["step"], each["why"]) for each in comments] == [
        (early.id, "reopened", "impossible"),
        (late.id, "reopened", "impossible"),
    ]
    assert await station.refolds()
