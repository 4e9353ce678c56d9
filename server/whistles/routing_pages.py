"""The table of words that lead whistles somewhere, at the desk: read by everybody who sends, changed for a reason."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server.access import User, user_of
from server.desk import desk_page
from server.form_fields import text_of
from server.journal import Draft
from server.localtime import local_day
from server.routing import URGENCIES, Line, lines_in_force
from server.views.whistles import CATEGORIES
from server.whistles import store
from server.whistles.suggesting import load_routing, load_rows
from server.whistles.told import KINDS, LEVELS

ROUTING = "/desk/routing"
REASON_CHARS_MAX, WORDS_CHARS_MAX, OFFICES_CHARS_MAX, TRIED_CHARS_MAX = 200, 600, 100, 300
COURTYARDS = ("managed", "self", "none")
FIELDS = ("code", "words", "category", "offices", "level", "urgency", "courtyard", "reason", "first")
CHOSEN = {"category": CATEGORIES, "level": LEVELS, "urgency": URGENCIES, "courtyard": COURTYARDS}
DONE = ("set", "first")
_CODE = re.compile("[a-z0-9][a-z0-9_-]{0,39}")

Shown = dict[str, Any]


async def rules(request: Request) -> Response:
    """`GET /desk/routing`: every rule, one of them ready to be changed where it is asked for."""
    return await _page(request, {})


async def set_rule(request: Request) -> Response:
    """`POST /desk/routing`: a rule is this from now on, for the whole installation by an administrator, for their
    community by its committee."""
    async with request.form(max_files=0) as form:
        said = {name: text_of(form, name).strip() for name in FIELDS}
    wrong = _wrong(said)
    if wrong:
        return await _page(request, {**said, "wrong": wrong}, 422)
    user = user_of(request)
    id_ = str(uuid7())
    body: Shown = {"code": said["code"] or id_, "reason": said["reason"]}
    if not said["first"]:
        body |= {"words": " ".join(said["words"].split()), "offices": " ".join(said["offices"].split())}
        body |= {name: said[name] for name in ("category", "urgency", "courtyard") if said[name]}
        body |= {"level": int(said["level"])} if said["level"] else {}
    if community := _scope(user):
        body["community"] = community
    await request.app.state.journal.commit([Draft("routing_rule.set", id_, None, user.id, body, id=id_)])
    return RedirectResponse(f"{ROUTING}?done={'first' if said['first'] else 'set'}", 303)


async def try_words(request: Request) -> Response:
    """`POST /desk/routing/trial`: what these words would suggest; they are kept nowhere."""
    async with request.form(max_files=0) as form:
        return await _page(request, {"tried": text_of(form, "tried").strip()[:TRIED_CHARS_MAX]})


def _scope(user: User) -> str | None:
    """Whose rules they change: None is the whole installation's."""
    return None if user.role == "admin" else user.community


def _wrong(said: Shown) -> str | None:
    """What does not fit, by the name of its field."""
    if said["code"] and not _CODE.fullmatch(said["code"]):
        return "code"
    if not said["first"]:
        if len(said["words"]) > WORDS_CHARS_MAX or not (said["words"] or said["code"]):
            return "words"
        if len(said["offices"]) > OFFICES_CHARS_MAX:
            return "offices"
        for name, known in CHOSEN.items():
            if said[name] and said[name] not in known:
                return name
    return None if 0 < len(said["reason"]) <= REASON_CHARS_MAX else "reason"


async def _page(request: Request, said: Shown, status: int = 200) -> Response:
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        rows = await load_rows(db, user.community)
        lines = [_line(each, offset) for each in lines_in_force(rows)]
        asked = said.get("code") or request.query_params.get("rule", "")
        known = next((line for line in lines if line["code"] == asked), None)
        form = {**dict.fromkeys(FIELDS, ""), **(known or {}), "reason": "", "wrong": None, **said}
        tried = said.get("tried", "")
        done = request.query_params.get("done")
        return await desk_page(
            request,
            db,
            "desk/routing.html",
            status=status,
            rules=lines,
            known=known is not None,
            said=form,
            tried=tried,
            found=(await load_routing(db, user.community)).of_words(tried) if tried else None,
            departments=[row["name"] for row in await store.departments(db, user.community)],
            categories=KINDS,
            levels=LEVELS,
            urgencies=URGENCIES,
            courtyards=COURTYARDS,
            done=done if done in DONE else None,
            whole=_scope(user) is None,
        )


def _line(line: Line, offset: int) -> Shown:
    rule, row = line
    told = {
        "code": rule.code,
        "words": " ".join(rule.words),
        "category": rule.category or "",
        "key": (rule.category or "any").lower(),
        "offices": " ".join(rule.offices),
        "level": str(rule.level or ""),
        "urgency": rule.urgency or "",
        "courtyard": rule.courtyard or "",
        "by": "",
    }
    if row is None:
        return told
    on = local_day(row["said_ms"], offset)
    return {**told, "by": row["by_name"], "why": row["reason"], "on": on, "ours": row["community"] is not None}


routes = [
    Route(ROUTING, rules),
    Route(ROUTING, set_rule, methods=["POST"]),
    Route(f"{ROUTING}/trial", try_words, methods=["POST"]),
]
