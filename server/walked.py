"""The rows that patrols of some days are told from at the desk, as their authors' phones have them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, RowMapping, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.localtime import DAY_MS

Row = dict[str, Any]
Rows = dict[str, list[Row]]

_patrol, _note, _visit, _building = schema.patrol.c, schema.patrol_note.c, schema.visit.c, schema.building.c
_begun_ms = func.coalesce(_patrol.started_ms, _patrol.ended_ms)


async def walked(
    db: AsyncConnection, grids: Collection[str], from_ms: int, until_ms: int, author: str | None = None
) -> Rows:
    """Patrols that began in these days, one before included: notes after midnight belong to it. With them their notes
    and those made meanwhile, the visits of these days, the buildings; each author's own are found by `author`."""
    here = sorted(grids)
    patrols = select(schema.patrol).where(_patrol.grid.in_(here), _begun_ms.between(from_ms - DAY_MS, until_ms - 1))
    rows = (await db.execute(_of(patrols, _patrol.author, author).order_by(_begun_ms, _patrol.id))).mappings()
    told = [_walk(row) for row in rows]
    of_them = or_(_note.noted_ms.between(from_ms, until_ms - 1), _note.patrol.in_([walk["id"] for walk in told]))
    notes = select(schema.patrol_note).where(_note.grid.in_(here), of_them)
    noted = (await db.execute(_of(notes, _note.author, author).order_by(_note.noted_ms, _note.id))).mappings()
    went = select(_visit.grid, _visit.household, _visit.occurred_at_ms, _visit.author, _visit.on_behalf_of)
    meanwhile = _visit.occurred_at_ms.between(from_ms - DAY_MS, until_ms + DAY_MS)
    visits = (await db.execute(went.where(_visit.grid.in_(here), meanwhile))).mappings() if told else ()
    places = select(_building.id, _building.grid, _building.name, _building.quarters)
    buildings = (await db.execute(places.where(_building.grid.in_(here)).order_by(_building.id))).mappings()
    return {
        "patrol": told,
        "patrol_note": [{**note_said(row["tellings"]), **row, "edits": _standing(row["tellings"])} for row in noted],
        "visit": [dict(row) for row in visits],
        "building": [dict(row) for row in buildings],
    }


def note_said(tellings: str) -> dict[str, Any]:
    """What the telling of a note that is shown says; nothing once it was taken back."""
    shown = (each["body"] for each in msgspec.json.decode(tellings) if each["shown"])
    return msgspec.json.decode(next(shown, "null")) or {}


def _of(query: Any, column: ColumnElement[str], author: str | None) -> Any:
    return query if author is None else query.where(column == author)


def _walk(row: RowMapping) -> Row:
    begun, over = row["start_claimed_ms"], row["end_claimed_ms"]
    return {**row, "lasted_ms": None if begun is None or over is None else over - begun}


def _standing(tellings: str) -> list[str]:
    return [each["edit"] for each in msgspec.json.decode(tellings) if each["shown"]]
