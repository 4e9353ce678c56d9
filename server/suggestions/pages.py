"""The suggestion box at the desk: one box for words at the foot of every page, and what the station reads of all."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import home_of, user_of
from server.desk import desk_page
from server.form_fields import text_of
from server.journal import Draft
from server.localtime import local_day, local_iso
from server.suggestions import store
from server.views.suggestion_form import after, page_of

TEXT_CHARS_MAX = 10_000
PAGES = (
    *("today", "doors", "found", "pick", "household", "visit_form", "visit", "household_form", "resident_form"),
    *("facts", "log", "order", "patrol", "outbox", "carry", "more", "arriving"),
    *("desk_home", "desk_visits", "desk_boards", "desk_conflicts", "desk_exports", "desk_people", "desk_phones"),
    *("desk_imports", "desk_figures", "desk_records", "desk_recoveries", "desk_me", "desk_backups", "desk_beginning"),
    *("followups", "item", "mediation_form", "care", "emergency"),
    *("desk_items", "desk_logs", "desk_orders", "desk_patrols", "desk_pictures", "desk_suggestions", "desk_packs"),
    *("desk_health", "desk_reports", "desk_care", "desk_robots", "desk_calendar"),
    *("desk_notices",),
    *(
        "elder_home",
        "elder_report",
        "elder_sent",
        "elder_mine",
        "elder_call",
        "elder_install",
        "elder_visits",
        "elder_visit",
    ),
    *("whistle", "whistles", "whistle_form", "desk_whistles", "desk_hotline", "desk_routing"),
)
"""Pages that have a name in words. Any other is said to be another."""
_DESK = re.compile("/desk(/.*)?")


async def show(request: Request) -> Response:
    """`GET /desk/suggestions`: what people said, page by page; the page spoken of last stands first."""
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    today = local_day(clock.now_ms(), offset)
    async with request.app.state.db.reading() as db:
        said = [
            {**row, "said": local_iso(row["said_ms"], offset), "today": local_day(row["said_ms"], offset) == today}
            for row in await store.suggestions_for(db, user)
        ]
        pages: dict[str, list[dict[str, Any]]] = {}
        for row in said:
            pages.setdefault(row["page"] if row["page"] in PAGES else "other", []).append(row)
        return await desk_page(request, db, "desk/suggestions.html", pages=pages)


async def ask(request: Request) -> Response:
    """`GET /desk/suggestions/new`: the box, for the page that the reader comes from."""
    asked = request.query_params
    return await _form(request, {"page": asked.get("page", ""), "back": asked.get("back", ""), "text": ""})


async def make(request: Request) -> Response:
    """`POST /desk/suggestions`: it is kept in the reader's name, and they are back where they were."""
    user, form = user_of(request), await request.form(max_files=0)
    said = {name: text_of(form, name) for name in ("text", "page", "back")}
    text = said["text"].replace("\r\n", "\n").strip()
    if not 0 < len(text) <= TEXT_CHARS_MAX:
        wrong = f"form.too_long.{TEXT_CHARS_MAX}" if text else "form.suggestion"
        return await _form(request, {**said, "wrong": wrong}, 422)
    id_, body = str(uuid7()), {"text": text, "page": page_of(said["page"])}
    await request.app.state.journal.commit([Draft("suggestion.made", id_, None, user.id, body, id=id_)])
    return RedirectResponse(after(_back(request, said["back"]), id_), 303)


async def _form(request: Request, said: dict[str, str], status: int = 200) -> Response:
    values = {**said, "page": page_of(said["page"]), "back": _back(request, said["back"])}
    async with request.app.state.db.reading() as db:
        return await desk_page(request, db, "desk/suggestion.html", status=status, values=values)


def _back(request: Request, said: str) -> str:
    """The page the reader came from, one of the desk's."""
    return said if _DESK.fullmatch(said) else home_of(user_of(request).role)


routes = [
    Route("/desk/suggestions", show, methods=["GET"]),
    Route("/desk/suggestions", make, methods=["POST"]),
    Route("/desk/suggestions/new", ask, methods=["GET"]),
]
