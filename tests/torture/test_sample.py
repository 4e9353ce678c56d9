"""A little of `make torture` in every test run: a few kills of each kind, a full disk on each database."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import sync_playwright

from tests.journal import postgres
from torture.browser_kills import kill_browsers
from torture.full_disks import fill_disks, postgresql_disk, sqlite_disk
from torture.ground import Ground
from torture.server_kills import kill_servers
from torture.small_disk import may_mount
from torture.truth import check_told
from torture.worker import Lost

KILLS = 5
FULL = 1
SEED = 20_261_122
DISKS = [*(["sqlite"] if may_mount() else []), *(["postgresql"] if may_mount() and postgres.binaries() else [])]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder into which PostgreSQL's user may look."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.anyio
async def test_kills_of_a_working_server_lose_nothing(tmp_path: Path) -> None:
    done = await kill_servers(tmp_path, KILLS, SEED)
    assert done["kills"] == KILLS
    assert done["edits acknowledged"] > 100
    assert done["requests that died"] > KILLS


@pytest.mark.browser
def test_kills_of_chromium_at_the_tap_lose_nothing_that_was_said_to_be_kept(tmp_path: Path) -> None:
    with sync_playwright() as playwright:
        done = kill_browsers(playwright, tmp_path, KILLS, SEED)
    assert sum(value for what, value in done.items() if what.startswith("killed ")) == KILLS
    assert 0 < done["confirmed"] <= done["edits kept"] <= KILLS


def test_disks_that_fill_up_are_told_of_and_lose_nothing(open_folder: Path, request: pytest.FixtureRequest) -> None:
    # Where no disk of one's own may be mounted, tests/journal/test_full_disk.py declares one full.
    for database in DISKS:
        if database == "sqlite":
            opened = sqlite_disk(open_folder)
        else:
            opened = postgresql_disk(open_folder, request.getfixturevalue("postgres_server"))
        with opened as (ground, disk):
            done = asyncio.run(fill_disks(ground, disk, FULL, SEED, database))
        assert done["times full"] == FULL
        assert done["refused with disk_full"] >= FULL


@pytest.mark.anyio
async def test_a_journal_that_lost_or_changed_one_edit_is_found_out(tmp_path: Path) -> None:
    ground = Ground(tmp_path / "station")
    try:
        invited = await ground.prepare(1)
        ground.start()
        (worker,) = await ground.enrol(invited, Random(SEED), 10)
        for _ in range(3):
            worker.phone.visit(worker.doors[0])
        await worker.settle()
        told = list(worker.told.values())
        await check_told(ground, told)
        with pytest.raises(Lost, match="not what was acknowledged"):
            await check_told(ground, [replace(told[0], received_ms=told[0].received_ms - 1)])
        with pytest.raises(Lost, match="nothing is there"):
            await check_told(ground, [replace(told[0], position=told[-1].position + 1)])
        await worker.phone.http.aclose()
    finally:
        ground.close()
