"""The one database behind the journal and the tables it folds to: SQLite by default, PostgreSQL by its address."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

PRIVATE = 0o600


def keep_private(url: str) -> None:
    """SQLite's file, made now if there is none, and what lies beside it are for their owner's eyes alone: residents'
    words are in them. SQLite gives its log and index the mode of the file."""
    file = make_url(url).database
    if not url.startswith("sqlite") or not file:
        return
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, PRIVATE))
    for path in (file, f"{file}-wal", f"{file}-shm"):
        with suppress(FileNotFoundError):
            os.chmod(path, PRIVATE)


def _prepare_sqlite(engine: AsyncEngine) -> None:
    """WAL, full durability and explicit BEGIN, so that writers queue instead of failing half way."""

    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        # The driver's own BEGIN comes late and deferred; ours is explicit, see `begin` below.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",  # what is erased is written over, not only let go
            "foreign_keys=ON",
            "busy_timeout=10000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """Connections to read from, and the writing transaction that the journal alone opens."""

    def __init__(self, url: str) -> None:
        self.url = url
        # Without their parameters: an error that is logged must not repeat what somebody wrote about a resident.
        self.engine = create_async_engine(url, pool_pre_ping=not url.startswith("sqlite"), hide_parameters=True)
        self.sqlite = url.startswith("sqlite")
        if self.sqlite:
            _prepare_sqlite(self.engine)
        self._writer = self.engine.execution_options(writes=True)
        # Else each statement of a PostgreSQL transaction would see what was committed until then.
        self._reader = self.engine if self.sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """One consistent view of the database for the length of a request."""
        async with self._reader.connect() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that commits at the end of the block, or not at all."""
        async with self._writer.connect() as connection, connection.begin():
            yield connection

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()
