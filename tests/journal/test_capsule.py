"""With no network for days, unsent edits leave the phone as one sealed file that anybody may carry in."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from httpx import Response

from server.sealing import new_scalar, seal, seal_key
from sync.edit import b64u, unb64u
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def carry(station: Station, capsule: dict[str, Any] | bytes) -> Response:
    """Somebody else's phone brings the file."""
    raw = capsule if isinstance(capsule, bytes) else json.dumps(capsule, ensure_ascii=False).encode()
    return await station.http.post("/sync/capsules", content=raw, headers={"Content-Type": "application/json"})


def code_of(answer: Response) -> str:
    """What went wrong."""
    code: str = answer.json()["problem"]["code"]
    return code


async def test_a_colleague_carries_edits_in_and_their_author_stays_the_author(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    visits = [zhao.visit(station[name], text=f"{name}家").header.id for name in ("陈奶奶", "马师傅")]
    capsule = zhao.capsule(station.settings.seal.public)
    assert "陈奶奶家" not in json.dumps(capsule, ensure_ascii=False)
    answer = (await carry(station, capsule)).json()
    assert (answer["fresh"], answer["aside"], answer["known"], answer["fork"]) == (2, 0, 0, False)
    rows = await station.rows("SELECT id, author FROM visit")
    assert {tuple(row) for row in rows} == {(visit, station["赵敏"]) for visit in visits}
    # Carrying it in twice, or after the phone synced by itself, changes nothing.
    answer = (await carry(station, capsule)).json()
    assert (answer["fresh"], answer["known"]) == (0, 2)
    size = await station.journal.size()
    reply = await zhao.exchange()
    assert [each["outcome"] for each in reply["outcomes"]] == ["accepted", "accepted"]
    assert (await carry(station, capsule)).json()["known"] == 2
    assert await station.journal.size() == size
    assert await station.refolds()


async def test_a_capsule_from_the_drawer_meets_a_phone_that_went_on(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    old = zhao.capsule(station.settings.seal.public)
    zhao.visit(station["马师傅"])
    await zhao.exchange()
    zhao.visit(station["空房"])
    new = zhao.capsule(station.settings.seal.public)
    assert (await carry(station, new)).json()["fresh"] == 1
    # The phone itself was not heard of: what it said last of itself stands.
    assert await station.value(f"SELECT unsent FROM device WHERE id = '{zhao.device}'") == 2
    assert (await carry(station, old)).json()["known"] == 1
    await zhao.exchange()
    assert await station.value("SELECT count(*) FROM visit") == 3


async def test_what_a_capsule_lacks_is_named(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    zhao.visit(station["马师傅"])
    zhao.acknowledged = 1
    answer = await carry(station, zhao.capsule(station.settings.seal.public))
    assert (answer.status_code, code_of(answer), answer.json()["problem"]["expected"]) == (409, "chain_gap", 1)


async def test_files_that_are_no_capsule_of_ours_change_nothing(station: Station, zhao: Phone, qian: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    public = station.settings.seal.public
    good = zhao.capsule(public)
    sealed = unb64u(good["sealed"], len(good["sealed"]) * 3 // 4)
    other = seal_key(new_scalar())
    qian.visit(station["陈奶奶"])
    cases = {
        b"": "not_capsule",
        b"\xff\xd8\xff a photo": "not_capsule",
        json.dumps(good).encode()[:-9]: "not_capsule",
        json.dumps({**good, "v": 2}).encode(): "not_capsule",
        json.dumps(zhao.capsule(other.public)).encode(): "not_sealed_to_us",
        json.dumps({**good, "sealed": b64u(sealed[:-1] + bytes([sealed[-1] ^ 1]))}).encode(): "not_sealed_to_us",
        json.dumps({**good, "sealed": b64u(seal(b"no gzip", public))}).encode(): "not_capsule",
        json.dumps({**good, "sealed": b64u(seal(gzip.compress(b'{"edits":[]}'), public))}).encode(): "too_large",
        json.dumps({**good, "head": qian.capsule(public)["head"]}).encode(): "bad_shape",
        json.dumps({**good, "head": {**good["head"], "signature": b64u(bytes(64))}}).encode(): "bad_signature",
        json.dumps({**good, "head": zhao.statement(zhao.unsent())}).encode(): "bad_signature",
    }
    size = await station.journal.size()
    for raw, code in cases.items():
        assert code_of(await carry(station, raw)) == code, raw[:80]
    assert await station.journal.size() == size
    too_large = await carry(station, b" " * (8 * 1024 * 1024 + 1))
    assert (too_large.status_code, code_of(too_large)) == (413, "too_large")
