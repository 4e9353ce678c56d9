"""The grids that somebody at the desk reads of, what is left to look at in them, and what notes became."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User
from server.doors import door_number

ASKED = ("issued", "in_progress", "redo")
"""An order in one of these states waits for answers."""

_grid, _order, _door, _whistle = schema.grid.c, schema.verification_order.c, schema.door.c, schema.whistle.c
_home, _building = schema.household.c, schema.building.c


async def grid_names(db: AsyncConnection, user: User) -> dict[str, str]:
    """The reader's grids by id, in their order, each with its name."""
    query = select(_grid.id, _grid.name).where(_grid.id.in_(sorted(user.grids)))
    return {row.id: row.name for row in await db.execute(query.order_by(_grid.sort, _grid.name, _grid.id))}


async def raised(db: AsyncConnection, user: User, notes: Sequence[str]) -> dict[str, str]:
    """The whistles that were blown over these notes, by note."""
    query = select(_whistle.source, _whistle.id).where(_whistle.grid.in_(sorted(user.grids)))
    query = query.where(_whistle.source.in_(notes), _whistle.state != "withdrawn")
    return {row.source: row.id for row in await db.execute(query.order_by(_whistle.id))}


async def left(db: AsyncConnection, user: User, today: str) -> list[dict[str, Any]]:
    """Grids with something left to look at: orders with doors that nobody answered for, doors promised until today."""
    here = sorted(user.grids)
    query = (
        select(schema.verification_order)
        .where(_order.grid.in_(here), _order.state.in_(ASKED))
        .order_by(_order.due, _order.id)
    )
    orders: dict[str, list[dict[str, Any]]] = {}
    for row in (await db.execute(query)).mappings():
        doors = len(set(json.loads(row["households"])) - set(json.loads(row["answered"])))
        if doors:
            orders.setdefault(row["grid"], []).append({**row, "doors": doors})
    promised: dict[str, list[dict[str, Any]]] = {}
    for door in (await db.execute(_promised(here, today))).mappings():
        told = {"household": door["id"], "on": door["promise_on"], "name": door["contact"] or ""}
        number = door_number(door["building_name"], door["entrance"], door["room"])
        promised.setdefault(door["grid"], []).append({**told, "door": number})
    return [
        {"grid": grid, "grid_name": name, "orders": orders.get(grid, []), "promised": promised.get(grid, [])}
        for grid, name in (await grid_names(db, user)).items()
        if grid in orders or grid in promised
    ]


def _promised(grids: Sequence[str], today: str) -> Select[Any]:
    place = (_home.entrance, _home.room, _home.contact, _building.name.label("building_name"))
    query = select(_door.grid, _door.id, _door.promise_on, *place)
    query = query.join(schema.household, and_(_home.grid == _door.grid, _home.id == _door.id))
    query = query.join(schema.building, and_(_building.grid == _home.grid, _building.id == _home.building))
    return query.where(_door.grid.in_(grids), _door.promise_on <= today).order_by(_door.promise_on, _door.id)
