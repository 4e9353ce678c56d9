"""How phones fare, as each says with its exchange: kept beside the journal, never in the exchange's way.

A phone that has nothing new to say is written down once in ten minutes; what it says waits in memory for a second, so
that many that come home together are one transaction.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress

from sqlalchemy.exc import DBAPIError

from server import schema
from server.journal.tables import Row
from server.journal.wire import Asked
from server.journal.writer import Writer

GATHERED_S = 1.0
SAME_MS = 10 * 60_000
KNOWN_MAX = 50_000
APP_CHARS_MAX = 40
COUNT_MAX = 2**31 - 1
NUMBER_MAX = 2**53 - 1


class Healths:
    """What was said last, by device, and what of it is still to be written."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._known: dict[str, Row] = {}
        self._waiting: dict[str, Row] = {}
        self._task: asyncio.Task[None] | None = None

    def heard(self, device: str, asked: Asked, sent: int, now_ms: int) -> None:
        """A phone spoke; `sent`: how many edits came with it, which are not on the phone alone any more."""
        said = asked.health
        unsent = min(max(said.unsent - sent, 0), COUNT_MAX)
        oldest = _number(said.oldest_ms) if unsent else None
        row = (device, now_ms, asked.app[:APP_CHARS_MAX], unsent, oldest, _number(said.usage), _number(said.quota))
        known = self._known.get(device)
        if known is not None and row[2:4] == known[2:4] and now_ms - known[1] < SAME_MS:
            return
        if len(self._known) >= KNOWN_MAX:
            self._known.clear()
        self._known[device] = self._waiting[device] = row
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._later())

    async def _later(self) -> None:
        await asyncio.sleep(GATHERED_S)
        await self.write()

    async def write(self) -> None:
        """Write what waits. While the disk is full it waits on, and keeps no phone and no page from being answered."""
        rows = list(self._waiting.values())
        if not rows:
            return
        with suppress(sqlite3.Error, DBAPIError, OSError):
            await self._writer.do(lambda batch: batch.store.put(schema.phone_health, rows))
            self._waiting = {device: row for device, row in self._waiting.items() if row not in rows}

    async def stop(self) -> None:
        """Nothing is written any more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])


def _number(value: int | None) -> int | None:
    return None if value is None else min(max(value, 0), NUMBER_MAX)
