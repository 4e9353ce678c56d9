"""A visit is read with one key, or its author is asked something; which visits wait for that."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import user_of
from server.form_fields import id_of, text_of
from server.journal import Draft
from server.localtime import local_day
from server.problem import not_found
from server.visits import store
from server.visits.filters import Filters, read_filters, within

NOTE_CHARS_MAX = 500
FIELDS_MAX = 8
UNREAD = Filters(unread="yes")


async def reading(request: Request, db: AsyncConnection, filters: Filters) -> Filters:
    """The same questions, with what `unread` means for this reader."""
    if not filters.unread:
        return filters
    state = request.app.state
    if state.read_from is None:
        # It never changes, and to find it the whole journal is gone through.
        state.read_from = await store.read_from(db)
    return replace(filters, reader=user_of(request).id, read_from=str(state.read_from))


async def unread(request: Request, db: AsyncConnection) -> int:
    """How many visits of the last days wait to be read."""
    offset = request.app.state.settings.utc_offset_min
    asked = await reading(request, db, UNREAD)
    return await store.count_visits(db, user_of(request).grids, asked, local_day(clock.now_ms(), offset), offset)


async def review(request: Request) -> Response:
    """It was read. Where it was told anew meanwhile, it was not."""
    return await _step(request, "reviewed")


async def give_back(request: Request) -> Response:
    """Its author is asked something, which reaches their phone."""
    return await _step(request, "returned")


async def _step(request: Request, step: str) -> Response:
    """Then the next one of the same list, where that is of those to be read; else the same visit again."""
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        note, seen, edit = text_of(form, "note").strip(), id_of(form, "seen"), id_of(form, "edit") or str(uuid7())
        asked = within(read_filters(dict(parse_qsl(text_of(form, "list")))), user.grids)
    grid, visit = request.path_params["grid"], request.path_params["visit"]
    async with request.app.state.db.reading() as db:
        row = await store.open_visit(db, user.grids, grid, visit)
        if row is None or user.id in (row["author"], row["on_behalf_of"]):
            raise not_found()
        key, next_key = f"{grid}.{visit}", ""
        if asked.unread:
            place = store.Place(row["occurred_at_ms"], visit)
            today = local_day(clock.now_ms(), offset)
            filters = await reading(request, db, asked)
            after = await store.list_visits(db, user.grids, filters, today, offset, place)
            next_key = f"{after[0]['grid']}.{after[0]['id']}" if after else ""
    if step == "returned" and not 0 < len(note) <= NOTE_CHARS_MAX:
        return _back(asked, key, "note")
    body = {"note": note} if step == "returned" else {}
    draft = Draft(f"visit.{step}", visit, grid, user.id, body, {"revision": [seen] if seen else []}, id=edit)
    (receipt,) = await request.app.state.journal.commit([draft])
    if receipt.outcome == "quarantined":
        return _back(asked, key, "refused")
    async with request.app.state.db.reading() as db:
        taken = await store.read_by(db, visit, edit)
    if not taken:
        return _back(asked, key, "changed")
    return _back(asked, next_key if asked.unread else key, step)


def _back(asked: Filters, key: str, told: str) -> Response:
    return RedirectResponse(f"/desk/visits?{asked.address(open=key, told=told)}", 303)


routes = [
    Route("/desk/visits/{grid}/{visit}/review", review, methods=["POST"]),
    Route("/desk/visits/{grid}/{visit}/return", give_back, methods=["POST"]),
]
