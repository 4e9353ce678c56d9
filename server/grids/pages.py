"""The desk's page of grids: add one, hand one on, move a building or all of them. Phones that are offline lose nothing
by it, and neither does whoever changes the same grid at another desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server.access import User, arrange_grid, user_of
from server.desk import desk_page
from server.form_fields import text_of
from server.grids import store
from server.grids.changes import Ticked, moved
from server.journal import Draft, Standing
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
        context |= {"done": _done(request), "meanwhile": _meanwhile(request, grids, people)}
        return await desk_page(request, db, "desk/grids.html", status=status, **context)


def _community(user: User) -> str:
    if user.community is None:
        raise not_found()
    return user.community


def _done(request: Request) -> str | None:
    done = request.query_params.get("done")
    return done if done in ("added", "moved", "moved_all", "gone", "assigned") else None


def _meanwhile(
    request: Request, grids: Sequence[store.DrawnGrid], people: dict[str, store.Carer]
) -> dict[str, Any] | None:
    """What somebody else had changed before these changes came: the grid's name, who came to it and who left."""
    asked = request.query_params
    grid = next((grid for grid in grids if grid.id == asked.get("grid")), None)
    told = {which: [people[id_].name for id_ in asked.getlist(which) if id_ in people] for which in ("came", "left")}
    return {"grid": grid.name, **told} if grid and any(told.values()) else None


async def add(request: Request) -> Response:
    """A new grid, empty: the first step of splitting one."""
    user, form = user_of(request), await request.form(max_files=0)
    name = text_of(form, "name").strip()
    async with request.app.state.db.reading() as db:
        known = await store.names_of(db, user.arranged)
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
    grid, to = await _from_to(request)
    building = request.path_params["building"]
    async with request.app.state.db.reading() as db:
        if building not in await store.buildings_of(db, grid):
            raise not_found()
    return await _move(request, grid, [building], to, "moved")


async def move_all(request: Request) -> Response:
    """Every building of a grid goes over to another: two grids become one, and the first is left empty."""
    grid, to = await _from_to(request)
    async with request.app.state.db.reading() as db:
        buildings = await store.buildings_of(db, grid)
    return await _move(request, grid, buildings, to, "moved_all")


async def _from_to(request: Request) -> tuple[str, str]:
    user, form = user_of(request), await request.form(max_files=0)
    grid, to = arrange_grid(user, request.path_params["grid"]), arrange_grid(user, text_of(form, "to"))
    if to == grid:
        raise not_found()
    return grid, to


async def _move(request: Request, grid: str, buildings: list[str], to: str, done: str) -> Response:
    author = user_of(request).id
    receipts = await request.app.state.journal.commit_seeing(
        lambda standing: moved(buildings, grid, to, standing, author)
    )
    return RedirectResponse(f"/desk/grids?done={done if receipts else 'gone'}", 303)


async def assign(request: Request) -> Response:
    """Who looks after a grid from now on. What another desk changed since the form was shown stays, and is told."""
    user, form = user_of(request), await request.form(max_files=0)
    grid = arrange_grid(user, request.path_params["grid"])
    ticked = Ticked(grid, *(frozenset(map(str, form.getlist(name))) for name in ("shown", "people")))
    async with request.app.state.db.reading() as db:
        carers = [carer.id for carer in await store.carers_of(db, _community(user))]
    told: list[tuple[str, str]] = []

    def plan(standing: Standing) -> list[Draft]:
        came, left = ticked.meanwhile(carers, standing)
        told[:] = [*(("came", each) for each in came), *(("left", each) for each in left)]
        return ticked.drafts(carers, standing, user.id)

    await request.app.state.journal.commit_seeing(plan)
    about = [("grid", grid), *told] if told else []
    return RedirectResponse(f"/desk/grids?{urlencode([('done', 'assigned'), *about])}", 303)


routes = [
    Route("/desk/grids", show),
    Route("/desk/grids", add, methods=["POST"]),
    Route("/desk/grids/{grid}/people", assign, methods=["POST"]),
    Route("/desk/grids/{grid}/buildings/moves", move_all, methods=["POST"]),
    Route("/desk/grids/{grid}/buildings/{building}/moves", move, methods=["POST"]),
]
