"""What was erased before a backup is not in it; what was erased after it is erased again once it is restored."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from server.__main__ import main
from server.blobs import Blobs
from server.blobs.store import name_of
from server.journal import Thing
from server.journal.audit import audit_report
from server.journal.erased_list import NAME, DamagedList, Line, add_to_list, read_list
from server.retention.command import Words, retain
from server.settings import Settings
from tests.backup.world import World, a_world
from tests.blobs.pictures import jpeg
from tests.journal.conftest import DATABASES, Station, new_database, opened
from tests.retention.test_retain import YEARS_MS, everything

pytestmark = pytest.mark.anyio


@pytest.fixture(params=DATABASES)
async def world(
    request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """The station, its phones, and a backup."""
    async with a_world(request.param, tmp_path, empty_sqlite, request, monkeypatch) as world:
        yield world


async def erase(station: Station) -> None:
    await retain(station.journal, station.settings, Words("zh"), ("visits", "access"), apply=True)


@pytest.mark.parametrize("shipped", ["before", "after"])
async def test_a_restored_server_comes_to_the_same_and_erases_again(world: World, shipped: str) -> None:
    zhao = world.phones[0]
    zhao.visit(world.station["陈奶奶"], text="旧话")
    await zhao.meet(world.station.http)
    if shipped == "before":
        await world.ship()
    world.station.now_ms += YEARS_MS
    await erase(world.station)
    assert "旧话" not in await everything(world.station)
    await world.ship()
    await world.burn()
    assert await world.station.refolds()
    assert await world.station.value("SELECT count(*) FROM visit") == 0, "the journal says that it went"
    assert "旧话" not in await everything(world.station), "whatever the backup held, nothing is served of it"
    await erase(world.station)
    assert await world.station.refolds()


@pytest.mark.parametrize("by", ["station", "time"])
async def test_a_backup_older_than_the_erasure_is_erased_before_it_is_served(
    world: World, by: str, tmp_path: Path
) -> None:
    """The list beside the backup is of today, the edits in it are of before; phones send again what they still have."""
    zhao, picture = world.phones[0], jpeg()
    first = zhao.shoot(world.station["陈奶奶"], picture, text="旧话")
    zhao.visit(world.station["马师傅"], text="不相干")
    await zhao.meet(world.station.http)
    await world.ship()
    old = tmp_path / "of_before"
    shutil.copytree(world.target, old)
    if by == "time":
        world.station.now_ms += YEARS_MS
        await erase(world.station)
    else:
        thing = Thing("household", world.station["陈奶奶"], world.station["第三网格"], world.station["陈奶奶"])
        went = await world.station.journal.erase(thing, world.station["master"], "asked")
        assert went is not None
        Blobs(world.station.settings.blobs).drop(went.blobs)
        (shown,) = await world.station.rows("SELECT text FROM visit")
        assert shown.text == "不相干"
    photo = Blobs(world.target / "blobs")
    assert photo.is_whole(name_of(picture))
    await world.ship()
    assert photo.is_whole(name_of(picture)) == (by == "time"), "a photo that went goes from the backup as well"
    listed = (world.target / NAME).read_bytes()
    assert "旧话" not in listed.decode()
    shutil.rmtree(world.target)
    shutil.copytree(old, world.target)
    (world.target / NAME).write_bytes(listed)
    assert "旧话" not in await everything(world.station)
    restored = await world.burn()
    assert restored.blobs == [name_of(picture)], "by restoring itself, before any server starts"
    assert "旧话" not in await everything(world.station), "gone before anybody is served"
    if by == "station":
        assert not Blobs(world.station.settings.blobs).is_whole(name_of(picture))
        assert await world.station.value("SELECT count(*) FROM visit") == 1
    assert await world.station.refolds()
    assert (await audit_report(world.station.journal, [])).found == []
    # The old log's edit comes again from the phone, under its own number or another.
    zhao.photos.clear()
    await zhao.meet(world.station.http)
    again = await world.station.phone("赵敏")
    again.make("visit.recorded", json.loads(first.body), id=first.header.id)
    await again.exchange()
    assert "旧话" not in await everything(world.station)
    assert await world.station.refolds()


@pytest.mark.parametrize("burned", [0, 1, 2])
async def test_what_was_seen_of_a_log_that_broke_off_does_not_tell_of_an_erasure(
    world: World, tmp_path: Path, burned: int
) -> None:
    """The phone had seen more of the old log than the new one holds when what the list says is erased again there."""
    zhao, station = world.phones[0], world.station
    zhao.visit(station["陈奶奶"], text="旧话")
    await zhao.meet(station.http)
    await world.ship()
    old = tmp_path / "of_before"
    shutil.copytree(world.target, old)
    for n in range(30):
        await world.desk(f"第 {n} 次")
    await zhao.meet(station.http)
    late = zhao.visit(station["陈奶奶"], text="不知情写的")
    thing = Thing("household", station["陈奶奶"], station["第三网格"], station["陈奶奶"])
    assert await station.journal.erase(thing, station["master"], "asked") is not None
    await world.ship()
    for n in range(burned):
        if not n:
            listed = (world.target / NAME).read_bytes()
            shutil.rmtree(world.target)
            shutil.copytree(old, world.target)
            (world.target / NAME).write_bytes(listed)
        await world.burn()
        shutil.rmtree(world.target)
        world.target.mkdir()
        await world.ship()
    if burned:
        assert late.header.seen.size > await world.station.value("SELECT max(rev) FROM erased")
    await zhao.meet(world.station.http)
    ((reason,),) = await world.station.rows(f"SELECT reason FROM journal WHERE id = '{late.header.id}'")
    assert reason == "erased"
    await zhao.meet(world.station.http)
    knowing = zhao.visit(world.station["陈奶奶"], text="知道以后写的")
    await zhao.meet(world.station.http)
    await world.ship()
    await world.burn()
    again = f"SELECT outcome FROM journal WHERE id = '{knowing.header.id}'"
    assert await world.station.value(again) == "accepted", "and the next server answers what this one did"
    assert [row.text for row in await world.station.rows("SELECT text FROM visit")] == ["知道以后写的"]
    assert await world.station.refolds()


async def test_a_database_put_back_by_hand_is_erased_as_the_server_starts(
    request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list lies beside the database, not in it."""
    url = await new_database("sqlite", tmp_path, empty_sqlite, request)
    settings = Settings(url, tmp_path, b"a secret for tests only.........")
    async with opened(settings, monkeypatch) as station:
        await station.begin()
        zhao = await station.phone("赵敏")
        zhao.visit(station["陈奶奶"], text="旧话")
        await zhao.exchange()
    shutil.copy(tmp_path / "station.db", tmp_path / "yesterday.db")
    async with opened(settings, monkeypatch) as later:
        thing = Thing("household", station["陈奶奶"], station["第三网格"], station["陈奶奶"])
        assert await later.journal.erase(thing, station["master"], "asked") is not None
    # A server that died before it wrote the list does so when it starts.
    listed = read_list(settings.erased_list)
    settings.erased_list.unlink()
    async with opened(settings, monkeypatch):
        (line,) = read_list(settings.erased_list)
        assert (line.id, line.hashes) == (listed[0].id, listed[0].hashes)
    for end in ("-wal", "-shm"):
        (tmp_path / f"station.db{end}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "yesterday.db", tmp_path / "station.db")
    async with opened(settings, monkeypatch) as back:
        assert "旧话" not in await everything(back)
        assert await back.value("SELECT count(*) FROM visit") == 0
        assert await back.refolds()


def test_a_list_that_was_cut_off_goes_on_after_its_last_whole_line(tmp_path: Path) -> None:
    one, two = (Line("words.erased", f"id {n}", None, "somebody", n, {}) for n in (1, 2))
    assert add_to_list(tmp_path / NAME, [one]) == 1
    with (tmp_path / NAME).open("ab") as file:
        file.write(b'{"kind":"words.er')
    assert add_to_list(tmp_path / NAME, [one, two]) == 1
    assert read_list(tmp_path / NAME) == [one, two]
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


def test_two_processes_that_list_at_once_lose_no_line(tmp_path: Path) -> None:
    """Each reads, finds where the last whole line ends, and writes there: nobody may come between."""
    lines = [Line("words.erased", f"id {n}", None, "somebody", n, {}) for n in range(200)]
    with ThreadPoolExecutor(8) as many:
        assert sum(many.map(lambda line: add_to_list(tmp_path / NAME, [line]), lines)) == 200
    assert sorted(read_list(tmp_path / NAME), key=lambda line: line.at_ms) == lines


def test_a_server_says_which_line_of_the_list_is_damaged_and_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / NAME
    add_to_list(path, [Line("words.erased", f"id {n}", None, "somebody", n, {}) for n in range(3)])
    whole = path.read_bytes().split(b"\n")
    damaged = b"\n".join([whole[0], whole[1][:-9] + b"\x00\xff", *whole[2:]])
    path.write_bytes(damaged)
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path))
    for command in (["serve", "--port", "0"], ["retain"]):
        assert main(command) == 1
        told = capsys.readouterr().err
        assert str(path) in told
        assert "第 2 行" in told
        assert "Line 2" in told
        assert "Traceback" not in told
    assert path.read_bytes() == damaged
    with pytest.raises(DamagedList):
        add_to_list(path, [Line("words.erased", "id 4", None, "somebody", 4, {})])
