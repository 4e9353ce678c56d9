"""A living installation goes from SQLite to PostgreSQL: copied while it serves, caught up with, then switched.

The log stays the same, positions and cursors with it: phones notice nothing but a short pause. While the switch lasts
SQLite is locked; afterwards it says where the installation lives now, and nothing is written there any more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from server import clock, schema
from server.db import Database
from server.journal.beginning import add_head
from server.journal.copying import Receiving, hash_at, head_of, rows_of, take_out
from server.journal.known import columns_of
from server.journal.refold import as_written, differences
from server.journal.replay import Progress, silent, stands_below
from server.journal.restoring import NotEmpty
from server.journal.sql import Store
from server.journal.transactions import connect
from sync.rules import RULES_VERSION

T = TypeVar("T")
WHOLE = (
    schema.session,
    schema.passkey_use,
    schema.used_challenge,
    schema.join_link,
    schema.join_code,
    schema.join_meeting,
    schema.access_record,
    schema.backup,
    schema.healing,
    schema.checkpoint,
    schema.ledger_doubt,
    schema.phone_health,
    schema.hook_message,
)
"""Tables that no edit folds to, taken along as they are: what was signed of the log, and who does not believe it, are
evidence. Snapshots are made anew when somebody asks for one, and the log's tiles as the server starts."""


class Differs(Exception):
    """The copy does not fold to its tables. Nothing was switched; the old database goes on."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Moving:
    """From one open SQLite file into one PostgreSQL transaction."""

    def __init__(self, source: Store, target: AsyncConnection, utc_offset_min: int, progress: Progress) -> None:
        self.source, self._target = source, target
        self._utc_offset_min, self._progress = utc_offset_min, progress
        self.receiving: Receiving

    async def _there(self, act: Callable[[Store], T]) -> T:
        return await self._target.run_sync(lambda connection: act(Store(connection)))

    async def begin(self) -> None:
        """Raises NotEmpty."""
        if (await self._there(head_of))[0]:
            raise NotEmpty
        log, _ = head_of(self.source)
        self._stands = stands_below(self.source, RULES_VERSION, RULES_VERSION)

        def there(store: Store) -> None:
            add_head(store, log, 0, 0)
            self.receiving = Receiving(store, self._utc_offset_min)

        await self._there(there)

    async def catch_up(self, *, locked: bool = False) -> None:
        """Copy and fold what has come since. Each part is one view of the source, which serves meanwhile."""
        while True:
            if not locked:
                self.source.run("BEGIN")
            part = take_out(self.source, self.receiving.size, self.receiving.received_ms, clock.now_ms())
            size = head_of(self.source)[1]
            if not locked:
                self.source.run("COMMIT")
            if part is None:
                return

            def there(store: Store) -> None:
                self.receiving.take(part)  # noqa: B023
                trouble = self.receiving.fold(stands=self._stands)
                if trouble:
                    raise Differs(trouble)

            await self._there(there)
            self._progress(self.receiving.size, size)

    async def settle(self) -> None:
        """What stands beside the journal, and the head."""
        devices = rows_of(self.source, "device", "id IS NOT NULL")
        statements = rows_of(self.source, "head_statement", "received_ms >= $1", self.receiving.received_ms)
        generations = [tuple(row) for row in self.source.rows("SELECT scope, generation FROM scope")]
        columns = "size, received_ms, rules, backed_up_through"
        head = self.source.row(f"SELECT {columns} FROM journal_head WHERE id = 1")
        assert head is not None

        def there(store: Store) -> None:
            self.receiving.take_beside(devices, statements)
            self.receiving.settle()
            store.run_each("UPDATE scope SET generation = $2 WHERE scope = $1", generations)
            settings = "size = $1, received_ms = $2, rules = $3, backed_up_through = $4"
            store.run(f"UPDATE journal_head SET {settings} WHERE id = 1", self.receiving.size, *head[1:])

        await self._there(there)

    async def check(self) -> None:
        """Fold the copied journal from zero beside the copied tables. Raises Differs."""
        lines = await self._there(lambda store: list(differences(store, self._utc_offset_min, self._progress)))
        if lines:
            raise Differs(lines)

    async def take_whole(self) -> None:
        """Sessions, links and what is known of backups."""
        for table in WHOLE:
            found = self.source.rows(f"SELECT {columns_of(table)} FROM {table.name}")
            rows: list[Any] = [as_written(row, table) for row in found]
            await self._there(lambda store: store.insert(table, rows))  # noqa: B023

    async def same_end(self) -> None:
        """Both end with the same edit. Raises Differs."""
        size = self.receiving.size
        there = await self._there(lambda store: (head_of(store), hash_at(store, size - 1)))
        if there != (head_of(self.source), hash_at(self.source, size - 1)):
            raise Differs([f"the copy ends at {there[0]}, the journal at {head_of(self.source)}"])


async def move(source: Database, target: Database, utc_offset_min: int, progress: Progress = silent) -> int:
    """Move a begun installation into a migrated, empty database; how many edits it has. Either everything is there and
    the source is closed, or nothing changed. Raises NotEmpty, Differs."""
    file = make_url(source.url).database
    assert source.sqlite
    assert file is not None
    connection = await asyncio.to_thread(connect, file)
    try:
        store = Store(connection)
        async with target.writing() as there:
            moving = Moving(store, there, utc_offset_min, progress)
            await moving.begin()
            await moving.catch_up()
            await moving.settle()
            await moving.check()
            await moving.catch_up()
            # From here on nobody else writes; whoever wants to waits for some seconds, phones send again after that.
            await asyncio.to_thread(store.run, "BEGIN IMMEDIATE")
            await moving.catch_up(locked=True)
            await moving.settle()
            await moving.take_whole()
            await moving.same_end()
        # PostgreSQL has it all. Cut off here, the old database would go on, and the copy be one too many.
        place = make_url(target.url).render_as_string(hide_password=True)
        store.run("UPDATE journal_head SET moved_to = $1 WHERE id = 1", place)
        store.run("COMMIT")
        return moving.receiving.size
    finally:
        # Without its COMMIT the lock goes and nothing was changed.
        connection.close()
