"""What departments have to sit down about: a whistle that was given back twice, until it is sent on (共建单位协调会).

Nobody calls the meeting: it stands among what is to be spoken of as soon as the second return has come.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import DECIDING, User, whistles_of
from server.localtime import local_iso
from server.problem import not_found

MEETING_RETURNS = 2
"""Given back this often, those concerned sit down together."""
WAITING = ("returned", "responded")
"""While a whistle stands so, its meeting is still to be held."""
HOLDING = DECIDING | {"dispatcher"}
"""Who writes down what was agreed there."""

Shown = dict[str, Any]

_whistle, _grid, _meeting = schema.whistle.c, schema.grid.c, schema.meeting.c


def meets(row: RowMapping) -> bool:
    """Whether those concerned are to sit down about it."""
    return row["returns"] >= MEETING_RETURNS and row["state"] in WAITING


async def agenda(db: AsyncConnection, user: User, offset: int, grids: Collection[str] | None = None) -> list[Shown]:
    """What of this reader's whistles, or of some of their grids, there is to sit down about, the oldest first."""
    if user.role not in HOLDING:
        return []
    here = () if grids is None else (_whistle.grid.in_(sorted(grids)),)
    rows = await _whistles(db, user, _whistle.state.in_(WAITING), *here)
    return [_entry(row, offset) for row in rows]


async def access_meeting_about(db: AsyncConnection, user: User, whistle: str, offset: int) -> Shown:
    """One of them, whether it was sent on meanwhile or not; absent and forbidden alike are not found."""
    rows = await _whistles(db, user, _whistle.id == whistle) if user.role in HOLDING else []
    if not rows:
        raise not_found()
    return _entry(rows[0], offset)


async def agreed(db: AsyncConnection, whistle: str) -> list[Shown]:
    """What was agreed about a whistle, the latest first."""
    columns = (_meeting.id, _meeting.held_on, _meeting.decisions, _meeting.by_name)
    query = select(*columns).where(_meeting.whistle == whistle).order_by(_meeting.held_on.desc(), _meeting.id.desc())
    rows = (await db.execute(query)).mappings()
    return [{**row, "decisions": json.loads(row["decisions"])} for row in rows]


async def _whistles(db: AsyncConnection, user: User, *only: ColumnElement[bool]) -> list[RowMapping]:
    columns = (_whistle.id, _whistle.grid, _whistle.title, _whistle.returns, _whistle.story, _whistle.state)
    query = select(*columns, _grid.name.label("grid_name")).join(schema.grid, _grid.id == _whistle.grid)
    query = query.where(whistles_of(user), _whistle.returns >= MEETING_RETURNS, *only)
    return list((await db.execute(query.order_by(_whistle.stepped_ms, _whistle.id))).mappings())


def _entry(row: RowMapping, offset: int) -> Shown:
    sent, returns = "", []
    for each in json.loads(row["story"]):
        if "why" in each:
            continue
        if each.get("to") == "dispatched":
            sent = each.get("department") or ""
        elif each.get("to") == "returned":
            said = {"department": sent, "by": each["by"], "note": each.get("note") or ""}
            returns.append({**said, "at": local_iso(each["at_ms"], offset)})
    known = {name: row[name] for name in ("id", "grid", "title", "grid_name")}
    return {**known, "returns": returns, "href": f"/desk/whistles/{row['grid']}/{row['id']}"}
