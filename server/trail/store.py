"""Whose trail it is, by the one door to each row, and the edits that it is made of."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User, access_building, access_household, access_resident, access_visit
from server.aside import body_of
from server.problem import Problem, not_found
from server.standing import grids_now
from server.waiting import aside_at

EDITS_MAX = 1000
"""So many edits of one thing a page shows and a file holds, the first ones."""
DOORS = (
    ("visit", access_visit),
    ("household", access_household),
    ("resident", access_resident),
    ("building", access_building),
)
MAKING = ("visit.recorded", "household.added", "resident.added", "building.added")
DECISIONS = ("edit.released", "edit.declined", "edit.reopened")

_entry, _pair = schema.journal.c, schema.pair_verdict.c


@dataclass(frozen=True)
class Subject:
    """What the trail is of: one of `DOORS`; `aside`, what was set aside and stands nowhere; `erased`, what stood once.
    `home` is the household it is about, where there is one the reader may see; `building` that of the home, or itself;
    `only`: of what was set aside those edits that wait in the reader's grids, by position."""

    id: str
    kind: str
    grid: str | None
    home: RowMapping | None = None
    building: RowMapping | None = None
    name: str | None = None
    only: frozenset[int] | None = None


async def access_trail(db: AsyncConnection, user: User, entity: str) -> Subject:
    """Whose trail this is, if its row is the user's to see. Absent and forbidden alike are not found."""
    for kind, door in DOORS:
        with suppress(Problem):
            row = await door(db, user, entity)
            return await _subject(db, user, kind, row)
    rows = await _plain(db, [*await _made(db, entity), *await _later(db, [entity])])
    # What was erased stands nowhere any more: it is theirs who have the grid that it was written in.
    made = [dict(row) for row in rows if row["kind"] in MAKING and row["body"] is None]
    for here in await grids_now(db, made):
        if here in user.grids and user.has_desk:
            return Subject(entity, "erased", here)
    aside = [row["position"] for row in rows if row["outcome"] == "quarantined"]
    found = await aside_at(db, user, aside) if aside else []
    if found and user.has_desk:
        said = found[0]["body"] or {}
        only = frozenset(row["position"] for row in found)
        home, building = await _home(db, user, said.get("household"))
        return Subject(entity, "aside", found[0]["here"], home, building, only=only)
    raise not_found()


async def _subject(db: AsyncConnection, user: User, kind: str, row: RowMapping) -> Subject:
    if kind == "building":
        return Subject(row["id"], kind, row["grid"], None, row)
    home, building = await _home(db, user, row["id"] if kind == "household" else row["household"])
    return Subject(row["id"], kind, row["grid"], home, building, row["name"] if kind == "resident" else None)


async def _home(db: AsyncConnection, user: User, household: Any) -> tuple[RowMapping | None, RowMapping | None]:
    """A household and its building; neither where it is not the user's."""
    if isinstance(household, str):
        with suppress(Problem):
            home = await access_household(db, user, household)
            return home, await access_building(db, user, home["building"])
    return None, None


# ---------------------------------------------------------------- its edits


async def edits_of(db: AsyncConnection, subject: Subject) -> list[dict[str, Any]]:
    """Every edit about this thing, in the log's order: those that name it, decisions about what was set aside of it,
    and verdicts that name it second. One more than may be shown where there are more."""
    entity, only = subject.id, subject.only
    rows = await _plain(db, [*await _made(db, entity), *await _later(db, [entity])])
    rows = [row for row in rows if only is None or row["position"] in only or row["kind"] in DECISIONS]
    aside = {row["id"] for row in rows if row["outcome"] == "quarantined"} - {entity}
    more = await _later(db, sorted(aside), _entry.kind.in_(DECISIONS)) if aside else []
    positions = {row["position"] for row in rows} | set(more) | await _verdicts(db, subject)
    return await _told(db, sorted(positions)[: EDITS_MAX + 1])


async def _made(db: AsyncConnection, entity: str) -> Sequence[int]:
    query = select(_entry.position).where(_entry.id == entity, _entry.entity == entity)
    return (await db.execute(query.order_by(_entry.position).limit(EDITS_MAX + 1))).scalars().all()


async def _later(db: AsyncConnection, entities: Collection[str], *only: ColumnElement[bool]) -> Sequence[int]:
    # `entity <> id` is the condition of the index that finds them.
    about = and_(_entry.entity.in_(entities), _entry.entity != _entry.id, *only)
    query = select(_entry.position).where(about).order_by(_entry.position).limit(EDITS_MAX + 1)
    return (await db.execute(query)).scalars().all()


async def _verdicts(db: AsyncConnection, subject: Subject) -> set[int]:
    """What was said of pairs that this one is the second of."""
    pairs = select(_pair.a).where(_pair.grid == subject.grid, _pair.b == subject.id)
    firsts = (await db.execute(pairs)).scalars().all()
    found = await _later(db, firsts, _entry.kind == "pair.judged") if firsts else []
    rows = await _plain(db, found)
    return {row["position"] for row in rows if (body_of(row["body"]) or {}).get("b") == subject.id}


async def _plain(db: AsyncConnection, positions: Collection[int]) -> list[RowMapping]:
    columns = (_entry.position, _entry.id, _entry.kind, _entry.entity, _entry.grid, _entry.outcome, _entry.body)
    query = select(*columns).where(_entry.position.in_(positions)).order_by(_entry.position)
    return list((await db.execute(query)).mappings())


async def _told(db: AsyncConnection, positions: Collection[int]) -> list[dict[str, Any]]:
    """Edits with who wrote them, on which phone, and the first checkpoint that covers each."""
    person, other = schema.person.c, schema.person.alias("other")
    said, head = schema.checkpoint.alias("said"), schema.journal_head.c
    covered = select(func.min(said.c.size)).where(said.c.log == head.log, said.c.size > _entry.position)
    query = (
        select(
            schema.journal,
            person.name.label("by"),
            other.c.name.label("behalf"),
            schema.device.c.kind.label("device_kind"),
            schema.device.c.label,
            head.log,
            covered.correlate(schema.journal, schema.journal_head).scalar_subquery().label("covered"),
        )
        .select_from(schema.journal)
        .join(schema.journal_head, head.id == 1)
        .outerjoin(schema.person, person.id == _entry.author)
        .outerjoin(other, other.c.id == _entry.on_behalf_of)
        .outerjoin(schema.device, schema.device.c.id == _entry.device)
        .where(_entry.position.in_(positions))
        .order_by(_entry.position)
    )
    rows = [dict(row) for row in (await db.execute(query)).mappings()]
    lasts = {row["covered"] - 1 for row in rows if row["covered"]}
    query_ms = select(_entry.position, _entry.received_ms).where(_entry.position.in_(lasts))
    came = {row.position: row.received_ms for row in await db.execute(query_ms)}
    return [
        {
            **row,
            "header": json.loads(bytes(row["header"])),
            "said": body_of(row["body"]) if row["salt"] else None,
            "covered_ms": came.get(row["covered"] - 1) if row["covered"] else None,
        }
        for row in rows
    ]
