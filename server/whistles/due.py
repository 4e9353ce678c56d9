"""When the committee, and then a department, is due to have done something: read from the trail each time it is asked.

Times are those of receipt: somebody who comes back to a signal three days late makes nothing overdue.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.clocks import Calendar, Clock, Limit, Pause, Reading, limit_for, read_clock, stage_limit
from server.views.whistles import OVER
from server.working_time import load_calendar, load_limits

ANSWERING = ("reported", "responded")
PAUSED, EXTENDED = "suspended", "extended"


async def readings(
    db: AsyncConnection, rows: Sequence[RowMapping], now_ms: int, utc_offset_min: int
) -> dict[str, Reading]:
    """How the clock of each stands, by id; nothing where none runs: nobody is waited for, or it has no category."""
    calendar = await load_calendar(db, utc_offset_min)
    limits = await load_limits(db)
    came = await _received(db, rows)
    found = {}
    for row in rows:
        clock = _clock(row, calendar, limits, came)
        if clock is not None:
            found[row["id"]] = read_clock(calendar, clock, now_ms, _stopped(row))
    return found


def _clock(
    row: RowMapping, calendar: Calendar, limits: Mapping[tuple[str, str], Limit], came: dict[str, int]
) -> Clock | None:
    if row["dispatched_ms"] is None:
        answering = row["state"] in ANSWERING
        return Clock(row["received_ms"], stage_limit("respond", row["urgency"])) if answering else None
    if row["category"] is None or (row["state"] in OVER and row["resolved_ms"] is None):
        return None
    limit = limit_for(row["category"], row["urgency"], limits)
    pauses, extended = _told(row, came)
    return Clock(row["dispatched_ms"], limit, pauses, limit.amount if extended else 0)


def _told(row: RowMapping, came: dict[str, int]) -> tuple[tuple[Pause, ...], bool]:
    """While somebody else had to act first, and whether more time was taken, since the department has it."""
    pauses: list[Pause] = []
    extended = False
    for each in _steps(row):
        at_ms = came[each["edit"]]
        if at_ms < row["dispatched_ms"]:
            continue
        if pauses and pauses[-1].until_ms is None:
            pauses[-1] = Pause(pauses[-1].from_ms, at_ms)
        if each["to"] == PAUSED:
            pauses.append(Pause(at_ms))
        extended = extended or each["to"] == EXTENDED
    return tuple(pauses), extended


def _stopped(row: RowMapping) -> int | None:
    """When it was solved, or otherwise over; None while somebody is waited for."""
    if row["resolved_ms"] is not None and row["state"] != "reopened":
        return int(row["resolved_ms"])
    return int(row["stepped_ms"]) if row["state"] in OVER else None


def _steps(row: RowMapping) -> list[dict[str, str]]:
    return [each for each in json.loads(row["story"]) if each.get("to") and "why" not in each]


async def _received(db: AsyncConnection, rows: Sequence[RowMapping]) -> dict[str, int]:
    """When each step of those that were ever paused or given more time came to the server."""
    told = [each for row in rows if row["dispatched_ms"] is not None for each in _steps(row)]
    ids = sorted({each["edit"] for each in told})
    query = select(schema.journal.c.id, schema.journal.c.received_ms).where(schema.journal.c.id.in_(ids))
    return dict((await db.execute(query)).all()) if ids else {}
