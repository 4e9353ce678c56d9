"""The disk under the servers: real SQLite files in memory-backed folders, and connections that fail when told to."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.loop import Locked

FAST = (
    "journal_mode = WAL",
    "synchronous = OFF",  # power loss is tested with real processes; here the machine stays up
    "busy_timeout = 0",
    "temp_store = MEMORY",
)
FULL = "database or disk is full"


class Crash(BaseException):
    """The server process died here."""


@dataclass
class Disk:
    """One database file and what is about to go wrong with it. `writer` holds the lock, as SQLite has it."""

    path: Path
    writer: Connection | None = None
    _looking: sqlite3.Connection | None = None
    _idle: list[Connection] = field(default_factory=list)
    """Of processes that ended: preparing statements anew would be a sixth of a schedule's time."""

    def connect(self, power: Power) -> Connection:
        """A connection of one server process."""
        connection = self._idle.pop() if self._idle else self._open()
        connection.disk, connection.power = self, power
        return connection

    def take_back(self, connection: Connection) -> None:
        """A process has ended: what it left open is rolled back."""
        connection.let_go()
        if connection.in_transaction:
            sqlite3.Connection.execute(connection, "ROLLBACK")
        self._idle.append(connection)

    def _open(self) -> Connection:
        connection = sqlite3.connect(
            self.path, isolation_level=None, check_same_thread=False, cached_statements=300, factory=Connection
        )
        assert isinstance(connection, Connection)
        for pragma in FAST:
            sqlite3.Connection.execute(connection, f"PRAGMA {pragma}")
        return connection

    def looking(self) -> sqlite3.Connection:
        """A connection that sees what is committed, whoever lives; the same until another file takes the place."""
        if self._looking is None:
            self._looking = sqlite3.connect(self.path, isolation_level=None, cached_statements=300)
        return self._looking

    def copy(self, to: Path) -> None:
        """An online backup: what is committed now."""
        with closing(sqlite3.connect(self.path)) as here, closing(sqlite3.connect(to)) as there:
            here.backup(there)

    def replace(self, source: Path) -> None:
        """What another file holds in place of what this one does; nobody may be at it."""
        if self.path.exists():
            self._fill(source)
        else:
            shutil.copyfile(source, self.path)

    def _fill(self, source: Path) -> None:
        """Row by row, since whoever has this file open keeps the statements they have prepared."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as here:
            here.execute("PRAGMA synchronous = OFF")
            here.execute("ATTACH ? AS source", [str(source)])
            named = "SELECT name, sql FROM {}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            tables = here.execute(named.format("main")).fetchall()
            assert tables == here.execute(named.format("source")).fetchall(), "another schema"
            here.execute("BEGIN IMMEDIATE")
            for table, _ in tables:
                here.execute(f'DELETE FROM main."{table}"')
                here.execute(f'INSERT INTO main."{table}" SELECT * FROM source."{table}"')
            here.execute("COMMIT")

    def close(self) -> None:
        """Stop looking."""
        for connection in self._idle:
            connection.close()
        self._idle.clear()
        if self._looking is not None:
            self._looking.close()
            self._looking = None


@dataclass
class Power:
    """Whether a server process lives, and the fault that waits for it. `told` hears that one struck.

    A fault is a name and after how many of its kind of statement it strikes: `before_commit`, `after_commit`,
    `in_transaction`, `disk_full`, `disk_full_at_commit`.
    """

    alive: bool = True
    fault: str | None = None
    after: int = 0
    told: Callable[[str], None] = lambda fault: None
    fell: Callable[[], None] = lambda: None

    def strikes(self, *faults: str) -> bool:
        """Whether one of these faults happens now."""
        if self.fault not in faults:
            return False
        if self.after > 0:
            self.after -= 1
            return False
        fault = self.fault
        assert fault is not None
        self.told(fault)
        # A full disk stays full until somebody clears it.
        if not fault.startswith("disk_full"):
            self.fault = None
        return True

    def die(self) -> None:
        """The process is gone: nothing it still tries happens."""
        self.alive = False
        self.fell()
        raise Crash


class Connection(sqlite3.Connection):
    """A connection that asks before each statement whether the world still holds."""

    disk: Disk
    power: Power
    writing = False

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if not self.power.alive:
            raise Crash
        if self.writing:
            return self._write(sql, lambda: super(Connection, self).execute(sql, parameters))
        if sql == "BEGIN IMMEDIATE":
            if self.disk.writer is not None:
                raise Locked
            found = super().execute(sql)
            self.disk.writer, self.writing = self, True
            return found
        return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        if not self.power.alive:
            raise Crash
        return self._write(sql, lambda: super(Connection, self).executemany(sql, parameters))

    def _write(self, sql: str, run: Callable[[], sqlite3.Cursor]) -> sqlite3.Cursor:
        power = self.power
        if sql == "ROLLBACK":
            self._release()
            return run()
        if sql == "COMMIT":
            if power.strikes("before_commit"):
                power.die()
            if power.strikes("disk_full_at_commit"):
                raise sqlite3.OperationalError(FULL)
            found = run()
            self._release()
            if power.strikes("after_commit"):
                power.die()
            return found
        if power.fault is not None:
            if power.strikes("in_transaction"):
                power.die()
            if not sql.startswith("SELECT") and power.strikes("disk_full"):
                raise sqlite3.OperationalError(FULL)
        return run()

    def _release(self) -> None:
        self.writing = False
        if self.disk.writer is self:
            self.disk.writer = None

    def let_go(self) -> None:
        """What a dead process leaves: an open transaction is rolled back, the lock is free."""
        if self.writing:
            self._release()
            super().execute("ROLLBACK")


def memory_folder() -> Path:
    """Where files live in memory, if there is such a place."""
    shared = Path("/dev/shm")
    return shared if os.access(shared, os.W_OK) else Path(os.environ.get("TMPDIR", "."))
