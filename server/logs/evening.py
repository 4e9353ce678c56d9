"""In the evening a day's log goes by itself: nobody writes one so that one is there.

What its author adds later counts beside it as if it had not been sent. A day of which things came in the night goes the
next day; older ones never, for nobody waits for those.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from typing import Any

from sqlalchemy import func, select, union
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from server import clock, schema
from server.db import Database
from server.journal import Draft, Journal, Standing, log_id
from server.localtime import DAY_MS, day_before, day_start_ms, local_day, local_iso
from server.problem import Problem

EVENING = "20:00"
LOOK_S = 300
WRITES = "grid_worker"

_log = logging.getLogger(__name__)
_visit, _patrol, _note, _person = schema.visit.c, schema.patrol.c, schema.patrol_note.c, schema.person.c
_check, _answer, _item = schema.care_check.c, schema.order_answer.c, schema.item.c
_DONE: tuple[tuple[Any, ...], ...] = (
    (_visit.grid, func.coalesce(_visit.on_behalf_of, _visit.author).label("who"), _visit.occurred_at_ms),
    (_patrol.grid, _patrol.author.label("who"), func.coalesce(_patrol.started_ms, _patrol.ended_ms)),
    (_note.grid, _note.author.label("who"), _note.noted_ms, _note.what != "withdrawn"),
    (_check.grid, _check.author.label("who"), _check.occurred_at_ms, _check.undone_ms.is_(None)),
    (_answer.grid, _answer.author.label("who"), _answer.occurred_at_ms),
    (_item.grid, _item.author.label("who"), _item.occurred_at_ms),
)
"""All that a log is composed of: where, who, when, and what of it counts."""

Walked = tuple[str, str, str]
"""A grid, who was there, and the local day."""


async def walked(db: AsyncConnection, day: str, utc_offset_min: int) -> list[Walked]:
    """Who did something on a day, by grid: of workers who have that grid now."""
    start = day_start_ms(day, utc_offset_min)
    did = [select(grid, who).where(ms.between(start, start + DAY_MS - 1), *only) for grid, who, ms, *only in _DONE]
    done = union(*did).subquery()
    query = select(done.c.grid, done.c.who, _person.grids).join(schema.person, _person.id == done.c.who)
    found = await db.execute(query.where(_person.role == WRITES, _person.ended_ms.is_(None)))
    return sorted((grid, who, day) for grid, who, grids in found if grid in json.loads(grids))


async def send_logs(journal: Journal, db: Database, utc_offset_min: int) -> int:
    """Send what nobody has sent yet; how many that were."""
    now_ms = clock.now_ms()
    today = local_day(now_ms, utc_offset_min)
    over = local_iso(now_ms, utc_offset_min)[11:16] >= EVENING
    days = [day_before(today, 1), *([today] if over else [])]
    async with db.reading() as connection:
        there = [one for day in days for one in await walked(connection, day, utc_offset_min)]

    def plan(standing: Standing) -> list[Draft]:
        return [_draft(one) for one in there if standing("daily_log", one[0], _id(one)) is None]

    return len(await journal.commit_seeing(plan)) if there else 0


async def as_evenings_come(journal: Journal, db: Database, utc_offset_min: int) -> None:
    """Look every few minutes, as long as this server runs. A disk that is full keeps it for the next look."""
    while True:
        await asyncio.sleep(LOOK_S)
        try:
            await send_logs(journal, db, utc_offset_min)
        except (sqlite3.Error, DBAPIError, OSError, Problem) as error:
            _log.warning("logs could not be sent yet: %s", type(error).__name__)


def _id(walked: Walked) -> str:
    grid, who, day = walked
    return log_id(who, grid, day)


def _draft(walked: Walked) -> Draft:
    grid, who, day = walked
    return Draft("daily_log.sent", _id(walked), grid, who, {"day": day, "by_itself": True})
