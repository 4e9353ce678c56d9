"""The installation's working calendar and its time limits, as they stand now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.clocks import Calendar, Hours, Limit, published

Spans = tuple[tuple[int, int], ...]


def read_spans(text: str) -> Spans:
    """Minutes of the day of `08:30-12:00 14:30-18:00`."""
    return tuple((_minutes(span[:5]), _minutes(span[6:])) for span in text.split())


def told_spans(spans: Spans) -> str:
    """`08:30-12:00 14:30-18:00`: the same as text."""
    return " ".join("-".join(f"{edge // 60:02}:{edge % 60:02}" for edge in span) for span in spans)


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


async def load_calendar(db: AsyncConnection, utc_offset_min: int) -> Calendar:
    """Published holidays with what the desk says besides. It counts its days once: keep it for a request."""
    day, hours = schema.workday.c, schema.work_hours.c
    days = await db.execute(select(day.id, day.works).where(day.works.is_not(None)))
    changes = {date.fromisoformat(id_): bool(works) for id_, works in days}
    spans = await db.execute(select(hours.id, hours.spans))
    seasons = [Hours(date.fromisoformat(first), read_spans(text)) for first, text in spans]
    return Calendar(published().values(), changes, seasons, utc_offset_min)


async def load_limits(db: AsyncConnection) -> Mapping[tuple[str, str], Limit]:
    """What the installation says instead of the first limits, by category and urgency."""
    column = schema.time_limit.c
    query = select(column.category, column.urgency, column.amount, column.unit).where(column.amount.is_not(None))
    return {(category, urgency): Limit(amount, unit) for category, urgency, amount, unit in await db.execute(query)}
