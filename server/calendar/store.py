"""What an administrator has said of days, hours and limits, with why and when."""

from __future__ import annotations

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema


async def days_in(db: AsyncConnection, year: int) -> list[RowMapping]:
    """Days of a year that somebody spoke of, in their order."""
    column = schema.workday.c
    within = column.id.between(f"{year}-01-01", f"{year}-12-31")
    return list((await db.execute(select(schema.workday).where(within).order_by(column.id))).mappings())


async def hours(db: AsyncConnection) -> list[RowMapping]:
    """Every change of hours, the latest season first."""
    return list((await db.execute(select(schema.work_hours).order_by(schema.work_hours.c.id.desc()))).mappings())


async def limits(db: AsyncConnection) -> list[RowMapping]:
    """Every limit that somebody spoke of, by category and urgency."""
    return list((await db.execute(select(schema.time_limit).order_by(schema.time_limit.c.id))).mappings())
