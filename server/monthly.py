"""Visits as numbers: by grid and month, never by worker, with no word of anybody who lives there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.localtime import day_start_ms, local_day

MONTHS = 6
BAR_H, BAR_W = 64, 40


@dataclass
class Counted:
    """Visits and homes where somebody was met, for each of the last months, the oldest first."""

    months: list[str]
    communities: list[dict[str, Any]] = field(default_factory=list)


def months_until(day: str, count: int = MONTHS) -> list[str]:
    """The first days of a month and of those before it, the oldest first."""
    year, month = date.fromisoformat(day).timetuple()[:2]
    numbers = [year * 12 + month - 1 - back for back in range(count)]
    return [date(number // 12, number % 12 + 1, 1).isoformat() for number in reversed(numbers)]


async def monthly(db: AsyncConnection, grids: Iterable[str], now_ms: int, utc_offset_min: int) -> Counted:
    """Every community of these grids with its sums, and each grid below it."""
    months = months_until(local_day(now_ms, utc_offset_min))
    starts = [*(day_start_ms(month, utc_offset_min) for month in months), now_ms + 1]
    grid, community, household = schema.grid.c, schema.community.c, schema.household.c
    query = select(grid.id, grid.name, community.id.label("community"), community.name.label("community_name"))
    query = query.join(schema.community, community.id == grid.community).where(grid.id.in_(sorted(set(grids))))
    places = list((await db.execute(query.order_by(community.name, community.id, grid.sort, grid.id))).mappings())
    ids = [place["id"] for place in places]
    homes = select(household.grid, func.count()).where(household.grid.in_(ids)).group_by(household.grid)
    doors = {row[0]: row[1] for row in await db.execute(homes)}
    counts = [await _between(db, ids, *span) for span in pairwise(starts)]
    counted = Counted([month[:7] for month in months])
    for place in places:
        if not counted.communities or counted.communities[-1]["id"] != place["community"]:
            counted.communities.append({"id": place["community"], "name": place["community_name"], "grids": []})
        rows = [each.get(place["id"], (0, 0)) for each in counts]
        counted.communities[-1]["grids"].append(
            {"id": place["id"], "name": place["name"], "homes": doors.get(place["id"], 0), **_series(rows, counted)}
        )
    for each in counted.communities:
        sums = [
            tuple(map(sum, zip(*rows, strict=True))) for rows in zip(*(g["rows"] for g in each["grids"]), strict=True)
        ]
        each |= {"homes": sum(one["homes"] for one in each["grids"]), **_series(sums, counted)}
    return counted


async def _between(db: AsyncConnection, grids: list[str], start_ms: int, end_ms: int) -> dict[str, tuple[int, int]]:
    """For each grid its visits of a while, and how many homes somebody was met in."""
    visit = schema.visit.c
    met = func.count(func.distinct(case((visit.result == "met", visit.household))))
    query = select(visit.grid, func.count(), met).where(visit.grid.in_(grids))
    query = query.where(visit.occurred_at_ms >= start_ms, visit.occurred_at_ms < end_ms).group_by(visit.grid)
    return {row[0]: (row[1], row[2]) for row in await db.execute(query)}


def _told(month: str) -> dict[str, str]:
    year, number = month.split("-")
    return {"year": year, "month": str(int(number))}


def _series(rows: list[Any], counted: Counted) -> dict[str, Any]:
    """The numbers of each month, and how high its bar is: the highest of these fills the drawing."""
    highest = max((visits for visits, _ in rows), default=0)
    bars = [round(visits * BAR_H / highest) if highest else 0 for visits, _ in rows]
    months = [
        {**_told(month), "visits": visits, "met": met, "bar": bar, "top": BAR_H - bar, "x": at * BAR_W}
        for at, (month, (visits, met), bar) in enumerate(zip(counted.months, rows, bars, strict=True))
    ]
    return {"rows": rows, "months": months}
