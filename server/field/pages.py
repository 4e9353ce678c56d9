"""The field's pages from the server: for phones that hold nothing yet, and browsers that never will.

Same addresses, views, templates and forms as web/phone/addresses.js. A post becomes an edit by the server's own device
in the author's name.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from uuid_utils import uuid7

from server import brakes, clock, form_files
from server.access import User, user_of
from server.blobs import Blobs, waiting
from server.field import files, store
from server.field.about import here_of, stands
from server.field.absent import typed
from server.field.carrying import take_capsule
from server.field.easier import easier_of
from server.field.forms import FORMS
from server.field.second import second_words
from server.field.sheet import Data, is_id
from server.i18n import LOCALES, locale_of, remember, t
from server.journal import Draft, stands_of
from server.localtime import local_day
from server.problem import Problem, not_found
from server.rendering import fragment, page, wants_piece
from server.views import NEEDS, TEMPLATES, VIEWS
from server.views import facts as facts_view
from server.views import order as order_view
from server.views.care import after_care
from server.views.facts import undo_query
from server.views.suggestion_form import after, back_to

FIELDS_MAX = 100
ASKED = (
    "show",
    "q",
    "to",
    "building",
    "kind",
    "field",
    "saved",
    "all",
    "undo",
    "tag",
    "page",
    "back",
    "day",
    "grid",
         "door", "again", "pair", "written",
    "household", "pick", "at",
    "visit", "item", "patrol_note",
)  # fmt: skip
"""What an address may ask of a page."""
ABOUT = ("household", "visit", "item", "patrol_note")
ASKS_ABOUT = ("emergency", "mediation_form", "whistle_form")
"""Pages that an address may ask for about one of these; to every other it says nothing."""
IN_PLACE_OF_ALL = {"HX-Retarget": "body", "HX-Reswap": "innerHTML"}

FRAGMENTS = {"facts": facts_view.FRAGMENT, "order": order_view.FRAGMENT}
"""What of a page is put in place where somebody reads it."""

TELL_BLOBS = ("visit", "revision", "whistle", "patrol_note", "care_check", "order_answer", "item", "daily_log")
"""Rows that may show photos and voice notes."""
OF_A_DOOR = ("/field/households/", "/field/residents/", "/field/visits/", "/field/items/", "/field/whistles/")

Params = dict[str, Any]


def _path(request: Request) -> Params:
    """What the address names. An id that is none is somebody's typing: nobody has such a door."""
    return {name: value if is_id(value) else "-" for name, value in request.path_params.items()}


async def _show(request: Request, view: str, params: Params, status: int = 200) -> Response:
    """A page from the same view and template as on the phone."""
    user, now_ms = user_of(request), clock.now_ms()
    needs = NEEDS[view]
    if params.get("q") and view in ("doors", "pick"):
        needs = {**needs, **NEEDS["found"]}
    around = {
        "lang": locale_of(request),
        "utc_offset_min": request.app.state.settings.utc_offset_min,
        "me": user.name,
        "role": user.role,
        "of_door": request.url.path.startswith(OF_A_DOOR),
        "served": True,
        "person": user.id,
        "new_id": str(uuid7()),
        "new_building": str(uuid7()),
        "duty": request.app.state.settings.duty_phone,
        "stands": await request.app.state.journal.transactions.read(lambda store: stands_of(store, user.id)),
    }
    try:
        async with request.app.state.db.reading() as db:
            here = await here_of(db, user, params)
            rows = await store.read_rows(db, user, needs, here, now_ms)
            if view == "visit" and here and rows["visit"]:
                visit = next(row for row in rows["visit"] if row["id"] == params["visit"])
                rows["revision"] = await store.read_tellings(db, here.grid, visit)
            if view == "outbox":
                around["edits"] = await store.read_own_edits(db, user.id)
            easier = await easier_of(request, db, view)
    except Problem as problem:
        return await _missing(request, problem)
    if here:
        around["household"] = here.household
    told = (each for kind in TELL_BLOBS for each in rows.get(kind, ()))
    steps = (each for row in rows.get("whistle", ()) for each in row.get("story") or ())
    said = [*told, *steps, *(edit["body"] for edit in around.get("edits", ()))]
    said += (each for row in rows.get("item", ()) for each in row.get("story") or ())
    around["blobs"] = await asyncio.to_thread(waiting, Blobs(request.app.state.settings.blobs), said)
    context = VIEWS[view](rows, now_ms, {**around, **params})
    if context is None:
        return await _missing(request, not_found())
    context |= easier
    if view == "found":
        whole = "pick" if params.get("to") else "doors"
        return (
            fragment(request, TEMPLATES[view], **context)
            if wants_piece(request)
            else await _show(request, whole, params)
        )
    if view in FRAGMENTS:
        return fragment(request, FRAGMENTS[view], status, whole=TEMPLATES[view], **context)
    return page(request, TEMPLATES[view], status, **context)


async def _missing(request: Request, problem: Problem, typed: Sequence[str] = ()) -> Response:
    """No such door, or not theirs: the field's own page says so, with what was written and not taken. Whoever pressed
    a button for a piece of a page gets it whole: nothing else of that page stands any more."""
    if problem.status != 404:
        raise problem
    whole = await _show(request, "missing", {"typed": typed}, 404)
    if wants_piece(request):
        whole.headers.update(IN_PLACE_OF_ALL)
    return whole


def _get(path: str, view: str) -> Route:
    """The address of a page."""

    async def show(request: Request) -> Response:
        names = [name for name in ASKED if name not in ABOUT or view in ASKS_ABOUT]
        asked = {name: request.query_params[name] for name in names if name in request.query_params}
        brakes.searching(request, asked.get("q", ""))
        return await _show(request, view, {**asked, **_path(request)})

    show.__name__ = f"show_{view}"
    return Route(path, show, methods=["GET"])


def _post(path: str, form: str, view: str, back: str) -> Route:
    """The address a form is sent to: it becomes edits, and the reader goes on to `back`; or it comes back with what is
    wrong beside each field and everything typed still there."""

    async def take(request: Request) -> Response:
        user, params = user_of(request), _path(request)
        sent = await request.form(max_files=form_files.FILES_MAX, max_fields=FIELDS_MAX)
        data = {name: [text for text in sent.getlist(name) if isinstance(text, str)] for name in sent}
        came = await form_files.read_files(sent)
        try:
            about = await stands(request, user, form, params, data)
        except Problem as problem:
            return await _missing(request, problem, typed(data))
        if form in files.FORMS:
            data["blobs"] = [files.named_before(data, about.get("visit") or about.get("told"))]
        made = FORMS[form](data, about)
        if form in files.FORMS and (not made["errors"] or (came and form in files.ENOUGH)):
            made = await _with_files(request, form, came, data, about)
        if view == "order" and "door" in about:
            params["door"] = about["door"]
        if view == "facts":
            params["field"] = next(iter(data.get("field", [])), "")
        if made["errors"] and about.get("absent"):
            return await _missing(request, not_found(), typed(data))
        if made["errors"]:
            # The id stays: it was made when the form was opened, and still nothing has been said under it.
            known = {"new_id": made["values"]["id"]} if is_id(made["values"].get("id", "")) else {}
            return await _show(request, view, {**params, **known, **made}, 422)
        drafts = [_draft(user, await _unsaid(request, user, draft)) for draft in made["drafts"]]
        await request.app.state.journal.commit(drafts)
        if about.get("absent"):
            # Where the home stood there is no page any more; the edit, and what became of it, stands in the outbox.
            return _to_outbox(request)
        if view in FRAGMENTS and wants_piece(request):
            return await _show(request, view, {**params, "stated": True})
        entity = drafts[-1].entity if drafts else ""
        if form == "suggestion":
            return RedirectResponse(after(back_to(made["values"].get("back", "")), entity), 303)
        if form == "care":
            return RedirectResponse(after_care(entity, about["pair"], made["values"].get("state", "")), 303)
        asked = "".join(undo_query(draft.kind, draft.body, draft.id or "") for draft in drafts)
        return RedirectResponse(back.format(**{**about, **params, "entity": entity}) + asked, 303)

    take.__name__ = f"take_{form}"
    return Route(path, take, methods=["POST"])


async def _with_files(request: Request, form: str, came: list[bytes], data: Data, about: Params) -> dict[str, Any]:
    """The form with the photos and voice notes that came with it. One that is not taken costs none of the words."""
    try:
        named = await form_files.keep_files(came, Blobs(request.app.state.settings.blobs), str(data["blobs"][0]))
    except form_files.Wrong as wrong:
        return {**FORMS[form](data, about), "errors": {"blobs": str(wrong)}}
    return FORMS[form]({**data, "blobs": [named]}, about)


def _to_outbox(request: Request) -> Response:
    """On to what was written; from a piece of a page, too."""
    if wants_piece(request):
        return Response(headers={"HX-Redirect": "/field/outbox"})
    return RedirectResponse("/field/outbox", 303)


async def _unsaid(request: Request, user: User, made: dict[str, Any]) -> dict[str, Any]:
    """The edit a form asks for; when its form was sent before with other words, one that keeps both."""
    async with request.app.state.db.reading() as db:
        first = await store.read_edit(db, made["id"]) if "id" in made else None
    return made if first is None else second_words(first, made, user.id)


def _draft(user: User, made: Mapping[str, Any]) -> Draft:
    """An edit in the author's name. One that creates something is called as it is."""
    edit = made.get("id") or str(uuid7())
    return Draft(made["kind"], made.get("entity") or edit, made["grid"], user.id, made["body"], made["over"], id=edit)


async def attempt(request: Request) -> Response:
    """ "Try now": from the server there is nothing left to send."""
    return RedirectResponse("/field/outbox", 303)


async def settings(request: Request) -> Response:
    """Remember the reader's language."""
    lang = (await request.form(max_files=0, max_fields=FIELDS_MAX)).get("lang")
    response = RedirectResponse("/field/more", 303)
    if lang in LOCALES:
        remember(response, request.app.state.settings, str(lang))
    return response


async def to_form(request: Request) -> Response:
    """Where a form is sent to, asked for as a page: the form itself."""
    return RedirectResponse(f"{request.url.path}/new", 303)


async def to_patrol(_: Request) -> Response:
    """Where a note is sent to, asked for as a page: the patrol."""
    return RedirectResponse("/field/patrol", 303)


async def to_thing(request: Request) -> Response:
    """Where something is said of a visit or an item, asked for as a page: what it is said of."""
    return RedirectResponse(request.url.path.rpartition("/")[0], 303)


async def home(_: Request) -> Response:
    """The field without its slash."""
    return RedirectResponse("/field/", 303)


async def missing(request: Request) -> Response:
    """An address under /field/ that leads nowhere."""
    return await _show(request, "missing", {}, 404)


async def nothing_to_take(request: Request) -> Response:
    """A file of what is unsent: from the server there is nothing left to take along."""
    return RedirectResponse("/field/outbox", 303)


async def notes(request: Request) -> Response:
    """One's own visits as a file."""
    answer = await _show(request, "notes", {})
    today = local_day(clock.now_ms(), request.app.state.settings.utc_offset_min)
    name = f"{t(locale_of(request), 'field.notes.title', {'name': user_of(request).name})}-{today}.html"
    answer.headers["Content-Disposition"] = f"attachment; filename=\"notes.html\"; filename*=UTF-8''{quote(name)}"
    return answer


async def carry(request: Request) -> Response:
    """A colleague's file is taken in at once, or the page says what is wrong with it."""
    told, status = await take_capsule(request)
    return await _show(request, "carry", told, status)


HOME, PERSON, VISIT = "/field/households/{household}", "/field/residents/{resident}", "/field/visits/{visit}"
ORDER = "/field/orders/{order}"
ITEM = "/field/items/{item}"
WHISTLE = "/field/whistles/{whistle}"
SAID_OF = (f"{VISIT}/items", f"{VISIT}/promise", f"{ITEM}/moves", f"{ITEM}/tellings", f"{WHISTLE}/moves",
           f"{WHISTLE}/tellings")  # fmt: skip
FORMS_AT = (
    "/field/households",
    "/field/suggestions",
    "/field/mediations",
    f"{HOME}/visits",
    f"{HOME}/residents",
    f"{VISIT}/corrections",
)

routes: list[BaseRoute] = [
    _get("/field/", "today"),
    _get("/field/doors", "doors"),
    _get("/field/doors/found", "found"),
    _get("/field/visits/new", "pick"),
    _get("/field/households/new", "household_form"),
    _post("/field/households", "household", "household_form", "/field/households/{entity}"),
    _get(HOME, "household"),
    _get(f"{HOME}/visits/new", "visit_form"),
    _post(f"{HOME}/visits", "visit", "visit_form", f"{HOME}?saved={{entity}}"),
    _get(f"{HOME}/residents/new", "resident_form"),
    _post(f"{HOME}/residents", "resident", "resident_form", f"{HOME}#people"),
    _get(f"{HOME}/facts", "facts"),
    _post(f"{HOME}/facts", "household_facts", "facts", f"{HOME}#facts"),
    _get(f"{PERSON}/facts", "facts"),
    _post(f"{PERSON}/facts", "resident_facts", "facts", f"{PERSON}/facts"),
    _get(VISIT, "visit"),
    _get(f"{VISIT}/corrections/new", "visit_form"),
    _post(f"{VISIT}/corrections", "correction", "visit_form", VISIT),
    _post(f"{VISIT}/items", "item", "visit", f"{VISIT}#turns"),
    _post(f"{VISIT}/promise", "kept", "visit", "/field/followups"),
    _get("/field/followups", "followups"),
    _get(ITEM, "item"),
    _post(f"{ITEM}/moves", "item_move", "item", ITEM),
    _post(f"{ITEM}/tellings", "item_told", "item", ITEM),
    _get("/field/mediations/new", "mediation_form"),
    _post("/field/mediations", "mediation", "mediation_form", "/field/items/{entity}"),
    _get("/field/whistles", "whistles"),
    _get("/field/whistles/new", "whistle_form"),
    _post("/field/whistles", "whistle", "whistle_form", "/field/whistles/{entity}"),
    _get(WHISTLE, "whistle"),
    _post(f"{WHISTLE}/moves", "whistle_move", "whistle", WHISTLE),
    _post(f"{WHISTLE}/tellings", "whistle_told", "whistle", WHISTLE),
    _get("/field/log", "log"),
    _post("/field/log", "log", "log", "/field/log?grid={grid}&day={day}"),
    _get(ORDER, "order"),
    _post(f"{ORDER}/answers", "order_answer", "order", f"{ORDER}#d-{{door}}"),
    _post(f"{ORDER}/reports", "order_report", "order", ORDER),
    _get("/field/patrol", "patrol"),
    _post("/field/patrol", "patrol", "patrol", "/field/patrol?grid={grid}"),
    _post("/field/patrol/notes", "patrol_note", "patrol", "/field/patrol?grid={grid}&saved={entity}"),
    Route("/field/patrol/notes", to_patrol, methods=["GET"]),
    _post("/field/actions/{action}/completion", "action", "today", "/field/"),
    _get("/field/care", "care"),
    _post("/field/care", "care", "care", ""),
    _get("/field/emergency", "emergency"),
    _get("/field/outbox", "outbox"),
    Route("/field/outbox/attempts", attempt, methods=["POST"]),
    Route("/field/outbox/capsule", nothing_to_take, methods=["GET"]),
    _get("/field/carry", "carry"),
    Route("/field/carry", carry, methods=["POST"]),
    _get("/field/suggestions/new", "suggestion_form"),
    _post("/field/suggestions", "suggestion", "suggestion_form", ""),
    *(Route(path, to_form, methods=["GET"]) for path in FORMS_AT),
    *(Route(path, to_thing, methods=["GET"]) for path in SAID_OF),
    # A phone's own pages: asked past its worker they lead to those of the server.
    Route("/field/pin", home, methods=["GET"]),
    Route("/field", home, methods=["GET"]),
    _get("/field/more", "more"),
    Route("/field/notes", notes, methods=["GET"]),
    Route("/field/settings", settings, methods=["POST"]),
    Route("/field/{rest:path}", missing, methods=["GET"]),
]
