"""How far the journal is backed up, and what a restored server has got back from its phones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import RowMapping, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server import clock, schema
from server.access import User
from server.db import Database
from server.waiting import blobs_aside, waiting_aside

NOTHING = -1


@dataclass(frozen=True)
class Copy:
    """One target: the last position read back from it, when, and whether it lies off the server."""

    target: str
    through: int
    off_server: bool
    verified_ms: int
    behind: int


async def confirm(db: Database, target: Path, log: str, through: int, *, off_server: bool) -> None:
    """A target was read back up to `through`. Phones are told of it once it is known to lie off the server."""
    backup, head = schema.backup, schema.journal_head
    row = {"target": str(target), "log": log, "through": through, "off_server": off_server}
    farthest = select(func.coalesce(func.max(backup.c.through), NOTHING))
    farthest = farthest.where(backup.c.log == log, backup.c.off_server)
    async with db.writing() as connection:
        await connection.execute(delete(backup).where(backup.c.target == str(target)))
        await connection.execute(insert(backup).values(**row, verified_ms=clock.now_ms()))
        moved = update(head).where(head.c.log == log).values(backed_up_through=farthest.scalar_subquery())
        await connection.execute(moved)


async def copies(db: AsyncConnection) -> list[Copy]:
    """Every target of this log, the newest first; `behind` is how many edits it lacks."""
    backup, head = schema.backup, schema.journal_head
    query = select(backup, head.c.size).join(head, head.c.log == backup.c.log).order_by(backup.c.verified_ms.desc())
    return [
        Copy(row.target, row.through, row.off_server, row.verified_ms, row.size - 1 - row.through)
        for row in await db.execute(query)
    ]


@dataclass(frozen=True)
class Healed:
    """One phone after the restore. `forgotten`: edits the old server had acknowledged and the backup did not hold;
    `back`: those of them that have come again; `new`: further edits it had made before it knew of the restore."""

    person: str
    device: str
    forgotten: int
    back: int
    new: int
    last_ms: int

    @property
    def missing(self) -> int:
        """What the phone still owes."""
        return self.forgotten - self.back


@dataclass(frozen=True)
class Restoration:
    """A log that goes on after another: where it broke off, and what its phones have brought since. `old_size` is the
    old journal's size as far as the phones knew it, `until_ms` when the backup was last written to."""

    from_log: str
    from_size: int
    until_ms: int
    restored_ms: int
    old_size: int
    phones: list[Healed]


async def healing_report(db: AsyncConnection, community: str | None = None) -> Restoration | None:
    """What was healed since this server was restored, on the phones of one community or all; None when it never was."""
    entry, device, head = schema.journal, schema.device, schema.journal_head
    first = and_(entry.c.device == device.c.id, entry.c.n == 1, entry.c.kind == "server.restored")
    query = select(entry.c.body, entry.c.received_ms).join(device, first).where(device.c.kind == "server")
    row = (await db.execute(query.order_by(entry.c.position.desc()).limit(1))).first()
    if row is None:
        return None
    healing, person = schema.healing, schema.person
    query_phones = (
        select(healing, device.c.label, device.c.n, person.c.name)
        .join(head, head.c.log == healing.c.log)
        .join(device, device.c.id == healing.c.device)
        .outerjoin(person, person.c.id == device.c.person)
        .order_by(person.c.name, device.c.label, healing.c.device)
    )
    if community is not None:
        query_phones = query_phones.where(person.c.community == community)
    phones, old_size = [], 0
    for each in await db.execute(query_phones):
        forgotten = each.told_n - each.known_n
        back = min(max(each.n - each.known_n, 0), forgotten)
        new = max(each.came - back, 0)
        phones.append(Healed(each.name or "", each.label, forgotten, back, new, each.last_ms))
        old_size = max(old_size, each.old_size)
    said = msgspec.json.decode(row.body)
    from_size, until_ms = said["from_size"], said.get("shipped_ms") or row.received_ms
    return Restoration(said["from_log"], from_size, until_ms, row.received_ms, max(old_size, from_size), phones)


async def visits_naming(db: AsyncConnection, grids: frozenset[str]) -> list[tuple[RowMapping, list[dict[str, str]]]]:
    """Visits of these grids that name photos or voice notes, the latest first, with all that their tellings name."""
    visit, told = schema.visit.c, schema.visit_revision.c
    household, building = schema.household.c, schema.building.c
    home = and_(household.grid == visit.grid, household.id == visit.household)
    house = and_(building.grid == household.grid, building.id == household.building)
    tellings = select(told.grid, told.visit, told.body).where(
        told.grid.in_(sorted(grids)), told.body.contains('"blobs"')
    )
    named: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in await db.execute(tellings):
        named.setdefault((row.grid, row.visit), []).extend(msgspec.json.decode(row.body).get("blobs") or [])
    columns = (visit.grid, visit.id, visit.occurred_at_ms, visit.by_name, visit.blobs, visit.revision)
    query = select(*columns, household.entrance, household.room, building.name.label("building"))
    query = query.join(schema.household, home).join(schema.building, house).where(visit.grid.in_(sorted(grids)))
    query = query.where(or_(visit.blobs != "[]", visit.revision > 1))
    rows = (await db.execute(query.order_by(visit.occurred_at_ms.desc(), visit.id.desc()))).mappings()
    found = [(row, [*msgspec.json.decode(row["blobs"]), *named.get((row["grid"], row["id"]), ())]) for row in rows]
    return [each for each in found if each[1]]


async def asides_naming(db: AsyncConnection, user: User) -> list[dict[str, Any]]:
    """What was set aside and waits in this user's grids and names photos or voice notes (`blobs`), the latest first;
    each with the door it speaks of, as far as it stands in one of their grids."""
    rows = [{**row, "blobs": named} for row in await waiting_aside(db, user) if (named := blobs_aside(row))]
    household, building = schema.household.c, schema.building.c
    house = and_(building.grid == household.grid, building.id == household.building)
    homes = {home for row in rows if isinstance(home := row["body"].get("household"), str)}
    query = select(household.id, household.entrance, household.room, building.name.label("building"))
    query = query.join(schema.building, house).where(household.grid.in_(sorted(user.grids)), household.id.in_(homes))
    doors = {row["id"]: row for row in (await db.execute(query)).mappings()}
    return [{**row, "door": doors.get(row["body"].get("household"))} for row in reversed(rows)]
