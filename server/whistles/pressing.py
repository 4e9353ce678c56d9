"""Whose desk hears that time runs out: the department first, the committee once it is over, then the district.

A group hears of what is overdue once a day, in working hours unless somebody is in danger; never what it is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from server import clock, schema
from server.access import User, whistles_of
from server.clocks import STEPS, Reading
from server.unseen import Source, Unseen
from server.views.whistles import OVER
from server.whistles.due import ANSWERING, readings
from server.whistles.told import due_of

LOOK, OVERDUE, LONG_OVERDUE = range(1, len(STEPS) + 1)
"""The steps that a clock climbs: somebody should look; it is over; half as long again has passed."""
COMMITTEE = ("dispatcher", "station_master")
SHOWN_MAX = 20

Shown = dict[str, Any]
Pressing = list[tuple[RowMapping, Reading]]

_whistle, _grid = schema.whistle.c, schema.grid.c
_COLUMNS = (
    *(_whistle.id, _whistle.grid, _whistle.title, _whistle.state, _whistle.urgency, _whistle.category),
    *(_whistle.department, _whistle.department_name, _whistle.received_ms, _whistle.dispatched_ms),
    *(_whistle.resolved_ms, _whistle.story, _grid.name.label("grid_name"), _grid.community),
)


async def pressing(db: AsyncConnection, user: User, now_ms: int, offset: int) -> Pressing:
    """What this reader is to hear of: a department of its own from three quarters of the time on; the committee of what
    waits for its answer from then on, and of what a department has once that is overdue. What is due first stands
    first."""
    if user.role not in (*COMMITTEE, "dept_handler"):
        return []
    mine = (_whistle.department == user.department,) if user.role == "dept_handler" else ()
    found = await _open(db, now_ms, offset, whistles_of(user), *mine)
    return [each for each in found if each[1].state != "paused" and each[1].step >= _hears(user.role, each[0])]


def _hears(role: str, row: RowMapping) -> int:
    """From which step on it is said to this role."""
    answering = row["state"] in ANSWERING
    if role == "dept_handler":
        return LONG_OVERDUE + 1 if answering else LOOK
    return LOOK if answering else OVERDUE


async def long_overdue(db: AsyncConnection, user: User, now_ms: int, offset: int) -> list[Shown]:
    """For the district: how many are half as long again over their time, by community and department. No more."""
    if user.role != "supervisor" or not user.counted:
        return []
    found = await _open(db, now_ms, offset, _whistle.grid.in_(sorted(user.counted)))
    community = schema.community.c
    names = {row.id: row.name for row in await db.execute(select(community.id, community.name))}
    waits = Counter(
        (names[row["community"]], "" if row["state"] in ANSWERING else row["department_name"] or "")
        for row, reading in found
        if reading.step >= LONG_OVERDUE
    )
    return [{"community": at, "department": name, "n": n} for (at, name), n in sorted(waits.items())]


async def count(request: Request, db: AsyncConnection, user: User) -> int | None:
    """How many press; None for whom nothing does."""
    now_ms, offset = clock.now_ms(), request.app.state.settings.utc_offset_min
    if user.role == "supervisor":
        return sum(int(each["n"]) for each in await long_overdue(db, user, now_ms, offset))
    if user.role in (*COMMITTEE, "dept_handler"):
        return len(await pressing(db, user, now_ms, offset))
    return None


async def told(request: Request, db: AsyncConnection, user: User) -> Shown:
    """The same in lines, for the page that a desk opens on."""
    now_ms, offset = clock.now_ms(), request.app.state.settings.utc_offset_min
    found = await pressing(db, user, now_ms, offset)
    lines = [
        {
            "href": f"/desk/whistles/{row['grid']}/{row['id']}",
            "title": row["title"],
            "grid_name": row["grid_name"],
            "department": "" if row["state"] in ANSWERING else row["department_name"] or "",
            "due": due_of(reading, offset),
        }
        for row, reading in found[:SHOWN_MAX]
    ]
    return {"n": len(found), "lines": lines, "counted": await long_overdue(db, user, now_ms, offset)}


def unseen(offset: int) -> Source:
    """What is overdue, one thing a grid, and one more where somebody is in danger."""

    async def waits(db: AsyncConnection, now_ms: int) -> list[Unseen]:
        found: dict[tuple[str, bool], int] = {}
        for row, reading in await _open(db, now_ms, offset):
            if reading.step >= OVERDUE and reading.due_ms is not None:
                key = (row["grid"], row["urgency"] == "danger")
                found[key] = min(reading.due_ms, found.get(key, reading.due_ms))
        return [
            Unseen("whistle", f"whistles.{grid}.{int(urgent)}", grid, since_ms, "/desk/whistles", urgent)
            for (grid, urgent), since_ms in sorted(found.items())
        ]

    return waits


async def _open(db: AsyncConnection, now_ms: int, offset: int, *only: ColumnElement[bool]) -> Pressing:
    """Those that are open, and whose time still runs, the one that is due first."""
    query = select(*_COLUMNS).join(schema.grid, _grid.id == _whistle.grid)
    query = query.where(_whistle.state.not_in((*OVER, "resolved", "verifying", "revisit")), *only)
    rows: Sequence[RowMapping] = (await db.execute(query.order_by(_whistle.stepped_ms, _whistle.id))).mappings().all()
    due = await readings(db, rows, now_ms, offset)
    found = [(row, due[row["id"]]) for row in rows if row["id"] in due]
    return sorted(found, key=lambda each: (each[1].due_ms is None, each[1].due_ms or 0))
