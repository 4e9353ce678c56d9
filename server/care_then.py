"""Who was to be looked in on at the end of a day, and whether somebody had been there in time."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import RowMapping, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.localtime import DAY_MS, day_start_ms
from server.views.care_due import care_due
from server.views.common import day_of

Looks = Mapping[str, list[tuple[int, int, str]]]
"""For each pair every look in the order of time: when, whether by a check (1) or a visit (0), and what was found."""

_pair, _check, _visit = schema.care_pair.c, schema.care_check.c, schema.visit.c


async def pairs_of(db: AsyncConnection, grids: Collection[str]) -> list[RowMapping]:
    """Every pair of these grids, those that are over too."""
    query = select(schema.care_pair).where(_pair.grid.in_(sorted(grids))).order_by(_pair.id)
    return list((await db.execute(query)).mappings())


async def looks_of(db: AsyncConnection, grids: Collection[str], since_ms: int = 0) -> Looks:
    """When somebody looked in: checks that were not taken back, and visits that say how somebody is."""
    here = sorted(grids)
    checks = select(_check.pair, _check.occurred_at_ms, _check.state)
    checks = checks.where(_check.grid.in_(here), _check.undone_ms.is_(None), _check.occurred_at_ms >= since_ms)
    at = and_(_visit.grid == _pair.grid, _visit.household == _pair.household)
    visits = select(_pair.id, _visit.occurred_at_ms, _visit.care).join(schema.visit, at)
    visits = visits.where(_pair.grid.in_(here), _visit.care.is_not(None), _visit.occurred_at_ms >= since_ms)
    looks: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for by_check, query in ((0, visits), (1, checks)):
        for pair, at_ms, state in await db.execute(query):
            looks[pair].append((at_ms, by_check, state))
    for each in looks.values():
        each.sort()
    return looks


def stood(pair: RowMapping, looks: Looks, day: str, utc_offset_min: int) -> dict[str, Any] | None:
    """How it stood with a pair when a day was over, as `care_due` says it of today; None where there was no such pair.
    How often somebody is looked in on is known as it is now."""
    end_ms = day_start_ms(day, utc_offset_min) + DAY_MS
    if pair["formed_ms"] >= end_ms or (pair["ended_ms"] is not None and pair["ended_ms"] < end_ms):
        return None
    told = looks.get(pair["id"], [])
    before = bisect_left(told, (end_ms, 0, ""))
    last = told[before - 1] if before else None
    major_ms = pair["major_ms"]
    then = {
        "cadence": pair["cadence"],
        "checked_ms": last[0] if last else None,
        "state": last[2] if last else None,
        "major_ms": major_ms if major_ms is not None and major_ms < end_ms else None,
    }
    return care_due(then, {}, day_of(end_ms - 1, utc_offset_min), utc_offset_min)
