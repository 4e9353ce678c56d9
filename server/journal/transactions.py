"""How the journal reaches its database: one writer, many readers, the same plain functions on SQLite and PostgreSQL.

On SQLite the functions run beside the event loop on connections of their own; glances are short enough to run in it.
On PostgreSQL they run on the shared engine.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool

from server.db import Database
from server.journal.sql import Store

T = TypeVar("T")

READERS = 2
SWITCH_S = 0.0005
"""How long a thread that reads requests may keep the interpreter from one that writes. At Python's own 5 ms the writer
waits that long after each statement, and the two never work side by side."""
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "busy_timeout = 10000",
    "cache_size = -65536",  # 64 MiB
    "wal_autocheckpoint = 8000",  # pages: a checkpoint for every 32 MiB written, not for every 4
)


class Transactions:
    """Runs functions of a Store in a transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._own = threading.local()
        self._opened: list[Connection] = []
        self._engine: Engine | None = None
        if db.sqlite:
            sys.setswitchinterval(SWITCH_S)
            self._engine = _sqlite_engine(db.url)
            self._writer = ThreadPoolExecutor(1, thread_name_prefix="journal-writer")
            self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="journal-reader")

    async def write(self, act: Callable[[Store], T]) -> T:
        """Run in the writing transaction; returns after it has committed, raises after it was rolled back."""
        if self._engine is not None:
            return await asyncio.get_running_loop().run_in_executor(self._writer, self._in, "BEGIN IMMEDIATE", act)
        async with self._db.writing() as connection:
            return await connection.run_sync(lambda sync: act(Store(sync)))

    async def read(self, act: Callable[[Store], T]) -> T:
        """Run over one consistent view of the database."""
        if self._engine is not None:
            return await asyncio.get_running_loop().run_in_executor(self._readers, self._in, "BEGIN", act)
        async with self._db.reading() as connection:
            return await connection.run_sync(lambda sync: act(Store(sync)))

    async def glance(self, act: Callable[[Store], T]) -> T:
        """Run one or two look-ups by primary key."""
        if self._engine is not None:
            return self._in("BEGIN", act)
        return await self.read(act)

    def _in(self, begin: str, act: Callable[[Store], T]) -> T:
        store = self._store()
        raw: Any = store.connection.connection.driver_connection
        raw.execute(begin)
        try:
            answer = act(store)
            raw.execute("COMMIT")
        except BaseException:
            raw.execute("ROLLBACK")
            raise
        return answer

    def _store(self) -> Store:
        store: Store | None = getattr(self._own, "store", None)
        if store is None:
            assert self._engine is not None
            connection = self._engine.connect()
            self._opened.append(connection)
            store = self._own.store = Store(connection)
        return store

    async def close(self) -> None:
        """Wait for what runs and close the connections."""
        if self._engine is None:
            return
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        for connection in self._opened:
            connection.close()
        self._engine.dispose()


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(
        url.replace("sqlite+aiosqlite:", "sqlite:"),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",  # BEGIN and COMMIT are ours
        connect_args={"check_same_thread": False, "cached_statements": 300},
    )

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    return engine
