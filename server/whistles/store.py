"""Whistles that are the reader's, with the places they are about, and the departments they may go to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User, whistles_of
from server.views.whistles import OVER

SHOWN_MAX = 300
"""So many stand on one page, the one that waits longest first."""

UNHAPPY = ("not",)
"""Asked for instead of states: those of which a resident says that it did not help."""

_whistle, _home, _building, _grid = schema.whistle.c, schema.household.c, schema.building.c, schema.grid.c
_ticket = schema.hotline_ticket.c
_CALLED = (_ticket.ticket, _ticket.caller, _ticket.phone.label("caller_phone"), _ticket.consent.label("caller_agrees"))
"""The hotline's number, and whom to call back."""


async def whistles(db: AsyncConnection, user: User, states: tuple[str, ...] | None) -> list[RowMapping]:
    """Those in these states, else all that are open: the one that waits longest first; of what is over the newest."""
    over = states in (OVER, UNHAPPY)
    query = _told().where(whistles_of(user), _in(states))
    order = _whistle.stepped_ms.desc() if over else _whistle.stepped_ms
    return list((await db.execute(query.order_by(order, _whistle.id).limit(SHOWN_MAX))).mappings())


async def count(db: AsyncConnection, user: User, states: tuple[str, ...] | None) -> int:
    """How many there are of them."""
    query = select(func.count()).select_from(schema.whistle).where(whistles_of(user), _in(states))
    return (await db.execute(query)).scalar_one()


async def one(db: AsyncConnection, user: User, grid: str, whistle: str) -> RowMapping | None:
    """One of them, if it is the reader's."""
    query = _told().where(whistles_of(user), _whistle.grid == grid, _whistle.id == whistle)
    row: RowMapping | None = (await db.execute(query)).mappings().first()
    return row


async def these(db: AsyncConnection, user: User, ids: list[str]) -> list[RowMapping]:
    """Those of them that are the reader's, in this order."""
    query = _told().where(whistles_of(user), _whistle.id.in_(ids))
    found = {row["id"]: row for row in (await db.execute(query)).mappings()}
    return [found[id_] for id_ in ids if id_ in found]


async def alike(db: AsyncConnection, user: User, row: RowMapping) -> list[RowMapping]:
    """Others that are open in the same grid, those of the same building first: one of them may be the same."""
    near = or_(_whistle.building == row["building"], _whistle.category == row["category"])
    mine = and_(whistles_of(user), _whistle.grid == row["grid"], _whistle.id != row["id"], near)
    query = _told().where(mine, _whistle.state.not_in(OVER)).order_by(_whistle.stepped_ms.desc()).limit(10)
    return list((await db.execute(query)).mappings())


async def merged_into(db: AsyncConnection, user: User, row: RowMapping) -> list[RowMapping]:
    """Those that were found to be this one: whoever raised them is told of as well."""
    query = _told().where(whistles_of(user), _whistle.grid == row["grid"], _whistle.dup_of == row["id"])
    return list((await db.execute(query.order_by(_whistle.received_ms))).mappings())


async def departments(db: AsyncConnection, community: str | None) -> list[RowMapping]:
    """Those of the community, and of the whole district."""
    department = schema.department.c
    query = select(department.id, department.name)
    query = query.where(or_(department.community == community, department.community.is_(None)))
    return list((await db.execute(query.order_by(department.name, department.id))).mappings())


async def grids(db: AsyncConnection, user: User) -> list[RowMapping]:
    """Where the reader may raise one."""
    query = select(_grid.id, _grid.name)
    ours = _grid.community == user.community if user.role == "dispatcher" else _grid.id.in_(sorted(user.grids))
    return list((await db.execute(query.where(ours).order_by(_grid.sort, _grid.name))).mappings())


async def raised_from(db: AsyncConnection, source: str) -> bool:
    """Whether a whistle was raised from this already."""
    query = select(_whistle.id).where(_whistle.source == source, _whistle.state != "withdrawn")
    return (await db.execute(query)).first() is not None


async def community_of(db: AsyncConnection, grid: str) -> str | None:
    """The community a grid belongs to."""
    return (await db.execute(select(_grid.community).where(_grid.id == grid))).scalar()


def _in(states: tuple[str, ...] | None) -> ColumnElement[bool]:
    if states == UNHAPPY:
        return _whistle.rating == "not"
    return _whistle.state.not_in(OVER) if states is None else _whistle.state.in_(states)


def _told() -> Select[Any]:
    home = and_(_home.grid == _whistle.grid, _home.id == _whistle.household)
    house = and_(_building.grid == _whistle.grid, _building.id == _whistle.building)
    joined = schema.whistle.join(schema.grid, _grid.id == _whistle.grid).outerjoin(schema.household, home)
    called = and_(_ticket.id == _whistle.source, _whistle.source_of == "ticket")
    joined = joined.outerjoin(schema.building, house).outerjoin(schema.hotline_ticket, called)
    joined = joined.outerjoin(schema.resident_contact, schema.resident_contact.c.id == _whistle.id)
    place = (
        schema.resident_contact.c.contact.label("left"),
        _home.entrance,
        _home.room,
        _home.contact,
        _home.phone,
        _building.name.label("building_name"),
    )
    return select(schema.whistle, *place, *_CALLED, _grid.name.label("grid_name"), _grid.community).select_from(joined)
