"""A server made from a backup: phones send again what it forgot, and somebody can see what was healed."""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.backup.back import logs, restore_from
from server.backup.store import copies, healing_report
from server.db import Database
from server.journal.restoring import NotEmpty
from server.settings import Settings
from tests.backup.world import World, a_world
from tests.journal.conftest import DATABASES, new_database

pytestmark = pytest.mark.anyio

CYCLES = int(os.environ.get("SIFANG_CYCLES", "4"))


@pytest.fixture(params=DATABASES)
async def world(
    request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """The station, its phones, and a backup."""
    async with a_world(request.param, tmp_path, empty_sqlite, request, monkeypatch) as world:
        yield world


async def test_a_restored_server_gets_back_what_it_forgot(world: World) -> None:
    zhao, qian, _ = world.phones
    zhao.visit(world.station["陈奶奶"], text="腿好些了")
    await zhao.meet(world.station.http)
    shipped = await world.ship()
    old = (await world.station.rows("SELECT log, size FROM journal_head"))[0]
    # All of this comes after the last shipping: acknowledged, and soon forgotten.
    for text in ("要装扶手", "装好了"):
        zhao.visit(world.station["陈奶奶"], text=text)
    await zhao.meet(world.station.http)
    qian.visit(world.station["马师傅"])
    await qian.meet(world.station.http)
    lost = await world.desk("桌上写的")
    zhao.visit(world.station["空房"])  # not sent yet
    restored = await world.burn()
    assert (restored.from_log, restored.from_size) == (old[0], old[1])
    assert shipped.through == old[1] - 1
    said = await world.station.rows("SELECT kind, outcome FROM journal ORDER BY position DESC LIMIT 1")
    assert said == [("server.restored", "accepted")]
    assert await world.station.refolds()
    for phone in (zhao, qian):
        await phone.meet(world.station.http)
    await world.check()
    assert await world.station.value(f"SELECT count(*) FROM journal WHERE id = '{lost}'") == 0
    async with world.station.db.reading() as db:
        report = await healing_report(db)
        assert [each.behind for each in await copies(db)] == []
    assert report is not None
    assert (report.from_log, report.from_size) == old
    assert report.old_size == old[1] + 2, "as far as the edits that came were made in its knowledge"
    told = [(each.person, each.forgotten, each.back, each.new, each.missing) for each in report.phones]
    assert told == [("赵敏", 2, 2, 1, 0), ("钱进", 1, 1, 0, 0)]


async def test_a_backup_goes_on_after_a_restore(world: World) -> None:
    zhao = world.phones[0]
    await world.ship()
    await world.burn()
    await zhao.meet(world.station.http)
    zhao.visit(world.station["陈奶奶"])
    await zhao.meet(world.station.http)
    assert zhao.backed_up_through == -1, "nothing of this log is safe yet"
    shipped = await world.ship()
    assert shipped.edits == await world.station.journal.size()
    await zhao.meet(world.station.http)
    assert zhao.backed_up_through == shipped.through
    assert logs(world.target)[0].size == shipped.through + 1, "the newest log comes first"
    await world.burn()
    await zhao.meet(world.station.http)
    await world.check()


async def test_a_phone_out_of_use_is_so_on_the_restored_server(world: World) -> None:
    zhao = world.phones[0]
    zhao.visit(world.station["陈奶奶"])
    await zhao.meet(world.station.http)
    await world.station.journal.revoke(zhao.device, world.station["master"])
    zhao.visit(world.station["马师傅"])
    await zhao.meet(world.station.http)
    await world.ship()
    zhao.visit(world.station["空房"])
    await zhao.meet(world.station.http)
    await world.burn()
    zhao.visit(world.station["空房"])
    await zhao.meet(world.station.http)
    await world.check()
    query = f"SELECT n, outcome, reason FROM journal WHERE device = '{zhao.device}' ORDER BY position"
    aside = ("quarantined", "revoked")
    expected = [(1, "accepted", None), *((n, *aside) for n in (2, 3, 4))]
    assert [tuple(row) for row in await world.station.rows(query)] == expected
    assert zhao.scopes == {}


async def test_only_an_empty_database_is_restored_into(world: World) -> None:
    await world.ship()
    size = await world.station.journal.size()
    with pytest.raises(NotEmpty):
        await restore_from(world.station.db, world.station.settings, logs(world.target)[0].folder)
    assert await world.station.journal.size() == size


async def test_a_backup_of_one_database_is_restored_into_another(
    world: World, tmp_path: Path, empty_sqlite: Path, request: pytest.FixtureRequest
) -> None:
    world.work(world.phones[0], random.Random(1))
    await world.phones[0].meet(world.station.http)
    await world.ship()
    world.database = "sqlite" if world.database == "postgresql" else DATABASES[-1]
    await world.burn()
    for phone in world.phones:
        await phone.meet(world.station.http)
    await world.check()


async def test_nothing_is_lost_in_cycles_of_backup_and_restore(world: World) -> None:
    """SIFANG_CYCLES chooses how many; phones run ahead of the backup in each."""
    chance = random.Random(20261122)
    await world.ship()
    again = 0
    for _ in range(CYCLES):
        for step in range(chance.randrange(4, 10)):
            phone = chance.choice(world.phones)
            world.work(phone, chance)
            if chance.random() < 0.6:
                await phone.meet(world.station.http)
            if chance.random() < 0.2:
                await world.desk(f"第 {step} 步")
            if chance.random() < 0.25:
                await world.ship()
        known = sum(phone.acknowledged for phone in world.phones)
        await world.burn()
        before = await world.station.value("SELECT sum(n) FROM device WHERE kind = 'phone'")
        again += known - int(before)
        for phone in chance.sample(world.phones, len(world.phones)):
            await phone.meet(world.station.http)
        await world.check()
        size = await world.station.journal.size()
        for phone in world.phones:
            await phone.meet(world.station.http)
        assert await world.station.journal.size() == size, "syncing again changes nothing"
    edits = sum(len(phone.ever) for phone in world.phones)
    dropped = sum(phone.dropped for phone in world.phones)
    photos = sum(len(phone.brought) for phone in world.phones)
    gone = sum(len(phone.brought - phone.photos.keys()) for phone in world.phones)
    print(f"\n{CYCLES} cycles on {world.database}: {edits} edits acknowledged, {again} forgotten and sent again, "
          f"{dropped} dropped by phones as backed up, 0 lost; {photos} photos, {gone} of them dropped")  # fmt: skip
    assert again > 0
    assert photos > gone > 0


async def test_a_newer_backup_is_left_to_a_newer_server(
    world: World, tmp_path: Path, empty_sqlite: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    from server.journal import NewerRules, restoring

    await world.ship()
    monkeypatch.setattr(restoring, "RULES_VERSION", 0)
    (tmp_path / "new").mkdir()
    url = await new_database(world.database, tmp_path / "new", empty_sqlite, request)
    db = Database(url)
    with pytest.raises(NewerRules):
        await restore_from(db, Settings(url, tmp_path / "new", b"s" * 32), logs(world.target)[0].folder)
    async with db.reading() as connection:
        assert await healing_report(connection) is None
    await db.close()
