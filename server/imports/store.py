"""The community as an import must see it: read from the tables, with what ledgers said before from the journal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.imports.registry import (
    Head,
    KnownBuilding,
    KnownGrid,
    KnownHome,
    KnownPerson,
    KnownResident,
    KnownVisit,
    Registry,
    Value,
)

_heads = msgspec.json.Decoder(dict[str, list[Head]]).decode
_tags = msgspec.json.Decoder(dict[str, list[str]]).decode
_texts = msgspec.json.Decoder(dict[str, str]).decode
_names = msgspec.json.Decoder(list[str]).decode


class _Imported(msgspec.Struct):
    source: str


class _Said(msgspec.Struct):
    facts: dict[str, Any] = {}
    imported: _Imported | None = None


_said = msgspec.json.Decoder(_Said).decode


async def communities(db: AsyncConnection) -> list[tuple[str, str]]:
    """Every community of the installation, as (id, name)."""
    columns = schema.community.c
    found = await db.execute(select(columns.id, columns.name).order_by(columns.name))
    return [(row.id, row.name) for row in found]


async def grids_of(db: AsyncConnection, ids: frozenset[str]) -> list[dict[str, str]]:
    """These grids in their order, as {id, name}."""
    columns = schema.grid.c
    query = select(columns.id, columns.name).where(columns.id.in_(sorted(ids))).order_by(columns.sort, columns.id)
    return [{"id": row.id, "name": row.name} for row in await db.execute(query)]


async def master_of(db: AsyncConnection, community: str, name: str | None) -> str | None:
    """The person in whose name a command imports: by name, else the community's first station master."""
    columns = schema.person.c
    query = select(columns.id).where(columns.community == community, columns.ended_ms.is_(None))
    query = query.where(columns.name == name) if name else query.where(columns.role == "station_master")
    query = query.order_by(columns.id).limit(1)
    found: str | None = (await db.execute(query)).scalar()
    return found


async def load_registry(db: AsyncConnection, community: str) -> Registry:
    """Everything of one community that a ledger may touch."""
    known = await communities(db)
    names = dict(known)
    column = schema.grid.c
    grids = [
        KnownGrid(row.id, row.name, row.quarters or "")
        for row in await db.execute(select(schema.grid).where(column.community == community).order_by(column.sort))
    ]
    ids = [grid.id for grid in grids]
    sources: set[str] = set()
    homes = await _homes(db, ids, sources)
    await _residents(db, ids, {home.id: home for home in homes}, sources)
    visits, revised = await _visits(db, ids)
    sources |= revised
    return Registry(
        community=community,
        community_name=names[community],
        other_communities=[name for id_, name in names.items() if id_ != community],
        grids=grids,
        buildings=await _buildings(db, ids),
        homes=homes,
        people=await _people(db, community, set(ids)),
        visits=visits,
        sources=sources,
        restricted=await _restricted(db, community),
        apart=await _apart(db, ids),
        elsewhere={name: id_ for id_, name in known if id_ != community},
        tickets=set((await db.execute(select(schema.hotline_ticket.c.ticket))).scalars()),
    )


async def load_places(db: AsyncConnection, community: str, tickets: Collection[str] = ()) -> Registry:
    """A community's grids, buildings and doors alone, and which of these tickets are here: enough to find a place."""
    known = await communities(db)
    grid, home, ticket = schema.grid.c, schema.household.c, schema.hotline_ticket.c
    rows = (await db.execute(select(schema.grid).where(grid.community == community).order_by(grid.sort))).all()
    ids = [row.id for row in rows]
    doors = select(home.id, home.grid, home.building, home.entrance, home.room).where(home.grid.in_(ids))
    homes = [KnownHome(*row[:3], row[3] or "", row[4]) for row in (await db.execute(doors)).all()]
    here = (await db.execute(select(ticket.ticket).where(ticket.ticket.in_(sorted(tickets))))).scalars()
    return Registry(
        community=community,
        community_name=dict(known)[community],
        other_communities=[name for id_, name in known if id_ != community],
        grids=[KnownGrid(row.id, row.name, row.quarters or "") for row in rows],
        buildings=await _buildings(db, ids),
        homes=homes,
        people=[],
        visits={},
        sources=set(),
        elsewhere={name: id_ for id_, name in known if id_ != community},
        tickets=set(here),
    )


async def _restricted(db: AsyncConnection, community: str) -> bool:
    column = schema.community.c
    return bool((await db.execute(select(column.restricted).where(column.id == community))).scalar())


async def _apart(db: AsyncConnection, grids: list[str]) -> dict[str, set[str]]:
    told = schema.restricted_tag.c
    query = select(told.id, told.tags).where(told.grid.in_(grids))
    return {row.id: set(msgspec.json.decode(row.tags)) for row in await db.execute(query)}


async def _buildings(db: AsyncConnection, grids: list[str]) -> list[KnownBuilding]:
    table = schema.building
    query = select(table).where(table.c.grid.in_(grids)).order_by(table.c.grid, table.c.sort, table.c.id)
    return [KnownBuilding(row.id, row.grid, row.quarters, row.name, row.management) for row in await db.execute(query)]


async def _homes(db: AsyncConnection, grids: list[str], sources: set[str]) -> list[KnownHome]:
    table = schema.household
    rows = (await db.execute(select(table).where(table.c.grid.in_(grids)))).all()
    homes = [KnownHome(row.id, row.grid, row.building, row.entrance or "", row.room, _heads(row.facts)) for row in rows]
    said = await _said_before(db, table, grids, sources)
    for home in homes:
        home.said = said.get(home.id, {})
    return homes


async def _residents(db: AsyncConnection, grids: list[str], homes: dict[str, KnownHome], sources: set[str]) -> None:
    table = schema.resident
    said = await _said_before(db, table, grids, sources)
    for row in await db.execute(select(table).where(table.c.grid.in_(grids)).order_by(table.c.id)):
        if row.household in homes:
            tags = {tag for tag, added in _tags(row.tags).items() if added}
            resident = KnownResident(row.id, _heads(row.facts), tags, said.get(row.id, {}))
            homes[row.household].residents.append(resident)


async def _said_before(
    db: AsyncConnection, table: Any, grids: list[str], sources: set[str]
) -> dict[str, dict[str, Value]]:
    """What ledgers last said of each fact of these rows, whoever has changed it since; collects the ledgers' hashes."""
    journal = schema.journal.c
    query = (
        select(journal.entity, journal.body)
        .join_from(table, schema.journal, journal.entity == table.c.id)
        .where(table.c.grid.in_(grids), journal.outcome.in_(("accepted", "contested")), journal.body.is_not(None))
        .order_by(journal.position)
    )
    said: dict[str, dict[str, Value]] = {}
    for entity, body in await db.execute(query):
        # Most edits come from phones: do not parse those.
        if b'"imported"' in body:
            edit = _said(body)
            if edit.imported:
                sources.add(edit.imported.source)
                said.setdefault(entity, {}).update(edit.facts)
    return said


async def _people(db: AsyncConnection, community: str, grids: set[str]) -> list[KnownPerson]:
    table = schema.person
    rows: Sequence[Row[Any]] = (await db.execute(select(table).where(table.c.community == community))).all()
    return [KnownPerson(row.id, row.name, row.role, frozenset(_names(row.grids)) & grids) for row in rows]


async def _visits(db: AsyncConnection, grids: list[str]) -> tuple[dict[str, list[KnownVisit]], set[str]]:
    table = schema.visit
    tellings, sources = await _standing(db, grids)
    visits: dict[str, list[KnownVisit]] = {}
    for row in await db.execute(select(table).where(table.c.grid.in_(grids))):
        if row.source:
            sources.add(row.source)
        told = tellings.get(row.id) or {row.edit: row.source}
        visit = KnownVisit(
            id=row.id,
            household=row.household,
            author=row.author,
            occurred_at_ms=row.occurred_at_ms,
            heads=tuple(told),
            imported=all(told.values()),
            mode=row.mode,
            result=row.result,
            text=row.text or "",
            who_met=row.who_met or "",
            companions=tuple(_names(row.companions)),
            asks=tuple(_texts(row.asks).items()),
            care=row.care,
            follow_up_on=row.follow_up_on,
        )
        visits.setdefault(row.household, []).append(visit)
    return visits, sources


async def _standing(db: AsyncConnection, grids: list[str]) -> tuple[dict[str, dict[str, str | None]], set[str]]:
    """For each corrected visit the tellings (edit ids) that no other replaced, each with the ledger it came from;
    and every ledger that any telling came from."""
    column = schema.visit_revision.c
    query = select(column.visit, column.edit, column.covers, column.body).where(column.grid.in_(grids))
    told: dict[str, dict[str, str | None]] = {}
    replaced: set[tuple[str, str]] = set()
    for row in await db.execute(query.order_by(column.visit, column.revision)):
        edit = _said(row.body.encode()) if '"imported"' in row.body else None
        told.setdefault(row.visit, {})[row.edit] = edit.imported.source if edit and edit.imported else None
        replaced.update((row.visit, each) for each in _names(row.covers))
    standing = {
        # Tellings that name each other cannot both be gone: then the last one stands.
        visit: {edit: each[edit] for edit in each if (visit, edit) not in replaced} or dict([list(each.items())[-1]])
        for visit, each in told.items()
    }
    return standing, {source for each in told.values() for source in each.values() if source}
