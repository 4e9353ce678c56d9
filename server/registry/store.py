"""Buildings, doors and households as the desk reads them."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import RowMapping, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema

HISTORY_MAX = 200
VISITS_MAX = 200

FACT_KINDS = (
    "household.added",
    "household.stated",
    "household.undone",
    "resident.added",
    "resident.stated",
    "resident.tagged",
    "resident.undone",
)
"""Kinds of edits that change what is known of a household and its people."""

Row = dict[str, Any]

_grid, _building, _household, _door = schema.grid.c, schema.building.c, schema.household.c, schema.door.c


async def grids_of(db: AsyncConnection, grids: frozenset[str]) -> list[Row]:
    """The reader's grids in their own order."""
    query = select(schema.grid).where(_grid.id.in_(sorted(grids))).order_by(_grid.sort, _grid.name)
    return [dict(row) for row in (await db.execute(query)).mappings()]


async def buildings_of(db: AsyncConnection, grids: frozenset[str]) -> list[Row]:
    """Every building of these grids."""
    query = select(schema.building).where(_building.grid.in_(sorted(grids)))
    return [dict(row) for row in (await db.execute(query)).mappings()]


async def doors_of(db: AsyncConnection, grids: frozenset[str]) -> list[Row]:
    """Every door of these grids with what paints it, without the facts behind it: a whole community at once."""
    query = select(
        _household.grid,
        _household.id,
        _household.building,
        _household.entrance,
        _household.floor,
        _household.room,
        _household.kind,
        _household.occupancy,
        _door.contact_ms,
        _door.care,
        _door.promise_on,
    )
    query = query.outerjoin(schema.door, and_(_door.grid == _household.grid, _door.id == _household.id))
    return [dict(row) for row in (await db.execute(query.where(_household.grid.in_(sorted(grids))))).mappings()]


async def open_building(db: AsyncConnection, grid: str, building: str) -> tuple[list[Any], list[Any]]:
    """The households of one building with their facts, and their doors, as phones hold them."""
    inside = and_(_household.grid == grid, _household.building == building)
    households = (await db.execute(select(schema.household).where(inside))).mappings().all()
    query = select(schema.door).join(schema.household, and_(_household.grid == _door.grid, _household.id == _door.id))
    doors = (await db.execute(query.where(inside))).mappings().all()
    return [with_facts(row) for row in households], [dict(row) for row in doors]


async def door_of(db: AsyncConnection, grid: str, household: str) -> dict[str, Any]:
    """The summary of one household's visits."""
    query = select(schema.door).where(_door.grid == grid, _door.id == household)
    row = (await db.execute(query)).mappings().first()
    return dict(row) if row else {}


async def residents_of(db: AsyncConnection, grid: str, household: str) -> list[dict[str, Any]]:
    """Who lives there, in the order they were written down."""
    resident = schema.resident.c
    query = select(schema.resident).where(resident.grid == grid, resident.household == household)
    rows = (await db.execute(query.order_by(resident.id))).mappings()
    opened = ("tags", "leaving")
    return [{**with_facts(row), **{name: msgspec.json.decode(row[name]) for name in opened}} for row in rows]


async def visits_of(db: AsyncConnection, grid: str, household: str) -> list[RowMapping]:
    """The household's visits, the latest first."""
    visit = schema.visit.c
    query = select(schema.visit).where(visit.grid == grid, visit.household == household)
    query = query.order_by(visit.occurred_at_ms.desc(), visit.id.desc()).limit(VISITS_MAX)
    return list((await db.execute(query)).mappings())


async def items_of(db: AsyncConnection, grid: str, household: str) -> list[Row]:
    """What its asks became, the oldest first."""
    item = schema.item.c
    query = select(item.id, item.grid, item.kind, item.state, item.text, item.rating, item.occurred_at_ms)
    query = query.where(item.grid == grid, item.household == household)
    rows = (await db.execute(query.order_by(item.occurred_at_ms, item.id).limit(VISITS_MAX))).mappings()
    return [dict(row) for row in rows]


async def history_of(db: AsyncConnection, entities: list[str]) -> list[RowMapping]:
    """What the journal holds about a household and its people, the latest first."""
    entry, person = schema.journal.c, schema.person.c
    query = select(
        entry.position, entry.id, entry.kind, entry.entity, entry.outcome, entry.reason, entry.effective_ms,
        entry.received_ms, entry.body, person.name.label("by"),
    )  # fmt: skip
    query = query.outerjoin(schema.person, person.id == entry.author)
    query = query.where(entry.entity.in_(entities), entry.kind.in_(FACT_KINDS))
    return list((await db.execute(query.order_by(entry.position.desc()).limit(HISTORY_MAX))).mappings())


def with_facts(row: RowMapping) -> dict[str, Any]:
    """A row with its facts opened: every head of every field."""
    return {**row, "facts": msgspec.json.decode(row["facts"])}
