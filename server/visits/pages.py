"""The desk's list of visits: filtered, paged, kept fresh while it is open, and one visit opened beside it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import brakes, clock
from server.access import DECIDING, User, desk_pages, home_of, user_of
from server.aside import corrections_aside, shown_aside
from server.blobs import ON_WAY_MS, blobs_in, waiting
from server.desk import desk_page, load_frame
from server.i18n import locale_of
from server.localtime import DAY_MS, day_before, day_start_ms, local_day, local_iso
from server.looked import looked
from server.pairs import said_of
from server.problem import Problem, not_found
from server.rendering import page, wants_piece
from server.visits import store
from server.visits.filters import read_filters, within
from server.visits.reading import reading
from server.visits.shown import Reader, Shown, by_day, chips, choices, near, remarks_of, shown_row, shown_visit

FIELDS_MAX = 18
TOLD = ("reviewed", "returned", "changed", "refused", "note")


async def index(request: Request) -> Response:
    """The list, the latest first; for htmx the list and the opened visit without what stands around them. Asked by POST
    it is the same, and what was looked for stands in no address."""
    asked, user = await _said(request), user_of(request)
    reader = reader_of(request, asked)
    async with request.app.state.db.reading() as db:
        reader = replace(reader, filters=await reading(request, db, reader.filters))
        before = store.read_place(asked.get("before", ""))
        rows = await _list(db, user, reader, before)
        chosen = await _chosen(db, user, asked.get("open", ""))
        opened = chosen or (rows[0] if rows else None)
        reader = replace(reader, opened=opened["id"] if opened else "")
        if chosen is not None:
            looked(request, "visit", chosen["grid"], chosen["household"])
        shown: dict[str, Any] = {
            **_days(rows, reader),
            "filters": await _asked(db, user, reader),
            "total": await _total(db, user, reader),
            "cursor": await store.journal_size(db),
            "visit": await _visit(request, db, opened, reader) if opened else None,
            "chosen": chosen is not None,
            "told": told if (told := asked.get("told")) in TOLD else None,
        }
        if wants_piece(request):
            answer = page(request, "desk/_answer.html", **shown)
            # The form names every question, asked or not: the address keeps those that were asked.
            answer.headers["HX-Push-Url"] = f"/desk/visits?{reader.filters.address()}".rstrip("?")
            return answer
        return await desk_page(request, db, "desk/visits.html", **shown, today=await _today(db, user, reader))


async def earlier(request: Request) -> Response:
    """The next page of the list, to be joined to its end."""
    asked, user = await _said(request), user_of(request)
    reader, before = reader_of(request, asked), store.read_place(asked.get("before", ""))
    if before is None:
        raise _not_a_place()
    async with request.app.state.db.reading() as db:
        reader = replace(reader, filters=await reading(request, db, reader.filters))
        rows = await _list(db, user, reader, before)
    last_day = local_day(before.occurred_at_ms, reader.utc_offset_min)
    return page(request, "desk/_days.html", **_days(rows, reader, after=last_day))


async def arrivals(request: Request) -> Response:
    """What came since a journal position: new lines, corrected lines, and the sentence they change."""
    asked, user = await _said(request), user_of(request)
    reader, since = reader_of(request, asked), asked.get("since", "")
    if not (since.isascii() and since.isdigit() and len(since) < 16):
        raise _not_a_place()
    async with request.app.state.db.reading() as db:
        reader = replace(reader, filters=await reading(request, db, reader.filters))
        cursor = await store.journal_size(db)
        came = await store.arrivals(db, user.grids, reader.filters, reader.today, reader.utc_offset_min, int(since))
        shown: dict[str, Any] = {
            "visits": [{**shown_row(row, reader), "new": row["position"] >= int(since)} for row in came],
            "headings": [{"date": day, "near": near(day, reader.today)} for day in _lately(reader)],
            "todays": any(local_day(row["occurred_at_ms"], reader.utc_offset_min) == reader.today for row in came),
            "cursor": cursor,
            "today": await _today(db, user, reader),
            "total": await _total(db, user, reader) if came else None,
            "frame": await load_frame(db, request, user),
        }
    return page(request, "desk/_arrivals.html", **shown)


async def show(request: Request) -> Response:
    """One visit: beside the list for htmx, a page of its own for everybody else."""
    reader, user = reader_of(request), user_of(request)
    grid, visit = request.path_params["grid"], request.path_params["visit"]
    async with request.app.state.db.reading() as db:
        row = await store.open_visit(db, user.grids, grid, visit)
        if row is None:
            raise not_found()
        looked(request, "visit", grid, row["household"])
        if wants_piece(request):
            # The list that stands beside it is the one that its forms go back to.
            beside = dict(parse_qsl(urlsplit(request.headers.get("HX-Current-URL", "")).query))
            reader = reader_of(request, beside)
        shown = await _visit(request, db, row, reader)
        if wants_piece(request):
            return page(request, "desk/_visit.html", visit=shown)
        erases = "/desk/erasures/visits/{grid}/{visit}" in desk_pages(user.role)
        shown["erase_href"] = f"/desk/erasures/visits/{grid}/{visit}" if erases else None
        return await desk_page(request, db, "desk/visit.html", visit=shown)


async def _said(request: Request) -> Mapping[str, str]:
    """What is asked, in a form or in the address."""
    if request.method != "POST":
        return request.query_params
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        return {name: str(value) for name, value in form.items()}


def reader_of(request: Request, asked: Mapping[str, str] | None = None) -> Reader:
    """Who reads, and what they ask."""
    offset = request.app.state.settings.utc_offset_min
    user = user_of(request)
    filters = within(read_filters(request.query_params if asked is None else asked), user.grids)
    brakes.searching(request, filters.q)
    today = local_day(clock.now_ms(), offset)
    return Reader(locale_of(request), offset, today, filters, private=user.role in DECIDING)


async def _list(db: AsyncConnection, user: User, reader: Reader, before: store.Place | None) -> list[RowMapping]:
    return await store.list_visits(db, user.grids, reader.filters, reader.today, reader.utc_offset_min, before)


async def _chosen(db: AsyncConnection, user: User, opened: str) -> RowMapping | None:
    grid, _, visit = opened.partition(".")
    return await store.open_visit(db, user.grids, grid, visit) if visit else None


async def _visit(request: Request, db: AsyncConnection, row: RowMapping, reader: Reader) -> Shown:
    user = user_of(request)
    theirs = user.role in DECIDING and user.id not in (row["author"], row["on_behalf_of"])
    entry = await store.recorded_as(db, row["id"])
    older = await store.revisions(db, row["grid"], row["id"]) if row["revision"] > 1 else []
    aside = [shown_aside(each, reader.utc_offset_min, row["grid"]) for each in await corrections_aside(db, [row["id"]])]
    alike = await said_of(db, row["grid"], row["id"], reader.utc_offset_min)
    tellings = [json.loads(each["body"]) for each in older]
    waits = await asyncio.to_thread(waiting, blobs_in(request), [{"blobs": json.loads(row["blobs"])}, *tellings])
    came_ms = max(row["received_ms"], *(each["received_ms"] for each in older), 0)
    on_way = clock.now_ms() - came_ms < ON_WAY_MS
    shown = {**shown_visit(row, entry, older, reader, waits), "on_way": on_way, "aside": aside, "alike": alike}
    shown["remarks"] = remarks_of(await store.remarks(db, row["id"]), row, reader.utc_offset_min)
    return {**shown, "readable": theirs, "list": reader.filters.address(), "new_edit": str(uuid7())}


def _days(rows: list[RowMapping], reader: Reader, after: str = "") -> dict[str, Any]:
    """A page of lines by day, and where the next page begins."""
    lines = [shown_row(row, reader) for row in rows[: store.PAGE]]
    more: dict[str, Any] | None = None
    if len(rows) > store.PAGE:
        last = rows[store.PAGE - 1]
        before = str(store.Place(last["occurred_at_ms"], last["id"]))
        if reader.filters.q:
            more = {"fields": {**reader.filters.fields(), "before": before}}
        else:
            asked = reader.filters.address(before=before)
            more = {"href": f"/desk/visits?{asked}", "part": f"/desk/visits/earlier?{asked}"}
    return {"days": by_day(lines, reader.today, after), "earlier": more}


def _lately(reader: Reader) -> list[str]:
    """The days whose headings change while a list stays open over midnight."""
    return [day_before(reader.today, days) for days in (1, 2)]


async def _asked(db: AsyncConnection, user: User, reader: Reader) -> dict[str, Any]:
    filters = reader.filters
    grids, people = await store.grids_of(db, user.grids), await store.visitors(db, user)
    return {
        "q": filters.q,
        "on": filters.on,
        "today": reader.today,
        "any": filters.any,
        "query": filters.query(),
        "choices": choices(reader, grids, people),
        "chips": chips(reader, await store.building_called(db, user.grids, filters.building)),
    }


async def _total(db: AsyncConnection, user: User, reader: Reader) -> int | None:
    """How many answer; nothing is ever counted by worker."""
    if reader.filters.worker:
        return None
    return await store.count_visits(db, user.grids, reader.filters, reader.today, reader.utc_offset_min)


async def _today(db: AsyncConnection, user: User, reader: Reader) -> dict[str, Any]:
    """The sentence: doors knocked at today, doors that opened to a person, and since when.

    On a morning before the first knock it tells of the last day that had any.
    """
    offset = reader.utc_offset_min
    start = day_start_ms(reader.today, offset)
    knocked, met, first_ms = await store.knocked(db, user.grids, start, start + DAY_MS)
    said: dict[str, Any] = {"date": reader.today, "knocked": knocked, "met": met, "since": None, "last": None}
    if first_ms is not None:
        return {**said, "since": local_iso(first_ms, offset)}
    last_ms = await store.last_visit_ms(db, user.grids, start)
    if last_ms is None:
        return said
    last = local_day(last_ms, offset)
    then = day_start_ms(last, offset)
    knocked, met, _ = await store.knocked(db, user.grids, then, then + DAY_MS)
    return {**said, "last": {"date": last, "knocked": knocked, "met": met}}


def _not_a_place() -> Problem:
    told = ("这个地址不完整，从走访列表再打开一次。", "This address is incomplete. Open it from the list of visits.")
    return Problem("bad_place", 400, *told)


async def home(request: Request) -> Response:
    """The desk without a page named: their first one."""
    return RedirectResponse(home_of(user_of(request).role), 303)


routes = [
    Route("/desk", home),
    Route("/desk/", home),
    Route("/desk/visits", index, methods=["GET", "POST"]),
    Route("/desk/visits/earlier", earlier, methods=["GET", "POST"]),
    Route("/desk/visits/arrivals", arrivals, methods=["GET", "POST"]),
    Route("/desk/visits/{grid}/{visit}", show),
]
