"""What phones last said of themselves, and the stand-ins that last: for the grids of whoever reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import FIELD, User

RESTORED = "restored"
"""A doubt that is none: the phone followed another log."""

Row = dict[str, Any]

_person, _device, _said = schema.person.c, schema.device.c, schema.phone_health.c


async def people_of(db: AsyncConnection, user: User) -> list[Row]:
    """Who walks in the reader's grids, their own or lent; at the station everybody who walks."""
    columns = (_person.id, _person.name, _person.role, _person.grids, _person.lent)
    query = select(*columns).where(_person.community == user.community, _person.ended_ms.is_(None))
    query = query.where(_person.role.in_(sorted(FIELD))).order_by(_person.name, _person.id)
    rows = [{**row, "grids": json.loads(row["grids"])} for row in (await db.execute(query)).mappings()]
    return [row for row in rows if user.role == "station_master" or user.grids.intersection(row["grids"])]


async def phones_of(db: AsyncConnection, people: Iterable[str]) -> list[RowMapping]:
    """Their phones in use, with what each said last; `doubts`: how often it could not believe the log and nobody has
    looked."""
    doubt = schema.ledger_doubt.c
    doubts = select(func.count()).where(doubt.device == _device.id, doubt.settled_ms.is_(None), doubt.code != RESTORED)
    own = (_device.id, _device.person, _device.label, _device.enrolled_ms, _device.last_seen_ms)
    said = (_said.heard_ms, _said.app, _said.unsent, _said.oldest_ms, _said.used_bytes, _said.quota_bytes)
    query = select(*own, *said, doubts.scalar_subquery().label("doubts"))
    query = query.outerjoin(schema.phone_health, _said.device == _device.id)
    query = query.where(_device.person.in_(list(people)), _device.kind == "phone", _device.revoked_ms.is_(None))
    return list((await db.execute(query.order_by(_device.enrolled_ms, _device.id))).mappings())


async def stand_ins(db: AsyncConnection, community: str | None) -> list[RowMapping]:
    """The stand-ins of a community that last or are to come, by their first day."""
    made, away, by = schema.stand_in.c, schema.person.alias("away"), schema.person.alias("stands")
    columns = (made.id, made.person, made.by, made.from_on, made.until_on, made.began_ms)
    named = (away.c.name.label("away_name"), away.c.grids, by.c.name.label("by_name"))
    query = select(*columns, *named).join(away, away.c.id == made.person).join(by, by.c.id == made.by)
    query = query.where(away.c.community == community, made.ended_ms.is_(None))
    return list((await db.execute(query.order_by(made.from_on, made.id))).mappings())


async def grids_named(db: AsyncConnection, grids: Iterable[str]) -> dict[str, str]:
    """Names of grids, in their order."""
    grid = schema.grid.c
    query = select(grid.id, grid.name).where(grid.id.in_(sorted(grids))).order_by(grid.sort, grid.name)
    return {row.id: row.name for row in await db.execute(query)}


async def visits_since(db: AsyncConnection, grids: Iterable[str], since_ms: int) -> int:
    """How many visits have come in these grids since a moment."""
    visit = schema.visit.c
    query = select(func.count()).where(visit.grid.in_(sorted(grids)), visit.received_ms >= since_ms)
    return (await db.execute(query)).scalar_one()
