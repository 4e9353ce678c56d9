"""Restricted tags as the server alone keeps them, apart from all else, and the looks at them that the journal holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema

VIEW_MS = 5 * 60 * 1000
"""How long what was asked for stays in view."""


@dataclass(frozen=True)
class Somebody:
    """One of a household's people, with what may be said of them here: who said it and when."""

    id: str
    name: str
    tags: list[str]
    by: str | None
    said_ms: int | None


async def switch_of(db: AsyncConnection, community: str | None) -> RowMapping | None:
    """Whether restricted tags are kept in a community, why, and by which law."""
    table = schema.community
    query = select(table.c.id, table.c.name, table.c.restricted, table.c.reason, table.c.law)
    return (await db.execute(query.where(table.c.id == community))).mappings().first()


async def is_on(db: AsyncConnection, grid: str) -> bool:
    """Whether restricted tags are kept where this grid is."""
    query = select(schema.community.c.restricted).join(schema.grid, schema.grid.c.community == schema.community.c.id)
    return bool((await db.execute(query.where(schema.grid.c.id == grid))).scalar())


async def people_of(db: AsyncConnection, grid: str, household: str) -> list[Somebody]:
    """Who lives there, each with their restricted tags."""
    resident, told = schema.resident.c, schema.restricted_tag.c
    query = select(resident.id, resident.name, told.tags, told.by_name, told.said_ms)
    query = query.outerjoin(schema.restricted_tag, (told.grid == resident.grid) & (told.id == resident.id))
    query = query.where(resident.grid == grid, resident.household == household).order_by(resident.id)
    return [
        Somebody(row.id, row.name or "", msgspec.json.decode(row.tags or "[]"), row.by_name, row.said_ms)
        for row in await db.execute(query)
    ]


async def view_of(db: AsyncConnection, view: str, person: str, grid: str, household: str) -> dict[str, Any] | None:
    """What somebody said when they asked to look, and until when they may (`until_ms`); None when that was not they,
    or not about this household."""
    entry = schema.journal.c
    query = select(entry.received_ms, entry.body).where(entry.id == view, entry.kind == "restricted.viewed")
    query = query.where(entry.author == person, entry.grid == grid, entry.outcome == "accepted")
    row = (await db.execute(query)).first()
    said = json.loads(row.body) if row is not None and row.body is not None else {}
    if row is None or said.get("household") != household:
        return None
    return {**said, "until_ms": row.received_ms + VIEW_MS}
