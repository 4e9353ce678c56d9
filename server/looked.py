"""Who looked at whose page: written down beside the page, never in its way, so that a resident can be told.

A line costs the page nothing: it is put in a queue, and what has gathered in a second is written at once. Where a
reason is asked for, the line is written before anything is shown.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import RowMapping, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from uuid_utils import uuid7

from server import clock, schema
from server.access import User, user_of
from server.db import Database

GATHERED_S = 1.0
WAITING_MAX = 50_000
"""While the disk is full lines wait in memory, this many; after that the oldest are let go."""
SHOWN_MAX = 500

Line = dict[str, Any]


class Looked:
    """The lines that are still to be written."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._waiting: list[Line] = []
        self._writing = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    def add(self, line: Line) -> None:
        """Put a line down; it is written within a second or two."""
        self._waiting.append(line)
        del self._waiting[:-WAITING_MAX]
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._later())

    async def _later(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHERED_S)
            # A disk that is full or a database that is busy keeps no page from being read: the lines wait.
            with suppress(sqlite3.Error, DBAPIError, OSError):
                await self.write()

    async def write(self) -> None:
        """Write everything that waits. Raises what the database raises; the lines wait on then."""
        async with self._writing:
            lines = list(self._waiting)
            if lines:
                async with self._db.writing() as db:
                    await db.execute(insert(schema.access_record), lines)
                del self._waiting[: len(lines)]

    async def close(self) -> None:
        """Nothing is added any more: write the rest."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        with suppress(sqlite3.Error, DBAPIError, OSError):
            await self.write()


def line_of(user: User, what: str, grid: str | None, household: str | None, **more: Any) -> Line:
    """A line about this user, now. `more`: `why`, `words`, `searched`."""
    given = {"why": None, "words": None, "searched": False, **more}
    whose = {"grid": grid, "household": household}
    by = {"person": user.id, "by_name": user.name, "role": user.role}
    return {"id": str(uuid7()), "at_ms": clock.now_ms(), **by, "what": what, **whose, **given}


def looked(request: Request, what: str, grid: str, household: str) -> None:
    """Somebody opened a page about a household. What a page fetched by itself was opened by nobody."""
    if request.headers.get("x-unasked") == "1":
        return
    searched = bool(request.query_params.get("q"))
    request.app.state.looked.add(line_of(user_of(request), what, grid, household, searched=searched))


async def put_down(request: Request, line: Line) -> str:
    """Write a line before anything is shown; returns its id."""
    async with request.app.state.db.writing() as db:
        await db.execute(insert(schema.access_record), [line])
    return str(line["id"])


async def who_looked(db: AsyncConnection, household: str) -> Sequence[RowMapping]:
    """Every look at a household's pages, the latest first."""
    column = schema.access_record.c
    query = select(schema.access_record).where(column.household == household)
    return (await db.execute(query.order_by(column.at_ms.desc(), column.id.desc()).limit(SHOWN_MAX))).mappings().all()
