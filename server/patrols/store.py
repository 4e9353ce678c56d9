"""The grids that somebody at the desk reads of."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User

_grid = schema.grid.c


async def grid_names(db: AsyncConnection, user: User) -> dict[str, str]:
    """The reader's grids by id, in their order, each with its name."""
    query = select(_grid.id, _grid.name).where(_grid.id.in_(sorted(user.grids)))
    return {row.id: row.name for row in await db.execute(query.order_by(_grid.sort, _grid.name, _grid.id))}
