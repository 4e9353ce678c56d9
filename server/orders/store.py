"""Orders of the reader's grids, the rows one is told from, and the doors one may be given for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import RowMapping, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User

CLOSED = ("confirmed", "withdrawn")
CLOSED_SHOWN = 20

Rows = dict[str, list[dict[str, Any]]]

_order, _answer, _grid = schema.verification_order.c, schema.order_answer.c, schema.grid.c
_household, _building, _door, _feed = schema.household.c, schema.building.c, schema.door.c, schema.feed.c


async def orders_of(db: AsyncConnection, user: User) -> list[RowMapping]:
    """What is open, by its day; then what was confirmed or withdrawn last."""
    query = select(schema.verification_order, _grid.name.label("grid_name"))
    query = query.join(schema.grid, _grid.id == _order.grid).where(_order.grid.in_(sorted(user.grids)))
    opened = query.where(_order.state.not_in(CLOSED)).order_by(_order.due, _grid.sort, _grid.name, _order.id)
    closed = query.where(_order.state.in_(CLOSED)).order_by(_order.stepped_ms.desc(), _order.id).limit(CLOSED_SHOWN)
    return [*(await db.execute(opened)).mappings(), *(await db.execute(closed)).mappings()]


async def open_order(db: AsyncConnection, user: User, grid: str, order: str) -> RowMapping | None:
    """One order in one of the reader's grids."""
    query = select(schema.verification_order, _grid.name.label("grid_name"))
    query = query.join(schema.grid, _grid.id == _order.grid).where(_order.grid.in_(sorted(user.grids)))
    return (await db.execute(query.where(_order.grid == grid, _order.id == order))).mappings().first()


async def standing(db: AsyncConnection, user: User) -> set[tuple[str, str]]:
    """Every door of these grids, under the grid where it stands now."""
    query = select(_household.grid, _household.id).where(_household.grid.in_(sorted(user.grids)))
    return {(row.grid, row.id) for row in await db.execute(query)}


async def order_rows(db: AsyncConnection, order: RowMapping, households: Collection[str]) -> Rows:
    """The rows the phones of its grid draw it from, read from the feed."""
    grid = order["grid"]
    said = select(_answer.id).where(_answer.grid == grid, _answer.verification_order == order["id"])
    answers = await _rows(db, grid, "order_answer", (await db.execute(said)).scalars().all())
    ids = {*households, *(answer["household"] for answer in answers)}
    homes = await _rows(db, grid, "household", ids)
    buildings = await _rows(db, grid, "building", {home["building"] for home in homes})
    orders = await _rows(db, grid, "verification_order", [order["id"]])
    return {"verification_order": orders, "order_answer": answers, "household": homes, "building": buildings}


async def elsewhere(db: AsyncConnection, user: User, households: Collection[str]) -> dict[str, RowMapping]:
    """Doors that stand in another of the reader's grids by now, with the building."""
    query = select(schema.household, _building.name.label("building_name"))
    query = query.join(schema.building, and_(_building.grid == _household.grid, _building.id == _household.building))
    among = (_household.grid.in_(sorted(user.grids)), _household.id.in_(sorted(households)))
    return {row["id"]: row for row in (await db.execute(query.where(*among))).mappings()}


async def _rows(db: AsyncConnection, grid: str, kind: str, ids: Collection[str]) -> list[dict[str, Any]]:
    query = select(_feed.data).where(_feed.scope == f"grid:{grid}", _feed.kind == kind, _feed.id.in_(sorted(ids)))
    found = (await db.execute(query.where(_feed.data.is_not(None)).order_by(_feed.id))).scalars()
    return [{**msgspec.json.decode(data), "grid": grid} for data in found]


async def grids_of(db: AsyncConnection, user: User) -> list[dict[str, Any]]:
    """The reader's grids in their own order."""
    query = select(schema.grid).where(_grid.id.in_(sorted(user.grids))).order_by(_grid.sort, _grid.name)
    return [dict(row) for row in (await db.execute(query)).mappings()]


async def buildings_of(db: AsyncConnection, user: User) -> list[dict[str, Any]]:
    """Every building of these grids."""
    query = select(schema.building).where(_building.grid.in_(sorted(user.grids)))
    return [dict(row) for row in (await db.execute(query)).mappings()]


async def doors_of(db: AsyncConnection, user: User) -> list[dict[str, Any]]:
    """Every door of these grids with what paints it and what it is called."""
    of = (_household.grid, _household.id, _household.building, _household.entrance, _household.floor)
    query = select(*of, _household.room, _household.kind, _household.occupancy, _household.contact, _door.contact_ms)
    query = query.outerjoin(schema.door, and_(_door.grid == _household.grid, _door.id == _household.id))
    query = query.where(_household.grid.in_(sorted(user.grids)))
    return [dict(row) for row in (await db.execute(query)).mappings()]
