"""Reports that somebody may read at the desk."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User, reports_of

SHOWN_MAX = 200

_report, _building = schema.report.c, schema.building.c


async def whistled(db: AsyncConnection, reports: Sequence[str]) -> set[str]:
    """Which of them were turned into a whistle already."""
    whistle = schema.whistle.c
    query = select(whistle.source).where(whistle.source.in_(reports), whistle.state != "withdrawn")
    return set((await db.execute(query)).scalars()) - {None}


async def reports_for(db: AsyncConnection, user: User) -> list[RowMapping]:
    """Those that nobody took back: what waits first, then the newest."""
    at = (_building.id == _report.building) & (_building.grid == _report.grid)
    query = select(schema.report, _building.quarters, _building.name.label("building_name"))
    query = query.outerjoin(schema.building, at).where(reports_of(user), _report.state != "withdrawn")
    order = ((_report.state != "open"), _report.received_ms.desc(), _report.id)
    return list((await db.execute(query.order_by(*order).limit(SHOWN_MAX))).mappings())
