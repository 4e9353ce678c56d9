"""What stands there to be erased, and what was erased before: by its id alone, for nothing else of it is left."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User, access_building, access_household, access_resident, access_visit
from server.problem import Problem, not_found

OF = {"residents": "resident", "households": "household", "visits": "visit"}
"""The word of an address, and what kind of thing it is about."""


@dataclass(frozen=True)
class Standing:
    """A thing that stands, or that was erased and has words again: its row, its home, and the building around it."""

    of: str
    row: Mapping[Any, Any]
    home: RowMapping
    building: RowMapping


async def standing(db: AsyncConnection, user: User, of: str, grid: str, id_: str) -> Standing:
    """The thing, if this user may see it; absent and forbidden alike are not found."""
    row = await {"resident": access_resident, "household": access_household, "visit": access_visit}[of](db, user, id_)
    if row["grid"] != grid:
        raise not_found()
    home = row if of == "household" else await access_household(db, user, row["household"])
    return Standing(of, row, home, await access_building(db, user, home["building"]))


async def erased_at(db: AsyncConnection, user: User, of: str, id_: str, home: str) -> Standing | None:
    """A resident or a visit that was erased, where it stood: somebody may have written of it since, without knowing.
    None where its home is not this user's (any more)."""
    try:
        row = await access_household(db, user, home)
    except Problem:
        return None
    return Standing(of, {"id": id_, "grid": row["grid"]}, row, await access_building(db, user, row["building"]))


async def erased(db: AsyncConnection, user: User, id_: str) -> dict[str, Any] | None:
    """What the journal says of an erasure of this thing in one of the user's grids; None where there was none."""
    entry, person = schema.journal.c, schema.person.c
    query = select(entry.grid, entry.received_ms, entry.body, person.name.label("by"))
    query = query.join(schema.erased, schema.erased.c.erasure == entry.id).where(schema.erased.c.id == id_)
    query = query.outerjoin(schema.person, person.id == entry.author)
    row = (await db.execute(query.where(entry.kind == "words.erased"))).mappings().first()
    if row is None or row["grid"] not in user.grids:
        return None
    said = json.loads(bytes(row["body"]))
    homes = [home["household"] for home in said.get("homes", ()) if id_ in {each["id"] for each in home["visits"]}]
    home = (homes or [said["about"] if said["of"] == "household" else said.get("home", "")])[0]
    found = {"home": home, "of": said["of"], "whole": said["about"] == id_, "why": said["why"], "count": said["count"]}
    return {**found, "by": row["by"] or "", "at_ms": row["received_ms"]}


async def visits_at(db: AsyncConnection, grid: str, household: str) -> int:
    """How many visits stand at a home: some may speak of somebody whose own record goes."""
    visit = schema.visit.c
    query = select(func.count()).select_from(schema.visit).where(visit.grid == grid, visit.household == household)
    return int((await db.execute(query)).scalar_one())
