"""The pack for a Monday meeting and for the monthly review: a page, the same on paper, and the same as a file."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import User, access_grid, user_of
from server.actions import open_actions
from server.desk import desk_page
from server.exports.sheets import as_csv, as_xlsx
from server.i18n import locale_of, t
from server.journal import Draft
from server.localtime import DAY_MS, day_before, local_day, local_iso
from server.looked import line_of, looked, put_down
from server.packs import figures, store
from server.packs.lines import HEADING, lines_of
from server.packs.periods import KINDS, Period, periods, read_period
from server.problem import not_found
from server.views.doors_at import CONTACT

HARD_DAYS = 28
"""How long before the last day a hard thing may have been told and still be spoken of."""
LATELY_DAYS = 90
"""As long as paint lasts on a door."""
DUE_DAYS = 7
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

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
    said = {name: str(form.get(name, "")) for name in ("grid", "on", "format")}
    user, kind, grid, period = _asked(request, said)
    format_ = said["format"] if said["format"] in MEDIA else "xlsx"
    settings, lang = request.app.state.settings, locale_of(request)
    async with request.app.state.db.reading() as db:
        pack = await compose(request, db, user, kind, grid, period)
    lines = lines_of(pack, lang)
    at = local_iso(clock.now_ms(), settings.utc_offset_min)
    what_for = t(lang, "exports.why.meeting")
    told = {"name": user.name, "when": f"{at[:10]} {at[11:16]}", "what_for": what_for, "n": len(lines)}
    mark = t(lang, "exports.mark.pack", told)
    await _journal(request, user, pack, format_, len(lines))
    heading = [t(lang, f"packs.column.{name}") for name in HEADING]
    made = await asyncio.to_thread(as_csv if format_ == "csv" else as_xlsx, mark, heading, lines)
    name = f"{t(lang, f'packs.{kind}')}-{period.first}.{format_}"
    # RFC 6266: browsers take the second name, which may be Chinese.
    named = f"attachment; filename=\"pack.{format_}\"; filename*=UTF-8''{quote(name)}"
    return Response(made, media_type=MEDIA[format_], headers={"Content-Disposition": named})


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
        "hard": figures.still_hard(asked, offset),
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
    }


def _read(pack: Shown) -> list[Shown]:
    """The lines with words of people: reading them is a look at each of these homes."""
    return [*pack["hard"], *pack["need"], *(line for each in pack["chapters"] for line in each["said"])]


async def _journal(request: Request, user: User, pack: Shown, format_: str, count: int) -> None:
    """That it leaves, in the journal, before it does."""
    id_ = str(uuid7())
    asked = {**({"grid": pack["grid_name"]} if pack["grid"] else {}), "from": pack["first"], "until": pack["last"]}
    body = {
        "what": "pack",
        "format": format_,
        "count": count,
        "columns": list(HEADING),
        "asked": asked,
        "why": "meeting",
    }
    (receipt,) = await request.app.state.journal.commit([Draft("export.made", id_, None, user.id, body, id=id_)])
    if receipt.outcome != "accepted":
        raise RuntimeError(f"export.made: {receipt.outcome} {receipt.reason}")
    await put_down(request, line_of(user, "export", pack["grid"] or None, None, why="meeting"))


routes = [
    Route("/desk/packs", index, methods=["GET"]),
    Route("/desk/packs/{kind}", show, methods=["GET"]),
    Route("/desk/packs/{kind}/file", take, methods=["POST"]),
]
