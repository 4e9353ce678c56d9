"""Where a desk opens for those whose cases come later: what they can do here, and how their grids stand in numbers."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import clock
from server.access import user_of
from server.desk import desk_page
from server.monthly import monthly


async def show(request: Request) -> Response:
    """`GET /desk/home`: who they are, what waits for later, and the numbers of their grids if they have some."""
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        counted = await monthly(db, user.counted, clock.now_ms(), offset) if user.counted else None
        return await desk_page(request, db, "desk/home.html", name=user.name, role=user.role, counted=counted)


routes = [Route("/desk/home", show, methods=["GET"])]
