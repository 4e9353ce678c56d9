"""The desk's pictures: thirteen weeks by place and time, each mark a way to the visits or pairs behind it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import care_then, clock
from server.access import user_of
from server.desk import desk_page
from server.localtime import day_before, day_start_ms, local_day
from server.rendering import page, wants_piece
from server.views.care_due import CADENCE_DAYS
from server.views.common import building_called
from server.visits import care_weeks, drawn, store, tallies
from server.visits.filters import Filters
from server.visits.tallies import Row
from server.visits.weeks import STRETCHES, Weeks, read_weeks, weeks_before

BUILDINGS_MAX = 100
"""More than these are drawn a grid at a time: a page of all of them is too long to look at."""


async def pictures(request: Request) -> Response:
    """`GET /desk/pictures`: every building by week, visits by kind and hour, asks by week, and whether whoever is
    looked in on was so in time. By place and time alone: nothing here is counted by who went."""
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    today = local_day(clock.now_ms(), offset)
    weeks = read_weeks(request.query_params, today)
    async with request.app.state.db.reading() as db:
        grids = await store.grids_of(db, user.grids)
        buildings = await tallies.buildings_of(db, user.grids)
        whole = len(buildings) <= BUILDINGS_MAX or len(grids) < 2
        asked = request.query_params.get("grid", "")
        if asked not in user.grids:
            asked = "" if whole else grids[0]["id"]
        here = [grid for grid in grids if asked in ("", grid["id"])]
        shown: dict[str, Any] = {
            **await _drawn(db, here, buildings, weeks, offset, asked),
            "weeks": weeks,
            "where": here[0]["name"] if len(here) == 1 else None,
            "choices": {
                "grids": [{**grid, "chosen": grid["id"] == asked} for grid in grids] if len(grids) > 1 else [],
                "whole": whole,
                "stretches": [weeks_before(today, back) for back in range(STRETCHES)],
            },
        }
        if wants_piece(request):
            return page(request, "desk/_pictures_answer.html", **shown)
        return await desk_page(request, db, "desk/pictures.html", **shown)


async def _drawn(
    db: AsyncConnection, grids: list[RowMapping], buildings: list[Row], weeks: Weeks, utc_offset_min: int, asked: str
) -> dict[str, Any]:
    """The four pictures of these grids; `asked`: the one grid that was chosen, if one was."""
    ids = [grid["id"] for grid in grids]
    homes = await tallies.homes_of(db, ids)
    met = await tallies.answered(db, ids, weeks, utc_offset_min, homes)
    living: dict[str, list[Row]] = defaultdict(list)
    for home in homes:
        living[home["building"]].append(home)
    shown = []
    for grid in grids:
        standing = [building for building in buildings if building["grid"] == grid["id"]]
        strips = [
            {"name": building_called(each, standing), **drawn.coverage(each, living[each["id"]], met, weeks, _behind)}
            for each in standing
        ]
        shown.append({"id": grid["id"], "name": grid["name"], "buildings": strips})
    strips = [strip for grid in shown for strip in grid["buildings"]]
    # What is older than the rarest turn is as good as no look at all.
    since_ms = day_start_ms(day_before(weeks.spans[0][1], max(CADENCE_DAYS.values())), utc_offset_min)
    pairs, looks = await care_then.pairs_of(db, ids), await care_then.looks_of(db, ids, since_ms)
    return {
        "grids": shown,
        "care": care_weeks.strips(grids, pairs, looks, weeks, utc_offset_min, asked),
        "homes": sum(strip["n"] for strip in strips),
        "met": sum(strip["now"][-1]["homes"] for strip in strips),
        "hours": drawn.hours(await tallies.by_hour(db, ids, weeks, utc_offset_min), weeks, asked, _behind),
        "asks": drawn.asks(await tallies.by_ask(db, ids, weeks, utc_offset_min), weeks, asked, _behind),
    }


def _behind(filters: Filters) -> str:
    return f"/desk/visits?{filters.address()}"


routes = [Route("/desk/pictures", pictures)]
