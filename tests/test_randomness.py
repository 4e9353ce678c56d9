"""What must not be guessed is drawn by the system's own source, long enough, and kept as a hash alone."""

from __future__ import annotations

import hashlib
import secrets

import pytest

from server import sessions
from server.join import store as links
from server.join.store import create_link
from tests.journal.conftest import Station
from tests.journal.conftest import station as station

pytestmark = pytest.mark.anyio

MANY = 200
BITS_A_SIGN = 6
"""base64url"""


async def _links(station: Station) -> list[str]:
    async with station.db.writing() as db:
        return [await create_link(db, station["赵敏"], "phone", station.now_ms) for _ in range(MANY)]


async def _sessions(station: Station) -> list[str]:
    async with station.db.writing() as db:
        return [await sessions.begin(db, station["赵敏"], station.now_ms, "tests") for _ in range(MANY)]


async def test_links_are_128_bits_that_the_database_knows_by_their_hash(station: Station) -> None:
    drawn = await _links(station)
    assert len(set(drawn)) == MANY
    assert {len(each) * BITS_A_SIGN >= 128 for each in drawn} == {True}
    kept = {row[0] for row in await station.rows("SELECT token_hash FROM join_link")}
    assert kept >= {hashlib.sha256(each.encode()).hexdigest() for each in drawn}
    assert kept.isdisjoint(drawn)


async def test_sessions_are_256_bits_that_the_database_knows_by_their_hash(station: Station) -> None:
    drawn = await _sessions(station)
    assert len(set(drawn)) == MANY
    assert {len(each) * BITS_A_SIGN >= 256 for each in drawn} == {True}
    kept = {row[0] for row in await station.rows("SELECT id_hash FROM session")}
    assert kept >= {hashlib.sha256(each.encode()).hexdigest() for each in drawn}


async def test_they_come_from_the_systems_own_source(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = secrets.token_urlsafe

    def drawn(size: int) -> str:
        asked.append(size)
        return real(size)

    monkeypatch.setattr(secrets, "token_urlsafe", drawn)
    monkeypatch.setattr(links, "token_urlsafe", drawn)
    await _links(station)
    await _sessions(station)
    assert asked == [16] * MANY + [32] * MANY
