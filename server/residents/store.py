"""Buildings by their code, whistles by their receipt, and the codes of a community's buildings."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import RowMapping, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User

CHANNEL = "resident"

_building, _code, _grid, _community = schema.building.c, schema.building_code.c, schema.grid.c, schema.community.c
_whistle, _receipt, _contact = schema.whistle.c, schema.resident_receipt.c, schema.resident_contact.c


async def place_of(db: AsyncConnection, code: str) -> RowMapping | None:
    """The building that a code leads to, wherever it stands now."""
    columns = (_building.id, _building.grid, _building.quarters, _building.name)
    query = select(*columns, _community.name.label("community")).select_from(
        schema.building_code.join(schema.building, _building.id == _code.id)
        .join(schema.grid, _grid.id == _building.grid)
        .outerjoin(schema.community, _community.id == _grid.community)
    )
    row: RowMapping | None = (await db.execute(query.where(_code.code == code))).mappings().first()
    return row


async def leader_of(db: AsyncConnection, grid: str) -> str | None:
    """Who leads a grid: asked first of whatever a resident sends without asking anybody."""
    person = schema.person.c
    leads = and_(person.role == "grid_leader", person.ended_ms.is_(None), person.grids.contains(f'"{grid}"'))
    return (await db.execute(select(person.id).where(leads).order_by(person.id))).scalars().first()


async def count_since(db: AsyncConnection, building: str, since_ms: int) -> int:
    """How much residents sent about a building since a moment."""
    query = select(func.count()).select_from(schema.whistle)
    here = and_(_whistle.building == building, _whistle.channel == CHANNEL, _whistle.received_ms > since_ms)
    return (await db.execute(query.where(here))).scalar_one()


async def by_receipt(db: AsyncConnection, digest: str) -> RowMapping | None:
    """The whistle that a receipt was given for, the first of them."""
    columns = (schema.whistle, _contact.contact, _building.quarters, _building.name.label("building_name"))
    at = and_(_building.grid == _whistle.grid, _building.id == _whistle.building)
    query = select(*columns, _community.name.label("community")).select_from(
        schema.resident_receipt.join(schema.whistle, _whistle.id == _receipt.id)
        .outerjoin(schema.resident_contact, _contact.id == _whistle.id)
        .outerjoin(schema.building, at)
        .join(schema.grid, _grid.id == _whistle.grid)
        .outerjoin(schema.community, _community.id == _grid.community)
    )
    found = query.where(_receipt.hash == digest).order_by(_whistle.position)
    row: RowMapping | None = (await db.execute(found)).mappings().first()
    return row


async def buildings(db: AsyncConnection, user: User, only: Iterable[str] | None = None) -> list[RowMapping]:
    """The buildings of somebody's grids, each with its code, if it has one; `only` of these grids."""
    grids = sorted(user.grids if only is None else user.grids.intersection(only))
    columns = (_building.id, _building.grid, _building.quarters, _building.name, _grid.name.label("grid_name"))
    query = select(*columns, _code.code, _code.said_ms).select_from(
        schema.building.join(schema.grid, _grid.id == _building.grid).outerjoin(
            schema.building_code, _code.id == _building.id
        )
    )
    order = (_grid.sort, _grid.name, _building.sort, _building.name, _building.id)
    return list((await db.execute(query.where(_building.grid.in_(grids)).order_by(*order))).mappings())


async def community_name(db: AsyncConnection, user: User) -> str:
    """What stands above a sheet."""
    query = select(_community.name).where(_community.id == user.community)
    return (await db.execute(query)).scalar() or ""
