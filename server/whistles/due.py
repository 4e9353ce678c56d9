"""When the committee, and then a department, is due to have done something: read from the trail each time it is asked.

Times are those of receipt: somebody who comes back to a signal three days late makes nothing overdue.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.clocks import Calendar, Clock, Limit, Pause, Reading, extension_refused, limit_for, read_clock, stage_limit
from server.views.whistles import OVER
from server.working_time import load_calendar, load_limits

Row = Mapping[Any, Any]

ASKED = ("reported", "returned", "reopened")
"""From these on the committee has to answer, and to send it on: a department that gave it back is not late."""
ANSWERING = (*ASKED, "responded")
PAUSED, EXTENDED, SENT = "suspended", "extended", "dispatched"
IDS_AT_ONCE = 5_000


async def readings(db: AsyncConnection, rows: Sequence[Row], now_ms: int, utc_offset_min: int) -> dict[str, Reading]:
    """How the clock of each stands, by id; nothing where none runs: nobody is waited for, or it has no category."""
    clocks = await clocks_of(db, rows, utc_offset_min)
    calendar = await load_calendar(db, utc_offset_min)
    return {
        row["id"]: read_clock(calendar, clocks[row["id"]], now_ms, stopped(row)) for row in rows if row["id"] in clocks
    }


async def clocks_of(db: AsyncConnection, rows: Sequence[Row], utc_offset_min: int) -> dict[str, Clock]:
    """The clock of each, by id."""
    calendar, limits = await load_calendar(db, utc_offset_min), await load_limits(db)
    came = await _received(db, rows)
    found = {row["id"]: clock_of(row, calendar, limits, came) for row in rows}
    return {id_: clock for id_, clock in found.items() if clock is not None}


async def may_extend(db: AsyncConnection, row: RowMapping, now_ms: int, utc_offset_min: int) -> bool:
    """Whether its department may still ask for more time: once, before it is due."""
    clock = (await clocks_of(db, [row], utc_offset_min)).get(row["id"])
    if clock is None:
        return False
    calendar = await load_calendar(db, utc_offset_min)
    once = all(each["to"] != EXTENDED for each in _since_sent(row))
    return once and extension_refused(calendar, clock, clock.limit.amount, now_ms) is None


def clock_of(
    row: Row, calendar: Calendar, limits: Mapping[tuple[str, str], Limit], came: Mapping[str, int]
) -> Clock | None:
    """Whose time runs, and since when. `came`: when each step that matters here came to the server."""
    if row["state"] in ANSWERING:
        return Clock(_asked_ms(row, came), stage_limit("respond", row["urgency"]))
    if row["dispatched_ms"] is None or row["category"] is None or (row["state"] in OVER and row["resolved_ms"] is None):
        return None
    clock = Clock(row["dispatched_ms"], limit_for(row["category"], row["urgency"], limits))
    for each in _since_sent(row):
        at_ms = came.get(each["edit"], 0)
        if clock.pauses and clock.pauses[-1].until_ms is None:
            clock = clock._replace(pauses=(*clock.pauses[:-1], Pause(clock.pauses[-1].from_ms, at_ms)))
        if each["to"] == PAUSED:
            clock = clock._replace(pauses=(*clock.pauses, Pause(at_ms)))
        # Asked for too late it adds nothing: it was overdue, and stays so.
        elif each["to"] == EXTENDED and extension_refused(calendar, clock, clock.limit.amount, at_ms) is None:
            clock = clock._replace(extended=clock.limit.amount)
    return clock


def stopped(row: Row) -> int | None:
    """When it was solved; None while somebody is waited for to do that."""
    return None if row["state"] in ANSWERING or row["resolved_ms"] is None else int(row["resolved_ms"])


def _asked_ms(row: Row, came: Mapping[str, int]) -> int:
    """Since when the committee is waited for."""
    asked = [came[each["edit"]] for each in _steps(row) if each["to"] in ASKED]
    return asked[-1] if asked else int(row["received_ms"])


def _since_sent(row: Row) -> list[dict[str, str]]:
    steps = _steps(row)
    sent = max((n for n, each in enumerate(steps) if each["to"] == SENT), default=0)
    return steps[sent:]


def _steps(row: Row) -> list[dict[str, str]]:
    return [each for each in json.loads(row["story"]) if each.get("to") and "why" not in each]


async def _received(db: AsyncConnection, rows: Sequence[Row]) -> dict[str, int]:
    """When each step came to the server, of those that a clock asks for."""
    ids = sorted({each["edit"] for row in rows for each in _asked_for(row)})
    found: dict[str, int] = {}
    column = schema.journal.c
    for first in range(0, len(ids), IDS_AT_ONCE):
        query = select(column.id, column.received_ms).where(column.id.in_(ids[first : first + IDS_AT_ONCE]))
        found |= {row.id: row.received_ms for row in await db.execute(query)}
    return found


def _asked_for(row: Row) -> list[dict[str, str]]:
    if row["state"] in ANSWERING:
        return [each for each in _steps(row) if each["to"] in ASKED]
    steps = _since_sent(row) if row["dispatched_ms"] is not None else []
    return steps if any(each["to"] in (PAUSED, EXTENDED) for each in steps) else []
