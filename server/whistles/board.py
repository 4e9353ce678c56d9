"""The dispatch desk: whistles in the order in which they are due, one opened beside them and sent by one press."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import User, user_of
from server.desk import desk_page
from server.i18n import locale_of, t
from server.looked import looked
from server.problem import not_found
from server.rendering import page, wants_piece
from server.views.whistles import OVER, URGENCIES
from server.whistles import queue, store
from server.whistles.asked import SHOWS, STATES, Asked, read_asked
from server.whistles.due import readings
from server.whistles.keeping import drop_gone, try_keeping
from server.whistles.suggesting import Routing, load_routing
from server.whistles.told import CHANNELS, DESK, KINDS, LEVELS, SENDABLE, line_of, on_way, reads_phone, sends, shown_of

SENDING = ("dispatcher", "station_master")
TOLD = ("sent", "merged", "unmerged", "changed", "refused", "note", "moved", "raised", "words")
DIGITS_MAX = 15
"""No position of the journal has more."""

Shown = dict[str, Any]


async def index(request: Request) -> Response:
    """What waits for the reader, the one that is due first, and one of them opened; all that is open, or over, where
    they ask."""
    user, asked = user_of(request), read_asked(request.query_params)
    await _keep(request)
    async with request.app.state.db.reading() as db:
        shown = await _lines(request, db, user, asked)
        opened = await _opened(request, db, user, asked, shown["lines"])
        shown |= {"opened": opened, "told": await _told(request, db, user)}
        for line in shown["lines"]:
            line["open"] = opened is not None and line["id"] == opened["id"]
        shown |= await _offered(db, user)
        unread = shown.pop("unread")
        answer = await desk_page(request, db, "desk/whistles.html", **shown)
    if unread:
        await drop_gone(request.app.state.db, unread)
    return answer


async def lines(request: Request) -> Response:
    """The same lines for a page that stands open; nothing where no whistle moved since it was drawn."""
    user, asked, since = user_of(request), read_asked(request.query_params), request.query_params.get("since", "")
    position = int(since) if since.isascii() and since.isdigit() and len(since) <= DIGITS_MAX else -1
    async with request.app.state.db.reading() as db:
        if not await queue.moved_since(db, position):
            return Response(status_code=204)
    await _keep(request)
    async with request.app.state.db.reading() as db:
        shown = await _lines(request, db, user, asked)
    if unread := shown.pop("unread"):
        await drop_gone(request.app.state.db, unread)
    return page(request, "desk/_whistles.html", **shown)


async def opened(request: Request) -> Response:
    """One of them, ready to be sent: beside the queue for htmx, the queue with it opened for everybody else."""
    user, asked = user_of(request), read_asked(request.query_params)
    await _keep(request)
    async with request.app.state.db.reading() as db:
        row = await store.one(db, user, request.path_params["grid"], request.path_params["whistle"])
        if row is None:
            raise not_found()
        if not wants_piece(request):
            return RedirectResponse(f"{DESK}?{asked.query(open=_key(row))}", 303)
        one = await _ready(request, db, user, row, asked)
    return page(request, "desk/_whistle_ready.html", one=one, **_choices())


def to_queue(said: str, told: str, of: RowMapping, opened: str | None = None) -> Response:
    """To the queue as it was asked for, with what became of one; that one stays open where no other is to."""
    key = _key(of)
    asked = read_asked(dict(parse_qsl(said)))
    return RedirectResponse(f"{DESK}?{asked.query(open=key if opened is None else opened, told=told, of=key)}", 303)


async def onwards(request: Request, user: User, row: RowMapping, said: str, line: tuple[int, str] | None) -> Response:
    """After a step beside the queue: what was sent gives way to the next, what was merged to what it is the same as."""
    if row["state"] == "merged":
        return to_queue(said, "merged", row, f"{row['grid']}.{row['dup_of']}")
    if row["state"] == "dispatched" and line is not None:
        await _keep(request)
        async with request.app.state.db.reading() as db:
            asked = read_asked(dict(parse_qsl(said)))
            after = await queue.next_after(db, user, asked, line, clock.now_ms())
        return to_queue(said, "sent", row, after or "")
    return to_queue(said, "unmerged" if row["state"] == "reported" else "moved", row)


async def line_in_queue(request: Request, whistle: str) -> tuple[int, str] | None:
    """Where one stands before it moves."""
    async with request.app.state.db.reading() as db:
        return await queue.line_of(db, whistle)


async def _keep(request: Request) -> None:
    await try_keeping(request.app.state.db, request.app.state.settings.utc_offset_min)


def _key(row: RowMapping) -> str:
    return f"{row['grid']}.{row['id']}"


async def _lines(request: Request, db: AsyncConnection, user: User, asked: Asked) -> Shown:
    """A page of the queue: its lines with what is suggested for each, how many there are, what comes behind."""
    now_ms = clock.now_ms()
    rows, more, unread = await queue.page_of(db, user, asked, now_ms)
    due = await readings(db, rows, now_ms, request.app.state.settings.utc_offset_min)
    sending = user.role in SENDING
    routing = await load_routing(db, user.community) if sending else None
    n = await queue.count(db, user, asked, now_ms)
    return {
        "lines": [_line(request, row, due.get(row["id"]), asked, routing) for row in rows],
        "count": min(n, queue.COUNT_MAX),
        "many": n > queue.COUNT_MAX,
        "asked": asked,
        "query": asked.query(),
        "first": asked._replace(after=None).query() if asked.after else None,
        "more": more.query() if more else None,
        "since": await queue.top(db),
        "sends": sending,
        "unread": unread,
    }


def _line(request: Request, row: RowMapping, due: Any, asked: Asked, routing: Routing | None) -> Shown:
    told = line_of(request, row, due)
    ready = f"{told['href']}/dispatches?{asked.query()}".rstrip("?")
    here = f"{DESK}?{asked.query(open=_key(row))}"
    suggested = routing.of(row) if routing and row["state"] in SENDABLE else None
    return {**told, "key": _key(row), "ready": ready, "here": here, "suggested": suggested, "open": False}


async def _opened(request: Request, db: AsyncConnection, user: User, asked: Asked, lines: list[Shown]) -> Shown | None:
    """Which one stands open: the one asked for, else the first, for whoever sends."""
    if user.role not in SENDING:
        return None
    key = request.query_params.get("open", "") or (lines[0]["key"] if lines else "")
    grid, _, whistle = key.partition(".")
    row = await store.one(db, user, grid, whistle) if whistle else None
    return await _ready(request, db, user, row, asked) if row is not None else None


async def _ready(request: Request, db: AsyncConnection, user: User, row: RowMapping, asked: Asked) -> Shown:
    """One with all that is needed to send it: its words, what is suggested and why, what it may be the same as."""
    due = await readings(db, [row], clock.now_ms(), request.app.state.settings.utc_offset_min)
    routing = await load_routing(db, user.community)
    sent = row["state"] in SENDABLE and sends(user, row)
    merged = await store.merged_into(db, user, row)
    if row["household"] and reads_phone(user, row):
        looked(request, "visit", row["grid"], row["household"])
    return {
        **shown_of(request, user, row, due.get(row["id"]), await on_way(request, row)),
        "key": _key(row),
        "sends": sent,
        "suggested": routing.of(row) if sent else None,
        "departments": [{"id": id_, "name": name} for id_, name in routing.departments.items()],
        "merges": [line_of(request, each) for each in await store.alike(db, user, row)]
        if row["state"] == "reported"
        else [],
        "merged": [{**line_of(request, each), "step": each["step"], "edit": str(uuid7())} for each in merged],
        "edit": str(uuid7()),
        "first": str(uuid7()),
        "merging": str(uuid7()),
        "query": asked.query(),
        "unmerged_note": t(locale_of(request), "dispatch.unmerge.note"),
    }


async def _told(request: Request, db: AsyncConnection, user: User) -> Shown | None:
    """What is to be said first: what just became of one, with the way back to it."""
    said = request.query_params.get("told", "")
    if said not in TOLD:
        return None
    grid, _, whistle = request.query_params.get("of", "").partition(".")
    row = await store.one(db, user, grid, whistle) if whistle else None
    if row is None:
        return {"what": said, "one": None, "undo": None} if said not in ("sent", "merged", "unmerged") else None
    one = {**line_of(request, row), "step": row["step"], "edit": str(uuid7())}
    into = await store.one(db, user, row["grid"], row["dup_of"]) if row["dup_of"] else None
    undo = said == "merged" and row["state"] == "merged"
    return {
        "what": said,
        "one": one,
        "into": line_of(request, into) if into is not None else None,
        "undo": t(locale_of(request), "dispatch.unmerge.note") if undo else None,
    }


async def _offered(db: AsyncConnection, user: User) -> Shown:
    """What the queue may be narrowed by, and what a new whistle is asked."""
    handles = user.role == "dept_handler"
    return {
        "shows": SHOWS,
        "states": STATES,
        "over": OVER,
        "grids": [] if handles else await store.grids(db, user),
        "departments": [] if handles else await store.departments(db, user.community),
        "channels": CHANNELS,
        "edit": str(uuid7()),
        **_choices(),
    }


def _choices() -> Shown:
    return {"categories": KINDS, "urgencies": URGENCIES, "levels": LEVELS}


routes = [
    Route(DESK, index),
    Route(f"{DESK}/lines", lines),
    Route(f"{DESK}/{{grid}}/{{whistle}}/dispatches", opened),
]
