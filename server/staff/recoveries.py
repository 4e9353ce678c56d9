"""Somebody cannot come in any more: one asks, another confirms, and hands over the link that only they are shown."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import DESK, user_of
from server.desk import desk_page
from server.form_fields import text_of
from server.journal import RECOVERY_MS, Draft
from server.localtime import local_iso
from server.problem import not_found
from server.staff import store
from server.staff.changes import LINK_HOURS, changed_meanwhile, shown_link

REASON_CHARS_MAX = 300


async def index(request: Request) -> Response:
    """`GET /desk/recoveries`: who waits to be let in again, and the form that asks for somebody."""
    return await _page(request)


async def _page(
    request: Request, status: int = 200, *, said: dict[str, Any] | None = None, link: dict[str, str] | None = None
) -> Response:
    user, now, offset = user_of(request), clock.now_ms(), request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        everybody = {each.id: each for each in await store.everybody(db, user.community)}
        asked = await store.recoveries_of(db, everybody, now - RECOVERY_MS)
        names = {id_: each.name for id_, each in everybody.items()}
        shown = [
            {
                "id": row["id"],
                "name": names[row["person"]],
                "reason": row["reason"],
                "asked_by": names.get(row["asked_by"], ""),
                "asked": local_iso(row["asked_ms"], offset),
                "confirmed_by": names.get(row["confirmed_by"], "") if row["confirmed_by"] else None,
                "mine": row["asked_by"] == user.id,
                "about_me": row["person"] == user.id,
            }
            for row in asked
        ]
        people = [each for each in everybody.values() if each.role in DESK and each.in_use and each.id != user.id]
        context = {
            "asked": shown,
            "people": [{"id": each.id, "name": each.name, "role": each.role} for each in people],
            "form": said or {"person": request.query_params.get("person", ""), "reason": "", "wrong": {}},
            "link": link,
            "done": request.query_params.get("done") if request.query_params.get("done") in ("asked", "off") else None,
        }
        return await desk_page(request, db, "desk/recoveries.html", status=status, **context)


async def ask(request: Request) -> Response:
    """`POST /desk/recoveries`: the first of two says who cannot come in, and why."""
    user, form = user_of(request), await request.form(max_files=0)
    said = {name: text_of(form, name).strip() for name in ("person", "reason")}
    async with request.app.state.db.reading() as db:
        everybody = {each.id: each for each in await store.everybody(db, user.community)}
        known = everybody.get(said["person"])
    wrong = {}
    if known is None or known.id == user.id or known.role not in DESK or not known.in_use:
        wrong["person"] = "no_person"
    if not 0 < len(said["reason"]) <= REASON_CHARS_MAX:
        wrong["reason"] = "no_reason"
    if wrong:
        return await _page(request, 400, said={**said, "wrong": wrong})
    id_ = str(uuid7())
    (receipt,) = await request.app.state.journal.commit([Draft("recovery.asked", id_, None, user.id, said, id=id_)])
    if receipt.outcome != "accepted":
        raise changed_meanwhile()
    return RedirectResponse("/desk/recoveries?done=asked", 303)


async def confirm(request: Request) -> Response:
    """`POST /desk/recoveries/{id}/confirmation`: the second says so too, and is shown the link, once."""
    user, state, now = user_of(request), request.app.state, clock.now_ms()
    row = await _row(request)
    if row["confirmed_by"] is not None or user.id in (row["asked_by"], row["person"]):
        raise changed_meanwhile()
    (receipt,) = await state.journal.commit([Draft("recovery.confirmed", row["id"], None, user.id, {})])
    if receipt.outcome != "accepted":
        raise changed_meanwhile()
    async with state.db.writing() as db:
        # Confirmed by two at once, the link is the first one's to hand over.
        stands = await store.recovery(db, row["id"])
        if stands is None or stands["confirmed_by"] != user.id:
            raise changed_meanwhile()
        person = await store.access_person(db, user, row["person"])
        token = await state.desk_link(db, person.id, now, LINK_HOURS * 3_600_000)
    return await _page(request, link=shown_link(request, person.name, token, now))


async def drop(request: Request) -> Response:
    """`POST /desk/recoveries/{id}/drop`: it is not needed, or was never right; a link made for it opens nothing."""
    row = await _row(request)
    await request.app.state.journal.commit([Draft("recovery.dropped", row["id"], None, user_of(request).id, {})])
    async with request.app.state.db.writing() as db:
        await store.drop_links(db, row["person"])
    return RedirectResponse("/desk/recoveries?done=off", 303)


async def _row(request: Request) -> Any:
    user = user_of(request)
    async with request.app.state.db.reading() as db:
        row = await store.recovery(db, request.path_params["id"])
        if row is None:
            raise not_found()
        await store.access_person(db, user, row["person"])
    return row


routes = [
    Route("/desk/recoveries", index, methods=["GET"]),
    Route("/desk/recoveries", ask, methods=["POST"]),
    Route("/desk/recoveries/{id}/confirmation", confirm, methods=["POST"]),
    Route("/desk/recoveries/{id}/drop", drop, methods=["POST"]),
]
