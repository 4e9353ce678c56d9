"""What was agreed and is still to be done; for those whose cases come later, how their grids stand in numbers."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import clock
from server.access import DECIDING, user_of
from server.actions import open_actions
from server.coordination import agenda
from server.desk import desk_page
from server.localtime import local_day
from server.monthly import monthly


async def show(request: Request) -> Response:
    """`GET /desk/home`: who they are, what is to be done, and the numbers of their grids if they have some."""
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        counted = await monthly(db, user.counted, clock.now_ms(), offset) if user.counted else None
        actions = await open_actions(db, user, local_day(clock.now_ms(), offset))
        waits = await request.app.state.unread_visits(request, db) if user.role in DECIDING else 0
        met = await agenda(db, user, offset)
        known: dict[str, Any] = {
            "coordination": met,
            "name": user.name,
            "role": user.role,
            "counted": counted,
            "actions": actions,
        }
        known["pressing"] = await request.app.state.pressing_told(request, db, user)
        return await desk_page(request, db, "desk/home.html", **known, unread=waits)


routes = [Route("/desk/home", show, methods=["GET"])]
