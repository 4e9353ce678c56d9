"""Items of the reader's grids, with the doors they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User
from server.views.items import CLOSED

SHOWN_MAX = 300
"""So many stand on one page, the latest; whoever looks for older ones asks for a kind or a building."""

_item, _home, _building, _grid = schema.item.c, schema.household.c, schema.building.c, schema.grid.c


@dataclass(frozen=True)
class Asked:
    """`state`: open, all, or one state. An empty kind or building asks nothing."""

    kind: str = ""
    state: str = "open"
    building: str = ""


async def items(db: AsyncConnection, user: User, asked: Asked) -> list[RowMapping]:
    """What was asked for, the latest first."""
    query = _told().where(*_which(user, asked)).order_by(_item.occurred_at_ms.desc(), _item.id.desc())
    return list((await db.execute(query.limit(SHOWN_MAX))).mappings())


async def count(db: AsyncConnection, user: User, asked: Asked) -> int:
    """How many there are of it."""
    joined = schema.item.outerjoin(schema.household, and_(_home.grid == _item.grid, _home.id == _item.household))
    query = select(func.count()).select_from(joined).where(*_which(user, asked))
    return (await db.execute(query)).scalar_one()


async def open_item(db: AsyncConnection, user: User, grid: str, item: str) -> RowMapping | None:
    """One of them, if it stands in one of the reader's grids."""
    query = _told().where(_item.grid.in_(sorted(user.grids)), _item.grid == grid, _item.id == item)
    row: RowMapping | None = (await db.execute(query)).mappings().first()
    return row


async def whistled(db: AsyncConnection, item: str) -> bool:
    """Whether it was turned into a whistle already."""
    whistle = schema.whistle.c
    query = select(whistle.id).where(whistle.source == item, whistle.state != "withdrawn")
    return (await db.execute(query)).first() is not None


async def visit_there(db: AsyncConnection, grid: str, visit: str | None) -> bool:
    """Whether the visit it came from stands there still."""
    visits = schema.visit.c
    query = select(visits.id).where(visits.grid == grid, visits.id == visit)
    return (await db.execute(query)).first() is not None


async def buildings(db: AsyncConnection, user: User) -> list[RowMapping]:
    """Where the reader's items may have come from."""
    query = select(_building.id, _building.name, _grid.name.label("grid_name")).join(
        schema.grid, _grid.id == _building.grid
    )
    query = query.where(_building.grid.in_(sorted(user.grids)))
    return list((await db.execute(query.order_by(_grid.sort, _building.sort, _building.name))).mappings())


def _told() -> Select[Any]:
    home = and_(_home.grid == _item.grid, _home.id == _item.household)
    joined = schema.item.join(schema.grid, _grid.id == _item.grid).outerjoin(schema.household, home)
    joined = joined.outerjoin(schema.building, and_(_building.grid == _home.grid, _building.id == _home.building))
    place = (_home.entrance, _home.room, _home.contact, _building.name.label("building_name"))
    return select(schema.item, *place, _grid.name.label("grid_name")).select_from(joined)


def _which(user: User, asked: Asked) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [_item.grid.in_(sorted(user.grids))]
    if asked.kind:
        conditions.append(_item.kind == asked.kind)
    if asked.state == "open":
        conditions.append(_item.state.not_in(CLOSED))
    elif asked.state != "all":
        conditions.append(_item.state == asked.state)
    if asked.building:
        conditions.append(_home.building == asked.building)
    return conditions
