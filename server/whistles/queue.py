"""The queue of whistles, a page at a time: open ones in the order in which they are due, what is over the newest first.

A hundred thousand may wait. So a page is found by its first line, in the table of due times alone, and then read
through the one door that every whistle is read through.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, literal_column, or_, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import OWNING, READING, User, whistles_of
from server.views.whistles import OVER
from server.whistles.asked import PAST, Asked
from server.whistles.store import Row, told
from server.whistles.told import waits_for

SHOWN_MAX = 50
"""So many stand on one page."""
COUNT_MAX = 1000
"""Nobody counts further: it is many."""
OWNED_MAX = 200

_due, _whistle = schema.whistle_due.c, schema.whistle.c


class Page(NamedTuple):
    """The lines of a page, what to ask for those behind them (None where there are none), and which of the lines could
    not be read: they are no more, or just went elsewhere."""

    lines: list[Row]
    more: Asked | None
    unread: list[str]


async def page_of(db: AsyncConnection, user: User, asked: Asked, now_ms: int) -> Page:
    """The page that is asked for."""
    if asked.show in PAST:
        past = await _over(db, user, asked)
        shown, more = past[:SHOWN_MAX], len(past) > SHOWN_MAX
        return Page(shown, asked._replace(after=(shown[-1]["stepped_ms"], shown[-1]["id"])) if more else None, [])
    found = list(await db.execute(_line(user, asked, now_ms, await _owned(db, user)).limit(SHOWN_MAX + 1)))
    lines = found[:SHOWN_MAX]
    # Both halves of the key by themselves: SQLite finds no row by pairs of them, but looks through all.
    there = (_whistle.grid.in_({one.grid for one in lines}), _whistle.id.in_([one.id for one in lines]))
    query = told().where(whistles_of(user), *there)
    read = {row["id"]: row for row in (await db.execute(query)).mappings()} if lines else {}
    after = asked._replace(after=(lines[-1].due_ms, lines[-1].id)) if len(found) > SHOWN_MAX else None
    return Page(
        [read[one.id] for one in lines if one.id in read], after, [one.id for one in lines if one.id not in read]
    )


async def count(db: AsyncConnection, user: User, asked: Asked, now_ms: int) -> int:
    """How many there are on all pages, up to one more than `COUNT_MAX`."""
    asked = asked._replace(after=None)
    if asked.show in PAST:
        lines: Select[Any] = select(_whistle.id).where(*_past(user, asked))
    else:
        lines = _line(user, asked, now_ms, await _owned(db, user)).order_by(None)
    return (await db.execute(select(func.count()).select_from(lines.limit(COUNT_MAX + 1).subquery()))).scalar_one()


async def next_after(db: AsyncConnection, user: User, asked: Asked, line: tuple[int, str], now_ms: int) -> str | None:
    """The line behind one that leaves the queue, else the first one; None where the queue is empty."""
    owned = await _owned(db, user)
    for after in (line, None):
        query = _line(user, asked._replace(after=after), now_ms, owned).limit(1)
        found = (await db.execute(query)).first()
        if found is not None:
            return f"{found[0]}.{found[1]}"
    return None


async def line_of(db: AsyncConnection, whistle: str) -> tuple[int, str] | None:
    """Where an open one stands in the order."""
    found = (await db.execute(select(_due.due_ms, _due.id).where(_due.id == whistle))).first()
    return None if found is None else (found[0], found[1])


async def moved_since(db: AsyncConnection, position: int) -> bool:
    """Whether any whistle moved since."""
    return (await db.execute(select(_whistle.rev).where(_whistle.rev > position).limit(1))).first() is not None


async def top(db: AsyncConnection) -> int:
    """The position of the last that moved."""
    return (await db.execute(select(func.max(_whistle.rev)))).scalar() or 0


async def _owned(db: AsyncConnection, user: User) -> list[str]:
    """The open ones that the reader was asked about first: theirs to read wherever they work now. Few have any."""
    mine = and_(_whistle.first_owner == user.id, _whistle.state.not_in(OVER))
    query = select(_whistle.id).where(mine).order_by(_whistle.id.desc()).limit(OWNED_MAX)
    return list((await db.execute(query)).scalars()) if user.role in OWNING else []


def _line(user: User, asked: Asked, now_ms: int, owned: Sequence[str]) -> Select[Any]:
    """Lines of the queue in their order: grid, id, when they are due."""
    theirs = and_(*_theirs(user))
    where = [theirs | _due.id.in_(owned) if owned else theirs, *_narrowed(user, asked)]
    if asked.overdue:
        where.append(_due.due_ms < now_ms)
    if asked.after:
        where.append(tuple_(_due.due_ms, _due.id) > tuple_(*asked.after))
    return select(_due.grid, _due.id, _due.due_ms).where(*where).order_by(_due.due_ms, _due.id)


def _theirs(user: User) -> list[ColumnElement[bool]]:
    """The same as `access.whistles_of`, in the words of this table's indices; the rows are read through that one."""
    if user.role == "dept_handler":
        helps = and_(
            _due.supporting != literal_column("'[]'"), _due.supporting.contains(f'"{user.department}"', autoescape=True)
        )
        return [or_(_due.department == user.department, helps)]
    ours = _due.community == (user.community or "")
    if user.role == "dispatcher":
        return [ours]
    return [ours, _due.grid.in_(sorted(user.grids if user.role in READING else ()))]


def _narrowed(user: User, asked: Asked) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if asked.show == "mine" and not asked.state:
        where.append(_turn(user))
    for name in ("department", "category", "state", "grid"):
        if value := getattr(asked, name):
            where.append(_due[name] == value)
    return where


def _turn(user: User) -> ColumnElement[bool]:
    """Whether the reader is waited for."""
    states: Sequence[str] = waits_for(user.role)
    if user.role in ("dispatcher", "station_master"):
        return _due.waits == "committee"
    if user.role == "dept_handler":
        return and_(_due.waits == "department", _due.department == user.department)
    return _due.state.in_(states)


async def _over(db: AsyncConnection, user: User, asked: Asked) -> list[Row]:
    query = select(_whistle.grid, _whistle.id).where(*_past(user, asked))
    if asked.after:
        query = query.where(tuple_(_whistle.stepped_ms, _whistle.id) < tuple_(*asked.after))
    ordered = query.order_by(_whistle.stepped_ms.desc(), _whistle.id.desc()).limit(SHOWN_MAX + 1)
    found = list(await db.execute(ordered))
    there = (_whistle.grid.in_({one.grid for one in found}), _whistle.id.in_([one.id for one in found]))
    read = told().where(whistles_of(user), *there).order_by(_whistle.stepped_ms.desc(), _whistle.id.desc())
    return list((await db.execute(read)).mappings()) if found else []


def _past(user: User, asked: Asked) -> list[Any]:
    """What is over, or was said not to help, and theirs, in the words of the index that has it in its order: the
    condition word for word, and the columns of other indices joined with nothing, or SQLite would take those and sort
    a million rows."""
    over = f"whistle.state IN ({', '.join(map(repr, OVER))})"
    where: list[Any] = [text("whistle.rating = 'not'" if asked.show == "not" else over)]
    owned = _whistle.first_owner.concat("") == user.id if user.role in OWNING else false()
    if user.role == "dept_handler":
        helps = _whistle.supporting.contains(f'"{user.department}"', autoescape=True)
        where.append(or_(_whistle.department.concat("") == user.department, helps, owned))
    elif user.role == "dispatcher":
        ours = select(schema.grid.c.id).where(schema.grid.c.community == user.community)
        where.append(_whistle.grid.concat("").in_(ours) | owned)
    else:
        where.append(_whistle.grid.concat("").in_(sorted(user.grids if user.role in READING else ())) | owned)
    names = ("department", "category", "grid")
    return where + [_whistle[name].concat("") == value for name in names if (value := getattr(asked, name))]
