"""What people said could be easier, for whoever reads it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, RowMapping, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User

SHOWN_MAX = 300

_made = schema.suggestion.c


async def suggestions_for(db: AsyncConnection, user: User) -> list[RowMapping]:
    """Those of the reader's community, the newest first; an administrator's too of whoever belongs to none."""
    columns = (_made.id, _made.page, _made.text, _made.by_name.label("by"), _made.said_ms, _made.received_ms)
    query = select(*columns).where(_readable(user)).order_by(_made.said_ms.desc(), _made.id.desc())
    return list((await db.execute(query.limit(SHOWN_MAX))).mappings())


def _readable(user: User) -> ColumnElement[bool]:
    ours = _made.community == user.community
    return or_(ours, _made.community.is_(None)) if user.role == "admin" else ours
