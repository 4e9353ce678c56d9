"""How it stood with all pairs at the end of a day: what lies behind a door of the picture of care."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from server.access import User
from server.care import store
from server.care.shown import Shown, line, offset_of
from server.care_then import looks_of, stood
from server.localtime import day_start_ms


def read_day(params: Mapping[str, str], today: str) -> str | None:
    """The day an address asks for; None where it asks for none, or for one that is still to come."""
    asked = params.get("on", "")
    try:
        day_start_ms(asked, 0)
    except ValueError:
        return None
    return asked if asked <= today else None


async def shown(request: Request, db: AsyncConnection, user: User, day: str) -> Shown:
    """Who was overdue that day and who had been looked in on in time, in one of the reader's grids or in all."""
    offset, asked = offset_of(request), request.query_params.get("grid", "")
    grids = {asked} if asked in user.grids else user.grids
    looks = await looks_of(db, grids)
    lines = []
    for row in await store.pairs(db, user, store.stands_in(grids)):
        then = stood(row, looks, day, offset)
        if then is not None:
            lines.append(line(request, row, then))
    return {
        "day": day,
        "where": lines[0]["grid_name"] if asked in user.grids and lines else None,
        "late": [each for each in lines if each["due"]],
        "met": [each for each in lines if not each["due"]],
    }
