"""Doors: that of a household in a query, and that which an edit speaks of, as far as the reader may know it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.aside import body_of

Row = dict[str, Any]

_household, _building, _entry = schema.household.c, schema.building.c, schema.journal.c
_AT = and_(_building.grid == _household.grid, _building.id == _household.building)
_HOUSE: tuple[Any, ...] = (
    _building.name.label("building_name"),
    _building.quarters,
    schema.grid.c.name.label("grid_name"),
)
DOOR: tuple[Any, ...] = (_household.entrance, _household.room, _household.contact, *_HOUSE)
PLACE: tuple[Any, ...] = (_household.id.label("household"), *DOOR)


def placed(query: Select[Any]) -> Select[Any]:
    """With the door it is about."""
    return query.join(schema.building, _AT).join(schema.grid, schema.grid.c.id == _household.grid)


async def doors_of(db: AsyncConnection, grids: Collection[str], edits: Iterable[Row]) -> dict[int, Row]:
    """The door that each edit speaks of, by the edit's position: its household, or that of its resident or its visit;
    of a home that is not entered yet its building. None for an edit whose door stands in none of the reader's grids."""
    rows, here = list(edits), sorted(grids)
    named = {row["position"]: _named(row["body"], "household") or row["entity"] for row in rows}
    led = await _led(db, here, set(named.values()))
    homes = {position: led.get(id_, id_) for position, id_ in named.items()}
    query = placed(select(_household.grid, *PLACE).select_from(schema.household))
    query = query.where(_household.grid.in_(here), _household.id.in_(set(homes.values())))
    doors = {row["household"]: dict(row) for row in (await db.execute(query)).mappings()}
    houses = await _houses(db, here, {_named(row["body"], "building") for row in rows} - {None})
    found = {}
    for row in rows:
        door = doors.get(homes[row["position"]]) or _new_home(row["body"], houses)
        if door is not None:
            found[row["position"]] = door
    return found


async def _led(db: AsyncConnection, grids: list[str], ids: set[str]) -> dict[str, str]:
    """From residents and visits to their households, those included that were set aside themselves."""
    led: dict[str, str] = {}
    for table in (schema.resident, schema.visit):
        query = select(table.c.id, table.c.household).where(table.c.grid.in_(grids), table.c.id.in_(ids))
        led |= {row.id: row.household for row in await db.execute(query)}
    query = select(_entry.id, _entry.body).where(_entry.id.in_(ids - led.keys()), _entry.outcome == "quarantined")
    for row in await db.execute(query):
        if household := _named(body_of(row.body), "household"):
            led[row.id] = household
    return led


async def _houses(db: AsyncConnection, grids: list[str], ids: Collection[str | None]) -> dict[str, Row]:
    query = select(_building.grid, _building.id, *_HOUSE).join(schema.grid, schema.grid.c.id == _building.grid)
    query = query.where(_building.grid.in_(grids), _building.id.in_(ids))
    return {row["id"]: dict(row) for row in (await db.execute(query)).mappings()}


def _new_home(body: Row | None, houses: dict[str, Row]) -> Row | None:
    """A door that nobody has entered: where its author says it is."""
    house = houses.get(_named(body, "building") or "")
    said = {name: _named(body, name) for name in ("entrance", "room")}
    return {**house, **said, "room": said["room"] or "", "household": None, "contact": None} if house else None


def _named(body: Row | None, name: str) -> str | None:
    value = (body or {}).get(name)
    return value if isinstance(value, str) else None
