"""The outbox of the robots: what is to be said, what was, and who may say it next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, and_, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import DECIDING, load_user
from server.localtime import DAY_MS

KEPT_MS = 30 * DAY_MS
WAITING = "waiting"

Row = dict[str, Any]

_message, _person, _session = schema.hook_message.c, schema.person.c, schema.session.c


async def moved(db: AsyncConnection) -> bool:
    """Whether the installation lives in another database now: what waits is said from there."""
    return (await db.execute(select(schema.journal_head.c.moved_to))).scalar() is not None


async def places(db: AsyncConnection) -> dict[str, tuple[str, str]]:
    """Every grid with its community's name and its own."""
    grid, community = schema.grid.c, schema.community.c
    query = select(grid.id, community.name, grid.name).join(schema.community, community.id == grid.community)
    return {id_: (of, name) for id_, of, name in await db.execute(query)}


async def community_named(db: AsyncConnection, id_: str | None) -> str:
    """A community's name; empty for who belongs to none."""
    name = select(schema.community.c.name).where(schema.community.c.id == id_)
    return (await db.execute(name)).scalar() or ""


async def attended(db: AsyncConnection, since_ms: int) -> frozenset[str]:
    """The grids of whoever decides and has worked at the desk since then."""
    query = select(_session.person).join(schema.person, _person.id == _session.person).distinct()
    query = query.where(_session.use == "desk", _session.last_ms >= since_ms, _person.role.in_(sorted(DECIDING)))
    users = [await load_user(db, person) for person in (await db.execute(query)).scalars().all()]
    return frozenset().union(*(user.grids for user in users if user is not None))


async def newest(db: AsyncConnection, things: Collection[str]) -> dict[tuple[str, str], RowMapping]:
    """What each robot said last of each of these."""
    query = select(schema.hook_message).where(_message.thing.in_(sorted(things))).order_by(_message.n)
    return {(row["robot"], row["thing"]): row for row in (await db.execute(query)).mappings()}


async def lasts(db: AsyncConnection, robots: Collection[str]) -> dict[str, RowMapping]:
    """The message of each robot that was made last; what needed no saying is none."""
    query = select(schema.hook_message).where(_message.robot.in_(sorted(robots)), _message.state != "needless")
    return {row["robot"]: row for row in (await db.execute(query.order_by(_message.made_ms, _message.n))).mappings()}


async def add(db: AsyncConnection, rows: Sequence[Row]) -> None:
    """Put messages into the outbox; what another process has put there meanwhile stands. What is old goes."""
    insert = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    await db.execute(insert(schema.hook_message).on_conflict_do_nothing(), list(rows))
    await db.execute(delete(schema.hook_message).where(_message.made_ms < rows[0]["made_ms"] - KEPT_MS))


async def due(db: AsyncConnection, robots: Collection[str], now_ms: int) -> list[RowMapping]:
    """What may be said now by these robots, the oldest first."""
    query = select(schema.hook_message).where(_message.robot.in_(sorted(robots)), _message.state == WAITING)
    query = query.where(_message.next_ms <= now_ms).order_by(_message.made_ms, _message.thing)
    return list((await db.execute(query)).mappings())


async def take(db: AsyncConnection, row: Mapping[Any, Any], now_ms: int, until_ms: int) -> bool:
    """Say that this process is sending it, until then; False where another one is."""
    taken = update(schema.hook_message).where(_own(row), _message.state == WAITING, _message.tries == row["tries"])
    done = await db.execute(taken.values(tries=row["tries"] + 1, tried_ms=now_ms, next_ms=until_ms))
    return bool(done.rowcount)


async def settle(db: AsyncConnection, rows: Iterable[Mapping[Any, Any]], **how: Any) -> None:
    """Write down what became of messages that still wait."""
    for row in rows:
        await db.execute(update(schema.hook_message).where(_own(row), _message.state == WAITING).values(**how))


async def next_test(db: AsyncConnection, robot: str) -> int:
    """The number of the robot's next test."""
    query = select(func.coalesce(func.max(_message.n), 0)).where(_message.robot == robot, _message.thing == "test")
    return int((await db.execute(query)).scalar_one()) + 1


def _own(row: Mapping[Any, Any]) -> Any:
    return and_(_message.robot == row["robot"], _message.thing == row["thing"], _message.n == row["n"])
