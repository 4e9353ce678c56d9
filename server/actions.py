"""What was agreed and is still to be done: for the head of a pack, and for whoever's it is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, RowMapping, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User
from server.problem import not_found

_action = schema.action.c


async def open_actions(db: AsyncConnection, user: User, today: str, grid: str | None = None) -> list[dict[str, Any]]:
    """What this user may see of it, or of one grid alone, the earliest day first."""
    query = select(schema.action, schema.grid.c.name.label("grid_name"))
    query = query.outerjoin(schema.grid, schema.grid.c.id == _action.grid)
    query = query.where(_action.state == "open", _seen(user), *((_action.grid == grid,) if grid else ()))
    rows = (await db.execute(query.order_by(_action.due, _action.set_ms, _action.id))).mappings()
    return [_shown(row, user, today) for row in rows]


async def access_action(db: AsyncConnection, user: User, id_: str) -> RowMapping:
    """An action that this user may see; absent and forbidden alike are not found."""
    row = (await db.execute(select(schema.action).where(_action.id == id_, _seen(user)))).mappings().first()
    if row is None:
        raise not_found()
    return row


def gives(user: User, row: Any) -> bool:
    """Whether it is for this user to change it: a leader's in their grids, the station's in its community."""
    if row["grid"] is not None:
        return row["grid"] in user.grids
    return user.role == "station_master" and row["community"] == user.community


def _seen(user: User) -> ColumnElement[bool]:
    seen = [_action.owner == user.id, _action.grid.in_(sorted(user.grids))]
    if user.role == "station_master":
        seen.append(_action.grid.is_(None) & (_action.community == user.community))
    return or_(*seen)


def _shown(row: RowMapping, user: User, today: str) -> dict[str, Any]:
    return {
        "id": row["id"],
        "text": row["text"],
        "due": row["due"],
        "late": row["due"] < today,
        "owner": row["owner"],
        "owner_name": row["owner_name"],
        "grid_name": row["grid_name"],
        "step": row["step"],
        "by": row["set_by"],
        "gives": gives(user, row),
        "mine": row["owner"] == user.id,
    }
