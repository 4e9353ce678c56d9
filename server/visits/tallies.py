"""Visits counted for pictures: by kind and hour, by ask and week, by building and day; never by who went."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.localtime import DAY_MS, day_before, day_start_ms, days_between
from server.views.common import ASKS, building_order
from server.views.doors_at import CONTACT, STEP_DAYS
from server.visits.filters import BAND_HOURS, HOUR_MS, HOURS, UNTOLD, asked_in, time_of_day_ms, without_hour
from server.visits.weeks import Weeks

WEEK_MS = 7 * DAY_MS
Row = dict[str, Any]

_visit, _household, _building = schema.visit.c, schema.household.c, schema.building.c


async def by_hour(
    db: AsyncConnection, grids: Iterable[str], weeks: Weeks, utc_offset_min: int
) -> dict[tuple[str, str], int]:
    """How many visits of each kind in each two hours of the day, or at no hour that was told."""
    band = time_of_day_ms(utc_offset_min) // (BAND_HOURS * HOUR_MS)
    each = select(_visit.mode, case((without_hour(utc_offset_min), -1), else_=band).label("band"))
    each = each.where(_visit.grid.in_(sorted(grids)), *_during(weeks, utc_offset_min))
    # Inside another query, so that both databases see one expression to group by.
    told = each.subquery().c
    query = select(told.mode, told.band, func.count()).group_by(told.mode, told.band)
    return {(mode, HOURS[at] if at >= 0 else UNTOLD): n for mode, at, n in await db.execute(query)}


async def by_ask(
    db: AsyncConnection, grids: Iterable[str], weeks: Weeks, utc_offset_min: int
) -> dict[tuple[str, int], int]:
    """In how many visits of each week each of the four asks had an answer."""
    week = (_visit.occurred_at_ms - weeks.start_ms(utc_offset_min)) // WEEK_MS
    each = select(week.label("week"), *(case((asked_in(ask), 1), else_=0).label(ask) for ask in ASKS))
    each = each.where(_visit.grid.in_(sorted(grids)), *_during(weeks, utc_offset_min), _visit.asks != "{}")
    told = each.subquery().c
    query = select(told.week, *(func.sum(told[ask]) for ask in ASKS)).group_by(told.week)
    return {
        (ask, at): n
        for at, *counts in await db.execute(query)
        for ask, n in zip(ASKS, map(int, counts), strict=True)
        if n
    }


async def homes_of(db: AsyncConnection, grids: Iterable[str]) -> list[Row]:
    """Every door with its building and what keeps paint off it."""
    query = select(_household.id, _household.building, _household.kind, _household.occupancy)
    return [dict(row) for row in (await db.execute(query.where(_household.grid.in_(sorted(grids))))).mappings()]


async def buildings_of(db: AsyncConnection, grids: Iterable[str]) -> list[Row]:
    """Every building of these grids, as people count them."""
    query = select(schema.building).where(_building.grid.in_(sorted(grids)))
    return sorted((dict(row) for row in (await db.execute(query)).mappings()), key=building_order)


class Answered:
    """On which days doors were answered, in the weeks of a picture and the ninety days before the first of them ends.

    `rows`: a door, a day counted from `first`, and how many visits, in the order of days.
    """

    def __init__(self, first: str, days: int, building_of: Mapping[str, str], rows: Iterable[Any]) -> None:
        self._first = first
        self._doors: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        visits: dict[str, list[int]] = defaultdict(lambda: [0] * days)
        for door, day, n in rows:
            building = building_of.get(door)
            if building is not None:
                self._doors[building][door].append(day)
                visits[building][day] += n
        self._until = {building: list(accumulate(each, initial=0)) for building, each in visits.items()}

    def visits(self, building: str, first: str, last: str) -> int:
        """How many visits somebody answered at this building from day to day."""
        until = self._until.get(building)
        start, end = days_between(self._first, first), days_between(self._first, last)
        return until[end + 1] - until[start] if until else 0

    def ages(self, building: str, last: str, among: frozenset[str]) -> list[int]:
        """For each of these doors that was answered by the end of a day, how many days before it that was last so."""
        end, found = days_between(self._first, last), []
        for door, days in self._doors.get(building, {}).items():
            before = bisect_right(days, end)
            if before and door in among:
                found.append(end - days[before - 1])
        return found


async def answered(
    db: AsyncConnection, grids: Iterable[str], weeks: Weeks, utc_offset_min: int, homes: list[Row]
) -> Answered:
    """Read once what every strip of every building is drawn from: a number for each door and day."""
    first = day_before(weeks.spans[0][1], STEP_DAYS[-1])
    start_ms = day_start_ms(first, utc_offset_min)
    day = (_visit.occurred_at_ms - start_ms) // DAY_MS
    each = select(_visit.household, day.label("day")).where(_visit.grid.in_(sorted(grids)), _visit.result.in_(CONTACT))
    each = each.where(_visit.occurred_at_ms >= start_ms, _visit.occurred_at_ms < weeks.end_ms(utc_offset_min))
    told = each.subquery().c
    query = select(told.household, told.day, func.count()).group_by(told.household, told.day).order_by(told.day)
    days = days_between(first, weeks.last) + 1
    return Answered(first, days, {home["id"]: home["building"] for home in homes}, await db.execute(query))


def _during(weeks: Weeks, utc_offset_min: int) -> tuple[Any, Any]:
    start_ms, end_ms = weeks.start_ms(utc_offset_min), weeks.end_ms(utc_offset_min)
    return _visit.occurred_at_ms >= start_ms, _visit.occurred_at_ms < end_ms
