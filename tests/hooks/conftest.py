"""The station of the desk's tests, whose groups have robots."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from server import clock
from server.hooks import sending
from server.robots import read_robots
from server.settings import Settings
from tests.desk.conftest import NOW_MS, desk, leader, leader_and_fourth_grid, zhao
from tests.hooks.group import Group, meeting
from tests.journal.conftest import DATABASES, Station, new_database, opened

__all__ = ["desk", "leader", "zhao"]


@pytest.fixture(scope="session")
def groups(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    """The groups' robots, one for all tests of this process."""
    with meeting(tmp_path_factory.mktemp("groups")) as group:
        yield group


@pytest.fixture
def group(groups: Group, monkeypatch: pytest.MonkeyPatch) -> Group:
    """The robots with nothing read yet; their certificate is believed as a public one is."""
    monkeypatch.setenv("SSL_CERT_FILE", str(groups.certificate))
    # The server looks when a test says so.
    monkeypatch.setattr(sending, "LOOK_S", 3600)
    for read in groups.read.values():
        read.clear()
    groups.asked.clear()
    groups.trouble = ""
    return groups


@pytest.fixture(params=DATABASES)
async def station(
    tmp_path: Path, empty_sqlite: Path, request: pytest.FixtureRequest, group: Group
) -> AsyncIterator[Station]:
    """The station on a Friday morning, with a robot of each vendor and one of another community."""
    url = await new_database(request.param, tmp_path, empty_sqlite, request)
    robots = read_robots(group.robots, [group.host])
    settings = Settings(url, tmp_path, b"a secret for tests only.........", "https://sifang.example.org", robots=robots)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now_ms", lambda: NOW_MS)
        async with opened(settings, patch) as station:
            station.now_ms = NOW_MS
            group.now_ms = lambda: station.now_ms
            await station.begin(leader_and_fourth_grid)
            yield station
