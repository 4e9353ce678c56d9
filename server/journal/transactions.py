"""How the journal reaches its database: one writer, many readers, the same plain functions on SQLite and PostgreSQL.

On SQLite the functions run beside the event loop on connections of their own. Glances and brief writes run in the loop
itself: two threads that both want the interpreter hand it to and fro at a cost above the work. What may wait for the
disk or for a lock (BEGIN and COMMIT of a write) never runs there. On PostgreSQL they run on the shared engine.
"""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy.engine import make_url

from server.db import Database
from server.journal.sql import Store

T = TypeVar("T")

READERS = 2
WRITING = "BEGIN IMMEDIATE"
SWITCH_S = 0.0005
"""How long a thread that reads requests may keep the interpreter from one that writes. At Python's own 5 ms the writer
waits that long after each statement, and the two never work side by side."""
GC_OBJECTS = 50_000
"""New objects between two looks for garbage in circles: a batch makes this many and drops them all without one."""
BUSY_MS = 10_000
EMPTYING_MS = 200
"""How long the log's emptying may hold whoever writes."""
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    f"busy_timeout = {BUSY_MS}",
    "secure_delete = ON",  # what is erased is written over, not only let go
    "cache_size = -65536",  # 64 MiB
    "temp_store = MEMORY",  # else each statement of many rows keeps what it may have to undo in a file
    "wal_autocheckpoint = 8000",  # pages: a checkpoint for every 32 MiB written, not for every 4
)


class Transactions:
    """Runs functions of a Store in a transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._own = threading.local()
        gc.set_threshold(GC_OBJECTS, 20, 50)
        self._opened: list[sqlite3.Connection] = []
        self._writing = asyncio.Lock()
        self._file = make_url(db.url).database if db.sqlite else None
        if self._file is not None:
            sys.setswitchinterval(SWITCH_S)
            self._writer = ThreadPoolExecutor(1, thread_name_prefix="journal-writer")
            self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="journal-reader")

    async def write(self, act: Callable[[Store], T], *, brief: bool = False) -> T:
        """Run in the writing transaction; returns after it has committed, raises after it was rolled back. What is
        `brief` may run in the event loop, which answers nobody meanwhile."""
        if self._file is not None:
            # One connection writes: what begins waits for what has not ended.
            async with self._writing:
                if brief:
                    return await self._briefly(act)
                return await asyncio.get_running_loop().run_in_executor(self._writer, self._in, WRITING, act)
        async with self._db.writing() as connection:
            return await connection.run_sync(lambda sync: act(Store(sync)))

    async def _briefly(self, act: Callable[[Store], T]) -> T:
        loop = asyncio.get_running_loop()
        connection, store = await loop.run_in_executor(self._writer, self._begin)
        try:
            answer = act(store)
        except BaseException:
            await loop.run_in_executor(self._writer, _undo, connection)
            raise
        await loop.run_in_executor(self._writer, _commit, connection)
        return answer

    async def read(self, act: Callable[[Store], T]) -> T:
        """Run over one consistent view of the database."""
        if self._file is not None:
            return await asyncio.get_running_loop().run_in_executor(self._readers, self._in, "BEGIN", act)
        async with self._db.reading() as connection:
            return await connection.run_sync(lambda sync: act(Store(sync)))

    async def glance(self, act: Callable[[Store], T]) -> T:
        """Run one or two look-ups by primary key."""
        if self._file is not None:
            return self._in("BEGIN", act)
        return await self.read(act)

    def _in(self, begin: str, act: Callable[[Store], T]) -> T:
        connection, store = self._begin(begin)
        try:
            answer = act(store)
        except BaseException:
            _undo(connection)
            raise
        _commit(connection)
        return answer

    def _begin(self, begin: str = WRITING) -> tuple[sqlite3.Connection, Store]:
        """Wait for the lock, on this thread's own connection."""
        connection, store = self._mine()
        connection.execute(begin)
        return connection, store

    def _mine(self) -> tuple[sqlite3.Connection, Store]:
        """This thread's own connection."""
        found: tuple[sqlite3.Connection, Store] | None = getattr(self._own, "found", None)
        if found is None:
            assert self._file is not None
            connection = connect(self._file)
            self._opened.append(connection)
            found = self._own.found = (connection, Store(connection))
        return found

    async def empty_log(self) -> bool:
        """On SQLite: the log holds pages as they were, and what was erased goes from there as well. Nobody is kept
        waiting for it: False while somebody reads what is to go. Elsewhere there is nothing to do."""
        if self._file is None:
            return True

        def empty() -> bool:
            connection, _ = self._mine()
            connection.execute(f"PRAGMA busy_timeout = {EMPTYING_MS}")
            try:
                return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")

        async with self._writing:
            return await asyncio.get_running_loop().run_in_executor(self._writer, empty)

    async def close(self) -> None:
        """Wait for what runs and close the connections."""
        if self._file is None:
            return
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        for connection in self._opened:
            connection.close()


def _commit(connection: sqlite3.Connection) -> None:
    """Returns once everything is on the disk, raises after nothing was kept."""
    try:
        connection.execute("COMMIT")
    except BaseException:
        _undo(connection)
        raise


def _undo(connection: sqlite3.Connection) -> None:
    # SQLite ends a transaction by itself when the disk is full, and then refuses to end it again.
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def connect(file: str) -> sqlite3.Connection:
    """A connection of one's own, as the journal uses them."""
    # Without an isolation level the driver leaves BEGIN and COMMIT to us.
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False, cached_statements=300)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection
