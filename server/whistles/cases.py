"""Whistles read for pictures: those that are the reader's, as cases to be counted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User, whistles_of
from server.views.common import building_order
from server.views.whistles import OVER
from server.whistles.asked_of_pictures import Asked
from server.whistles.counting import NOWHERE, Case, Span, case_of
from server.whistles.due import readings
from server.working_time import load_calendar

_whistle, _grid, _community = schema.whistle.c, schema.grid.c, schema.community.c
_TIMES = (_whistle.received_ms, _whistle.stepped_ms, _whistle.dispatched_ms, _whistle.resolved_ms, _whistle.closed_ms)
_READ = (
    *(_whistle.id, _whistle.grid, _whistle.building, _whistle.category, _whistle.level, _whistle.urgency),
    *(_whistle.state, _whistle.department, _whistle.department_name, _whistle.rating, _whistle.story),
    *(*_TIMES, _whistle.accepted_ms),
)


async def places_of(db: AsyncConnection, user: User) -> list[RowMapping]:
    """The grids that the reader has whistles of, or may have, each with its community."""
    query = select(_grid.id, _grid.name, _grid.community, _community.name.label("community_name"))
    query = query.join(schema.community, _community.id == _grid.community)
    if user.role == "dispatcher":
        query = query.where(_grid.community == user.community)
    elif user.role == "dept_handler":
        query = query.where(_grid.id.in_(select(_whistle.grid).where(_own(user))))
    else:
        query = query.where(_grid.id.in_(sorted(user.grids)))
    return list((await db.execute(query.order_by(_community.name, _grid.sort, _grid.name, _grid.id))).mappings())


async def cases_of(
    db: AsyncConnection, user: User, asked: Asked, span: Span, now_ms: int, utc_offset_min: int
) -> list[Case]:
    """Those that are open, or that something happened to in these days: the newest first."""
    touched = [and_(at >= span.start_ms, at < span.end_ms) for at in _TIMES]
    query = select(*_READ).where(_own(user), *_where(asked), or_(_whistle.state.not_in(OVER), *touched))
    rows = (await db.execute(query.order_by(_whistle.received_ms.desc(), _whistle.id))).mappings().all()
    due = await readings(db, rows, now_ms, utc_offset_min)
    calendar = await load_calendar(db, utc_offset_min)
    return [case_of(row, due.get(row["id"]), calendar, now_ms) for row in rows]


async def departments_named(db: AsyncConnection, ids: set[str]) -> list[RowMapping]:
    """Departments in the order of their names."""
    department = schema.department.c
    query = select(department.id, department.name).where(department.id.in_(sorted(ids)))
    return list((await db.execute(query.order_by(department.name, department.id))).mappings())


async def buildings_named(db: AsyncConnection, ids: set[str]) -> list[dict[str, Any]]:
    """Buildings as people count them."""
    rows = (await db.execute(select(schema.building).where(schema.building.c.id.in_(sorted(ids))))).mappings()
    return sorted((dict(row) for row in rows), key=building_order)


def _own(user: User) -> ColumnElement[bool]:
    """A department's figures are of what it has, not of what it helps with."""
    if user.role == "dept_handler":
        return and_(whistles_of(user), _whistle.department == user.department)
    return whistles_of(user)


def _where(asked: Asked) -> list[ColumnElement[bool]]:
    asks: list[ColumnElement[bool]] = []
    if asked.community:
        asks.append(_whistle.grid.in_(select(_grid.id).where(_grid.community == asked.community)))
    if asked.grid:
        asks.append(_whistle.grid == asked.grid)
    if asked.category:
        none = asked.category == NOWHERE
        asks.append(_whistle.category.is_(None) if none else _whistle.category == asked.category)
    return asks
