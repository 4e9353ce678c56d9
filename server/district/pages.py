"""Numbers for the district, and the one way from them to a record: a reason, journaled before anything is shown."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import user_of
from server.desk import desk_page
from server.district import store
from server.doors import door_name
from server.form_fields import text_of
from server.i18n import locale_of
from server.journal import Draft
from server.localtime import local_iso
from server.looked import line_of, put_down
from server.monthly import monthly
from server.problem import not_found

REASON_CHARS_MAX = 300
DOOR_CHARS_MAX = 60
SHOWN_MS = 30 * 60 * 1000
"""How long a record that was opened stays so: then it is asked for again."""


async def figures(request: Request) -> Response:
    """`GET /desk/figures`: visits by community, grid and month."""
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        counted = await monthly(db, user.counted, clock.now_ms(), offset)
        pressing = await request.app.state.pressing_told(request, db, user)
        return await desk_page(request, db, "desk/figures.html", counted=counted, pressing=pressing)


async def ask(request: Request) -> Response:
    """`GET /desk/records`: which record, and why."""
    return await _form(request)


async def _form(request: Request, status: int = 200, said: dict[str, Any] | None = None) -> Response:
    async with request.app.state.db.reading() as db:
        grids = await store.grids_of(db, user_of(request).counted)
        form = said or {"grid": request.query_params.get("grid", ""), "door": "", "reason": "", "wrong": {}}
        return await desk_page(request, db, "desk/records.html", status=status, grids=grids, form=form)


async def open_record(request: Request) -> Response:
    """`POST /desk/records`: the reason goes into the journal, then the record is shown."""
    user, form = user_of(request), await request.form(max_files=0)
    said = {name: text_of(form, name).strip() for name in ("grid", "door", "reason")}
    wrong = {}
    household = None
    if said["grid"] not in user.counted:
        wrong["grid"] = "no_grid"
    if not 0 < len(said["reason"]) <= REASON_CHARS_MAX:
        wrong["reason"] = "no_reason"
    if not wrong:
        async with request.app.state.db.reading() as db:
            household = await store.door_called(db, said["grid"], said["door"][:DOOR_CHARS_MAX])
        if household is None:
            wrong["door"] = "no_door"
    if wrong or household is None:
        return await _form(request, 400, {**said, "wrong": wrong})
    id_ = str(uuid7())
    draft = Draft("record.opened", household, said["grid"], user.id, {"reason": said["reason"]}, id=id_)
    (receipt,) = await request.app.state.journal.commit([draft])
    if receipt.outcome != "accepted":
        raise not_found()
    await put_down(request, line_of(user, "district", said["grid"], household, words=said["reason"]))
    return RedirectResponse(f"/desk/records/{id_}", 303)


async def record(request: Request) -> Response:
    """`GET /desk/records/{id}`: what was opened, to whoever opened it, for half an hour."""
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        made = await store.opening(db, request.path_params["id"], user.id)
        if made is None or clock.now_ms() - made["opened_ms"] > SHOWN_MS:
            raise not_found()
        visits = await store.visits_at(db, made["grid"], made["household"])
        shown = [{**row, "occurred": local_iso(row["occurred_at_ms"], offset)} for row in visits]
        door = door_name(locale_of(request), made["building"], made["entrance"], made["room"])
        opened = {**made, "door": door, "opened": local_iso(made["opened_ms"], offset)}
        return await desk_page(request, db, "desk/record.html", made=opened, visits=shown)


routes = [
    Route("/desk/figures", figures, methods=["GET"]),
    Route("/desk/records", ask, methods=["GET"]),
    Route("/desk/records", open_record, methods=["POST"]),
    Route("/desk/records/{id}", record, methods=["GET"]),
]
