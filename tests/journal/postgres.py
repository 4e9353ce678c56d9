"""A PostgreSQL server of our own for the length of a test run, where its binaries are installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asyncpg import PostgresError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from uuid_utils import uuid7

from server import schema

LOCKED_MS = 5_000
"""How long emptying waits for whoever still holds a row."""


def binaries() -> Path | None:
    """The newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def _as_postgres() -> list[str]:
    # The server refuses to run as root.
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


@contextmanager
def running(*, durable: bool = False, superuser: str = "sifang") -> Iterator[str]:
    """Start a server on a free port; yields an address without a database name. Not durable it is quick: tests only."""
    programs = binaries()
    assert programs is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        if prefix := _as_postgres():
            shutil.chown(folder, "postgres")
        else:
            prefix = []
        quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "check": True}
        initdb = [programs / "initdb", "-D", data, "-U", superuser, "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run([*prefix, *initdb], **quiet)  # type: ignore[call-overload]
        careless = "" if durable else " -c fsync=off -c full_page_writes=off -c autovacuum=off"
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1{careless}"
        control = [*prefix, programs / "pg_ctl", "-D", data, "-w"]
        subprocess.run([*control, "-o", options, "-l", Path(folder) / "log", "start"], **quiet)  # type: ignore[call-overload]
        try:
            yield f"postgresql+asyncpg://{superuser}@127.0.0.1:{port}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]


class Databases:
    """Databases with our tables and nothing in them; whoever is done gives theirs back for the next test.

    Emptying one takes a tenth of the time of making one.
    """

    def __init__(self, server: str) -> None:
        self.server = server
        self.free: list[str] = []

    async def take(self) -> str:
        """The address of one that nobody uses."""
        while self.free:
            url = self.free.pop()
            if await _emptied(url):
                return url
        url = await empty_database(self.server)
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            await connection.run_sync(schema.metadata.create_all)
        await engine.dispose()
        return url


async def empty_database(server: str) -> str:
    """The address of a database without a table."""
    name = f"station_{uuid7().hex}"
    engine = create_async_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT", poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    return f"{server}/{name}"


async def _emptied(url: str) -> bool:
    """Whether every row could be taken out."""
    tables = [f'DELETE FROM "{table.name}"' for table in reversed(schema.metadata.sorted_tables)]
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            await driver.execute("; ".join([f"SET lock_timeout = {LOCKED_MS}", *tables]))
    except PostgresError:
        return False
    return True
