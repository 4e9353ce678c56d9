"""The desk's page of the hotline: tickets whose address led nowhere are placed by hand, and answers leave as a file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server import clock
from server.access import access_ticket, user_of
from server.desk import desk_page
from server.exports.leaving import as_file, journaled, marked
from server.form_fields import text_of
from server.hotline import store
from server.hotline.places import choices, picked, value_of
from server.i18n import locale_of, t
from server.imports.plan_tickets import raised
from server.imports.routing import route
from server.imports.store import load_places
from server.imports.tickets import Ticket
from server.localtime import day_before, day_start_ms, local_day, local_iso
from server.problem import not_found

DESK = "/desk/hotline"
TOLD = ("placed", "known")
SINCE_DAYS = 7
WHY = "report"
TIMES = ("occurred_at_ms", "received_ms", "dispatched_ms", "accepted_ms", "resolved_ms", "closed_ms")
COLUMNS = ("ticket", "state", "result", "department", "rating", *(name.partition("_")[0] for name in TIMES))


async def index(request: Request) -> Response:
    """What waits to be placed, each with a guess; and the form for answers."""
    return await _page(request)


async def place(request: Request) -> Response:
    """One is placed: it becomes a whistle there, once."""
    user = user_of(request)
    async with request.form(max_files=0, max_fields=2) as form:
        said = text_of(form, "place")
    async with request.app.state.db.reading() as db:
        row = await access_ticket(db, user, request.path_params["ticket"])
        places = await load_places(db, row["community"])
        to = picked(places, await store.grids(db, user), said, route(places, _words(row)))
        if await store.is_placed(db, row["id"]):
            return RedirectResponse(f"{DESK}?told=known", 303)
    await request.app.state.journal.commit([raised(ticket_of(row), to, user.id)])
    return RedirectResponse(f"{DESK}?told=placed", 303)


async def answers(request: Request) -> Response:
    """What can be told to those who called leaves as a file, for the hotline to read."""
    user, lang, offset = user_of(request), locale_of(request), request.app.state.settings.utc_offset_min
    async with request.form(max_files=0, max_fields=2) as form:
        since = text_of(form, "since")
    try:
        since_ms = day_start_ms(since, offset)
    except ValueError:
        return await _page(request, status=422, wrong="hotline.wrong.since")
    async with request.app.state.db.reading() as db:
        rows = await store.answered(db, user, since_ms)
    if len(rows) > store.LINES_MAX:
        return await _page(request, status=422, wrong="exports.wrong.many")
    body = {"what": "hotline", "format": "csv", "count": len(rows), "columns": list(COLUMNS), "why": WHY}
    await journaled(request, None, {**body, "asked": {"from": since}})
    mark = marked(request, "hotline", t(lang, f"exports.why.{WHY}"), len(rows))
    stamp = local_iso(clock.now_ms(), offset)[:16].replace(":", "").replace("T", "-")
    name = t(lang, "exports.file.hotline", {"name": user.name, "when": stamp})
    heading = [t(lang, f"hotline.column.{column}") for column in COLUMNS]
    return await as_file(name, "csv", mark, heading, [_line(row, lang, offset) for row in rows])


def ticket_of(row: RowMapping) -> Ticket:
    """A ticket that is kept, as it is read."""
    ticket = Ticket(0, "", row["ticket"], row["title"], row["occurred_at_ms"])
    ticket.text, ticket.topic, ticket.address = (row[name] or "" for name in ("text", "topic", "address"))
    ticket.urgency = row["urgency"]
    return ticket


def _words(row: RowMapping) -> str:
    return row["address"] or f"{row['title']} {row['text'] or ''}"


def _line(row: RowMapping, lang: str, offset: int) -> list[str]:
    state = row["other_state"] or row["state"]
    rating = t(lang, f"whistles.rating.{row['rating']}") if row["rating"] else ""
    said = (
        row["ticket"],
        t(lang, f"whistles.state.{state}"),
        store.result_of(row),
        row["department_name"] or "",
        rating,
    )
    return [*said, *(local_iso(row[name], offset)[:16].replace("T", " ") if row[name] else "" for name in TIMES)]


async def _page(request: Request, *, status: int = 200, wrong: str = "") -> Response:
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    told = request.query_params.get("told", "")
    if user.community is None:
        raise not_found()
    async with request.app.state.db.reading() as db:
        places = await load_places(db, user.community)
        tickets: list[dict[str, Any]] = [
            {
                **{name: row[name] or "" for name in ("id", "ticket", "title", "text", "topic", "address")},
                "urgency": row["urgency"],
                "at": local_iso(row["occurred_at_ms"], offset),
                "place": value_of(route(places, _words(row))),
            }
            for row in await store.waiting(db, user)
        ]
        return await desk_page(
            request,
            db,
            "desk/hotline.html",
            status=status,
            tickets=tickets,
            count=await store.count(db, user),
            places=choices(places, await store.grids(db, user)),
            since=day_before(local_day(clock.now_ms(), offset), SINCE_DAYS),
            told=told if told in TOLD else "",
            wrong=wrong,
        )


routes = [
    Route(DESK, index, methods=["GET"]),
    Route(f"{DESK}/answers", answers, methods=["POST"]),
    Route(f"{DESK}/{{ticket}}/whistle", place, methods=["POST"]),
]
