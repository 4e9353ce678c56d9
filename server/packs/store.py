"""The rows that a pack is composed of, and the minutes of meetings. Nothing here names who went."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User
from server.packs.periods import Period
from server.problem import not_found
from server.views.doors_at import CONTACT

MEETINGS_SHOWN = 20

Row = dict[str, Any]

_visit, _home, _building, _door = schema.visit.c, schema.household.c, schema.building.c, schema.door.c
_resident, _meeting, _person = schema.resident.c, schema.meeting.c, schema.person.c
_HOME = and_(_home.grid == _visit.grid, _home.id == _visit.household)
_BUILDING = and_(_building.grid == _home.grid, _building.id == _home.building)
_PLACE = (_home.building, _home.entrance, _home.room, _home.contact, _building.name.label("building_name"))


async def visits_in(db: AsyncConnection, grids: Iterable[str], period: Period, utc_offset_min: int) -> list[Row]:
    """Every visit of these days, in the order in which they happened."""
    return await _visits(db, grids, period.start_ms(utc_offset_min), period.end_ms(utc_offset_min))


async def asked_in(db: AsyncConnection, grids: Iterable[str], start_ms: int, end_ms: int) -> list[Row]:
    """The visits of a while in which one of the four asks had an answer."""
    return await _visits(db, grids, start_ms, end_ms, _visit.asks != "{}")


async def _visits(
    db: AsyncConnection, grids: Iterable[str], start_ms: int, end_ms: int, *only: ColumnElement[bool]
) -> list[Row]:
    said = (_visit.id, _visit.grid, _visit.household, _visit.mode, _visit.result, _visit.occurred_at_ms, _visit.asks)
    query = select(*said, _visit.private, _visit.source, *_PLACE).join(schema.household, _HOME)
    query = query.join(schema.building, _BUILDING).where(_visit.grid.in_(sorted(grids)), *only)
    query = query.where(_visit.occurred_at_ms >= start_ms, _visit.occurred_at_ms < end_ms)
    rows = (await db.execute(query.order_by(_visit.occurred_at_ms, _visit.id))).mappings()
    return [{**row, "asks": json.loads(row["asks"])} for row in rows]


async def homes_of(db: AsyncConnection, grids: Iterable[str]) -> list[Row]:
    """Every door, with what keeps paint off it."""
    query = select(_home.id, _home.grid, _home.building, _home.kind, _home.occupancy)
    return [dict(row) for row in (await db.execute(query.where(_home.grid.in_(sorted(grids))))).mappings()]


async def buildings_of(db: AsyncConnection, grids: Iterable[str]) -> list[Row]:
    """Every building with the name of its grid."""
    grid = schema.grid.c
    query = select(
        _building.id, _building.grid, _building.name, _building.quarters, _building.sort, grid.name.label("of")
    )
    query = query.join(schema.grid, grid.id == _building.grid).where(_building.grid.in_(sorted(grids)))
    return [dict(row) for row in (await db.execute(query.order_by(grid.sort, grid.name, grid.id))).mappings()]


async def answered_since(db: AsyncConnection, grids: Iterable[str], start_ms: int, end_ms: int) -> set[str]:
    """Doors where somebody answered in a while."""
    query = select(_visit.household).where(_visit.grid.in_(sorted(grids)), _visit.result.in_(CONTACT))
    query = query.where(_visit.occurred_at_ms >= start_ms, _visit.occurred_at_ms < end_ms).distinct()
    return set((await db.execute(query)).scalars())


async def doors_waiting(db: AsyncConnection, grids: Iterable[str], today: str) -> list[Row]:
    """Doors that are to be looked after at once, and those promised a visit by a day that is over."""
    query = select(_door.id, _door.grid, _door.care, _door.promise_on, *_PLACE)
    query = query.join(schema.household, and_(_home.grid == _door.grid, _home.id == _door.id))
    query = query.join(schema.building, _BUILDING).where(_door.grid.in_(sorted(grids)))
    query = query.where(or_(_door.care == "urgent", _door.promise_on < today))
    return [dict(row) for row in (await db.execute(query.order_by(_door.promise_on, _door.id))).mappings()]


async def homes_contested(db: AsyncConnection, grids: Iterable[str]) -> list[Row]:
    """Doors of which two things are said, of the home or of somebody who lives there."""
    there = select(_resident.household).where(_resident.grid == _home.grid, _resident.household == _home.id)
    query = select(_home.id, _home.grid, *_PLACE).join(schema.building, _BUILDING)
    query = query.where(_home.grid.in_(sorted(grids)), or_(_home.contested, there.where(_resident.contested).exists()))
    return [dict(row) for row in (await db.execute(query.order_by(_home.id))).mappings()]


async def floating_in(db: AsyncConnection, grids: Iterable[str]) -> int:
    """How many people are said to have come from elsewhere."""
    query = select(_resident.tags, _resident.lives_here).where(_resident.grid.in_(sorted(grids)))
    rows = await db.execute(query.where(_resident.tags.like('%"floating"%')))
    return sum(1 for row in rows if json.loads(row.tags).get("floating") and row.lives_here is not False)


async def grids_of(db: AsyncConnection, user: User) -> list[Row]:
    """The reader's grids in their own order."""
    grid = schema.grid.c
    query = select(grid.id, grid.name).where(grid.id.in_(sorted(user.grids))).order_by(grid.sort, grid.name)
    return [dict(row) for row in (await db.execute(query)).mappings()]


async def owners_for(db: AsyncConnection, user: User) -> list[Row]:
    """Whom this user may give something to do: at the station and in the committee everybody, a leader's own people and
    themselves."""
    query = select(_person.id, _person.name, _person.role, _person.grids)
    query = query.where(_person.community == user.community, _person.ended_ms.is_(None))
    rows = (await db.execute(query.order_by(_person.role, _person.name, _person.id))).mappings()
    ours = user.role in ("station_master", "dispatcher")
    return [
        {"id": row["id"], "name": row["name"]}
        for row in rows
        if ours or row["id"] == user.id or user.grids.intersection(json.loads(row["grids"]))
    ]


async def meetings_for(db: AsyncConnection, user: User) -> list[RowMapping]:
    """The meetings that this reader may read of, the latest first."""
    query = select(schema.meeting, schema.grid.c.name.label("grid_name"))
    query = query.outerjoin(schema.grid, schema.grid.c.id == _meeting.grid).where(_held_for(user))
    query = query.order_by(_meeting.held_on.desc(), _meeting.id.desc()).limit(MEETINGS_SHOWN)
    return list((await db.execute(query)).mappings())


async def access_meeting(db: AsyncConnection, user: User, id_: str) -> RowMapping:
    """One of these; absent and forbidden alike are not found."""
    query = select(schema.meeting, schema.grid.c.name.label("grid_name"))
    query = query.outerjoin(schema.grid, schema.grid.c.id == _meeting.grid)
    row = (await db.execute(query.where(_meeting.id == id_, _held_for(user)))).mappings().first()
    if row is None:
        raise not_found()
    return row


async def actions_of(db: AsyncConnection, meeting: str) -> list[RowMapping]:
    """What was agreed at a meeting, done or not."""
    action = schema.action.c
    query = select(schema.action).where(action.meeting == meeting).order_by(action.due, action.id)
    return list((await db.execute(query)).mappings())


def _held_for(user: User) -> ColumnElement[bool]:
    ours = _meeting.grid.is_(None) & (_meeting.community == user.community)
    if user.role == "dispatcher":
        return _meeting.whistle.is_not(None) & (_meeting.community == user.community)
    there = _meeting.grid.in_(sorted(user.grids))
    return or_(there, ours) if user.role == "station_master" else there
