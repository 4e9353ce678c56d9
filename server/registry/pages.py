"""The desk's buildings and households: the community's boards, one building large, one household whole."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import clock, kept_apart
from server.access import DECIDING, access_building, access_grid, access_household, user_of
from server.aside import aside_at, shown_aside
from server.desk import desk_page
from server.doors import door_name
from server.i18n import locale_of
from server.looked import looked
from server.pairs import said_of
from server.problem import not_found
from server.registry import store
from server.registry.boards import community
from server.registry.household import shown_household
from server.rendering import page, wants_piece
from server.views import doors as door_board
from server.views.common import building_order
from server.views.items import is_open


@dataclass(frozen=True)
class Now:
    """The moment a page is drawn for, and the minutes between local time and UTC."""

    ms: int
    utc_offset_min: int


def _now(request: Request) -> Now:
    return Now(clock.now_ms(), request.app.state.settings.utc_offset_min)


async def boards(request: Request) -> Response:
    """Every building of the reader's grids, small, side by side."""
    user, now = user_of(request), _now(request)
    async with request.app.state.db.reading() as db:
        grids = await store.grids_of(db, user.grids)
        buildings = await store.buildings_of(db, user.grids)
        doors = await store.doors_of(db, user.grids)
        shown = community(grids, buildings, doors, now.ms, now.utc_offset_min)
        if wants_piece(request):
            return page(request, "desk/_boards_answer.html", **shown)
        return await desk_page(request, db, "desk/boards.html", **shown)


async def building(request: Request) -> Response:
    """One building, large: every door leads to its household."""
    user, now = user_of(request), _now(request)
    grid = access_grid(user, request.path_params["grid"])
    async with request.app.state.db.reading() as db:
        row = await access_building(db, user, request.path_params["building"])
        if row["grid"] != grid:
            raise not_found()
        households, doors = await store.open_building(db, grid, row["id"])
        rows = {"building": [dict(row)], "household": households, "door": doors}
        shown = door_board.view(rows, now.ms, {"utc_offset_min": now.utc_offset_min})
        beside = sorted(await store.buildings_of(db, frozenset({grid})), key=building_order)
        grids = await store.grids_of(db, frozenset({grid}))
        return await desk_page(
            request, db, "desk/building.html", building=shown["building"], board=shown["board"],
            grid=grids[0], beside=beside,
        )  # fmt: skip


async def household(request: Request) -> Response:
    """One household: who lives there, what is known, every visit, and who changed what."""
    user, now = user_of(request), _now(request)
    grid = access_grid(user, request.path_params["grid"])
    async with request.app.state.db.reading() as db:
        row = await access_household(db, user, request.path_params["household"])
        if row["grid"] != grid:
            raise not_found()
        home = await access_building(db, user, row["building"])
        residents = await store.residents_of(db, grid, row["id"])
        visits = await store.visits_of(db, grid, row["id"])
        aside = await aside_at(db, row["id"], [visit["id"] for visit in visits])
        shown = shown_household(
            store.with_facts(row),
            await store.door_of(db, grid, row["id"]),
            residents,
            visits,
            await store.history_of(db, [row["id"], *(resident["id"] for resident in residents)]),
            now.ms,
            now.utc_offset_min,
            private=user.role in DECIDING,
        )
        looked(request, "household", grid, row["id"])
        grids = await store.grids_of(db, frozenset({grid}))
        name = door_name(locale_of(request), home["name"], row["entrance"], row["room"])
        return await desk_page(
            request, db, "desk/household.html", household=dict(row), home=dict(home), grid=grids[0], door=name,
            aside=[shown_aside(each, now.utc_offset_min, grid) for each in aside],
            alike=await said_of(db, grid, row["id"], now.utc_offset_min),
            items=[each for each in await store.items_of(db, grid, row["id"]) if is_open(each)],
            restricted=user.role in DECIDING and await kept_apart.is_on(db, grid), **shown,
        )  # fmt: skip


routes = [
    Route("/desk/boards", boards),
    Route("/desk/boards/{grid}/{building}", building),
    Route("/desk/households/{grid}/{household}", household),
]
