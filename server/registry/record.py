"""The record of one household, for whoever lives there: what is kept, who said it when, who came, and who looked.

It is opened with a reason and that is written down first. It stays open to whoever asked for a quarter of an hour.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock, kept_apart, schema
from server.access import DECIDING, access_building, access_grid, access_household, user_of
from server.desk import desk_page
from server.doors import door_name
from server.form_fields import text_of
from server.i18n import locale_of
from server.journal import Draft
from server.localtime import local_iso
from server.looked import line_of, put_down, who_looked
from server.problem import not_found
from server.registry import store
from server.registry.facts import RESIDENT_FACTS, facts_of
from server.registry.household import shown_household
from server.rendering import page

WHY = ("asked_by_resident", "checked", "handover", "other")
WORDS_MAX = 200
OPEN_MS = 15 * 60 * 1000
RESTRICTED_WHY = {"asked_by_resident": "told_by_resident", "checked": "entry_checked"}
"""How the reason for a record is called where restricted tags are looked at."""


async def ask(request: Request) -> Response:
    """Why the record is wanted."""
    return await _ask(request)


async def _ask(request: Request, status: int = 200, **typed: Any) -> Response:
    async with request.app.state.db.reading() as db:
        home = await _home(db, request)
        shown: dict[str, Any] = {"why": "", "words": "", "restricted": False, "wrong": {}, **typed}
        shown |= {"reasons": WHY, "may_restricted": await kept_apart.is_on(db, home["grid"])}
        shown |= {"base": _base(home), "door": await _door(db, request, home), "contact": home["contact"]}
        shown |= {"back": f"/desk/households/{home['grid']}/{home['id']}", "over": "over" in request.query_params}
        return await desk_page(request, db, "desk/record_ask.html", status=status, **shown)


async def open_(request: Request) -> Response:
    """The reason is written down, then the way leads to the record."""
    user, form = user_of(request), await request.form(max_files=0)
    why, words = text_of(form, "why"), " ".join(text_of(form, "words").split())[:WORDS_MAX]
    wanted = form.get("restricted") == "yes"
    wrong = {} if why in WHY else {"why": "record.wrong.why"}
    if why == "other" and not words:
        wrong = {"words": "record.wrong.words"}
    if wrong:
        return await _ask(request, 422, why=why, words=words, restricted=wanted, wrong=wrong)
    async with request.app.state.db.reading() as db:
        home = await _home(db, request)
        wanted = wanted and await kept_apart.is_on(db, home["grid"])
    asked = ""
    if wanted:
        look = str(uuid7())
        body = {"household": home["id"], "why": RESTRICTED_WHY.get(why, "other"), **({"words": words} if words else {})}
        await request.app.state.journal.commit([Draft("restricted.viewed", look, home["grid"], user.id, body, id=look)])
        await put_down(
            request, line_of(user, "restricted", home["grid"], home["id"], why=body["why"], words=words or None)
        )
        asked = f"?look={look}"
    line = line_of(user, "record", home["grid"], home["id"], why=why, words=words or None)
    await put_down(request, line)
    return RedirectResponse(f"{_base(home)}/{line['id']}{asked}", 303)


async def show(request: Request) -> Response:
    """The record, on A4."""
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        home = await _home(db, request)
        opened = await _opened(db, request, home)
        if opened is None:
            return RedirectResponse(f"{_base(home)}?over=1", 303)
        residents = await store.residents_of(db, home["grid"], home["id"])
        shown = shown_household(
            store.with_facts(home),
            await store.door_of(db, home["grid"], home["id"]),
            residents,
            await store.visits_of(db, home["grid"], home["id"]),
            await store.history_of(db, [home["id"], *(resident["id"] for resident in residents)]),
            clock.now_ms(),
            offset,
            private=True,
        )
        facts = {resident["id"]: facts_of(resident, RESIDENT_FACTS, offset) for resident in residents}
        context = {
            **shown,
            "people": [{**person, "facts": facts[person["id"]]} for person in shown["people"]],
            "household": dict(home),
            "door": await _door(db, request, home),
            "looks": [_look(line, offset) for line in await who_looked(db, home["id"])],
            "apart": await _apart(db, request, home),
            "by": user.name,
            "at": local_iso(opened["at_ms"], offset),
            "why": opened["why"],
            "words": opened["words"],
            "back": f"/desk/households/{home['grid']}/{home['id']}",
            "marks": range(24),
        }
        return page(request, "desk/home_record.html", **context)


async def _apart(db: AsyncConnection, request: Request, home: RowMapping) -> dict[str, list[str]] | None:
    """The restricted tags by resident, where they were asked for; else None."""
    look = request.query_params.get("look")
    if look is None or not await kept_apart.is_on(db, home["grid"]):
        return None
    view = await kept_apart.view_of(db, look, user_of(request).id, home["grid"], home["id"])
    if view is None or clock.now_ms() >= view["until_ms"]:
        return None
    return {each.id: each.tags for each in await kept_apart.people_of(db, home["grid"], home["id"])}


def _look(line: RowMapping, offset: int) -> dict[str, Any]:
    named = ("by_name", "role", "what", "why", "words")
    return {**{name: line[name] for name in named}, "at": local_iso(line["at_ms"], offset)}


async def _opened(db: AsyncConnection, request: Request, home: RowMapping) -> RowMapping | None:
    """The line that this user's opening left, while it is fresh."""
    line = schema.access_record.c
    query = select(schema.access_record).where(line.id == request.path_params["record"], line.what == "record")
    query = query.where(line.person == user_of(request).id, line.household == home["id"])
    row = (await db.execute(query.where(line.at_ms > clock.now_ms() - OPEN_MS))).mappings().first()
    return row


async def _home(db: AsyncConnection, request: Request) -> RowMapping:
    user = user_of(request)
    grid = access_grid(user, request.path_params["grid"])
    row = await access_household(db, user, request.path_params["household"])
    if row["grid"] != grid or user.role not in DECIDING:
        raise not_found()
    return row


async def _door(db: AsyncConnection, request: Request, home: RowMapping) -> str:
    building = await access_building(db, user_of(request), home["building"])
    return door_name(locale_of(request), building["name"], home["entrance"], home["room"])


def _base(home: RowMapping) -> str:
    return f"/desk/households/{home['grid']}/{home['id']}/record"


AT = "/desk/households/{grid}/{household}/record"
routes = [
    Route(AT, ask, methods=["GET"]),
    Route(AT, open_, methods=["POST"]),
    Route(f"{AT}/{{record}}", show, methods=["GET"]),
]
