"""What the pages of people read: everybody of a community, what they are for, and what opens to them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User
from server.problem import not_found


@dataclass(frozen=True)
class Somebody:
    """A person as the pages know them. `unsent` and `last_ms`: what their phones said when they last sent something."""

    id: str
    name: str
    role: str
    grids: list[str]
    buildings: list[str]
    department: str | None
    ended_ms: int | None
    phones: int
    unsent: int
    last_ms: int | None
    keys: int

    @property
    def in_use(self) -> bool:
        """Whether they work here now."""
        return self.ended_ms is None


async def everybody(db: AsyncConnection, community: str | None) -> list[Somebody]:
    """Everybody of a community's register, by name; those out of use too."""
    person, device, passkey = schema.person.c, schema.device.c, schema.passkey.c
    own = (device.person == person.id, device.kind == "phone", device.revoked_ms.is_(None))
    phones = [
        select(what).where(*own).scalar_subquery()
        for what in (func.count(), func.coalesce(func.sum(device.unsent), 0), func.max(device.last_seen_ms))
    ]
    keys = select(func.count()).where(passkey.person == person.id, passkey.removed_ms.is_(None)).scalar_subquery()
    columns = (person.id, person.name, person.role, person.grids, person.buildings, person.department, person.ended_ms)
    query = select(*columns, *phones, keys).where(person.community == community).order_by(person.name, person.id)
    rows = await db.execute(query)
    return [
        Somebody(*row[:3], json.loads(row[3]), json.loads(row[4]), *row[5:9], row[9] or None, row[10]) for row in rows
    ]


async def access_person(db: AsyncConnection, user: User, id_: str) -> Somebody:
    """Somebody of the user's own community; absent and foreign alike are not found."""
    found = next((each for each in await everybody(db, user.community) if each.id == id_), None)
    if found is None or user.community is None:
        raise not_found()
    return found


async def grids_of(db: AsyncConnection, user: User) -> dict[str, str]:
    """The names of the grids that a user says whose they are, in order."""
    grid = schema.grid.c
    query = select(grid.id, grid.name).where(grid.id.in_(sorted(user.arranged))).order_by(grid.sort, grid.name)
    return {row.id: row.name for row in await db.execute(query)}


async def buildings_of(db: AsyncConnection, grids: Iterable[str]) -> dict[str, dict[str, str]]:
    """The names of the buildings of each grid, in order."""
    building = schema.building.c
    query = select(building.grid, building.id, building.quarters, building.name).where(building.grid.in_(list(grids)))
    found: dict[str, dict[str, str]] = {}
    for row in await db.execute(query.order_by(building.sort, building.name, building.id)):
        found.setdefault(row.grid, {})[row.id] = f"{row.quarters}{row.name}"
    return found


async def departments_of(db: AsyncConnection, community: str | None) -> dict[str, str]:
    """The community's departments, and those of the district."""
    column = schema.department.c
    query = select(column.id, column.name).where((column.community == community) | column.community.is_(None))
    return {row.id: row.name for row in await db.execute(query.order_by(column.name, column.id))}


async def had_passkey(db: AsyncConnection, person: str) -> bool:
    """Whether somebody ever had one, taken away since or not."""
    query = select(schema.passkey.c.id).where(schema.passkey.c.person == person).limit(1)
    return (await db.execute(query)).first() is not None


async def drop_links(db: AsyncConnection, person: str) -> None:
    """Nobody comes in by a link that was made for somebody."""
    await db.execute(delete(schema.join_link).where(schema.join_link.c.person == person))


async def stand_ins_of(db: AsyncConnection, people: Iterable[str]) -> list[RowMapping]:
    """The stand-ins that last or are to come, by their first day."""
    made = schema.stand_in
    query = select(made).where(made.c.person.in_(list(people)), made.c.ended_ms.is_(None))
    return list((await db.execute(query.order_by(made.c.from_on, made.c.id))).mappings())


async def stand_in(db: AsyncConnection, id_: str) -> RowMapping | None:
    """One of them, over or not."""
    return (await db.execute(select(schema.stand_in).where(schema.stand_in.c.id == id_))).mappings().first()


async def recoveries_of(db: AsyncConnection, people: Iterable[str], since_ms: int) -> list[RowMapping]:
    """Who is to be let in again: requests that nobody has used or dropped, and that are not too old."""
    asked = schema.recovery
    query = select(asked).where(asked.c.person.in_(list(people)), asked.c.ended_as.is_(None))
    query = query.where(func.coalesce(asked.c.confirmed_ms, asked.c.asked_ms) >= since_ms)
    return list((await db.execute(query.order_by(asked.c.asked_ms, asked.c.id))).mappings())


def away(stand_ins: Iterable[RowMapping]) -> dict[str, list[dict[str, Any]]]:
    """For each person who is away: by whom they are stood in for, and when. `both`: whoever stands in is away on one
    of those days as well."""
    listed = list(stand_ins)
    found: dict[str, list[dict[str, Any]]] = {}
    for each in listed:
        others = [one for one in listed if one["person"] == each["by"]]
        both = any(one["from_on"] <= each["until_on"] and one["until_on"] >= each["from_on"] for one in others)
        found.setdefault(each["person"], []).append({**each, "both": both})
    return found


def handed(row: RowMapping) -> list[dict[str, Any]]:
    """What was handed over with a stand-in, in order."""
    found: list[dict[str, Any]] = json.loads(row["handed"])
    return found


async def recovery(db: AsyncConnection, id_: str) -> RowMapping | None:
    """One request to let somebody in again."""
    return (await db.execute(select(schema.recovery).where(schema.recovery.c.id == id_))).mappings().first()
