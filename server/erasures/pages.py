"""Erasing at the desk: first in plain words what goes and what stays, then a reason, the word itself, and a passkey.

There is no undo. What was erased answers by its old address that it existed, and when and by whom it was erased.
"""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server import events
from server.access import User, access_grid, user_of
from server.blobs import blobs_in
from server.desk import desk_page
from server.doors import door_name
from server.erasures import store
from server.erasures.store import Standing
from server.form_fields import text_of
from server.i18n import locale_of, t
from server.journal import Thing, TooMany
from server.localtime import local_iso
from server.looked import looked
from server.problem import Problem

WHY = ("asked", "not_needed", "not_allowed", "wrong_person", "died", "other")
"""Why, as sync/rules/words.py has it: a class alone, for words would name somebody again."""


async def ask(request: Request) -> Response:
    """`GET /desk/erasures/…`: what would go and what would stay; of what went already, that it did."""
    return await _page(request)


async def erase(request: Request) -> Response:
    """`POST /desk/erasures/…`: all of it goes, in this user's name."""
    user, form = user_of(request), await request.form(max_files=0)
    why, typed = text_of(form, "why"), text_of(form, "sure").strip().lower()
    wrong = {
        **({} if why in WHY else {"why": "erase.wrong.why"}),
        **({} if typed in (t("zh", "erase.word"), t("en", "erase.word")) else {"sure": "erase.wrong.sure"}),
    }
    if wrong:
        return await _page(request, 422, why=why, wrong=wrong)
    async with request.app.state.db.reading() as db:
        gone = await store.erased(db, user, _id(request))
        stands = await _standing(request, user, db, gone)
    if stands is None:
        raise nothing_left()
    thing = _thing(stands)
    try:
        went = await request.app.state.journal.erase(thing, user.id, why)
    except TooMany:
        raise too_many() from None
    if went is None:
        raise nothing_left()
    # Bytes that something else names as well stay.
    await asyncio.to_thread(blobs_in(request).drop, went.blobs)
    events.happened("words.erased", of=thing.of, entity=thing.id, edits=went.worded, blobs=len(went.blobs))
    return RedirectResponse(f"{request.url.path}?done=1", 303)


async def _page(request: Request, status: int = 200, **typed: Any) -> Response:
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    id_, grid = _id(request), access_grid(user, request.path_params["grid"])
    async with request.app.state.db.reading() as db:
        gone, done = await store.erased(db, user, id_), request.query_params.get("done") == "1"
        stands = await _standing(request, user, db, gone)
        goes = await _goes(request, stands) if stands is not None and not done else None
        if stands is None or goes is None:
            if gone is None:
                raise nothing_left()
            back = f"/desk/households/{grid}/{id_}" if _of(request) == "household" and gone["whole"] else None
            at = local_iso(gone["at_ms"], offset)
            shown = {**gone, "at": at, "back": back, "done": done}
            return await desk_page(request, db, "desk/erased.html", **shown)
        looked(request, "household", grid, stands.home["id"])
        left = await store.visits_at(db, grid, stands.home["id"]) if stands.of == "resident" else 0
        building, home, visit = stands.building, stands.home, "occurred_at_ms" in stands.row
        context = {
            "of": stands.of,
            "address": request.url.path,
            "name": _name(stands),
            "door": door_name(locale_of(request), building["name"], home["entrance"], home["room"]),
            "at": local_iso(stands.row["occurred_at_ms"], offset) if visit else None,
            "by": stands.row["by_name"] if visit else None,
            "back": f"/desk/visits/{grid}/{id_}" if visit else f"/desk/households/{grid}/{home['id']}",
            "home": f"/desk/households/{grid}/{home['id']}",
            "at_home": f"/desk/erasures/households/{grid}/{home['id']}",
            "goes": goes,
            "left": left,
            "near": await store.spoken_near(db, stands, offset) if stands.of != "visit" else [],
            "reasons": WHY,
        }
        given: dict[str, Any] = {"why": "", "wrong": {}, **typed}
        return await desk_page(request, db, "desk/erase.html", status=status, **context, **given)


async def _goes(request: Request, stands: Standing) -> dict[str, int] | None:
    """How much would go; None where nothing is left."""
    try:
        going = await request.app.state.journal.what_goes(_thing(stands))
    except TooMany:
        raise too_many() from None
    if going is None:
        return None
    counts = {"edits": going.worded, "residents": len(going.residents), "visits": len(going.visits)}
    return {**counts, "blobs": len(going.blobs)}


async def _standing(request: Request, user: User, db: Any, gone: dict[str, Any] | None) -> Standing | None:
    """What it is about; of a resident or a visit that was erased where it stood, None where nobody can tell."""
    grid = access_grid(user, request.path_params["grid"])
    if gone is not None and _of(request) != "household":
        return await store.erased_at(db, user, _of(request), _id(request), gone["home"])
    return await store.standing(db, user, _of(request), grid, _id(request))


def _thing(stands: Standing) -> Thing:
    return Thing(stands.of, stands.row["id"], stands.row["grid"], stands.home["id"])


def _of(request: Request) -> str:
    return store.OF[request.url.path.split("/")[3]]


def _id(request: Request) -> str:
    return str(request.path_params[_of(request)])


def _name(stands: Standing) -> str | None:
    """How whoever it is about is called: a resident by name, a home by its contact."""
    name = stands.row.get("name") if stands.of == "resident" else stands.home["contact"]
    return str(name) if name else None


def nothing_left() -> Problem:
    """Nothing is there to be erased, or somebody was quicker."""
    told = ("这里已经没有可清除的内容了。", "There is nothing left here to erase.")
    return Problem("nothing_left", 409, *told)


def too_many() -> Problem:
    """More was written than one erasure can name."""
    told = (
        "这一户记下的太多，一次清不完。先一次一次清走访，再清这一户。",
        "Too much was written here to erase at once. Erase visits one by one first, then the home.",
    )
    return Problem("too_many", 409, *told)


routes = [
    Route(f"/desk/erasures/{of}/{{grid}}/{{{thing}}}", act, methods=[verb])
    for of, thing in store.OF.items()
    for verb, act in (("GET", ask), ("POST", erase))
]
