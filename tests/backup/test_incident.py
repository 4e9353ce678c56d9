"""A log broke off: the one that goes on after it says, in its first edit, how far the old one is known to have come."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from server.backup.back import logs, restore_from
from server.db import Database
from server.journal.audit import Report, audit_report
from server.journal.checkpoints import Said, signed_note
from server.journal.incidents import NotOfThis
from server.keys import drawn
from sync.ledger.checkpoint import Checkpoint
from tests.backup.world import World, a_world
from tests.journal.conftest import DATABASES

pytestmark = pytest.mark.anyio


@pytest.fixture(params=DATABASES)
async def world(
    request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """The station, its phones, and a backup."""
    async with a_world(request.param, tmp_path, empty_sqlite, request, monkeypatch) as world:
        yield world


async def incident(world: World) -> tuple[int, dict[str, Any]]:
    """Where the log says that it goes on after another, and what it says of that."""
    rows = await world.station.rows("SELECT position, body FROM journal WHERE kind = 'server.restored'")
    return rows[-1].position, json.loads(bytes(rows[-1].body))


async def kept(world: World) -> Said:
    """What somebody copies from the page: the checkpoint over all that there is."""
    async with asyncio.timeout(20):
        while True:
            said = await world.station.journal.said()
            if said is not None and said.size == await world.station.journal.size():
                return said
            await asyncio.sleep(0.01)


async def audited(world: World, *handed: str) -> Report:
    """Everything looked at anew."""
    return await audit_report(world.station.journal, handed)


async def visits(world: World, n: int = 1) -> None:
    """Zhao records and sends, one after the other."""
    for _ in range(n):
        world.phones[0].visit(world.station["陈奶奶"])
        await world.phones[0].meet(world.station.http)


async def test_the_best_head_is_what_somebody_kept(world: World) -> None:
    await visits(world, 2)
    await world.ship()
    await visits(world, 3)
    old, size = await world.station.journal.log_and_size()
    said = await kept(world)
    restored = await world.burn(said.note)
    position, body = await incident(world)
    assert position == body["from_size"] == restored.from_size == size - 3
    assert body["from_log"] == old
    best, own = body["heads"]
    assert (best["source"], best["size"], best["root"], best["note"]) == ("handed", size, said.root, said.note)
    assert (own["source"], own["size"]) == ("backup", restored.from_size)
    for phone in world.phones:
        await phone.meet(world.station.http)
    await world.check()
    report = await audited(world)
    assert report.found == []
    (told,) = report.done["incidents"]
    assert (told["position"], told["log"], told["size"], told["lacking"]) == (position, old, size, 3)
    assert (told["root"], told["source"]) == (said.root, "handed")


async def test_what_a_phone_held_counts_where_it_is_longer_than_the_backup(world: World) -> None:
    await visits(world, 2)
    await world.ship()
    # The server had heard of a longer head than the edits that the backup is given: as when a part was lost.
    log, size = await world.station.journal.log_and_size()
    root = Checkpoint("", 0, bytes(range(32))).text().split("\n")[2]
    async with world.station.db.writing() as connection:
        await connection.exec_driver_sql(
            f"UPDATE device SET held_origin = 'sifang/{log}', held_size = {size + 40}, held_root = '{root}' "
            f"WHERE id = '{world.phones[0].device}'"
        )
    await visits(world)  # carries the phone's row along
    async with world.station.db.writing() as connection:
        await connection.exec_driver_sql(
            f"UPDATE device SET held_size = {size + 40}, held_root = '{root}' WHERE id = '{world.phones[0].device}'"
        )
    await world.ship()
    await world.burn()
    _, body = await incident(world)
    assert [(each["source"], each["size"]) for each in body["heads"]] == [("phone", size + 40), ("backup", size + 1)]
    report = await audited(world)
    assert report.found == []
    assert report.done["incidents"][0]["lacking"] == 39


async def test_a_backup_of_another_past_is_not_restored(world: World, tmp_path: Path) -> None:
    await visits(world, 2)
    await world.ship()
    log, size = await world.station.journal.log_and_size()
    seeds = world.station.settings.log_seeds
    held = await kept(world)
    # The same length, another past; of another log; by another key; nothing at all.
    other = signed_note(Checkpoint(f"sifang/{log}", size, b"\1" * 32), seeds)
    for code, note in (
        ("other_past", other),
        ("other_log", signed_note(Checkpoint("sifang/other", size, b"\1" * 32), seeds)),
        ("unsigned", signed_note(Checkpoint(f"sifang/{log}", size + 5, b"\1" * 32), [drawn()])),
        ("no_checkpoint", "anything"),
    ):
        settings = await world._new()
        db = Database(settings.database_url)
        try:
            with pytest.raises(NotOfThis) as refused:
                await restore_from(db, settings, logs(world.target)[0].folder, handed=[note])
            assert refused.value.code == code
            async with db.reading() as connection:
                assert (await connection.exec_driver_sql("SELECT count(*) FROM journal")).scalar() == 0
        finally:
            await db.close()
    await world.burn(held.note)
    assert (await audited(world, held.note)).found == []


async def test_each_restore_is_named(world: World) -> None:
    await visits(world)
    await world.ship()
    await world.burn()
    await visits(world)
    await world.ship()
    await world.burn()
    report = await audited(world)
    assert report.found == []
    assert [each["lacking"] for each in report.done["incidents"]] == [0, 0]
    first, second = report.done["incidents"]
    assert first["position"] < second["position"]
    assert first["log"] != second["log"]


async def test_an_incident_that_does_not_fit_is_found(world: World) -> None:
    await visits(world)
    await world.ship()
    await world.burn()
    position, body = await incident(world)
    for changed in (
        {**body, "from_size": position - 1},
        {**body, "heads": [{**body["heads"][0], "root": "A" * 43 + "="}]},
    ):
        async with world.station.db.writing() as connection:
            raw = json.dumps(changed).encode().hex()
            value = f"X'{raw}'" if world.database == "sqlite" else f"'\\x{raw}'::bytea"
            statement = f"UPDATE journal SET body = {value} WHERE position = {position}"
            await connection.exec_driver_sql(statement)
        assert "incident" in [found.code for found in (await audited(world)).found]
