"""The desk's page of grids: add one, hand one on, move a building. Phones that are offline lose nothing by it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server.access import User, access_grid, user_of
from server.desk import desk_page
from server.grids import store
from server.journal import Draft
from server.problem import not_found

NAME_CHARS_MAX = 60


async def show(request: Request) -> Response:
    """Every grid with its buildings and its people."""
    return await _page(request)


async def _page(request: Request, status: int = 200, *, wrong: str | None = None, name: str = "") -> Response:
    async with request.app.state.db.reading() as db:
        grids, carers = await store.drawn(db, _community(user_of(request)))
        people = {carer.id: carer for carer in carers}
        context: dict[str, Any] = {"grids": grids, "carers": carers, "people": people, "wrong": wrong, "name": name}
        return await desk_page(request, db, "desk/grids.html", status=status, done=_done(request), **context)


def _community(user: User) -> str:
    if user.community is None:
        raise not_found()
    return user.community


def _done(request: Request) -> str | None:
    done = request.query_params.get("done")
    return done if done in ("added", "moved", "assigned") else None


async def add(request: Request) -> Response:
    """A new grid, empty: the first step of splitting one."""
    user, form = user_of(request), await request.form(max_files=0)
    name = str(form.get("name", "")).strip()
    async with request.app.state.db.reading() as db:
        known = await store.names_of(db, user.grids)
    if not 0 < len(name) <= NAME_CHARS_MAX:
        return await _page(request, 422, wrong="grids.wrong.name", name=name)
    if name in known:
        return await _page(request, 422, wrong="grids.wrong.known", name=name)
    id_ = str(uuid7())
    body = {"community": _community(user), "name": name, "sort": max(known.values(), default=0) + 1}
    await request.app.state.journal.commit([Draft("grid.added", id_, id_, user.id, body, id=id_)])
    return RedirectResponse("/desk/grids?done=added", 303)


async def move(request: Request) -> Response:
    """A building goes over to another grid, with everything in it."""
    user, form = user_of(request), await request.form(max_files=0)
    grid, building = access_grid(user, request.path_params["grid"]), request.path_params["building"]
    to = access_grid(user, str(form.get("to", "")))
    async with request.app.state.db.reading() as db:
        if not await store.is_building_of(db, grid, building):
            raise not_found()
    await request.app.state.journal.commit([Draft("building.moved", building, grid, user.id, {"to": to})])
    return RedirectResponse("/desk/grids?done=moved", 303)


async def assign(request: Request) -> Response:
    """Who looks after a grid from now on."""
    user, form = user_of(request), await request.form(max_files=0)
    grid = access_grid(user, request.path_params["grid"])
    chosen = set(map(str, form.getlist("people")))
    async with request.app.state.db.reading() as db:
        carers = await store.carers_of(db, _community(user))
    drafts = [
        Draft("person.assigned", carer.id, None, user.id, {"grids": _with(carer.grids, grid, carer.id in chosen)})
        for carer in carers
        if (carer.id in chosen) != (grid in carer.grids)
    ]
    await request.app.state.journal.commit(drafts)
    return RedirectResponse("/desk/grids?done=assigned", 303)


def _with(grids: list[str], grid: str, theirs: bool) -> list[str]:
    return [*grids, grid] if theirs else [each for each in grids if each != grid]


routes = [
    Route("/desk/grids", show),
    Route("/desk/grids", add, methods=["POST"]),
    Route("/desk/grids/{grid}/people", assign, methods=["POST"]),
    Route("/desk/grids/{grid}/buildings/{building}/moves", move, methods=["POST"]),
]
