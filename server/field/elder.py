"""A volunteer's pages from the server: for phones that hold nothing yet, and browsers that never will.

Same addresses, views, templates and forms as web/phone/addresses.js.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from uuid_utils import uuid7

from server import clock, form_files
from server.access import user_of
from server.blobs import Blobs, waiting
from server.field import store
from server.field.easier import easier_of
from server.field.forms import FORMS
from server.field.second import second_words
from server.field.sheet import Data, is_id
from server.form_fields import text_of
from server.i18n import LOCALES, locale_of, remember, remember_size, size_of
from server.journal import Draft
from server.problem import not_found
from server.rendering import page
from server.views import NEEDS, TEMPLATES, VIEWS
from server.views.suggestion_form import after, back_to

FIELDS_MAX = 40
ASKED = ("of", "task", "page", "back")

Params = dict[str, Any]


async def _show(request: Request, view: str, params: Params, status: int = 200) -> Response:
    """A page from the same view and template as on the phone."""
    user, now_ms, settings = user_of(request), clock.now_ms(), request.app.state.settings
    async with request.app.state.db.reading() as db:
        rows = await store.read_rows(db, user, NEEDS[view], None, now_ms)
        foot = await easier_of(request, db, view)
    around = {
        "lang": locale_of(request),
        "size": size_of(request),
        "utc_offset_min": settings.utc_offset_min,
        "me": user.name,
        "person": user.id,
        "new_id": str(uuid7()),
        "calls": settings.calls,
        "blobs": await asyncio.to_thread(waiting, Blobs(settings.blobs), rows.get("report", ())),
    }
    context = VIEWS[view](rows, now_ms, {**around, **params})
    if context is None:
        return await _show(request, "elder_missing", {}, 404)
    return page(request, TEMPLATES[view], status, **context, **foot)


def _get(path: str, view: str) -> Route:
    async def show(request: Request) -> Response:
        asked = {name: request.query_params[name] for name in ASKED if name in request.query_params}
        return await _show(request, view, {**asked, **request.path_params})

    show.__name__ = f"show_{view}"
    return Route(path, show, methods=["GET"])


def _to(address: str) -> Callable[[Request], Any]:
    async def lead(_: Request) -> Response:
        return RedirectResponse(address, 303)

    return lead


async def take_report(request: Request) -> Response:
    """`POST /elder/reports`: what somebody noticed is kept, with its photos; or the form comes back."""
    sent = await request.form(max_files=form_files.FILES_MAX, max_fields=FIELDS_MAX)
    data: Data = {name: [text for text in sent.getlist(name) if isinstance(text, str)] for name in sent}
    came = await form_files.read_files(sent)
    about = {"now_ms": clock.now_ms()}
    try:
        named = await form_files.keep_files(came, Blobs(request.app.state.settings.blobs), "")
        made = FORMS["report"]({**data, "blobs": [named]}, about)
    except form_files.Wrong as wrong:
        made = {**FORMS["report"](data, about), "errors": {"blobs": str(wrong)}}
    if made["errors"]:
        known = {"new_id": made["values"]["id"]} if is_id(made["values"].get("id", "")) else {}
        return await _show(request, "elder_report", {**made, **known}, 422)
    edit = await _commit(request, made["drafts"][0])
    return RedirectResponse(f"/elder/sent?of={edit}", 303)


async def withdraw_report(request: Request) -> Response:
    """`POST /elder/reports/{report}/withdrawal`: its author takes it back."""
    user, report = user_of(request), request.path_params["report"]
    async with request.app.state.db.reading() as db:
        made = await store.read_edit(db, report) if is_id(report) else None
    if made is None or made["author"] != user.id or made["kind"] != "report.made":
        return await _show(request, "elder_missing", {}, 404)
    (taken,) = FORMS["withdrawal"]({}, {"report": report})["drafts"]
    await _commit(request, taken)
    return RedirectResponse(f"/elder/sent?of={report}", 303)


async def take_look(request: Request) -> Response:
    """`POST /elder/visits/{pair}/checks`: how somebody was found."""
    pair = await _own(request, "paired", request.path_params["pair"])
    if pair is None or pair.get("ended_ms"):
        return await _show(request, "elder_missing", {}, 404)
    sent = await request.form(max_files=0, max_fields=FIELDS_MAX)
    data: Data = {name: [text for text in sent.getlist(name) if isinstance(text, str)] for name in sent}
    made = FORMS["look"](data, {"now_ms": clock.now_ms(), "pair": pair})
    if made["errors"]:
        return await _show(request, "elder_visit", {"pair": pair["id"], **made}, 422)
    return RedirectResponse(f"/elder/sent?of={await _commit(request, made['drafts'][0])}", 303)


async def withdraw_look(request: Request) -> Response:
    """`POST /elder/checks/{check}/withdrawal`: its author takes it back."""
    check = await _own(request, "paired_check", request.path_params["check"])
    if check is None:
        return await _show(request, "elder_missing", {}, 404)
    (taken,) = FORMS["look_back"]({}, {"check": check})["drafts"]
    await _commit(request, taken)
    return RedirectResponse(f"/elder/sent?of={check['id']}", 303)


async def suggest(request: Request) -> Response:
    """`POST /elder/suggestions`: what could be easier is kept, and they are back where they were."""
    sent = await request.form(max_files=0, max_fields=FIELDS_MAX)
    data: Data = {name: [text for text in sent.getlist(name) if isinstance(text, str)] for name in sent}
    made = FORMS["suggestion"](data, {"grid": None})
    if made["errors"]:
        return await _show(request, "elder_suggestion", made, 422)
    edit = await _commit(request, made["drafts"][0])
    return RedirectResponse(after(back_to(made["values"].get("back", ""), "/elder/"), edit), 303)


async def _own(request: Request, kind: str, id_: str) -> Params | None:
    """A row that is theirs alone."""
    async with request.app.state.db.reading() as db:
        rows = await store.read_rows(db, user_of(request), {kind: "own"}, None, clock.now_ms())
    return next((row for row in rows[kind] if row["id"] == id_), None)


async def _commit(request: Request, made: Params) -> str:
    """The edit in the author's name; one whose form was sent before says nothing new, or keeps both."""
    user = user_of(request)
    async with request.app.state.db.reading() as db:
        first = await store.read_edit(db, made["id"]) if "id" in made else None
    said = made if first is None else second_words(first, made, user.id)
    edit = said.get("id") or str(uuid7())
    entity = said.get("entity") or edit
    draft = Draft(said["kind"], entity, said["grid"], user.id, said["body"], said["over"], id=edit)
    await request.app.state.journal.commit([draft])
    return edit


async def settings(request: Request) -> Response:
    """`POST /elder/settings`: the size of the letters, and the language."""
    form = await request.form(max_files=0, max_fields=FIELDS_MAX)
    response = RedirectResponse("/elder/", 303)
    if form.get("lang") in LOCALES:
        remember(response, request.app.state.settings, str(form["lang"]))
    remember_size(response, request.app.state.settings, text_of(form, "size"))
    return response


async def missing(request: Request) -> Response:
    """An address under /elder/ that leads nowhere."""
    if request.method != "GET":
        raise not_found()
    return await _show(request, "elder_missing", {}, 404)


routes: list[BaseRoute] = [
    Route("/elder", _to("/elder/"), methods=["GET"]),
    _get("/elder/", "elder_home"),
    _get("/elder/report", "elder_report"),
    Route("/elder/reports", _to("/elder/report"), methods=["GET"]),
    Route("/elder/reports", take_report, methods=["POST"]),
    Route("/elder/reports/{report}/withdrawal", withdraw_report, methods=["POST"]),
    _get("/elder/suggestions/new", "elder_suggestion"),
    Route("/elder/suggestions", _to("/elder/suggestions/new"), methods=["GET"]),
    Route("/elder/suggestions", suggest, methods=["POST"]),
    _get("/elder/visits", "elder_visits"),
    _get("/elder/visits/{pair}", "elder_visit"),
    Route("/elder/visits/{pair}/checks", take_look, methods=["POST"]),
    Route("/elder/checks/{check}/withdrawal", withdraw_look, methods=["POST"]),
    _get("/elder/sent", "elder_sent"),
    _get("/elder/mine", "elder_mine"),
    _get("/elder/call", "elder_call"),
    _get("/elder/install", "elder_install"),
    Route("/elder/settings", settings, methods=["POST"]),
    Route("/elder/{rest:path}", missing, methods=["GET"]),
]
