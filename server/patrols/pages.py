"""The desk's patrols: what seven days' walks found, grid by grid and half a day at a time, and what is left to look at.
No worker stands beside another here, and nothing of one is counted."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import clock
from server.access import user_of
from server.blobs import blobs_in, waiting
from server.desk import desk_page
from server.localtime import DAY_MS, day_before, day_start_ms, local_day
from server.patrols import store
from server.patrols.told import found_on, halves
from server.walked import walked

DESK = "/desk/patrols"
DAYS = 7
FIRST_DAY = "2000-01-01"

Shown = dict[str, Any]


async def index(request: Request) -> Response:
    """`GET /desk/patrols`: the days up to the one asked for, or to today."""
    user, offset, now_ms = user_of(request), request.app.state.settings.utc_offset_min, clock.now_ms()
    today = local_day(now_ms, offset)
    last = _day(request.query_params.get("until", ""), today)
    days = [day_before(last, back) for back in range(DAYS)]
    from_ms, until_ms = day_start_ms(days[-1], offset), day_start_ms(last, offset) + DAY_MS
    async with request.app.state.db.reading() as db:
        rows = await walked(db, user.grids, from_ms, until_ms)
        grids = await store.grid_names(db, user)
        waits = await asyncio.to_thread(waiting, blobs_in(request), rows["patrol_note"])
        raised = await store.raised(db, user, [note["id"] for note in rows["patrol_note"]])
        found = [{"day": day, "grids": found_on(rows, grids, day, now_ms, offset, waits, raised)} for day in days]
        shown: Shown = {
            "walked": halves(rows, grids, days[::-1], offset),
            "days": days[::-1],
            "today": today,
            "left": await store.left(db, user, today) if last == today else [],
            "found": [each for each in found if each["grids"]],
            "first": days[-1],
            "last": last,
            "earlier": day_before(days[-1], 1) if days[-1] > FIRST_DAY else None,
            "later": min(day_before(last, -DAYS), today) if last < today else None,
        }
        return await desk_page(request, db, "desk/patrols.html", **shown)


def _day(asked: str, today: str) -> str:
    """The day asked for, if it is one and has begun."""
    try:
        day = date.fromisoformat(asked).isoformat()
    except ValueError:
        return today
    return day if day == asked and FIRST_DAY <= day <= today else today


routes = [Route(DESK, index)]
