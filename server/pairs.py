"""What a leader said of two visits or two households that look alike, for the pages of either."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, case, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.doors import door_number
from server.localtime import local_iso

_pair = schema.pair_verdict.c


async def said_of(db: AsyncConnection, grid: str, id_: str, utc_offset_min: int) -> list[dict[str, Any]]:
    """The other of each pair: where it is, how it is called, what was said of it, by whom and when."""
    other = case((_pair.a == id_, _pair.b), else_=_pair.a).label("other")
    query = select(_pair.of, _pair.verdict, _pair.by_name, _pair.decided_ms, other)
    query = query.where(or_(_pair.a == id_, _pair.b == id_)).order_by(_pair.rev)
    # The last word on each pair; an earlier one may stand under a grid that both have left.
    last = {row.other: row for row in (await db.execute(query)).all()}
    told = []
    for row in last.values():
        found = await _other(db, grid, row.of, row.other, utc_offset_min) if row.verdict != "open" else None
        if found is not None:
            at = local_iso(row.decided_ms, utc_offset_min)
            told.append({"of": row.of, "verdict": row.verdict, "by": row.by_name, "at": at, **found})
    return told


async def _other(db: AsyncConnection, grid: str, of: str, id_: str, utc_offset_min: int) -> dict[str, Any] | None:
    """The other one, if it is in the same grid: whoever reads may not see every grid."""
    household, building, visit = schema.household.c, schema.building.c, schema.visit.c
    if of == "visit":
        query = select(visit.occurred_at_ms, visit.by_name).where(visit.grid == grid, visit.id == id_)
        one = (await db.execute(query)).first()
        when = local_iso(one.occurred_at_ms, utc_offset_min) if one else None
        return {"href": f"/desk/visits/{grid}/{id_}", "name": one.by_name, "when": when} if one else None
    at = and_(building.grid == household.grid, building.id == household.building)
    doors = select(building.name, household.entrance, household.room).select_from(schema.household)
    doors = doors.join(schema.building, at).where(household.grid == grid, household.id == id_)
    door = (await db.execute(doors)).first()
    if door is None:
        return None
    name = door_number(door.name, door.entrance, door.room)
    return {"href": f"/desk/households/{grid}/{id_}", "name": name, "when": None}
