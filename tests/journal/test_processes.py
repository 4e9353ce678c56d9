"""Several server processes on one PostgreSQL: one journal without gaps, and what one commits all of them show."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from httpx import AsyncClient
from sqlalchemy import text
from uuid_utils import uuid7

from server import clock
from server.commands import Installation, opened
from server.foundation import begin_community
from server.join.store import create_link
from server.journal import Draft, refold_report
from server.settings import Settings
from tests.journal.phone import Phone
from tests.journal.postgres import empty_database
from tests.journal.servers import served

pytestmark = pytest.mark.anyio
PROCESSES = 3
PHONES = 12


@dataclass
class Town:
    """A community on one database behind several servers."""

    settings: Settings
    addresses: list[str]
    here: Installation
    https: list[AsyncClient] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)

    async def phone(self, number: int) -> Phone:
        """A worker and their phone, enrolled."""
        worker, community = str(uuid7()), self.ids["community"]
        person = {"name": f"网格员{number}", "role": "grid_worker", "community": community, "grids": [self.ids["grid"]]}
        phone = Phone(worker, self.ids["grid"], self.https[0], clock_ms=clock.now_ms())
        body = {"person": worker, "public_key": phone.public_key, "label": "手机"}
        await self.here.journal.commit(
            [
                Draft("person.added", worker, None, self.ids["master"], person, id=worker),
                Draft("device.enrolled", phone.device, None, worker, body, id=phone.device),
            ]
        )
        phone.nonce = self.here.journal.new_nonce(phone.device)
        return phone

    async def one(self, query: str) -> tuple[object, ...]:
        """The first row of what the database answers."""
        async with self.here.db.reading() as db:
            row = (await db.execute(text(query))).first()
        assert row is not None
        return tuple(row)


@pytest.fixture
async def town(tmp_path: Path, postgres_server: str) -> AsyncIterator[Town]:
    """Three servers, started at once on a database without a table, and a door to knock at."""
    (tmp_path / "secret.key").write_bytes(hashlib.sha256(b"one secret for all processes").digest())
    url = await empty_database(postgres_server)
    settings = Settings(url, tmp_path, (tmp_path / "secret.key").read_bytes())
    with served(tmp_path, url, PROCESSES) as addresses:
        async with opened(settings) as here:
            town = Town(settings, addresses, here)
            assert await begin_community(here.db, here.journal, "榆桥社区", "王站长", 1)
            community, grid, master = await town.one(
                "SELECT c.id, g.id, p.id FROM community c, grid g, person p "
                "WHERE g.community = c.id AND p.role = 'station_master'"
            )
            home, building = str(uuid7()), str(uuid7())
            town.ids = {"community": str(community), "grid": str(grid), "master": str(master), "home": home}
            place = {"quarters": "槐安小区", "name": "3幢", "sort": 3}
            door = {"building": building, "room": "501", "kind": "home", "facts": {}}
            await here.journal.commit(
                [
                    Draft("building.added", building, str(grid), str(master), place, id=building),
                    Draft("household.added", home, str(grid), str(master), door, id=home),
                ]
            )
            town.https = [AsyncClient(base_url=each, timeout=60) for each in addresses]
            yield town
            for http in town.https:
                await http.aclose()


async def test_many_phones_push_to_several_processes_at_once(town: Town) -> None:
    phones = [await town.phone(number) for number in range(PHONES)]
    servers = await town.one("SELECT count(*) FROM device WHERE kind = 'server'")
    assert servers == (1,), "they began one journal together"
    chance = random.Random(7)

    async def day(phone: Phone) -> None:
        for _ in range(6):
            for _ in range(chance.randrange(1, 6)):
                phone.visit(town.ids["home"])
            asked = phone.request()
            # The answer of one is lost in the street; another process gets the same request.
            first, second = chance.sample(town.https, 2)
            phone.http = first
            lost = asyncio.create_task(phone.send(asked))
            phone.http = second
            await phone.exchange()
            await lost

    await asyncio.gather(*map(day, phones))
    size, = await town.one("SELECT size FROM journal_head")  # fmt: skip
    counted = await town.one("SELECT count(*), min(position), max(position) FROM journal")
    assert counted == (size, 0, int(str(size)) - 1), "positions without a gap"
    visits = await town.one("SELECT count(*), count(DISTINCT id) FROM visit")
    made = sum(len(phone.made) for phone in phones)
    assert visits == (made, made), "each once, whoever was asked how often"
    later = "SELECT count(*) FROM journal a JOIN journal b ON b.position = a.position + 1"
    later += " WHERE b.received_ms < a.received_ms"
    assert await town.one(later) == (0,), "receipts never go back"
    assert await refold_report(town.here.db, town.settings) == []
    for number, phone in enumerate(phones):
        phone.http = town.https[number % PROCESSES]
        await phone.exchange()
        phone.http = town.https[(number + 1) % PROCESSES]
        await phone.exchange()
        assert len([key for key in phone.rows if key[0] == "visit"]) == made
    assert await town.one("SELECT size FROM journal_head") == (size,), "syncing again changes nothing"


async def test_a_nonce_that_one_process_has_seen_is_stale_for_all(town: Town) -> None:
    phone = await town.phone(1)
    old = phone.request()
    await asyncio.sleep(0.002)
    phone.nonce = town.here.journal.new_nonce(phone.device)
    phone.visit(town.ids["home"])
    phone.http = town.https[0]
    await phone.exchange()
    for http in town.https:
        phone.http = http
        response = await phone.send(old)
        assert (response.status_code, response.json()["problem"]["code"]) == (401, "nonce")


async def test_a_desk_at_one_process_hears_what_another_commits(town: Town) -> None:
    phone = await town.phone(1)
    async with town.here.db.writing() as db:
        token = await create_link(db, town.ids["master"], "desk", clock.now_ms())
    desk = town.https[1]
    assert (await desk.post(f"/join/{token}/session")).status_code == 303
    async with desk.stream("GET", "/desk/live") as line:
        assert line.status_code == 200
        told = line.aiter_lines()
        sizes = [await _next_size(told)]
        phone.http = town.https[0]
        phone.visit(town.ids["home"])
        await phone.exchange()
        sizes.append(await _next_size(told))
    assert sizes[1] > sizes[0]


async def _next_size(lines: AsyncIterator[str]) -> int:
    async with asyncio.timeout(20):
        async for line in lines:
            if line.startswith("data: "):
                return int(line.removeprefix("data: "))
    raise AssertionError("the line ended")
