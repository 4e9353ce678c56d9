"""The robots at the desk: each with its last message and how that went, and a button that tries it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.access import user_of
from server.desk import desk_page
from server.hooks import store
from server.localtime import local_iso
from server.problem import not_found
from server.robots import Robot

DESK = "/desk/robots"
TESTED = "tested"


async def index(request: Request) -> Response:
    """`GET /desk/robots`: those that speak for the reader's community, and how the last message of each went."""
    offset = request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        robots = await _theirs(request, db)
        lasts = await store.lasts(db, robots)
        lines = [_line(robot, lasts.get(robot.id), offset) for robot in robots.values()]
        wrong = sum(1 for line in lines if line["last"] and line["last"]["why"])
        tested = next((line for line in lines if line["id"] == request.query_params.get(TESTED)), None)
        return await desk_page(request, db, "desk/robots.html", robots=lines, wrong=wrong, tested=tested)


async def test(request: Request) -> Response:
    """`POST /desk/robots/{robot}/tests`: a message now, that says what it is."""
    async with request.app.state.db.reading() as db:
        robot = (await _theirs(request, db)).get(request.path_params["robot"])
    if robot is None:
        raise not_found()
    await request.app.state.hooks.test(robot)
    return RedirectResponse(f"{DESK}?{TESTED}={robot.id}", 303)


async def _theirs(request: Request, db: AsyncConnection) -> dict[str, Robot]:
    """The robots that the reader may know of, by their ids."""
    community = await store.community_named(db, user_of(request).community)
    return {id_: robot for id_, robot in request.app.state.hooks.robots.items() if robot.speaks_for(community)}


def _line(robot: Robot, last: RowMapping | None, offset: int) -> dict[str, Any]:
    return {
        "id": robot.id,
        "name": robot.name,
        "community": robot.community,
        "vendor": robot.vendor,
        "host": robot.host,
        "last": _last(last, offset) if last is not None else None,
    }


def _last(row: RowMapping, offset: int) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("kind", "state", "why", "code")},
        "at": local_iso(row["tried_ms"] or row["made_ms"], offset),
        "next": local_iso(row["next_ms"], offset) if row["state"] == store.WAITING else None,
    }


routes = [
    Route(DESK, index, methods=["GET"]),
    Route(f"{DESK}/{{robot}}/tests", test, methods=["POST"]),
]
