"""Where things stand now that somebody spoke of under the grid they knew: buildings go from one grid to another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema

Row = dict[str, Any]

ASKED_AT_ONCE = 1000
BEGINS_AT = {
    "visit.recorded": ("household",),
    "resident.added": ("household",),
    "item.raised": ("household",),
    "whistle.raised": ("household", "building"),
    "household.added": ("building",),
}
"""What only begins with an edit stands where the first of these that its body names does."""

_moved, _entry = schema.moved.c, schema.journal.c


async def left_for(db: AsyncConnection, grids: Collection[str]) -> set[str]:
    """The grids that buildings of these stood in before."""
    building = schema.building.c
    here = select(_entry.grid).join(schema.building, building.id == _entry.entity)
    # `entity <> id` is the condition of the index that finds them.
    moves = here.where(building.grid.in_(sorted(grids)), _entry.kind == "building.moved", text("entity <> journal.id"))
    return set((await db.execute(moves.distinct())).scalars()) - {None}


async def grids_now(db: AsyncConnection, rows: Sequence[Row]) -> list[str | None]:
    """For each edit the grid that the thing it speaks of stands in now; its own where that never moved."""
    things = [_thing(row) for row in rows]
    known: dict[str, str] = {}
    for first in range(0, len(things), ASKED_AT_ONCE):
        some = set(things[first : first + ASKED_AT_ONCE])
        found = await db.execute(select(_moved.id, _moved.grid).where(_moved.id.in_(sorted(some))))
        known.update((row.id, row.grid) for row in found)
    return [known.get(thing, row["grid"]) for thing, row in zip(things, rows, strict=True)]


def _thing(row: Row) -> str:
    """A body that broke the rules may name anything, or nothing."""
    body = row["body"] or {}
    named = (body.get(field) for field in BEGINS_AT.get(row["kind"], ()))
    return next((each for each in named if isinstance(each, str)), str(row["entity"]))
