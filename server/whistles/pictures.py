"""Pictures of whistles: how they flow, what departments do in time, how high matters go, where they come from.

Departments are compared and workers never: nothing here is counted by who blew a whistle, who looked or who asked.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import clock
from server.access import User, user_of
from server.desk import desk_page
from server.localtime import local_day
from server.problem import not_found
from server.whistles import cases, drawn, store
from server.whistles.asked_of_pictures import SORTS, Asked, months_offered, read_asked, read_figure
from server.whistles.counting import NOWHERE, Case, Figure, Span, behind, how_many
from server.whistles.due import readings
from server.whistles.told import line_of

PAGE = "/desk/pictures/whistles"
CASES_SHOWN = 50

Shown = dict[str, Any]


async def pictures(request: Request) -> Response:
    """`GET /desk/pictures/whistles`: four pictures, each figure in them a way to the whistles it counts."""
    user, offset, now_ms = user_of(request), request.app.state.settings.utc_offset_min, clock.now_ms()
    today = local_day(now_ms, offset)
    async with request.app.state.db.reading() as db:
        places = await cases.places_of(db, user)
        asked = read_asked(request.query_params, today, places)
        told = await cases.cases_of(db, user, asked, asked.span(offset), now_ms, offset)
        drawing = drawn.Drawing(told, asked, offset, _behind)
        departments = await cases.departments_named(db, _departments(told, asked.span(offset)))
        buildings = await cases.buildings_named(db, {case.building for case in told if case.building})
        ended = drawing.figure("ended")
        return await desk_page(
            request,
            db,
            "desk/whistle_pictures.html",
            flow=drawing.flow(now_ms),
            drawn=drawn.way(),
            departments=drawing.rates(departments),
            # What a department has was sent to it: how much needed none, it cannot tell.
            levels=drawing.levels() if user.role != "dept_handler" else None,
            heat=drawing.heat(places, buildings),
            open=drawing.figure("open"),
            overdue=drawing.figure("overdue"),
            ended=ended,
            small=drawn.share_of(drawing.figure("ended", level=1), ended),
            near=drawn.share_of(drawing.figure("near"), ended),
            raised=drawing.figure("raised"),
            **_choices(asked, places, today),
        )


async def listed(request: Request) -> Response:
    """`GET /desk/pictures/whistles/cases`: the whistles behind one figure, so many on a page, the newest first."""
    user, offset, now_ms = user_of(request), request.app.state.settings.utc_offset_min, clock.now_ms()
    figure = read_figure(request.query_params)
    if figure is None:
        raise not_found()
    async with request.app.state.db.reading() as db:
        places = await cases.places_of(db, user)
        asked = read_asked(request.query_params, local_day(now_ms, offset), places)
        span = asked.span(offset)
        found = behind(figure, await cases.cases_of(db, user, asked, span, now_ms, offset), span)
        pages = max(1, -(-len(found) // CASES_SHOWN))
        at = _page(request.query_params.get("page", ""), pages)
        rows = await store.these(db, user, [case.id for case in found[(at - 1) * CASES_SHOWN : at * CASES_SHOWN]])
        due = await readings(db, rows, now_ms, offset)
        return await desk_page(
            request,
            db,
            "desk/whistle_cases.html",
            whistles=[line_of(request, row, due.get(row["id"])) for row in rows],
            count=len(found),
            figure=figure,
            named=await _named(db, figure, found),
            **_asked(asked, places),
            page=at,
            pages=pages,
            back=f"{PAGE}?{asked.address()}",
            before=_behind(figure, asked, at - 1) if at > 1 else None,
            after=_behind(figure, asked, at + 1) if at < pages else None,
        )


async def told_in(
    request: Request, db: AsyncConnection, user: User, grid: str, start_ms: int, end_ms: int
) -> dict[str, int]:
    """For a pack of these days: how many were raised, how many of those sent to departments were in time, and how many
    were closed at each level. `grid`: one of the reader's; empty: all of them."""
    offset, span = request.app.state.settings.utc_offset_min, Span(start_ms, end_ms)
    told = await cases.cases_of(db, user, Asked("", "", grid=grid), span, clock.now_ms(), offset)

    def n(of: str, level: int = 0) -> int:
        return how_many(Figure(of, level=level), told, span)

    closed = {f"level_{level}": n("ended", level) for level in (1, 2)}
    figures = {of: n(of) for of in ("raised", "timely", "decided", "ended")}
    return {**figures, **closed, "higher": figures["ended"] - sum(closed.values())}


def _behind(figure: Figure, asked: Asked, page: int = 1) -> str:
    more = {"page": str(page)} if page > 1 else {}
    return f"{PAGE}/cases?{asked.address(**figure.address(), **more)}"


def _departments(told: list[Case], span: Span) -> set[str]:
    return {case.department for case in behind(Figure("given"), told, span) if case.department}


def _choices(asked: Asked, places: list[RowMapping], today: str) -> Shown:
    communities = {place["community"]: place["community_name"] for place in places}
    return {
        **_asked(asked, places),
        "months": [drawn.month_told(month) for month in months_offered(today)],
        "communities": [{"id": id_, "name": name} for id_, name in communities.items()],
        "grids": [place for place in places if asked.community in ("", place["community"])],
        "sorts": [{"code": code, "key": code.lower()} for code in SORTS],
    }


def _asked(asked: Asked, places: list[RowMapping]) -> Shown:
    """What was asked, with the place that was chosen by its name."""
    grids = {place["id"]: place["name"] for place in places}
    communities = {place["community"]: place["community_name"] for place in places}
    return {
        "asked": asked,
        "asked_first": drawn.month_told(asked.first),
        "asked_last": drawn.month_told(asked.last),
        "where": grids.get(asked.grid) or communities.get(asked.community) or "",
    }


async def _named(db: AsyncConnection, figure: Figure, found: list[Case]) -> Shown:
    """What the figure is of, by its name: only where it is among those that the reader sees."""
    department = {case.department for case in found if case.department == figure.department}
    building = {case.building for case in found if case.building and case.building == figure.building}
    departments = await cases.departments_named(db, {id_ for id_ in department if id_})
    buildings = await cases.buildings_named(db, {id_ for id_ in building if id_})
    return {
        "department": departments[0]["name"] if departments else "",
        "building": f"{buildings[0]['quarters'] or ''}{buildings[0]['name']}" if buildings else "",
        "nowhere": figure.building == NOWHERE,
    }


def _page(asked: str, pages: int) -> int:
    return min(max(int(asked), 1), pages) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


routes = [Route(PAGE, pictures), Route(f"{PAGE}/cases", listed)]
