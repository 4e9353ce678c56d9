"""What the page of grids reads: grids, their buildings with their homes, and who looks after them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema

LOOKING_AFTER = ("grid_worker", "grid_leader")


@dataclass
class DrawnGrid:
    """A grid as the page shows it. `buildings` are {id, quarters, name, homes}, `people` ids of who look after it."""

    id: str
    name: str
    homes: int = 0
    buildings: list[dict[str, Any]] = field(default_factory=list)
    people: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Carer:
    """Somebody who looks after grids: all of theirs, and how many edits their phones said they had not sent yet."""

    id: str
    name: str
    role: str
    grids: list[str]
    unsent: int


async def drawn(db: AsyncConnection, community: str) -> tuple[list[DrawnGrid], list[Carer]]:
    """Every grid of a community in order, and everybody who may look after one."""
    grid, building, household = schema.grid.c, schema.building.c, schema.household.c
    query = select(grid.id, grid.name).where(grid.community == community).order_by(grid.sort, grid.id)
    grids = {row.id: DrawnGrid(row.id, row.name) for row in await db.execute(query)}
    counted = select(household.grid, household.building, func.count().label("homes"))
    counted = counted.where(household.grid.in_(list(grids))).group_by(household.grid, household.building)
    homes = {row.building: row.homes for row in await db.execute(counted)}
    stands = select(building.grid, building.id, building.quarters, building.name)
    stands = stands.where(building.grid.in_(list(grids))).order_by(building.sort, building.name, building.id)
    for row in await db.execute(stands):
        count = homes.get(row.id, 0)
        grids[row.grid].homes += count
        said = {"id": row.id, "quarters": row.quarters, "name": row.name, "homes": count}
        grids[row.grid].buildings.append(said)
    carers = await carers_of(db, community)
    for carer in carers:
        for each in carer.grids:
            if each in grids:
                grids[each].people.append(carer.id)
    return list(grids.values()), carers


async def carers_of(db: AsyncConnection, community: str) -> list[Carer]:
    """Workers and leaders of a community, by name."""
    person, device = schema.person.c, schema.device.c
    unsent = select(func.coalesce(func.sum(device.unsent), 0)).where(device.person == person.id).scalar_subquery()
    query = select(person.id, person.name, person.role, person.grids, unsent.label("unsent"))
    query = query.where(person.community == community, person.role.in_(LOOKING_AFTER), person.ended_ms.is_(None))
    query = query.order_by(person.name, person.id)
    return [
        Carer(row.id, row.name, row.role, msgspec.json.decode(row.grids, type=list[str]), row.unsent)
        for row in await db.execute(query)
    ]


async def buildings_of(db: AsyncConnection, grid: str) -> list[str]:
    """The buildings that stand in a grid now, in their order."""
    column = schema.building.c
    query = select(column.id).where(column.grid == grid).order_by(column.sort, column.name, column.id)
    return list((await db.execute(query)).scalars())


async def names_of(db: AsyncConnection, grids: Iterable[str]) -> dict[str, int]:
    """The names that grids bear, each with its place in the order."""
    column = schema.grid.c
    query = select(column.name, column.sort).where(column.id.in_(list(grids)))
    return {row.name: row.sort for row in await db.execute(query)}
