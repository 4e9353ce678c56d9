"""Pairs with their homes and last looks, who is in special need and has none, and the checks behind."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import ColumnElement, RowMapping, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import DECIDING, User
from server.localtime import DAY_MS
from server.unseen import Unseen

NEED = (
    "elder_alone",
    "elder_couple",
    "disabled",
    "low_income",
    "left_behind_child",
    "child_hardship",
    "bereaved_parents",
)
"""Tags of whom it may be good that somebody looks in on them."""
LATE_MS = 7 * DAY_MS
"""For so long an urgent word about a pair that was ended stands among what is urgent."""
CHECKS_MAX = 200
UNSEEN_MS = 3 * DAY_MS
"""For so long a group hears of an urgent word that nobody looks at: later it says nothing new."""

_pair, _check, _home = schema.care_pair.c, schema.care_check.c, schema.household.c
_building, _grid, _door = schema.building.c, schema.grid.c, schema.door.c
_resident, _person, _reason = schema.resident.c, schema.person.c, schema.care_reason.c

_NEWER = and_(_door.care_ms > _pair.checked_ms, _door.care != "urgent")
_OF_A_CHECK = and_(_pair.state == "urgent", or_(_door.care_ms.is_(None), ~_NEWER))
_OF_A_VISIT = and_(_door.care == "urgent", or_(_pair.checked_ms.is_(None), _door.care_ms > _pair.checked_ms))
"""By whose word somebody is urgent, nothing newer being known."""
_PLACE = (_home.contact, _home.entrance, _home.room, _building.name.label("building"), _building.quarters)


async def pairs(db: AsyncConnection, user: User, *only: ColumnElement[bool]) -> list[RowMapping]:
    """Pairs of the reader's grids, each with its home, its grid's name, its reason and what the last visits say."""
    more = (_grid.name.label("grid_name"), _door.care, _door.care_ms, _resident.name.label("resident_name"))
    why = (_reason.reason, _reason.note, _person.ended_ms.label("carer_ended_ms"), _person.role.label("carer_role"))
    at = and_(_home.grid == _pair.grid, _home.id == _pair.household)
    query = (
        select(schema.care_pair, *_PLACE, *more, *why)
        .join(schema.household, at)
        .join(schema.building, and_(_building.grid == _home.grid, _building.id == _home.building))
        .join(schema.grid, _grid.id == _pair.grid)
        .outerjoin(schema.door, and_(_door.grid == _pair.grid, _door.id == _pair.household))
        .outerjoin(schema.resident, and_(_resident.grid == _pair.grid, _resident.id == _pair.resident))
        .outerjoin(schema.care_reason, and_(_reason.grid == _pair.grid, _reason.id == _pair.id))
        .outerjoin(schema.person, _person.id == _pair.carer)
        .where(_pair.grid.in_(sorted(user.grids)), *only)
    )
    order = (_grid.sort, _grid.name, _building.sort, _home.entrance, _home.floor, _home.room, _pair.id)
    return list((await db.execute(query.order_by(*order))).mappings())


async def standing(db: AsyncConnection, user: User, now_ms: int) -> list[RowMapping]:
    """Pairs that last, and those ended lately of which something urgent was said."""
    return await pairs(db, user, or_(_pair.ended_ms.is_(None), _urgent_late(now_ms)))


async def urgent_count(db: AsyncConnection, user: User, now_ms: int) -> int:
    """About how many somebody said that it is urgent, nothing newer being known."""
    at = and_(_door.grid == _pair.grid, _door.id == _pair.household)
    query = select(func.count()).select_from(schema.care_pair).outerjoin(schema.door, at)
    lasts = or_(_pair.ended_ms.is_(None), _urgent_late(now_ms))
    query = query.where(_pair.grid.in_(sorted(user.grids)), lasts, or_(_OF_A_CHECK, _OF_A_VISIT))
    return (await db.execute(query)).scalar_one()


async def unseen(db: AsyncConnection, now_ms: int) -> list[Unseen]:
    """Homes of whom somebody said that it is urgent, and that nobody who decides has opened since."""
    looked, visit, corrected = schema.access_record.c, schema.visit.c, schema.visit_revision.c
    by = looked.role.in_(sorted(DECIDING))
    seen = select(func.coalesce(func.max(looked.at_ms), 0)).where(looked.household == _pair.household, by)
    came = case((_OF_A_VISIT, func.coalesce(corrected.received_ms, visit.received_ms)), else_=_check.received_ms)
    shown = and_(corrected.grid == visit.grid, corrected.visit == visit.id, corrected.shown)
    query = (
        select(_pair.grid, _pair.household, came.label("came_ms"), seen.scalar_subquery().label("seen"))
        .select_from(schema.care_pair)
        .outerjoin(schema.door, and_(_door.grid == _pair.grid, _door.id == _pair.household))
        .outerjoin(schema.care_check, and_(_check.grid == _pair.grid, _check.id == _pair.check))
        .outerjoin(schema.visit, and_(visit.grid == _pair.grid, visit.id == _door.care_visit))
        .outerjoin(schema.visit_revision, shown)
        .where(or_(_OF_A_CHECK, and_(_OF_A_VISIT, _pair.ended_ms.is_(None))), came > now_ms - UNSEEN_MS)
        .order_by(came.desc(), _pair.id)
    )
    rows = [row for row in await db.execute(query) if row.seen < row.came_ms]
    # Two who live together are one matter, since the first word about them.
    homes = {row.household: row for row in rows}
    return [
        Unseen("care", f"{home}.{row.seen}", row.grid, row.came_ms, "/desk/care", urgent=True)
        for home, row in homes.items()
    ]


def _urgent_late(now_ms: int) -> ColumnElement[bool]:
    return and_(_pair.state == "urgent", _pair.checked_ms >= now_ms - LATE_MS)


def stands_in(grids: Collection[str]) -> ColumnElement[bool]:
    """Of these grids."""
    return _pair.grid.in_(sorted(grids))


async def at_home(db: AsyncConnection, user: User, grid: str, household: str) -> list[RowMapping]:
    """Every pair of a home, ended ones too."""
    return await pairs(db, user, _pair.grid == grid, _pair.household == household)


async def open_pair(db: AsyncConnection, user: User, grid: str, pair: str) -> RowMapping | None:
    """One pair of the reader's grids."""
    return next(iter(await pairs(db, user, _pair.grid == grid, _pair.id == pair)), None)


async def checks_of(db: AsyncConnection, grid: str, household: str) -> list[RowMapping]:
    """What was found at a home, the latest first."""
    query = select(schema.care_check).where(_check.grid == grid, _check.household == household)
    query = query.order_by(_check.occurred_at_ms.desc(), _check.id.desc()).limit(CHECKS_MAX)
    return list((await db.execute(query)).mappings())


async def in_need(db: AsyncConnection, user: User) -> list[RowMapping]:
    """Whoever lives in the reader's grids and has a tag of special need, in the order of the doors."""
    at = and_(_home.grid == _resident.grid, _home.id == _resident.household)
    query = (
        select(
            _resident.grid,
            _resident.id,
            _resident.household,
            _resident.name,
            _resident.birth_year,
            _resident.tags,
            _resident.facts,
            _grid.name.label("grid_name"),
            *_PLACE,
        )
        .join(schema.household, at)
        .join(schema.building, and_(_building.grid == _home.grid, _building.id == _home.building))
        .join(schema.grid, _grid.id == _resident.grid)
        .where(_resident.grid.in_(sorted(user.grids)), _resident.tags != "{}")
        .where(or_(_resident.lives_here.is_(None), _resident.lives_here))
    )
    rows = await db.execute(query.order_by(_grid.sort, _building.sort, _home.entrance, _home.floor, _home.room))
    return [row for row in rows.mappings() if set(json.loads(row["tags"])) & set(NEED)]


async def carers(db: AsyncConnection, user: User, grid: str, roles: Collection[str]) -> list[RowMapping]:
    """Who may look in there: those who walk the grid, and neighbours of the community who help."""
    query = select(_person.id, _person.name, _person.role, _person.grids)
    query = query.where(_person.community == user.community, _person.role.in_(roles), _person.ended_ms.is_(None))
    rows = (await db.execute(query.order_by(_person.name, _person.id))).mappings()
    return [row for row in rows if row["role"] in ("volunteer", "building_leader") or grid in json.loads(row["grids"])]
