"""The pack for a Monday meeting and for the monthly review: a page, the same on paper, and the same as a file."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import User, access_grid, user_of
from server.actions import open_actions
from server.coordination import agenda
from server.desk import desk_page
from server.exports.leaving import MEDIA, as_file, journaled, marked
from server.form_fields import text_of
from server.i18n import locale_of, t
from server.localtime import DAY_MS, day_before, local_day
from server.looked import looked
from server.packs import figures, matters, store
from server.packs.lines import HEADING, lines_of
from server.packs.periods import KINDS, Period, periods, read_period
from server.problem import not_found
from server.views.doors_at import CONTACT

HARD_DAYS = 28
"""How long before the last day a hard thing may have been told and still be spoken of."""
LATELY_DAYS = 90
"""As long as paint lasts on a door."""
DUE_DAYS = 7

Shown = dict[str, Any]


async def index(request: Request) -> Response:
    """`GET /desk/packs`: the two packs, what is still to be done, the meetings that were."""
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    today = local_day(clock.now_ms(), offset)
    async with request.app.state.db.reading() as db:
        meetings = [
            {"id": row["id"], "type": row["type"], "held_on": row["held_on"], "grid_name": row["grid_name"]}
            for row in await store.meetings_for(db, user)
        ]
        context: Shown = {
            "actions": await open_actions(db, user, today),
            "owners": await store.owners_for(db, user),
            "grids": await store.grids_of(db, user),
            "whole": user.role == "station_master",
            "new_id": str(uuid7()),
            "due": day_before(today, -DUE_DAYS),
            "done": request.query_params.get("done"),
            "coordination": await agenda(db, user, offset),
        }
        return await desk_page(request, db, "desk/packs.html", meetings=meetings, kinds=KINDS, **context)


async def show(request: Request) -> Response:
    """`GET /desk/packs/{kind}`: of a grid, or of all that are the reader's."""
    user, kind, grid, period = _asked(request, dict(request.query_params))
    async with request.app.state.db.reading() as db:
        pack = await compose(request, db, user, kind, grid, period)
        for each in {(line["grid"], line["household"]) for line in _read(pack)}:
            looked(request, "visit", *each)
        grids = await store.grids_of(db, user)
        return await desk_page(
            request, db, "desk/pack.html", pack=pack, grids=grids, periods=periods(kind, pack["today"]), by=user.name
        )


async def take(request: Request) -> Response:
    """`POST /desk/packs/{kind}/file`: the pack leaves as a file, marked and journaled like every export."""
    form = await request.form(max_files=0)
    said = {name: text_of(form, name) for name in ("grid", "on", "format")}
    user, kind, grid, period = _asked(request, said)
    format_ = said["format"] if said["format"] in MEDIA else "xlsx"
    lang = locale_of(request)
    async with request.app.state.db.reading() as db:
        pack = await compose(request, db, user, kind, grid, period)
    lines = lines_of(pack, lang)
    mark = marked(request, "pack", t(lang, "exports.why.meeting"), len(lines))
    await journaled(request, pack["grid"] or None, _body(pack, format_, len(lines)))
    heading = [t(lang, f"packs.column.{name}") for name in HEADING]
    return await as_file(f"{t(lang, f'packs.{kind}')}-{period.first}", format_, mark, heading, lines)


def _asked(request: Request, said: dict[str, str]) -> tuple[User, str, str, Period]:
    """Which pack, of which grid ('': all of the reader's), of which days."""
    user, kind, grid = user_of(request), request.path_params["kind"], said.get("grid", "")
    if kind not in KINDS:
        raise not_found()
    if grid:
        access_grid(user, grid)
    today = local_day(clock.now_ms(), request.app.state.settings.utc_offset_min)
    return user, kind, grid, read_period(kind, said, today)


async def compose(request: Request, db: AsyncConnection, user: User, kind: str, grid: str, period: Period) -> Shown:
    """The pack, from what is there now."""
    offset = request.app.state.settings.utc_offset_min
    grids, today = {grid} if grid else user.grids, local_day(clock.now_ms(), offset)
    named = {each["id"]: each["name"] for each in await store.grids_of(db, user)}
    visits = await store.visits_in(db, grids, period, offset)
    end_ms = period.end_ms(offset)
    asked = await store.asked_in(db, grids, end_ms - HARD_DAYS * DAY_MS, end_ms)
    lately = await store.answered_since(db, grids, end_ms - LATELY_DAYS * DAY_MS, end_ms)
    waiting = await store.doors_waiting(db, grids, today)
    homes = await store.homes_of(db, grids)
    rented = {home["id"] for home in homes if home["occupancy"] == "rented"}
    return {
        "kind": kind,
        "grid": grid,
        "grid_name": named.get(grid, ""),
        "first": period.first,
        "last": period.last,
        "today": today,
        "told": figures.counted(visits, offset),
        "coverage": figures.coverage(await store.buildings_of(db, grids), homes, visits, lately),
        "nobody": figures.no_answer(visits),
        "hard": figures.still_hard(asked, await matters.solved(db, grids), offset),
        "need": figures.said(visits, "need", offset),
        "urgent": [figures.door_of(row) for row in waiting if row["care"] == "urgent"],
        "overdue": [
            {**figures.door_of(row), "on": row["promise_on"]}
            for row in waiting
            if row["promise_on"] is not None and row["promise_on"] < today
        ],
        "contested": [figures.door_of(row) for row in await store.homes_contested(db, grids)],
        "chapters": figures.chapters(visits, offset) if kind == "monthly" else [],
        "rented": len(rented),
        "rented_met": len(rented & {visit["household"] for visit in visits if visit["result"] in CONTACT}),
        "floating": await store.floating_in(db, grids),
        "actions": await open_actions(db, user, today, grid or None),
        "patrols": await matters.patrols_in(db, grids, period, offset),
        "matters": await matters.items_in(db, grids, period, offset),
        "care": await matters.care_in(db, grids, period, offset),
        "reports": await matters.reports_in(db, user, grid, period, offset),
        "whistles": await request.app.state.whistles_told(
            request, db, user, grid, period.start_ms(offset), period.end_ms(offset)
        ),
        "coordination": await agenda(db, user, offset, grids),
    }


def _read(pack: Shown) -> list[Shown]:
    """The lines with words of people: reading them is a look at each of these homes."""
    mediations = [line for line in pack["matters"]["mediations"] if line["household"]]
    return [*pack["hard"], *pack["need"], *mediations, *(line for each in pack["chapters"] for line in each["said"])]


def _body(pack: Shown, format_: str, count: int) -> Shown:
    asked = {**({"grid": pack["grid_name"]} if pack["grid"] else {}), "from": pack["first"], "until": pack["last"]}
    columns = list(HEADING)
    return {"what": "pack", "format": format_, "count": count, "columns": columns, "asked": asked, "why": "meeting"}


routes = [
    Route("/desk/packs", index, methods=["GET"]),
    Route("/desk/packs/{kind}", show, methods=["GET"]),
    Route("/desk/packs/{kind}/file", take, methods=["POST"]),
]
