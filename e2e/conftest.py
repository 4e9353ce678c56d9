"""The people and places of the stories."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from e2e.forked import Forker
from e2e.phone import DESK, Phone
from e2e.station import Station
from tests.thorough import leave_out


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is long and walked by others as well waits for the night."""
    leave_out(config, items)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright for the stories of one file: its loop would shut out the asynchronous tests if it stayed open."""
    with sync_playwright() as opened:
        yield opened


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """榆桥社区 with two grids as it lies on the disk, made once and copied for each story."""
    made = Station(tmp_path_factory.mktemp("prepared") / "station")
    try:
        made.command("e2e.prepare")
    finally:
        made.close()
    return made.data


@pytest.fixture(scope="session")
def elm_bridge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as `make run` fills it, as it lies on the disk, made once and copied for each story."""
    made = Station(tmp_path_factory.mktemp("elm-bridge") / "station")
    try:
        made.command("server", "demo")
    finally:
        made.close()
    return made.data


@pytest.fixture(scope="session")
def forker() -> Iterator[Forker]:
    """What forks server processes: a story starts a few, and each would take a second to import what it needs."""
    opened = Forker()
    yield opened
    opened.close()


@pytest.fixture
def station(tmp_path: Path, prepared: Path, forker: Forker) -> Iterator[Station]:
    """榆桥社区 with two grids, served on a port of its own."""
    yield from served(prepared, tmp_path, forker)


@pytest.fixture
def demo(tmp_path: Path, elm_bridge: Path, forker: Forker) -> Iterator[Station]:
    """A fresh demo, served on a port of its own."""
    yield from served(elm_bridge, tmp_path, forker)


def served(data: Path, tmp_path: Path, forker: Forker) -> Iterator[Station]:
    """A copy of an installation, served as long as its story lasts."""
    shutil.copytree(data, tmp_path / "station")
    opened = Station(tmp_path / "station", forker)
    try:
        opened.start()
        yield opened
    finally:
        opened.close()


@pytest.fixture
def phone(playwright: Playwright, tmp_path: Path) -> Iterator[Callable[[str], Phone]]:
    """A phone for somebody, by name; closed at the end of the story."""
    opened: list[Phone] = []

    def get(name: str) -> Phone:
        opened.append(Phone(playwright, tmp_path / f"phone-{name}"))
        return opened[-1]

    yield get
    for one in opened:
        one.close()


@pytest.fixture
def desk(playwright: Playwright, tmp_path: Path) -> Iterator[Phone]:
    """The station master's browser."""
    opened = Phone(playwright, tmp_path / "desk", viewport=DESK, has_touch=False)
    yield opened
    opened.close()
