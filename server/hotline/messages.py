"""A message of a group, pasted in: it becomes a form that is filled in already, and one more press raises it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import user_of
from server.desk import desk_page
from server.form_fields import id_of, text_of
from server.hotline import store
from server.hotline.pasted import CHARS_MAX, read_message
from server.hotline.places import choices, picked, value_of
from server.imports.routing import Routed, route
from server.imports.store import load_places
from server.imports.tickets import TITLE_MAX, category_of
from server.imports.values import masked
from server.journal import Draft
from server.problem import not_found
from server.views.whistles import CATEGORIES, URGENCIES

DESK = "/desk/messages"
WHISTLES = "/desk/whistles"
BACK_MS = 31 * 24 * 3_600_000
"""What was said longer ago is told as now."""


async def paste(request: Request) -> Response:
    """The message is read, and nothing of it is kept: what it says stands in the form."""
    now_ms, offset = clock.now_ms(), request.app.state.settings.utc_offset_min
    async with request.form(max_files=0, max_fields=4) as form:
        pasted, names = text_of(form, "message"), bool(text_of(form, "names"))
    said = read_message(pasted, now_ms, offset, names=names)
    if not said.text:
        return RedirectResponse(f"{WHISTLES}?told=words", 303)
    text = masked(said.text)[0]
    shown = {"title": text.split("\n")[0][:TITLE_MAX].strip(), "text": text, "at": said.at_ms or now_ms}
    return await _form(request, {**shown, "category": category_of(text) or "", "edit": str(uuid7())})


async def create(request: Request) -> Response:
    """The form becomes a whistle."""
    user, now_ms = user_of(request), clock.now_ms()
    async with request.form(max_files=0, max_fields=8) as form:
        said = {name: text_of(form, name).strip() for name in ("title", "text", "place", "category", "urgency", "at")}
        edit = id_of(form, "edit") or str(uuid7())
    title, text = said["title"][:TITLE_MAX].strip(), said["text"][:CHARS_MAX]
    if not title or not said["place"]:
        wrong = "hotline.wrong.title" if not title else "hotline.wrong.place"
        return await _form(request, {**said, "at": _at(said["at"], now_ms), "edit": edit, "wrong": wrong}, 422)
    async with request.app.state.db.reading() as db:
        places = await load_places(db, _community(request))
        to = picked(places, await store.grids(db, user), said["place"], Routed())
    body: dict[str, Any] = {"title": title, "occurred_at_ms": _at(said["at"], now_ms), "channel": "wechat"}
    body |= {"text": text} if text else {}
    body |= {"category": said["category"]} if said["category"] in CATEGORIES else {}
    body |= {"urgency": said["urgency"]} if said["urgency"] in URGENCIES else {}
    draft = Draft("whistle.raised", edit, to.grid, user.id, body | to.about(), id=edit)
    await request.app.state.journal.commit([draft])
    return RedirectResponse(f"{WHISTLES}/{to.grid}/{edit}?told=raised", 303)


async def _form(request: Request, said: dict[str, Any], status: int = 200) -> Response:
    async with request.app.state.db.reading() as db:
        places = await load_places(db, _community(request))
        allowed = await store.grids(db, user_of(request))
        found = value_of(route(places, said["text"]))
        offered = choices(places, allowed)
        known = {each["id"] for grid in offered for each in (grid, *grid["buildings"])}
        place = said.get("place") or (found if found in known else "")
        return await desk_page(
            request,
            db,
            "desk/message.html",
            status=status,
            said={"urgency": "normal", "wrong": "", **said, "place": place},
            places=offered,
            categories=[{"code": code, "key": code.lower()} for code in CATEGORIES],
            urgencies=URGENCIES,
        )


def _at(said: str, now_ms: int) -> int:
    """When it was said, as the form had it; now where that cannot be."""
    at_ms = int(said) if said.isascii() and said.isdigit() and len(said) < 15 else now_ms
    return at_ms if 0 <= now_ms - at_ms <= BACK_MS else now_ms


def _community(request: Request) -> str:
    community = user_of(request).community
    if community is None:
        raise not_found()
    return community


routes = [
    Route(DESK, paste, methods=["POST"]),
    Route(f"{DESK}/whistle", create, methods=["POST"]),
]
