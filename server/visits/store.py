"""Visits as supervisors read them: the list newest first, what has just arrived, one visit with all its times."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, distinct, func, or_, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User
from server.views.doors_at import CONTACT
from server.visits.filters import Filters, conditions, doors_called, said_or_at, terms

PAGE = 60
ARRIVALS_MAX = 200
READING_RULES = 9
"""The first version of the rules (sync/rules/version.py) by which a visit is read or asked about."""

_visit, _household, _building = schema.visit.c, schema.household.c, schema.building.c
_HOME = and_(_household.grid == _visit.grid, _household.id == _visit.household)
_HOUSE = and_(_building.grid == _household.grid, _building.id == _household.building)


@dataclass(frozen=True)
class Place:
    """Where a page of the list stopped: everything after it happened earlier."""

    occurred_at_ms: int
    id: str

    def __str__(self) -> str:
        return f"{self.occurred_at_ms}.{self.id}"


def read_place(text: str) -> Place | None:
    """A place from an address, None where it is not one."""
    ms, _, visit = text.partition(".")
    return Place(int(ms), visit) if ms.isascii() and ms.isdigit() and len(ms) < 16 and visit else None


async def journal_size(db: AsyncConnection) -> int:
    """How many edits the journal holds in this reading: what arrives later has this position or a later one."""
    return (await db.execute(select(schema.journal_head.c.size))).scalar() or 0


async def list_visits(
    db: AsyncConnection, grids: frozenset[str], filters: Filters, today: str, utc_offset_min: int, before: Place | None
) -> list[RowMapping]:
    """One page of visits, the latest first, and one more to show that there is a next page.

    Each grid gives its own newest from its index and the best of those are taken, so a page costs the same
    whether the community has a hundred visits or a hundred thousand.
    """
    asked = conditions(filters, today, utc_offset_min)
    doors = await _doors(db, _grids(grids, filters), filters)
    if before is not None:
        earlier = and_(_visit.occurred_at_ms == before.occurred_at_ms, _visit.id < before.id)
        asked.append(or_(_visit.occurred_at_ms < before.occurred_at_ms, earlier))
    newest = [_newest(grid, [*asked, *_said(filters, doors, grid)]).subquery() for grid in _grids(grids, filters)]
    if not newest:
        return []
    merged = union_all(*(select(part) for part in newest)).subquery()
    chosen = select(merged).order_by(merged.c.occurred_at_ms.desc(), merged.c.id.desc()).limit(PAGE + 1).subquery()
    return await _rows(db, select(*_COLUMNS).join(chosen, and_(_visit.grid == chosen.c.grid, _visit.id == chosen.c.id)))


async def count_visits(
    db: AsyncConnection, grids: frozenset[str], filters: Filters, today: str, utc_offset_min: int
) -> int:
    """How many visits answer the questions."""
    here = _grids(grids, filters)
    query = select(func.count()).select_from(schema.visit)
    query = query.where(_visit.grid.in_(here), *conditions(filters, today, utc_offset_min))
    query = query.where(*_said(filters, await _doors(db, here, filters)))
    return (await db.execute(query)).scalar_one()


async def read_by(db: AsyncConnection, visit: str, edit: str) -> bool:
    """Whether this edit is the last word of who read a visit, as it is told now."""
    query = select(_visit.edit, _visit.review).where(_visit.id == visit)
    row = (await db.execute(query)).first()
    review = json.loads(row.review) if row is not None and row.review else {}
    return row is not None and (review.get("edit"), review.get("of")) == (edit, row.edit)


async def read_from(db: AsyncConnection) -> int:
    """Where in the journal the rules began to know that a visit is read: what came before counts as seen."""
    entry = schema.journal.c
    query = select(entry.position, entry.body).where(entry.kind == "rules.version", entry.body.is_not(None))
    rows = (await db.execute(query.order_by(entry.position))).all()
    known = (position for position, body in rows if json.loads(bytes(body))["version"] >= READING_RULES)
    return next(known, 0)


async def arrivals(
    db: AsyncConnection, grids: frozenset[str], filters: Filters, today: str, utc_offset_min: int, since: int
) -> list[RowMapping]:
    """Visits recorded or corrected at journal position `since` or later, the latest recorded first."""
    entry = schema.journal.c
    kinds = ("visit.recorded", "visit.corrected")
    touched = select(entry.entity).where(entry.position >= since, entry.kind.in_(kinds))
    ids = (await db.execute(touched.order_by(entry.position.desc()).limit(ARRIVALS_MAX))).scalars().all()
    if not ids:
        return []
    here = _grids(grids, filters)
    query = select(*_COLUMNS).where(_visit.grid.in_(here), _visit.id.in_(set(ids)))
    query = query.where(*conditions(filters, today, utc_offset_min))
    return await _rows(db, query.where(*_said(filters, await _doors(db, here, filters))))


async def open_visit(db: AsyncConnection, grids: frozenset[str], grid: str, visit: str) -> RowMapping | None:
    """One visit with its place and people, if it was made in one of these grids."""
    if grid not in grids:
        return None
    rows = await _rows(db, select(*_COLUMNS).where(_visit.grid == grid, _visit.id == visit))
    return rows[0] if rows else None


async def recorded_as(db: AsyncConnection, visit: str) -> RowMapping | None:
    """The journal's entry of the edit that recorded a visit, with what kind of device made it."""
    entry, device = schema.journal.c, schema.device.c
    query = select(entry.header, entry.position, entry.outcome, device.kind.label("device_kind"), device.label)
    query = query.outerjoin(schema.device, device.id == entry.device).where(entry.id == visit)
    return (await db.execute(query)).mappings().first()


async def remarks(db: AsyncConnection, visit: str) -> list[RowMapping]:
    """What was asked about a visit, and said of its promise, by every edit that came, the newest first: also about a
    telling that had been replaced by then, or a day that was no longer promised."""
    entry, person = schema.journal.c, schema.person.c
    query = select(entry.id, entry.kind, entry.body, entry.received_ms, entry.effective_ms, person.name.label("by"))
    query = query.outerjoin(schema.person, person.id == entry.author)
    # `entity <> id` is the condition of the index that finds them.
    said = query.where(entry.entity == visit, text("entity <> journal.id"), entry.outcome == "accepted")
    said = said.where(entry.kind.in_(("visit.returned", "visit.kept")), entry.body.is_not(None))
    return list((await db.execute(said.order_by(entry.position.desc()))).mappings())


async def revisions(db: AsyncConnection, grid: str, visit: str) -> list[RowMapping]:
    """Every revision of a corrected visit, the newest first; none for a visit never corrected."""
    revision, person = schema.visit_revision.c, schema.person.c
    query = select(schema.visit_revision, person.name.label("by"))
    query = query.outerjoin(schema.person, person.id == revision.author)
    query = query.where(revision.grid == grid, revision.visit == visit).order_by(revision.position.desc())
    return list((await db.execute(query)).mappings())


async def knocked(db: AsyncConnection, grids: frozenset[str], from_ms: int, to_ms: int) -> tuple[int, int, int | None]:
    """Doors knocked at in a stretch of time, doors where somebody answered and spoke (as paints a door on the boards),
    and when the first knock was."""
    when = and_(_visit.occurred_at_ms >= from_ms, _visit.occurred_at_ms < to_ms)
    counts = select(
        func.count(distinct(_visit.household)),
        func.count(distinct(_visit.household)).filter(_visit.result.in_(CONTACT)),
        func.min(_visit.occurred_at_ms),
    )
    row = (await db.execute(counts.where(_visit.grid.in_(sorted(grids)), when))).one()
    return row[0], row[1], row[2]


async def last_visit_ms(db: AsyncConnection, grids: frozenset[str], before_ms: int) -> int | None:
    """When the last visit before a moment happened."""
    query = select(func.max(_visit.occurred_at_ms)).where(_visit.occurred_at_ms < before_ms)
    last: int | None = (await db.execute(query.where(_visit.grid.in_(sorted(grids))))).scalar()
    return last


async def grids_of(db: AsyncConnection, grids: frozenset[str]) -> list[RowMapping]:
    """The reader's grids in their own order."""
    grid = schema.grid.c
    query = select(grid.id, grid.name).where(grid.id.in_(sorted(grids))).order_by(grid.sort, grid.name)
    return list((await db.execute(query)).mappings())


async def building_called(db: AsyncConnection, grids: frozenset[str], building: str) -> str:
    """What a building of these grids is called, with its quarters; nothing for one that is none of theirs."""
    if not building:
        return ""
    query = select(_building.quarters, _building.name).where(
        _building.grid.in_(sorted(grids)), _building.id == building
    )
    row = (await db.execute(query)).first()
    return "".join(row) if row else ""


async def visitors(db: AsyncConnection, user: User) -> list[RowMapping]:
    """The community's people who visit in the reader's grids, by name: for choosing one, never for comparing."""
    person = schema.person.c
    query = select(person.id, person.name, person.grids).where(person.community == user.community)
    people = (await db.execute(query.order_by(person.name, person.id))).mappings()
    return [each for each in people if user.grids.intersection(json.loads(each["grids"]))]


_COLUMNS: tuple[Any, ...] = (
    schema.visit,
    _household.entrance,
    _household.room,
    _household.contact,
    _building.id.label("building"),
    _building.name.label("building_name"),
    _building.quarters,
    schema.grid.c.name.label("grid_name"),
    _visit.by_name.label("by"),
)


async def _rows(db: AsyncConnection, query: Select[Any]) -> list[RowMapping]:
    """Visits with their doors, grids and people, the latest first."""
    query = query.join(schema.household, _HOME).join(schema.building, _HOUSE)
    query = query.join(schema.grid, schema.grid.c.id == _visit.grid)
    query = query.order_by(_visit.occurred_at_ms.desc(), _visit.id.desc())
    return list((await db.execute(query)).mappings())


def _newest(grid: str, asked: list[ColumnElement[bool]]) -> Select[Any]:
    query = select(_visit.grid, _visit.id, _visit.occurred_at_ms).where(_visit.grid == grid, *asked)
    return query.order_by(_visit.occurred_at_ms.desc(), _visit.id.desc()).limit(PAGE + 1)


async def _doors(db: AsyncConnection, grids: list[str], filters: Filters) -> list[Sequence[RowMapping]]:
    """For each word looked for, the doors it names. Found first: there are far fewer doors than visits."""
    found = []
    for term in terms(filters.q):
        query = select(_household.grid, _household.id).join(schema.building, _HOUSE)
        query = query.where(_household.grid.in_(grids), doors_called(term, grids))
        found.append((await db.execute(query)).mappings().all())
    return found


def _said(filters: Filters, doors: list[Sequence[RowMapping]], grid: str | None = None) -> list[ColumnElement[bool]]:
    """What the words looked for ask of a visit, of one grid or of all."""
    return [
        said_or_at(term, [door["id"] for door in named if grid in (None, door["grid"])])
        for term, named in zip(terms(filters.q), doors, strict=True)
    ]


def _grids(grids: frozenset[str], filters: Filters) -> list[str]:
    return [filters.grid] if filters.grid else sorted(grids)
