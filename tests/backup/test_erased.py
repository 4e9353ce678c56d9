"""What was erased before a backup is not in it; what was erased after it is erased again once it is restored."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.retention.command import Words, retain
from tests.backup.world import World, a_world
from tests.journal.conftest import DATABASES, Station
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
    assert ("旧话" in await everything(world.station)) == (shipped == "before"), "a backup is a copy of its day"
    await erase(world.station)
    assert "旧话" not in await everything(world.station)
    assert await world.station.refolds()
