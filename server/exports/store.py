"""The rows behind an export: a community's visits between two days, or its doors and who lives there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema

LINES_MAX = 50_000

_visit, _household, _building, _resident = (
    schema.visit.c,
    schema.household.c,
    schema.building.c,
    schema.resident.c,
)
_HOUSE = and_(_building.grid == _household.grid, _building.id == _household.building)


@dataclass(frozen=True)
class Asked:
    """Which lines: of these grids, and for visits from one moment until before another."""

    grids: tuple[str, ...]
    from_ms: int = 0
    until_ms: int = 2**53


async def grids_of(db: AsyncConnection, grids: frozenset[str]) -> Sequence[Any]:
    """The reader's grids in their own order."""
    column = schema.grid.c
    query = select(column.id, column.name).where(column.id.in_(sorted(grids))).order_by(column.sort, column.name)
    return (await db.execute(query)).mappings().all()


async def lines_of(db: AsyncConnection, what: str, asked: Asked) -> list[dict[str, Any]]:
    """The rows, and one more than may go out where there are too many."""
    return await (_visits(db, asked) if what == "visits" else _registry(db, asked))


async def _visits(db: AsyncConnection, asked: Asked) -> list[dict[str, Any]]:
    place = (_building.name.label("building_name"), _household.entrance, _household.room)
    said = (_visit.occurred_at_ms, _visit.result, _visit.mode, _visit.by_name, _visit.text, _visit.asks, _visit.who_met)
    more = (_visit.care, _visit.follow_up_on, _visit.source, _visit.private, schema.grid.c.name.label("grid_name"))
    query = select(*place, *said, *more).join(schema.grid, schema.grid.c.id == _visit.grid)
    query = query.join(schema.household, and_(_household.grid == _visit.grid, _household.id == _visit.household))
    query = query.join(schema.building, _HOUSE).where(_visit.grid.in_(asked.grids))
    query = query.where(_visit.occurred_at_ms >= asked.from_ms, _visit.occurred_at_ms < asked.until_ms)
    query = query.order_by(_visit.occurred_at_ms.desc(), _visit.id.desc()).limit(LINES_MAX + 1)
    return [dict(row) for row in (await db.execute(query)).mappings()]


async def _registry(db: AsyncConnection, asked: Asked) -> list[dict[str, Any]]:
    place = (_building.name.label("building_name"), _building.quarters, _household.entrance, _household.room)
    facts = (_household.id, _household.occupancy, _household.headcount, _household.contact, _household.phone)
    query = select(*place, *facts, _household.note, schema.grid.c.name.label("grid_name"))
    query = query.join(schema.building, _HOUSE).join(schema.grid, schema.grid.c.id == _household.grid)
    query = query.where(_household.grid.in_(asked.grids))
    order = (schema.grid.c.sort, _building.sort, _household.entrance, _household.floor, _household.room, _household.id)
    homes = [dict(row) for row in (await db.execute(query.order_by(*order).limit(LINES_MAX + 1))).mappings()]
    people: dict[str, list[Any]] = {}
    living = select(_resident.household, _resident.name, _resident.relation, _resident.birth_year, _resident.tags)
    living = living.where(_resident.grid.in_(asked.grids)).order_by(_resident.id)
    for row in (await db.execute(living)).mappings():
        people.setdefault(row["household"], []).append(row)
    return [{**home, "people": people.get(home["id"], [])} for home in homes]
