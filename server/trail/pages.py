"""A trail shown, and taken out as one file that proves itself: journaled before it leaves, like any export."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import user_of
from server.desk import desk_page
from server.doors import door_name
from server.form_fields import text_of
from server.i18n import locale_of, t
from server.journal import Draft, NotSigned, TrailAsked
from server.localtime import local_iso
from server.looked import line_of, looked, put_down
from server.problem import Problem
from server.trail.shown import fields_of, may_tell, shown_edits
from server.trail.store import EDITS_MAX, Subject, access_trail, edits_of
from server.views.people import HOUSEHOLD_FACTS, RESIDENT_FACTS

WHY = ("resident", "report", "meeting", "handover", "other")
"""What for, as sync/rules/export.py has it: whoever lives there asks first."""
WORDS_MAX = 200
FACTS = (*HOUSEHOLD_FACTS, *RESIDENT_FACTS)


async def show(request: Request) -> Response:
    """Every edit of one thing; asked for one fact, those that speak of it."""
    async with request.app.state.db.reading() as db:
        subject = await access_trail(db, user_of(request), request.path_params["entity"])
        if subject.home is not None:
            looked(request, "trail", subject.home["grid"], subject.home["id"])
        return await _page(request, db, subject)


async def _page(request: Request, db: AsyncConnection, subject: Subject, status: int = 200, **typed: Any) -> Response:
    rows = await edits_of(db, subject)
    more, rows = len(rows) > EDITS_MAX, rows[:EDITS_MAX]
    fact = request.query_params.get("fact")
    fact = fact if fact in FACTS else None
    # Of what was erased nobody knows any more which fact it was: it stays.
    kept = {row["id"] for row in rows if fact is None or fact in fields_of(row) or row["said"] is None}
    edits = shown_edits(rows, request.app.state.settings.utc_offset_min)
    context = {"why": "", "words": "", "wrong": {}, **typed, "reasons": WHY, "more": more, "fact": fact}
    return await desk_page(
        request, db, "desk/trail.html", status=status, subject=subject, edits=[e for e in edits if e["id"] in kept],
        total=len(edits), signed=sum(e["covered"] is not None for e in edits), door=_door(request, subject),
        back=_back(subject), contact=subject.home["contact"] if subject.home is not None else None, **context,
    )  # fmt: skip


async def take(request: Request) -> Response:
    """The trail leaves as a file."""
    form = await request.form(max_files=0)
    why, words = text_of(form, "why"), " ".join(text_of(form, "words").split())[:WORDS_MAX]
    wrong = {
        **({} if why in WHY else {"why": "exports.wrong.why"}),
        **({"words": "exports.wrong.words"} if why == "other" and not words else {}),
    }
    async with request.app.state.db.reading() as db:
        subject = await access_trail(db, user_of(request), request.path_params["entity"])
        if wrong:
            return await _page(request, db, subject, 422, why=why, words=words, wrong=wrong)
        rows = (await edits_of(db, subject))[:EDITS_MAX]
    asked = TrailAsked(
        subject.id, [row["position"] for row in rows], {row["position"] for row in rows if may_tell(row)}
    )
    try:
        made = await request.app.state.journal.trail(asked)
    except NotSigned:
        raise _not_signed() from None
    await _journal(request, subject, len(rows), why, words)
    stamp = local_iso(clock.now_ms(), request.app.state.settings.utc_offset_min)[:16].replace(":", "").replace("T", "-")
    told = {"door": _door(request, subject) or subject.id[:8], "when": stamp}
    name = quote(f"{t(locale_of(request), 'trail.file', told)}.json")
    # RFC 6266: browsers take the second name, which may be Chinese.
    named = f"attachment; filename=\"trail.json\"; filename*=UTF-8''{name}"
    return Response(made, media_type="application/json", headers={"Content-Disposition": named})


async def _journal(request: Request, subject: Subject, count: int, why: str, words: str) -> None:
    """That this leaves, in the journal, before it does; and among the looks at the home."""
    user, id_ = user_of(request), str(uuid7())
    body = {"what": "trail", "format": "json", "count": count, "columns": [], "asked": {"entity": subject.id}}
    body |= {"why": why, **({"words": words} if words else {})}
    (receipt,) = await request.app.state.journal.commit([Draft("export.made", id_, None, user.id, body, id=id_)])
    if receipt.outcome != "accepted":
        raise RuntimeError(f"export.made: {receipt.outcome} {receipt.reason}")
    home = subject.home["id"] if subject.home is not None else None
    await put_down(request, line_of(user, "export", subject.grid, home, why=why, words=words or None))


def _door(request: Request, subject: Subject) -> str | None:
    home, building = subject.home, subject.building
    if building is None:
        return None
    if home is None:
        return str(building["name"])
    return door_name(locale_of(request), building["name"], home["entrance"], home["room"])


def _back(subject: Subject) -> tuple[str, str]:
    """Where the reader most likely came from: an address and the key of its words."""
    if subject.kind == "visit":
        return f"/desk/visits/{subject.grid}/{subject.id}", "trail.back.visit"
    if subject.home is not None:
        return f"/desk/households/{subject.home['grid']}/{subject.home['id']}", "trail.back.home"
    if subject.kind == "building":
        return f"/desk/boards/{subject.grid}/{subject.id}", "trail.back.building"
    return (
        ("/desk/conflicts", "trail.back.conflicts") if subject.kind == "aside" else ("/desk/visits", "desk.visit.back")
    )


def _not_signed() -> Problem:
    return Problem(
        "not_signed",
        503,
        "这些记录还没有签上名，现在取出来证明不了什么。过一会儿再取。",
        "These records are not signed for yet: a file made now would prove nothing. Take it again a little later.",
    )


routes = [
    Route("/desk/trail/{entity}", show, methods=["GET"]),
    Route("/desk/trail/{entity}/file", take, methods=["POST"]),
]
