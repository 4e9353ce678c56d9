"""The desk's patrols: seven days, the latest first, each walk with what was noted on it. Nobody is counted here."""

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
from server.views.walks import told_walks
from server.walked import Rows, walked

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
        told = [{"day": day, "people": _on(rows, grids, day, now_ms, offset, waits)} for day in days]
        shown: Shown = {
            "days": [each for each in told if each["people"]],
            "first": days[-1],
            "last": last,
            "earlier": day_before(days[-1], 1) if days[-1] > FIRST_DAY else None,
            "later": min(day_before(last, -DAYS), today) if last < today else None,
        }
        return await desk_page(request, db, "desk/patrols.html", **shown)


def _on(rows: Rows, grids: dict[str, str], day: str, now_ms: int, offset: int, waits: Shown) -> list[Shown]:
    """Whoever walked or noted something on a day, by grid and then as they set out. `waits`: photos and voice notes
    that have not come yet."""
    names = {(row["grid"], row["author"]): row["by_name"] for kind in ("patrol_note", "patrol") for row in rows[kind]}
    found = []
    for grid, author in names:
        own = {
            **rows,
            "patrol": [row for row in rows["patrol"] if row["author"] == author],
            "patrol_note": [row for row in rows["patrol_note"] if row["author"] == author],
        }
        told = told_walks(own, grid, day, now_ms, author, offset, waits)
        if told["walks"] or told["beside"]:
            first = (told["walks"] or [{}])[0].get("started") or (told["beside"] or [{}])[0].get("at") or ""
            order = (list(grids).index(grid), first, author)
            found.append((order, {"by": names[grid, author], "grid_name": grids[grid], **told}))
    return [each for _, each in sorted(found, key=lambda each: each[0])]


def _day(asked: str, today: str) -> str:
    """The day asked for, if it is one and has begun."""
    try:
        day = date.fromisoformat(asked).isoformat()
    except ValueError:
        return today
    return day if day == asked and FIRST_DAY <= day <= today else today


routes = [Route(DESK, index)]
