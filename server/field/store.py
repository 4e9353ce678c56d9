"""What a worker's pages are drawn from: the same rows their phone would hold, read from the feed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, RowMapping, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User

RECENT_MS = 8 * 24 * 3600 * 1000
"""As far back as the station reads visits anew (server/visits/filters.py), and a day for whoever was offline."""
EDITS_MAX = 60
EDITS_WITHIN = 50_000  # positions searched for one's own edits: weeks of a station's work

STATION_ONLY = ("text", "asks", "who_met", "blobs")
"""What stays with the station of a private visit (sync/rows.py)."""

OWN = ("aside", "daily_log", "patrol", "patrol_note", "action", "volunteer")
"""Kinds of rows that are one person's alone."""

Rows = dict[str, list[dict[str, Any]]]

_feed, _journal, _visit = schema.feed.c, schema.journal.c, schema.visit.c


@dataclass(frozen=True)
class Here:
    """The household a page is about, and its grid."""

    grid: str
    household: str


def _scope(grid: str) -> str:
    return f"grid:{grid}"


async def read_rows(db: AsyncConnection, user: User, needs: Mapping[str, str], here: Here | None, now_ms: int) -> Rows:
    """Rows by kind as a view's NEEDS ask: all of the user's grids, here, of the last days, or of paired homes."""
    rows: Rows = {}
    for kind, much in needs.items():
        if kind in OWN or much == "own":
            rows[kind] = await _read(db, and_(_feed.scope == f"person:{user.id}", _feed.kind == kind))
        elif much == "all":
            rows[kind] = await _all(db, kind, user.grids)
        elif much == "today":
            rows[kind] = await _recent_visits(db, user.grids, now_ms)
        elif much == "paired":
            rows[kind] = await _paired_residents(db, user.grids)
        else:
            rows[kind] = await _here(db, kind, here) if here else []
    return rows


async def _read(db: AsyncConnection, condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    query = select(_feed.scope, _feed.data).where(condition, _feed.data.is_not(None)).order_by(_feed.scope, _feed.id)
    rows = (await db.execute(query)).all()
    # A row of one's own says itself which grid it is about.
    return [{"grid": scope.removeprefix("grid:"), **msgspec.json.decode(data)} for scope, data in rows]


async def _all(db: AsyncConnection, kind: str, grids: Iterable[str]) -> list[dict[str, Any]]:
    return await _read(db, and_(_feed.scope.in_(_scope(grid) for grid in grids), _feed.kind == kind))


async def _some(db: AsyncConnection, kind: str, grid: str, ids: Iterable[str]) -> list[dict[str, Any]]:
    return await _read(db, and_(_feed.scope == _scope(grid), _feed.kind == kind, _feed.id.in_(ids)))


async def _here(db: AsyncConnection, kind: str, here: Here) -> list[dict[str, Any]]:
    """The household itself and its door, or everybody and every visit there."""
    if kind in ("household", "door"):
        return await _some(db, kind, here.grid, [here.household])
    tables = {"resident": schema.resident, "visit": schema.visit, "care_pair": schema.care_pair, "item": schema.item}
    tables["whistle"] = schema.whistle
    table = tables[kind]
    query = select(table.c.id).where(table.c.grid == here.grid, table.c.household == here.household)
    return await _some(db, kind, here.grid, (await db.execute(query)).scalars().all())


async def _recent_visits(db: AsyncConnection, grids: Iterable[str], now_ms: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for grid in sorted(grids):
        query = select(_visit.id).where(_visit.grid == grid, _visit.occurred_at_ms >= now_ms - RECENT_MS)
        found += await _some(db, "visit", grid, (await db.execute(query)).scalars().all())
    return found


async def _paired_residents(db: AsyncConnection, grids: Iterable[str]) -> list[dict[str, Any]]:
    """Who lives where somebody is looked in on."""
    found: list[dict[str, Any]] = []
    known, paired = schema.resident.c, schema.care_pair.c
    for grid in sorted(grids):
        homes = select(paired.household).where(paired.grid == grid)
        query = select(known.id).where(known.grid == grid, known.household.in_(homes))
        found += await _some(db, "resident", grid, (await db.execute(query)).scalars().all())
    return found


async def grid_of_pair(db: AsyncConnection, user: User, pair: str) -> str | None:
    """The grid of this user's that a pair stands in; None where there is none."""
    known = schema.care_pair.c
    query = select(known.grid).where(known.grid.in_(sorted(user.grids)), known.id == pair)
    return (await db.execute(query)).scalar()


async def buildings_of(db: AsyncConnection, user: User) -> dict[str, Any]:
    """Where this user may add a door: `grids` {building: grid}, which are `blocks`, and {grid: building} for the rows
    of `bungalows` and of `shops`."""
    building = schema.building.c
    query = select(building.id, building.grid, building.kind).where(building.grid.in_(sorted(user.grids)))
    rows = (await db.execute(query.order_by(building.id))).all()
    return {
        "grids": {row.id: row.grid for row in rows},
        "blocks": [row.id for row in rows if row.kind == "block"],
        **{kind: {row.grid: row.id for row in rows if row.kind == kind} for kind in ("bungalows", "shops")},
    }


async def quarters_of(db: AsyncConnection, user: User) -> dict[str, str]:
    """This user's grids, each with the quarters it lies in, or else its name."""
    grid = schema.grid.c
    query = select(grid.id, grid.quarters, grid.name).where(grid.id.in_(sorted(user.grids)))
    return {row.id: row.quarters or row.name for row in await db.execute(query)}


async def doors_of(db: AsyncConnection, user: User) -> list[dict[str, Any]]:
    """The doors that need not be added again, each with its place."""
    household = schema.household.c
    query = select(household.id, household.building, household.entrance, household.room)
    query = query.where(household.grid.in_(sorted(user.grids)))
    return [dict(row) for row in (await db.execute(query)).mappings()]


async def read_visit(db: AsyncConnection, grid: str, visit: str) -> dict[str, Any] | None:
    """A visit as phones hold it."""
    return next(iter(await _some(db, "visit", grid, [visit])), None)


async def read_tellings(db: AsyncConnection, grid: str, visit: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every telling of a visit with its three times; a visit never corrected has one."""
    revision, device = schema.visit_revision.c, schema.device.c
    query = select(schema.visit_revision, device.kind.label("made_on"))
    query = query.outerjoin(schema.device, device.id == revision.device)
    query = query.where(revision.grid == grid, revision.visit == visit["id"])
    told = (await db.execute(query.order_by(revision.revision))).mappings().all()
    if not told:
        times = select(_visit.claimed_ms, _visit.effective_ms, _visit.received_ms, device.kind.label("made_on"))
        times = times.outerjoin(schema.device, device.id == _visit.device)
        row = (await db.execute(times.where(_visit.grid == grid, _visit.id == visit["id"]))).mappings().first()
        return [{**visit, **_times(row)}] if row else []
    return [
        {
            **without_private(msgspec.json.decode(row["body"])),
            "id": visit["id"],
            "edit": row["edit"],
            "revision": row["revision"],
            "by": visit.get("by"),
            **_times(row),
        }
        for row in told
    ]


def without_private(body: dict[str, Any]) -> dict[str, Any]:
    """A body as the field may read it: of what was said for the station alone no word, no picture, no voice."""
    return {name: value for name, value in body.items() if name not in STATION_ONLY} if body.get("private") else body


def _times(row: RowMapping) -> dict[str, Any]:
    """A telling's three times, and whether it was made here: then no phone has kept it."""
    times = {"at_ms": row["claimed_ms"], "effective_ms": row["effective_ms"], "received_ms": row["received_ms"]}
    return {**times, "on_server": row["made_on"] == "server"}


async def read_edit(db: AsyncConnection, edit: str) -> dict[str, Any] | None:
    """An edit by its id, as the journal holds it."""
    query = select(schema.journal).where(_journal.id == edit).order_by(_journal.position)
    row = (await db.execute(query)).mappings().first()
    return None if row is None else {**_edit(row), "author": row["author"]}


async def read_own_edits(db: AsyncConnection, person: str) -> list[dict[str, Any]]:
    """What somebody wrote lately, wherever they wrote it, with what became of it."""
    size = (await db.execute(select(schema.journal_head.c.size))).scalar() or 0
    kinds = [f"{what}.{done}" for what, done in _KINDS]
    query = (
        select(schema.journal)
        .where(_journal.position >= size - EDITS_WITHIN, _journal.author == person, _journal.kind.in_(kinds))
        .order_by(_journal.position.desc())
        .limit(EDITS_MAX)
    )
    edits = [
        {**_told(row), "over": msgspec.json.decode(row["header"])["over"]}
        for row in (await db.execute(query)).mappings()
    ]
    return await _with_sameness(db, edits)


async def _with_sameness(db: AsyncConnection, edits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The edits, each with whether it stated facts just as the values it replaced."""
    seen = {head for edit in edits for heads in edit["over"].values() for head in heads}
    query = select(_journal.id, _journal.body).where(_journal.id.in_(sorted(seen)))
    facts = {row.id: msgspec.json.decode(row.body).get("facts") or {} for row in await db.execute(query) if row.body}

    def same(edit: dict[str, Any]) -> bool:
        said = edit["body"].get("facts") or {}
        before = {field: [facts.get(head, {}).get(field) for head in edit["over"].get(field, ())] for field in said}
        return edit["kind"].endswith(".stated") and all(
            before[field] and all(value == said[field] for value in before[field]) for field in said
        )

    return [{**edit, "same": same(edit)} for edit in edits]


_KINDS = [("visit", "recorded"), ("visit", "corrected"), ("household", "added"), ("household", "stated")]
_KINDS += [("resident", "added"), ("resident", "stated"), ("resident", "tagged")]
_KINDS += [("household", "undone"), ("resident", "undone"), ("visit", "settled"), ("visit", "undone")]
_KINDS += [("suggestion", "made")]
_KINDS += [("daily_log", "sent"), ("order", "answered"), ("order", "reported"), ("visit", "kept")]
_KINDS += [("care_check", "made"), ("care_check", "undone")]
_KINDS += [("patrol", done) for done in ("started", "ended", "noted", "withdrawn")]
_KINDS += [("action", "done")]
_KINDS += [("item", done) for done in ("raised", "moved", "rated", "told", "withdrawn")]


def _told(row: RowMapping) -> dict[str, Any]:
    edit = _edit(row)
    return {**edit, "body": without_private(edit["body"])}


def _edit(row: RowMapping) -> dict[str, Any]:
    named = ("id", "kind", "entity", "received_ms", "outcome", "reason")
    body = msgspec.json.decode(row["body"]) if row["body"] else {}
    return {**{name: row[name] for name in named}, "n": row["position"], "at_ms": row["claimed_ms"], "body": body}
