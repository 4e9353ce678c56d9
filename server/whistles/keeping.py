"""When each open whistle is due, kept beside it, so that a queue of a hundred thousand is read in its order.

It is worked out from the trail as `due` reads it, on the times of receipt, and kept nowhere in the journal: anew where
a whistle moved, and for all that are open where the calendar or a limit changed. Somebody who reads does a little of
what is left to do; the rest is done in between.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, and_, delete, func, insert, or_, select, union_all, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from server import clock, schema
from server.clocks import STAGES, Reading, published
from server.clocks.limits import COMPLEX, DANGER, NORMAL, URGENT
from server.db import Database
from server.views.whistles import OVER
from server.whistles.due import readings
from server.whistles.told import WAITS

NEVER = 9_000_000_000_000_000
"""A due time for those nobody's time runs for: they stand last."""
AT_ONCE = 500
"""So many are worked out in one transaction."""
LOOK_S = 10
BREATH_S = 0.01
"""Between two of them, for others who write."""

_log = logging.getLogger(__name__)
_due, _head, _whistle = schema.whistle_due.c, schema.whistle_due_head.c, schema.whistle.c
_OURS = zlib.crc32(repr((NORMAL, DANGER, URGENT, COMPLEX, STAGES, published())).encode())
"""Changes with the limits and holidays that a version brings."""

Row = dict[str, Any]


async def keep_up(db: Database, utc_offset_min: int) -> bool:
    """Work out what moved since the last time, some of it; whether more is left."""
    async with db.reading() as reading:
        if await _is_kept(reading, utc_offset_min):
            return False
    async with db.writing() as writing:
        head = await _lock(writing)
        top = (await writing.execute(select(func.max(_whistle.rev)))).scalar() or 0
        moved = await _moved(writing, head["rev"])
        clocks = await clocks_now(writing, utc_offset_min)
        await _put(writing, moved, clocks, utc_offset_min)
        whole = len(moved) < AT_ONCE
        if moved or head["rev"] != top:
            await writing.execute(update(schema.whistle_due_head).values(rev=top if whole else moved[-1]["rev"]))
        if not whole or head["clocks"] == clocks:
            return not whole
        old = await _by_others(writing, clocks)
        await _put(writing, old, clocks, utc_offset_min)
        if len(old) == AT_ONCE:
            return True
        await writing.execute(update(schema.whistle_due_head).values(clocks=clocks))
    return False


async def try_keeping(db: Database, utc_offset_min: int) -> bool:
    """The same for somebody who only reads: a full disk or a busy database keeps them from nothing."""
    try:
        return await keep_up(db, utc_offset_min)
    except (sqlite3.Error, DBAPIError, OSError) as error:
        _log.warning("when whistles are due could not be kept yet: %s", type(error).__name__)
        return False


async def drop_gone(db: Database, ids: Sequence[str]) -> None:
    """Forget of these the ones that are no more: what ends with a home or its time says so to nobody."""
    there = select(_whistle.id).where(_whistle.id.in_(ids))
    try:
        async with db.writing() as writing:
            await writing.execute(delete(schema.whistle_due).where(_due.id.in_(ids), _due.id.not_in(there)))
    except (sqlite3.Error, DBAPIError, OSError) as error:
        _log.warning("whistles that are no more are still in the queue: %s", type(error).__name__)


async def as_whistles_move(db: Database, utc_offset_min: int) -> None:
    """Look every few seconds, as long as this server runs, and go on while something is left."""
    while True:
        more = await try_keeping(db, utc_offset_min)
        await asyncio.sleep(BREATH_S if more else LOOK_S)


async def clocks_now(db: AsyncConnection, utc_offset_min: int) -> str:
    """By which calendar and limits things are due now: a word that changes with them."""
    said = union_all(*(select(func.max(each.c.rev).label("rev")) for each in _SAID)).subquery()
    rev = (await db.execute(select(func.max(said.c.rev)))).scalar() or 0
    return f"{_OURS:08x}.{utc_offset_min}.{rev}"


_SAID = (schema.workday, schema.work_hours, schema.time_limit)


async def _is_kept(db: AsyncConnection, utc_offset_min: int) -> bool:
    """Whether there is nothing to do; also where the installation is written to elsewhere now."""
    if (await db.execute(select(schema.journal_head.c.moved_to))).scalar() is not None:
        return True
    head = (await db.execute(select(_head.rev, _head.clocks))).first()
    top = (await db.execute(select(func.max(_whistle.rev)))).scalar()
    if head is None:
        return top is None
    return bool(head.rev >= (top or 0)) and head.clocks == await clocks_now(db, utc_offset_min)


async def _lock(db: AsyncConnection) -> RowMapping:
    """One process at a time: on PostgreSQL the head's row is held, SQLite lets one write anyway."""
    query = select(_head.rev, _head.clocks).with_for_update()
    head = (await db.execute(query)).mappings().first()
    if head is None:
        await db.execute(insert(schema.whistle_due_head).values(id=1, rev=-1, clocks=""))
        head = (await db.execute(query)).mappings().one()
    return head


async def _moved(db: AsyncConnection, since: int) -> Sequence[RowMapping]:
    """Whistles that moved since then, of those that are over the ones that are kept still: the earliest first."""
    kept = _whistle.id.in_(select(_due.id))
    query = _asked().where(or_(_whistle.state.not_in(OVER), kept)).order_by(_whistle.rev)
    rows = list((await db.execute(query.where(_whistle.rev > since).limit(AT_ONCE))).mappings())
    if len(rows) < AT_ONCE:
        return rows
    # One edit may change several: they are taken together, or some would be passed over.
    last = rows[-1]["rev"]
    together = list((await db.execute(query.where(_whistle.rev == last))).mappings())
    return [row for row in rows if row["rev"] < last] + together


async def _by_others(db: AsyncConnection, clocks: str) -> Sequence[RowMapping]:
    """Open ones that were worked out by other clocks."""
    there = and_(_due.id == _whistle.id, _due.grid == _whistle.grid)
    query = _asked(schema.whistle.join(schema.whistle_due, there)).where(_due.clocks != clocks)
    return list((await db.execute(query.order_by(_due.id).limit(AT_ONCE))).mappings())


def _asked(begin: Any = schema.whistle) -> Any:
    joined = begin.outerjoin(schema.grid, schema.grid.c.id == _whistle.grid)
    return select(schema.whistle, schema.grid.c.community).select_from(joined)


async def _put(db: AsyncConnection, rows: Sequence[RowMapping], clocks: str, utc_offset_min: int) -> None:
    """Keep these as they are now; what is over waits for nobody."""
    if not rows:
        return
    due = await _readings(db, rows, utc_offset_min)
    ids = [row["id"] for row in rows]
    await db.execute(delete(schema.whistle_due).where(_due.id.in_(ids)))
    kept = [_row(row, due.get(row["id"]), clocks) for row in rows if row["state"] not in OVER]
    if kept:
        await db.execute(insert(schema.whistle_due), kept)


async def _readings(db: AsyncConnection, rows: Sequence[RowMapping], utc_offset_min: int) -> Mapping[str, Reading]:
    """As `readings`; one that no calendar reaches has none, and the others theirs."""
    try:
        return await readings(db, rows, clock.now_ms(), utc_offset_min)
    except ValueError:
        if len(rows) == 1:
            return {}
        return {id_: each for row in rows for id_, each in (await _readings(db, [row], utc_offset_min)).items()}


def _row(row: RowMapping, reading: Reading | None, clocks: str) -> Row:
    told = {name: row[name] for name in ("id", "grid", "building", "category", "state", "department", "supporting")}
    due_ms = NEVER if reading is None or reading.due_ms is None else reading.due_ms
    where = {"community": row["community"] or "", "waits": WAITS[row["state"]]}
    return {**told, **where, "due_ms": due_ms, "rev": row["rev"], "clocks": clocks}
