"""What the district's pages read: grids by name, one home by its door, and what was visited there."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import RowMapping, case, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema

VISITS = 30


async def grids_of(db: AsyncConnection, grids: Iterable[str]) -> list[RowMapping]:
    """Grids with their community, in order."""
    grid, community = schema.grid.c, schema.community.c
    query = select(grid.id, grid.name, community.name.label("community")).join(
        schema.community, community.id == grid.community
    )
    query = query.where(grid.id.in_(sorted(set(grids)))).order_by(community.name, grid.sort, grid.id)
    return list((await db.execute(query)).mappings())


async def door_called(db: AsyncConnection, grid: str, said: str) -> str | None:
    """The one home of a grid whose door is written so (3幢2单元501, 3-2-501), None where none or several are."""
    plain = _plain(said)
    home, building = schema.household.c, schema.building.c
    query = select(home.id, building.name, home.entrance, home.room).where(home.grid == grid)
    query = query.join(schema.building, (building.grid == home.grid) & (building.id == home.building))
    found = [row.id for row in await db.execute(query) if plain and plain in _spellings(row)]
    return found[0] if len(found) == 1 else None


def _spellings(row: RowMapping | object) -> set[str]:
    name, entrance, room = row.name, row.entrance or "", row.room  # type: ignore[union-attr]
    parts = [part for part in (name, f"{entrance}单元" if entrance.isdigit() else entrance, room) if part]
    short = [part for part in (name.removesuffix("幢"), entrance, room) if part]
    return {_plain("".join(parts)), _plain("-".join(short))}


def _plain(said: str) -> str:
    return "".join(said.split()).replace("号楼", "幢").replace("栋", "幢").casefold()


async def opening(db: AsyncConnection, id_: str, person: str) -> RowMapping | None:
    """A record that this person opened, with the door it is behind."""
    made, home, building, grid = schema.opening, schema.household.c, schema.building.c, schema.grid.c
    columns = (home.entrance, home.floor, home.room, building.name.label("building"), building.quarters)
    query = select(made, *columns, grid.name.label("grid_name"))
    query = query.join(schema.household, (home.grid == made.c.grid) & (home.id == made.c.household))
    query = query.join(schema.building, (building.grid == home.grid) & (building.id == home.building))
    query = query.join(schema.grid, grid.id == made.c.grid)
    return (await db.execute(query.where(made.c.id == id_, made.c.person == person))).mappings().first()


async def visits_at(db: AsyncConnection, grid: str, household: str) -> list[RowMapping]:
    """What was visited behind a door, the latest first; of private visits no word."""
    visit = schema.visit.c
    columns = (
        visit.occurred_at_ms,
        visit.mode,
        visit.result,
        case((visit.private, None), else_=visit.text).label("text"),
        visit.private,
        visit.follow_up_on,
        visit.care,
        visit.by_name,
    )
    query = select(*columns).where(visit.grid == grid, visit.household == household)
    return list((await db.execute(query.order_by(visit.occurred_at_ms.desc()).limit(VISITS))).mappings())
