"""Pages for residents: say what is wrong or order a service, see how far it is, say whether it helped. No account."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import brakes, clock, events
from server.i18n import LOCALES
from server.journal import NOBODY, Draft
from server.problem import Problem, not_found, wants_json
from server.rendering import render
from server.residents import store
from server.residents.phone import phone_of
from server.residents.sent import (
    CONTACT_CHARS_MAX,
    NOTE_CHARS_MAX,
    PLACE_CHARS_MAX,
    TEXT_CHARS_MAX,
    Sent,
    digest_of,
    in_groups,
    read_form,
    read_id,
    read_receipt,
    read_sent,
)
from server.residents.told import RATINGS, may_rate, progress_of

HOUR_MS = 3_600_000
AN_HOUR_MAX = 12
"""So much residents of one building send in an hour; more of it is a joke or a program."""
LIMITS = {"text": TEXT_CHARS_MAX, "place": PLACE_CHARS_MAX, "contact": CONTACT_CHARS_MAX, "note": NOTE_CHARS_MAX}
TOLD = ("sent", "rated", "forgotten")


async def find(request: Request) -> Response:
    """`GET /r`: whoever has a receipt types its figures."""
    brakes.take(request, brakes.PUBLIC, brakes.caller(request))
    typed = request.query_params.get("receipt", "")
    if receipt := read_receipt(typed):
        return RedirectResponse(_address(f"/r/s/{receipt}", _lang(request)), 303)
    return _page(request, "find", typed=typed[:40], wrong=bool(typed.strip()))


async def ask(request: Request) -> Response:
    """`GET /r/{code}`: the form of a building."""
    brakes.take(request, brakes.PUBLIC, brakes.caller(request))
    place = await _place(request)
    return _lost(request) if place is None else _form(request, place, read_sent({}))


async def send(request: Request) -> Response:
    """`POST /r/{code}`: it goes to the committee, and whoever sent it gets a receipt. What was typed comes back
    whenever it does not."""
    place = await _place(request)
    if place is None:
        return _lost(request)
    form = await read_form(request)
    sent = read_sent(form)
    async with request.app.state.db.reading() as db:
        known = await store.by_receipt(db, digest_of(sent.once.receipt))
        owner = await store.leader_of(db, place["grid"])
    if known is not None and sent.said_by(known):
        return _receipt(sent, form)
    sent = sent.anew() if known is not None else sent
    if sent.wrong:
        return _form(request, place, sent, status=422, lang=form.get("lang"))
    if too_many := await _too_many(request, place):
        return _form(request, place, sent, status=429, lang=form.get("lang"), full=too_many)
    await request.app.state.journal.commit(sent.drafts(place["id"], place["grid"], owner))
    async with request.app.state.db.reading() as db:
        known = await store.by_receipt(db, digest_of(sent.once.receipt))
    if known is None:
        # Its ids are those of something else: the form comes back with others.
        return _form(request, place, sent.anew(), status=409, lang=form.get("lang"), full="again")
    return _receipt(sent, form)


async def show(request: Request) -> Response:
    """`GET /r/s/{receipt}`: how far it is."""
    brakes.take(request, brakes.PUBLIC, brakes.caller(request))
    row = await _sent(request)
    return _lost(request) if row is None else _progress(request, row)


async def rate(request: Request) -> Response:
    """`POST /r/s/{receipt}/rating`: whether it helped (问效). It may be said otherwise until it is closed."""
    row = await _sent(request)
    if row is None:
        return _lost(request)
    form = await read_form(request)
    rating, note = form.get("rating", ""), form.get("note", "").strip()
    if not may_rate(row):
        return _back(row, request, form)
    if rating not in RATINGS or len(note) > NOTE_CHARS_MAX:
        wrong = "resident.wrong.text_long" if rating in RATINGS else "resident.wrong.rating"
        shown = {"rating": rating, "note": note, "wrong": wrong}
        return _progress(request, row, status=422, lang=form.get("lang"), typed=shown)
    if (row["rating"], note) != (rating, ""):
        brakes.take(request, brakes.RESIDENTS, brakes.caller(request))
        body = {"rating": rating, **({"note": note} if note else {})}
        draft = Draft("whistle.rated", row["id"], row["grid"], NOBODY, body, id=read_id(form.get("once", "")))
        await request.app.state.journal.commit([draft])
    return _back(row, request, form, "rated")


async def forget(request: Request) -> Response:
    """`POST /r/s/{receipt}/forgetting`: the number they left goes at once, for good."""
    row = await _sent(request)
    if row is None:
        return _lost(request)
    form = await read_form(request)
    await request.app.state.journal.forget_contact(row["id"])
    return _back(row, request, form, "forgotten")


async def _too_many(request: Request, place: RowMapping) -> str:
    """Why it cannot be taken now, as the end of a key of words; empty where it can."""
    since_ms = clock.now_ms() - HOUR_MS
    async with request.app.state.db.reading() as db:
        if await store.count_since(db, place["id"], since_ms) >= AN_HOUR_MAX:
            return "building"
    try:
        brakes.take(request, brakes.RESIDENTS, brakes.caller(request))
    except Problem:
        return "address"
    return ""


async def _place(request: Request) -> RowMapping | None:
    async with request.app.state.db.reading() as db:
        found = await store.place_of(db, request.path_params["code"])
    return _opened(request, found)


async def _sent(request: Request) -> RowMapping | None:
    receipt = read_receipt(request.path_params["receipt"])
    async with request.app.state.db.reading() as db:
        found = await store.by_receipt(db, digest_of(receipt)) if receipt else None
    return _opened(request, found)


def _opened(request: Request, found: RowMapping | None) -> RowMapping | None:
    """What a code or a receipt leads to. One that leads to nothing is counted for whoever tried it."""
    if found is None:
        brakes.take(request, brakes.LINKS, brakes.caller(request))
    return found


def _form(
    request: Request, place: RowMapping, sent: Sent, *, status: int = 200, lang: str | None = None, full: str = ""
) -> Response:
    context: dict[str, Any] = {
        "place": place,
        "community": place["community"] or "",
        "sent": sent,
        "wrong": sent.wrong if status == 422 else {},
        "full": full,
    }
    answer = _page(request, "ask", status, lang, path=f"/r/{request.path_params['code']}", **context)
    if status == 429:
        answer.headers["Retry-After"] = "600"
    return answer


def _progress(
    request: Request,
    row: RowMapping,
    *,
    status: int = 200,
    lang: str | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    receipt = read_receipt(request.path_params["receipt"])
    offset = request.app.state.settings.utc_offset_min
    told = request.query_params.get("told", "")
    values = typed or {"rating": row["rating"] or "", "note": "", "wrong": ""}
    context: dict[str, Any] = {
        "one": progress_of(row, offset),
        "community": row["community"] or "",
        "groups": in_groups(receipt),
        "told": told if told in TOLD else "",
        "ratings": RATINGS,
        "values": values,
        "once": str(uuid7()),
    }
    return _page(request, "sent", status, lang, path=f"/r/s/{receipt}", **context)


def _lost(request: Request) -> Response:
    """A code or a receipt that leads to nothing, or to nothing any more. Raises Problem where a program asks."""
    problem = not_found()
    if wants_json(request):
        raise problem
    events.refused(problem.code, problem.status, request.method, request.url.path, request.scope["route"].path)
    return _page(request, "lost", problem.status)


def _receipt(sent: Sent, form: dict[str, str]) -> Response:
    return RedirectResponse(_address(f"/r/s/{sent.once.receipt}", _known(form.get("lang")), "sent"), 303)


def _back(row: RowMapping, request: Request, form: dict[str, str], told: str = "") -> Response:
    receipt = read_receipt(request.path_params["receipt"])
    return RedirectResponse(_address(f"/r/s/{receipt}", _known(form.get("lang")), told), 303)


def _address(path: str, lang: str, told: str = "") -> str:
    asked = [f"told={told}" if told else "", "lang=en" if lang == "en" else ""]
    questions = "&".join(each for each in asked if each)
    return f"{path}?{questions}" if questions else path


def _page(
    request: Request,
    name: str,
    status: int = 200,
    lang: str | None = None,
    *,
    path: str = "/r",
    community: str = "",
    **context: Any,
) -> HTMLResponse:
    """A page in Chinese, or in English where the address says so: nothing is kept in the reader's browser."""
    settings = request.app.state.settings
    spoken = _known(lang) if lang is not None else _lang(request)
    shown = {"path": path, "community": community, "phone": phone_of(settings, community), "limits": LIMITS, **context}
    return HTMLResponse(render(spoken, f"resident/{name}.html", shown), status)


def _lang(request: Request) -> str:
    return _known(request.query_params.get("lang"))


def _known(lang: str | None) -> str:
    return lang if lang in LOCALES else LOCALES[0]


routes = [
    Route("/r", find),
    Route("/r/{code}", ask, methods=["GET"]),
    Route("/r/{code}", send, methods=["POST"]),
    Route("/r/s/{receipt}", show, methods=["GET"]),
    Route("/r/s/{receipt}/rating", rate, methods=["POST"]),
    Route("/r/s/{receipt}/forgetting", forget, methods=["POST"]),
]
