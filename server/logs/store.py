"""Logs that wait to be read, those read lately, and the rows that the day of one is told from."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, RowMapping, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User
from server.localtime import DAY_MS, day_start_ms
from server.walked import walked

WAITING = ("submitted", "amended")
LATELY_MS = 7 * DAY_MS
LATELY_SHOWN = 12

Rows = dict[str, list[dict[str, Any]]]

_log, _grid, _visit, _feed = schema.daily_log.c, schema.grid.c, schema.visit.c, schema.feed.c
_person, _item = schema.person.c, schema.item.c


async def waiting(db: AsyncConnection, user: User) -> list[RowMapping]:
    """What waits for this reader, the oldest day first and by grid; nobody reads their own."""
    query = select(schema.daily_log, _grid.name.label("grid_name")).join(schema.grid, _grid.id == _log.grid)
    query = query.where(*_theirs(user), _log.state.in_(WAITING))
    rows = (await db.execute(query.order_by(_log.day, _grid.sort, _grid.name, _log.sent_ms, _log.id))).mappings()
    return list(rows)


async def count(db: AsyncConnection, user: User) -> int:
    """How many wait."""
    query = select(func.count()).select_from(schema.daily_log).where(*_theirs(user), _log.state.in_(WAITING))
    return (await db.execute(query)).scalar_one()


async def lately(db: AsyncConnection, user: User, now_ms: int) -> list[RowMapping]:
    """What was read or returned in the last days, the latest first."""
    query = select(schema.daily_log, _grid.name.label("grid_name")).join(schema.grid, _grid.id == _log.grid)
    query = query.where(*_theirs(user), _log.state.not_in(WAITING), _log.reviewed_ms >= now_ms - LATELY_MS)
    return list((await db.execute(query.order_by(_log.reviewed_ms.desc(), _log.id).limit(LATELY_SHOWN))).mappings())


async def open_log(db: AsyncConnection, user: User, grid: str, log: str) -> RowMapping | None:
    """One log of somebody else in one of the reader's grids."""
    query = select(schema.daily_log, _grid.name.label("grid_name")).join(schema.grid, _grid.id == _log.grid)
    return (await db.execute(query.where(*_theirs(user), _log.grid == grid, _log.id == log))).mappings().first()


async def has_left(db: AsyncConnection, log: RowMapping) -> bool:
    """Whether its author walks that grid no more: what is asked of them there reaches no phone."""
    query = select(_person.grids).where(_person.id == log["author"], _person.ended_ms.is_(None))
    grids = (await db.execute(query)).scalar_one_or_none()
    return grids is None or log["grid"] not in json.loads(grids)


async def day_rows(db: AsyncConnection, log: RowMapping, utc_offset_min: int) -> Rows:
    """The rows its author's phone counts from, read from the feed: their visits of that day, what else they did then,
    the homes of all these, and what was promised there before."""
    start = day_start_ms(log["day"], utc_offset_min)
    self_gone = and_(_visit.author == log["author"], _visit.on_behalf_of.is_(None))
    went = or_(self_gone, _visit.on_behalf_of == log["author"])
    on = and_(_visit.occurred_at_ms >= start, _visit.occurred_at_ms < start + DAY_MS)
    mine = select(_visit.household).where(_visit.grid == log["grid"], went, on)
    of_promises = or_(_visit.follow_up_on.is_not(None), _visit.result == "met")
    before = and_(_visit.household.in_(mine), of_promises, _visit.occurred_at_ms < start + DAY_MS)
    visited = or_(and_(went, on), before, _visit.kept.contains(log["by_name"], autoescape=True))
    ids = (await db.execute(select(_visit.id).where(_visit.grid == log["grid"], visited))).scalars().all()
    rows = {"visit": await _rows(db, log["grid"], "visit", ids), **await _besides(db, log, start)}
    doors = {row["household"] for told in rows.values() for row in told if row.get("household")}
    homes = await _rows(db, log["grid"], "household", doors)
    buildings = await _rows(db, log["grid"], "building", {home["building"] for home in homes})
    return {**rows, "household": homes, "building": buildings}


async def _besides(db: AsyncConnection, log: RowMapping, start: int) -> Rows:
    """What its author did that day beside visits and patrols, and the items of the grid that went on then: their
    stories say by whom."""
    rows: Rows = {}
    for kind, table in (("care_check", schema.care_check.c), ("order_answer", schema.order_answer.c)):
        own = select(table.id).where(table.grid == log["grid"], table.author == log["author"])
        ids = (await db.execute(own.where(table.occurred_at_ms.between(start, start + DAY_MS - 1)))).scalars().all()
        rows[kind] = await _rows(db, log["grid"], kind, ids)
    orders = {row["verification_order"] for row in rows["order_answer"]}
    raised = and_(_item.author == log["author"], _item.occurred_at_ms.between(start, start + DAY_MS - 1))
    on = select(_item.id).where(
        _item.grid == log["grid"], or_(raised, _item.story.contains(log["by_name"], autoescape=True))
    )
    return {
        **rows,
        "verification_order": await _rows(db, log["grid"], "verification_order", orders),
        "item": await _rows(db, log["grid"], "item", (await db.execute(on)).scalars().all()),
    }


async def day_walked(db: AsyncConnection, log: RowMapping, utc_offset_min: int) -> Rows:
    """The rows that its author's patrols of that day are told from."""
    start = day_start_ms(log["day"], utc_offset_min)
    return await walked(db, [log["grid"]], start, start + DAY_MS, log["author"])


async def _rows(db: AsyncConnection, grid: str, kind: str, ids: Collection[str]) -> list[dict[str, Any]]:
    query = select(_feed.data).where(_feed.scope == f"grid:{grid}", _feed.kind == kind, _feed.id.in_(sorted(ids)))
    found = (await db.execute(query.where(_feed.data.is_not(None)).order_by(_feed.id))).scalars()
    return [{**msgspec.json.decode(data), "grid": grid} for data in found]


def _theirs(user: User) -> tuple[ColumnElement[bool], ...]:
    return _log.grid.in_(sorted(user.grids)), _log.author != user.id
