"""What waits for a person, read from the tables: contested facts, several tellings, verdicts; what an edit was."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    exists,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.aside import body_of
from server.conflicts.places import DOOR, PLACE, placed

Row = dict[str, Any]

DAY_MS = 86_400_000
_household, _resident = schema.household.c, schema.resident.c
_visit, _revision, _entry = schema.visit.c, schema.visit_revision.c, schema.journal.c


async def contested_households(db: AsyncConnection, grids: Collection[str]) -> list[Row]:
    """Households with a fact that people wrote differently, or that only a leader settles."""
    query = placed(select(_household.grid, _household.id, _household.facts, *PLACE).select_from(schema.household))
    # Word for word the condition of the index that finds them.
    query = query.where(_household.grid.in_(sorted(grids)), text("household.contested"))
    return [{**row, "facts": json.loads(row["facts"])} for row in (await db.execute(query)).mappings()]


async def contested_residents(db: AsyncConnection, grids: Collection[str]) -> list[Row]:
    """Residents of whom the same is true, or whose tag somebody wants removed."""
    home = and_(_household.grid == _resident.grid, _household.id == _resident.household)
    columns = (_resident.grid, _resident.id, _resident.name, _resident.facts, _resident.tags, _resident.leaving)
    query = placed(select(*columns, *PLACE).select_from(schema.resident).join(schema.household, home))
    query = query.where(_resident.grid.in_(sorted(grids)), text("resident.contested"))
    unpacked = ("facts", "tags", "leaving")
    return [
        {**row, **{name: json.loads(row[name]) for name in unpacked}} for row in (await db.execute(query)).mappings()
    ]


async def tellings(db: AsyncConnection, grids: Collection[str]) -> list[Row]:
    """Every standing telling of visits that have several, by visit, the shown one first."""
    one, other = schema.visit_revision.alias("one"), schema.visit_revision.alias("other")
    same = and_(other.c.grid == one.c.grid, other.c.visit == one.c.visit, not_(other.c.undone))
    covered = exists().where(same, other.c.covers.like(literal('%"') + one.c.edit + literal('"%')))
    standing = select(one.c.grid, one.c.visit, one.c.edit).where(one.c.grid.in_(sorted(grids)))
    heads = standing.where(not_(one.c.undone), not_(covered)).subquery()
    several = (
        select(heads.c.grid, heads.c.visit).group_by(heads.c.grid, heads.c.visit).having(func.count() > 1).subquery()
    )
    query = placed(
        select(schema.visit_revision, schema.person.c.name.label("by"), _visit.by_name, *PLACE)
        .select_from(schema.visit_revision)
        .join(heads, and_(heads.c.grid == _revision.grid, heads.c.edit == _revision.edit))
        .join(several, and_(several.c.grid == _revision.grid, several.c.visit == _revision.visit))
        .join(schema.visit, and_(_visit.grid == _revision.grid, _visit.id == _revision.visit))
        .join(schema.household, and_(_household.grid == _visit.grid, _household.id == _visit.household))
        .outerjoin(schema.person, schema.person.c.id == _revision.author)
    )
    query = query.order_by(_revision.visit, _revision.shown.desc(), _revision.effective_ms.desc(), _revision.edit)
    return [{**row, "body": json.loads(row["body"])} for row in (await db.execute(query)).mappings()]


async def same_day_visits(db: AsyncConnection, grid: str, utc_offset_min: int) -> list[Row]:
    """Visits that share their household and their local day with another, in order."""
    # Written out: PostgreSQL does not know two parameters of one value for the same expression.
    day: ColumnElement[int] = literal_column(f"(visit.occurred_at_ms + {utc_offset_min * 60_000}) / {DAY_MS}")
    days = select(_visit.household.label("home"), day.label("day")).where(_visit.grid == grid)
    several = days.group_by(_visit.household, day).having(func.count() > 1).subquery()
    both = and_(several.c.home == _visit.household, several.c.day == day)
    query = select(schema.visit, several.c.day).select_from(schema.visit).join(several, both).where(_visit.grid == grid)
    rows = (await db.execute(query.order_by(_visit.household, several.c.day, _visit.id))).mappings()
    return [dict(row) for row in rows]


async def homes_of(db: AsyncConnection, grid: str) -> list[Row]:
    """The grid's households with their doors and who lives there."""
    query = placed(select(_household.id, _household.phone, *PLACE).select_from(schema.household))
    homes = {
        row["id"]: {**row, "people": []} for row in (await db.execute(query.where(_household.grid == grid))).mappings()
    }
    people = select(_resident.household, _resident.name, _resident.birth_year).where(_resident.grid == grid)
    for home, name, year in await db.execute(people.where(_resident.name.is_not(None))):
        if home in homes:
            homes[home]["people"].append((name, year))
    return list(homes.values())


async def visits_by_id(db: AsyncConnection, grid: str, ids: Iterable[str]) -> dict[str, Row]:
    """Visits with their doors."""
    home = and_(_household.grid == _visit.grid, _household.id == _visit.household)
    query = placed(select(schema.visit, *DOOR).select_from(schema.visit).join(schema.household, home)).where(
        _visit.grid == grid
    )
    rows = (await db.execute(query.where(_visit.id.in_(list(ids))))).mappings()
    return {row["id"]: dict(row) for row in rows}


async def homes_by_id(db: AsyncConnection, grid: str, ids: Iterable[str]) -> dict[str, Row]:
    """Households with their doors, how many live there and how often they were visited."""
    wanted = list(ids)
    shown = (_household.id, _household.grid, _household.phone, _household.source, _household.occupancy)
    query = placed(select(*shown, *PLACE).select_from(schema.household)).where(_household.grid == grid)
    homes = {row["id"]: dict(row) for row in (await db.execute(query.where(_household.id.in_(wanted)))).mappings()}
    for name, table in (("people", schema.resident), ("visits", schema.visit)):
        count = select(table.c.household, func.count()).where(table.c.grid == grid, table.c.household.in_(wanted))
        counted: dict[str, int] = {home: n for home, n in (await db.execute(count.group_by(table.c.household))).all()}  # noqa: C416
        for id_, home in homes.items():
            home[name] = counted.get(id_, 0)
    return homes


async def verdicts(db: AsyncConnection, firsts: Collection[str]) -> dict[tuple[str, str], str]:
    """The last word on pairs, by their two ids, of those whose first is among these. It goes with them: whoever said
    it under a grid that the homes have left since, said it."""
    pair = schema.pair_verdict.c
    query = select(pair.a, pair.b, pair.verdict).where(pair.a.in_(sorted(firsts))).order_by(pair.rev)
    return {(row.a, row.b): row.verdict for row in await db.execute(query)}


async def comments_on(db: AsyncConnection, positions: Collection[int]) -> dict[int, list[Row]]:
    """What was proposed about each of what was set aside and not taken, in the order it came."""
    decision = schema.aside_decision.c
    query = select(decision.position, decision.comments).where(decision.position.in_(sorted(positions)))
    return {position: json.loads(comments) for position, comments in await db.execute(query)}


async def chain(
    db: AsyncConnection, device: str, first: int, last: int, grids: Collection[str]
) -> tuple[list[Row], int]:
    """What stands of a device's chain at these numbers, as far as it was written in these grids; and how much more
    there is in others."""
    own = and_(_entry.device == device, _entry.n >= first, _entry.n <= last)
    standing = or_(_entry.reason.is_(None), _entry.reason != "fork")
    columns = (_entry.position, _entry.n, _entry.kind, _entry.entity, _entry.effective_ms, _entry.received_ms)
    here = _entry.grid.in_(sorted(grids))
    query = select(*columns, _entry.body).where(own, standing, here)
    rows = (await db.execute(query.order_by(_entry.n))).mappings()
    shown = [{**row, "body": body_of(row["body"])} for row in rows]
    whole = (await db.execute(select(func.count()).where(own, standing))).scalar_one()
    return shown, whole - len(shown)


async def journaled(db: AsyncConnection, ids: Iterable[str]) -> dict[str, Row]:
    """Edits as the journal holds them, by id: those that took effect before those that did not."""
    columns = (_entry.id, _entry.claimed_ms, _entry.effective_ms, _entry.received_ms, _entry.header, _entry.outcome)
    device = schema.device.c
    query = select(*columns, _entry.position, _entry.body, device.kind.label("device_kind"))
    query = query.outerjoin(schema.device, device.id == _entry.device).where(_entry.id.in_(list(ids)))
    found: dict[str, Row] = {}
    for row in (await db.execute(query.order_by(_entry.position))).mappings():
        if row["id"] not in found or found[row["id"]]["outcome"] == "quarantined":
            imported = bool((body_of(row["body"]) or {}).get("imported"))
            found[row["id"]] = {**row, "header": json.loads(bytes(row["header"])), "imported": imported}
    return found


async def receipts_at(db: AsyncConnection, positions: Iterable[int]) -> dict[int, int]:
    """When the edits at these positions came."""
    query = select(_entry.position, _entry.received_ms).where(_entry.position.in_(list(positions)))
    return {position: received_ms for position, received_ms in (await db.execute(query)).all()}  # noqa: C416


async def log(db: AsyncConnection) -> str:
    """The journal's name: what an edit had seen is counted in it."""
    return (await db.execute(select(schema.journal_head.c.log))).scalar() or ""


async def grid_revs(db: AsyncConnection, grids: Collection[str]) -> dict[str, int]:
    """Up to where each grid's rows have changed."""
    scope = schema.scope.c
    query = select(scope.scope, scope.rev).where(scope.scope.in_([f"grid:{grid}" for grid in sorted(grids)]))
    return {name.removeprefix("grid:"): rev for name, rev in await db.execute(query)}


async def kinds_changed(db: AsyncConnection, grid: str, since: int) -> set[str]:
    """What kinds of things of a grid changed after a position."""
    feed = schema.feed.c
    query = select(feed.kind).where(feed.scope == f"grid:{grid}", feed.rev > since).distinct()
    return set((await db.execute(query)).scalars())
