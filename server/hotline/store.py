"""Tickets of a community: those that wait to be placed, and what became of those that were."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import RowMapping, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User, tickets_of
from server.views.whistles import OVER

SHOWN_MAX = 100
"""So many wait on one page, the one that came first at its head."""
LINES_MAX = 50_000
ANSWERED = ("resolved", "verifying", "revisit", *OVER)
"""States in which whoever called can be told something."""

_ticket, _whistle = schema.hotline_ticket.c, schema.whistle.c
_other = schema.whistle.alias("other")


async def waiting(db: AsyncConnection, user: User) -> list[RowMapping]:
    """Those that became no whistle yet, the oldest first."""
    query = _came(schema.hotline_ticket).where(tickets_of(user), _whistle.id.is_(None))
    query = query.order_by(_ticket.occurred_at_ms, _ticket.id).limit(SHOWN_MAX)
    return list((await db.execute(query)).mappings())


async def count(db: AsyncConnection, user: User) -> int:
    """How many of these there are."""
    query = _came(func.count()).where(tickets_of(user), _whistle.id.is_(None))
    return int((await db.execute(query)).scalar_one())


async def is_placed(db: AsyncConnection, ticket: str) -> bool:
    """Whether a whistle came of it."""
    query = select(_whistle.id).where(_whistle.source == ticket, _whistle.source_of == "ticket")
    return (await db.execute(query)).first() is not None


async def answered(db: AsyncConnection, user: User, since_ms: int) -> list[RowMapping]:
    """Those that can be answered, by a step since then; one more than may go out where there are too many."""
    query = _told().where(tickets_of(user), _whistle.state.in_(ANSWERED), _whistle.stepped_ms >= since_ms)
    return list((await db.execute(query.order_by(_whistle.stepped_ms, _ticket.id).limit(LINES_MAX + 1))).mappings())


async def one(db: AsyncConnection, number: str) -> RowMapping | None:
    """What became of a ticket, whosever it is: for the hotline itself."""
    row: RowMapping | None = (await db.execute(_told().where(_ticket.ticket == number))).mappings().first()
    return row


async def communities(db: AsyncConnection) -> dict[str, str]:
    """Every community by its name."""
    columns = schema.community.c
    return {row.name: row.id for row in await db.execute(select(columns.name, columns.id))}


async def grids(db: AsyncConnection, user: User) -> Collection[str]:
    """Where the reader may raise a whistle."""
    grid = schema.grid.c
    if user.role != "dispatcher":
        return user.grids
    return list((await db.execute(select(grid.id).where(grid.community == user.community))).scalars())


def result_of(row: RowMapping) -> str:
    """What can be told to whoever called: the result, else what was said with the last step."""
    if row["result"] or row["story"] is None:
        return str(row["result"] or "")
    said = [each for each in json.loads(row["story"]) if each.get("to") == row["state"] and "why" not in each]
    return str(said[-1].get("note") or "") if said else ""


def _came(what: Any) -> Select[Any]:
    became = and_(_whistle.source == _ticket.id, _whistle.source_of == "ticket")
    return select(what).select_from(schema.hotline_ticket.outerjoin(schema.whistle, became))


def _told() -> Select[Any]:
    """A ticket with its whistle; where that was merged, with what became of the other one."""
    became = and_(_whistle.source == _ticket.id, _whistle.source_of == "ticket")
    other = and_(_whistle.dup_of == _other.c.id, _whistle.state == "merged")
    joined = schema.hotline_ticket.outerjoin(schema.whistle, became).outerjoin(_other, other)
    times = ("received_ms", "dispatched_ms", "accepted_ms", "resolved_ms", "closed_ms", "stepped_ms")
    said = ("result", "rating", "department_name", "story")
    whole = [func.coalesce(_other.c[name], _whistle[name]).label(name) for name in said]
    return select(
        _ticket.ticket, _ticket.occurred_at_ms, _ticket.received_ms.label("came_ms"), _whistle.state,
        _other.c.state.label("other_state"), *whole, *(_whistle[name] for name in times),
    ).select_from(joined)  # fmt: skip
