"""What of a pack no visit tells: patrols and their notes, items, who was looked in on, reports of neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User, reports_of
from server.care_then import Looks, looks_of, pairs_of, stood
from server.doors import door_number
from server.localtime import day_before, local_iso
from server.packs.periods import Period
from server.views.items import WAYS
from server.views.walks import WHAT
from server.walked import walked

SOLVED = {"problem": ("self_resolved",), "mediation": ("agreed_oral", "agreed_written", "revisit", "filed")}
"""States in which what was hard is hard no more."""

Shown = dict[str, Any]

_item, _visit, _home, _building = schema.item.c, schema.visit.c, schema.household.c, schema.building.c
_report, _whistle = schema.report.c, schema.whistle.c


async def patrols_in(db: AsyncConnection, grids: Collection[str], period: Period, offset: int) -> Shown:
    """How many patrols began in these days, and what was noted in them, by its sort and one by one."""
    start, end = period.start_ms(offset), period.end_ms(offset)
    rows = await walked(db, grids, start, end)
    begun = [patrol["started_ms"] or patrol["ended_ms"] or 0 for patrol in rows["patrol"]]
    notes = [note for note in rows["patrol_note"] if note["what"] in WHAT and start <= note["noted_ms"] < end]
    named = {building["id"]: f"{building['quarters'] or ''}{building['name']}" for building in rows["building"]}
    sorts = Counter(note["what"] for note in notes)
    return {
        "n": sum(start <= ms < end for ms in begun),
        "sorts": [{"what": what, "n": sorts[what]} for what in WHAT],
        "notes": [
            {
                "on": local_iso(note["noted_ms"], offset)[:10],
                "what": note["what"],
                "where": named.get(note["building"], ""),
                "text": note["text"] or "",
            }
            for note in notes
        ],
    }


async def items_in(db: AsyncConnection, grids: Collection[str], period: Period, offset: int) -> Shown:
    """Items that were raised in these days, by kind and where they stand now, and the mediations among them in words.
    What was said for the station alone is read at no meeting."""
    start, end = period.start_ms(offset), period.end_ms(offset)
    home = and_(_home.grid == _item.grid, _home.id == _item.household)
    place = (_home.entrance, _home.room, _home.contact, _building.name.label("building_name"))
    query = select(schema.item, *place, _visit.private).select_from(
        schema.item.outerjoin(schema.household, home)
        .outerjoin(schema.building, and_(_building.grid == _home.grid, _building.id == _home.building))
        .outerjoin(schema.visit, and_(_visit.grid == _item.grid, _visit.id == _item.source_visit))
    )
    query = query.where(_item.grid.in_(sorted(grids)), _item.occurred_at_ms >= start, _item.occurred_at_ms < end)
    rows = (await db.execute(query.order_by(_item.occurred_at_ms, _item.id))).mappings().all()
    stand = Counter((row["kind"], row["state"]) for row in rows)
    order = {kind: place for place, kind in enumerate(WAYS)}
    return {
        "kinds": [
            {"kind": kind, "state": state, "n": n}
            for (kind, state), n in sorted(stand.items(), key=lambda each: (order[each[0][0]], each[0][1]))
        ],
        "mediations": [_mediation(row, offset) for row in rows if row["kind"] == "mediation"],
    }


def _mediation(row: RowMapping, offset: int) -> Shown:
    at_door = row["building_name"] is not None
    return {
        "id": row["id"],
        "grid": row["grid"],
        "household": row["household"] if at_door else None,
        "door": door_number(row["building_name"], row["entrance"], row["room"]) if at_door else "",
        "name": (row["contact"] or "") if at_door else "",
        "on": local_iso(row["occurred_at_ms"], offset)[:10],
        "state": row["state"],
        "text": None if row["private"] else row["text"],
    }


async def care_in(db: AsyncConnection, grids: Collection[str], period: Period, offset: int) -> Shown:
    """Of how many pairs the day to look in came by the last of these days, of how many of them somebody did, and how
    many were never late on any of these days."""
    pairs, looks = await pairs_of(db, grids), await looks_of(db, grids)
    start, end = period.start_ms(offset), period.end_ms(offset)
    before: Looks = {pair: [each for each in told if each[0] < start] for pair, told in looks.items()}
    due = [pair for pair in pairs if _was_due(stood(pair, before, period.last, offset))]
    done = [pair for pair in due if any(start <= each[0] < end for each in looks.get(pair["id"], ()))]
    in_time = [pair for pair in done if not any(_was_due(stood(pair, looks, day, offset)) for day in _days(period))]
    return {"due": len(due), "done": len(done), "in_time": len(in_time)}


def _was_due(then: Mapping[str, Any] | None) -> bool:
    return then is not None and then["due"] is not None


def _days(period: Period) -> list[str]:
    n = (date.fromisoformat(period.last) - date.fromisoformat(period.first)).days
    return [day_before(period.last, back) for back in range(n, -1, -1)]


async def reports_in(db: AsyncConnection, user: User, grid: str, period: Period, offset: int) -> list[Shown]:
    """What neighbours reported in these days, and whether somebody answered; who they are is not told."""
    at = (_building.id == _report.building) & (_building.grid == _report.grid)
    query = select(schema.report, _building.quarters, _building.name.label("building_name"))
    query = query.outerjoin(schema.building, at).where(reports_of(user), _report.state != "withdrawn")
    query = query.where(
        _report.occurred_at_ms >= period.start_ms(offset), _report.occurred_at_ms < period.end_ms(offset)
    )
    if grid:
        query = query.where(_report.grid == grid)
    rows = (await db.execute(query.order_by(_report.occurred_at_ms, _report.id))).mappings()
    return [
        {
            "on": local_iso(row["occurred_at_ms"], offset)[:10],
            "where": f"{row['quarters'] or ''}{row['building_name'] or ''}",
            "text": row["text"] or "",
            "answered": row["state"] == "answered",
        }
        for row in rows
    ]


async def solved(db: AsyncConnection, grids: Collection[str]) -> set[str]:
    """Visits whose hard thing is solved: it became an item that was, or a whistle that was closed."""
    here = _item.grid.in_(sorted(grids))
    ends = or_(*(and_(_item.kind == kind, _item.state.in_(states)) for kind, states in SOLVED.items()))
    closed = select(_whistle.source).where(
        _whistle.grid.in_(sorted(grids)), _whistle.state.in_(("closed", "self_resolved"))
    )
    of_items = select(_item.source_visit).where(here, or_(ends, _item.id.in_(closed)))
    found = {*(await db.execute(of_items)).scalars(), *(await db.execute(closed)).scalars()}
    return {each for each in found if each}
