"""In the evening a day's log goes by itself: nobody writes one so that one is there.

What its author adds later counts beside it as if it had not been sent. A day whose visits came in the night goes the
next day; older ones never, for nobody waits for those.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3

from sqlalchemy import func, select
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
_visit, _person = schema.visit.c, schema.person.c

Walked = tuple[str, str, str]
"""A grid, who was there, and the local day."""


async def walked(db: AsyncConnection, day: str, utc_offset_min: int) -> list[Walked]:
    """Whose visits of a day there are, by grid: of workers who have that grid now."""
    start = day_start_ms(day, utc_offset_min)
    went = func.coalesce(_visit.on_behalf_of, _visit.author)
    query = select(_visit.grid, went, _person.grids).join(schema.person, _person.id == went).distinct()
    query = query.where(_visit.occurred_at_ms >= start, _visit.occurred_at_ms < start + DAY_MS)
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
