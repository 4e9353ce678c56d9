"""An installation goes from SQLite to PostgreSQL while its phones are at work."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from server import clock
from server.backup.ship import Shipping
from server.commands import opened, upgrade
from server.db import Database
from server.join.store import create_link
from server.journal import Draft, Moved, refold_report
from server.journal.audit import audit_report
from server.journal.moving import Differs, move
from server.settings import ROOT, Settings
from tests.backup.phones import LastingPhone, lasting
from tests.journal.conftest import Station
from tests.journal.postgres import empty_database
from tests.journal.servers import environment, served

pytestmark = pytest.mark.anyio
SECRET = hashlib.sha256(b"one secret for both databases").digest()


async def _begin(settings: Settings) -> tuple[Station, list[LastingPhone]]:
    """A community with three phones, on SQLite."""
    await asyncio.to_thread(upgrade, settings)
    async with opened(settings) as here, AsyncClient() as http:
        station = Station(_App(here), http, settings, now_ms=clock.now_ms())  # type: ignore[arg-type]
        await station.begin()
        phones = [await lasting(station, name) for name in ("赵敏", "钱进")]
        phones.append(await lasting(station, "孙立", "第四网格"))
        async with here.db.writing() as db:
            await create_link(db, station["master"], "desk", clock.now_ms())
            doubt = "INSERT INTO ledger_doubt VALUES (:device, 5, 'other_past', 'the note', 'another', 6, NULL)"
            await db.execute(text(doubt), {"device": phones[0].device})
    return station, phones


class _App:
    """As much of an application as a station asks for."""

    def __init__(self, state: object) -> None:
        self.state = state


async def _work(
    phone: LastingPhone, station: Station, address: str, stop: asyncio.Event, at_work: asyncio.Barrier
) -> int:
    """Visits, one after the other, sent whenever somebody answers; how often nobody could take them."""
    refused = 0
    async with AsyncClient(base_url=address, timeout=60) as phone.http:
        while not stop.is_set():
            phone.clock_ms = clock.now_ms()
            phone.visit(station["陈奶奶" if phone.grid == station["第三网格"] else "空房"])
            response = await phone.send(phone.request())
            if response.status_code == 200:
                if not phone.ever:
                    await at_work.wait()
                reply = response.json()
                await phone.take(reply)
                phone.ever.update({phone.made[each["n"] - 1].header.id: each["n"] for each in reply["outcomes"]})
            else:
                refused += 1
                phone.nonce = response.json()["problem"].get("nonce", phone.nonce)
            await asyncio.sleep(0.02)
    return refused


async def test_a_living_installation_moves_and_phones_hardly_notice(tmp_path: Path, postgres_server: str) -> None:
    (tmp_path / "secret.key").write_bytes(SECRET)
    old = Settings(f"sqlite+aiosqlite:///{tmp_path}/sifang.db", tmp_path, SECRET)
    new = Settings(await empty_database(postgres_server), tmp_path, SECRET)
    station, phones = await _begin(old)
    stop, at_work = asyncio.Event(), asyncio.Barrier(len(phones) + 1)
    with served(tmp_path, old.database_url) as (address,):
        working = [asyncio.create_task(_work(phone, station, address, stop, at_work)) for phone in phones]
        await asyncio.wait_for(at_work.wait(), 60)
        command = [sys.executable, "-m", "server", "move", new.database_url, "--lang", "en"]
        moving = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=environment(tmp_path, old.database_url), stdout=subprocess.PIPE
        )
        said, _ = await asyncio.wait_for(moving.communicate(), 120)
        assert moving.returncode == 0, said.decode()
        assert "In both databases the tables are what the journal folds to" in said.decode()
        await asyncio.sleep(0.2)
        stop.set()
        refused = await asyncio.gather(*working)
    assert all(refused), "the old server takes nothing any more"
    source = Database(old.database_url)
    evidence = await _evidence(source)
    await source.close()
    assert all(evidence.values())
    logs = {phone.log for phone in phones}
    cursors = [dict(phone.scopes) for phone in phones]
    held = [len(phone.rows) for phone in phones]
    # The old database says where to look; nobody writes to it by mistake.
    with pytest.raises(Moved, match="SIFANG_DATABASE_URL"):
        async with opened(old):
            raise AssertionError("it was opened")
    await _nothing_is_shipped(old, tmp_path)
    with served(tmp_path, new.database_url, 2) as addresses:
        for number, phone in enumerate(phones):
            async with AsyncClient(base_url=addresses[number % 2], timeout=60) as http:
                await phone.meet(http)
    assert {phone.log for phone in phones} == logs
    for phone, before, rows in zip(phones, cursors, held, strict=True):
        assert all(phone.scopes[each]["generation"] == before[each]["generation"] for each in before)
        assert len(phone.rows) >= rows
    async with opened(new) as here:
        async with here.db.reading() as db:
            ids = set((await db.execute(text("SELECT id FROM journal"))).scalars())
            assert (await db.execute(text("SELECT count(*) FROM join_link"))).scalar() == 1
        for phone in phones:
            assert phone.ever.keys() <= ids
            assert {edit.header.id for edit in phone.made} <= ids
        assert await refold_report(here.db, new) == []
        there = await _evidence(here.db)
        assert there["ledger_doubt"] == evidence["ledger_doubt"]
        assert evidence["checkpoint"] <= there["checkpoint"], "all that was ever signed"
        report = await audit_report(here.journal, ())
        assert (report.found, report.done["first"] < 10) == ([], True)


async def _evidence(db: Database) -> dict[str, set[tuple[object, ...]]]:
    async with db.reading() as there:
        tables = ("checkpoint", "ledger_doubt")
        return {name: {tuple(row) for row in await there.execute(text(f"SELECT * FROM {name}"))} for name in tables}


async def _nothing_is_shipped(settings: Settings, folder: Path) -> None:
    db = Database(settings.database_url)
    shipping = Shipping(db, settings, folder)
    with pytest.raises(Moved):
        await shipping.once()
    await shipping.close()
    await db.close()


async def test_nothing_is_switched_when_the_copy_differs(tmp_path: Path, postgres_server: str) -> None:
    old = Settings(f"sqlite+aiosqlite:///{tmp_path}/sifang.db", tmp_path, SECRET)
    new = Settings(await empty_database(postgres_server), tmp_path, SECRET)
    station, _ = await _begin(old)
    await asyncio.to_thread(upgrade, new)
    source, target = Database(old.database_url), Database(new.database_url)
    async with source.writing() as db:
        await db.execute(text("UPDATE journal SET body = salt WHERE kind = 'building.added'"))
    with pytest.raises(Differs, match="the bytes are not those that were made"):
        await move(source, target, 480)
    async with target.reading() as there:
        assert (await there.execute(text("SELECT count(*) FROM journal"))).scalar() == 0
    await target.close()
    await source.close()
    async with opened(old) as here:
        draft = Draft(
            "household.stated", station["空房"], station["第三网格"], station["master"], {"facts": {"note": "在"}}
        )
        assert (await here.journal.commit([draft]))[0].outcome == "accepted", "the old one goes on"
