"""What every test may ask for."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from server import schema
from tests.chromium import Chromium
from tests.chromium import chromium as open_chromium
from tests.journal import postgres
from tests.thorough import leave_out

# Whoever runs the tests may have passwords of their own databases in their home: none of them is ours.
os.environ.setdefault("PGPASSFILE", "/nonexistent/pgpass")
LONGEST = "test_random_schedules"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are processors: a test waits long for PostgreSQL, Chromium or a server."""
    return (os.cpu_count() or 1) * 3 // 2


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first: at the end, one processor would work on it alone."""
    leave_out(config, items)
    items.sort(key=lambda item: not item.name.startswith(LONGEST))


def pytest_collection_finish() -> None:
    """What was imported stays: looking through all of it for garbage takes an eighth of the time of short tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio, as the server does."""
    return "asyncio"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """A real Chromium with the phone's modules within reach."""
    with open_chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with tables and nothing in them, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    engine = create_engine(f"sqlite:///{path}")
    schema.metadata.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server of our own, one for all tests of this process."""
    with postgres.running() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: str) -> postgres.Databases:
    """Its databases with empty tables."""
    return postgres.Databases(postgres_server)
