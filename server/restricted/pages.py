"""Restricted tags, drawn by the server alone: the station's switch, and a look that asks why and does not last.

A look is journaled before anything is shown. The desk's pages stand under /desk/restricted, those of a grid's worker
under /restricted: the phone draws neither, keeps neither, and shows them only while it has a signal.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server import kept_apart as store
from server.access import User, access_building, access_grid, access_household, user_of
from server.desk import desk_page
from server.doors import door_name
from server.form_fields import text_of
from server.i18n import locale_of
from server.journal import Draft
from server.localtime import local_iso
from server.looked import line_of, put_down
from server.problem import not_found
from server.rendering import page

WHY = ("visit_ahead", "help_needed", "entry_checked", "told_by_resident", "other")
"""Why somebody looks, as sync/rules/restricted.py has it."""
TAGS = ("mental_illness", "community_correction", "released")
WORDS_MAX = 500


async def switch(request: Request) -> Response:
    """Whether restricted tags are kept here, since when and why."""
    return await _switch_page(request)


async def _switch_page(request: Request, status: int = 200, **typed: Any) -> Response:
    async with request.app.state.db.reading() as db:
        row = await store.switch_of(db, user_of(request).community)
        if row is None:
            raise not_found()
        done = request.query_params.get("done")
        shown = {"reason": "", "law": "", "wrong": {}, **typed, "done": done if done in ("on", "off") else None}
        may = user_of(request).role == "station_master"
        return await desk_page(
            request, db, "desk/restricted_switch.html", status=status, now=dict(row), may=may, **shown
        )


async def turn(request: Request) -> Response:
    """The station master switches restricted tags on, with the reason and the law, or off."""
    user, form = user_of(request), await request.form(max_files=0)
    if user.role != "station_master" or user.community is None:
        raise not_found()
    on = form.get("on") == "yes"
    reason, law = _line(form, "reason"), _line(form, "law")
    wrong = {
        **({} if reason else {"reason": "restricted.wrong.reason"}),
        **({} if law or not on else {"law": "restricted.wrong.law"}),
    }
    if wrong:
        return await _switch_page(request, 422, reason=reason, law=law, wrong=wrong)
    body = {"on": on, "reason": reason, **({"law": law} if on else {})}
    await request.app.state.journal.commit([Draft("community.restricted", user.community, None, user.id, body)])
    return RedirectResponse(f"/desk/restricted?done={'on' if on else 'off'}", 303)


def _line(form: FormData, name: str) -> str:
    return " ".join(text_of(form, name).split())[:WORDS_MAX]


async def ask(request: Request) -> Response:
    """Why somebody wants to look."""
    return await _ask(request)


async def _ask(request: Request, status: int = 200, **typed: Any) -> Response:
    async with request.app.state.db.reading() as db:
        home = await _home(db, request)
        over = request.query_params.get("over") == "1"
        shown: dict[str, Any] = {"why": "", "words": "", "wrong": {}, **typed, "reasons": WHY, "over": over}
        return await _page(request, db, "ask", home, status, **shown)


async def look(request: Request) -> Response:
    """The reason is journaled, then the way leads to what was asked for."""
    user, form = user_of(request), await request.form(max_files=0)
    why, words = text_of(form, "why"), _line(form, "words")
    wrong = {} if why in WHY else {"why": "restricted.wrong.why"}
    if why == "other" and not words:
        wrong = {"words": "restricted.wrong.words"}
    if wrong:
        return await _ask(request, 422, why=why, words=words, wrong=wrong)
    async with request.app.state.db.reading() as db:
        home = await _home(db, request)
    view = str(uuid7())
    body = {"household": home["id"], "why": why, **({"words": words} if words else {})}
    await put_down(request, line_of(user, "restricted", home["grid"], home["id"], why=why, words=words or None))
    draft = Draft("restricted.viewed", view, home["grid"], user.id, body, id=view)
    (receipt,) = await request.app.state.journal.commit([draft])
    if receipt.outcome != "accepted":
        raise not_found()
    return RedirectResponse(f"{_base(request)}/{home['grid']}/{home['id']}/looks/{view}", 303)


async def show(request: Request) -> Response:
    """What was asked for, to whoever asked, while it lasts."""
    async with request.app.state.db.reading() as db:
        home = await _home(db, request)
        view = await _view(db, request, home)
        if view is None:
            return RedirectResponse(f"{_base(request)}/{home['grid']}/{home['id']}?over=1", 303)
        offset = request.app.state.settings.utc_offset_min
        people = [
            {
                "id": each.id,
                "name": each.name,
                "tags": [tag for tag in TAGS if tag in each.tags],
                "by": each.by,
                "at": local_iso(each.said_ms, offset) if each.said_ms is not None else None,
            }
            for each in await store.people_of(db, home["grid"], home["id"])
        ]
        left_s = max(1, (view["until_ms"] - clock.now_ms()) // 1000)
        shown: dict[str, Any] = {"people": people, "tags": TAGS, "until": local_iso(view["until_ms"], offset)}
        shown |= {
            "look": request.path_params["look"],
            "why": view["why"],
            "done": request.query_params.get("done") == "1",
        }
        answer = await _page(request, db, "show", home, **shown)
    # A screen that was left alone does not go on showing it, scripts or not.
    answer.headers["Refresh"] = f"{left_s}; url={_base(request)}/{home['grid']}/{home['id']}?over=1"
    return answer


async def tell(request: Request) -> Response:
    """Whoever looks at the desk says what holds from now on."""
    user, form = user_of(request), await request.form(max_files=0)
    async with request.app.state.db.reading() as db:
        home = await _home(db, request)
        view = await _view(db, request, home)
        known = {each.id for each in await store.people_of(db, home["grid"], home["id"])}
    resident = text_of(form, "resident")
    back = f"{_base(request)}/{home['grid']}/{home['id']}"
    if view is None:
        return RedirectResponse(f"{back}?over=1", 303)
    if resident not in known:
        raise not_found()
    id_ = str(uuid7())
    ticked = {str(tag) for tag in form.getlist("tags")}
    body = {"resident": resident, "tags": [tag for tag in TAGS if tag in ticked]}
    await request.app.state.journal.commit([Draft("resident.restricted", id_, home["grid"], user.id, body, id=id_)])
    return RedirectResponse(f"{back}/looks/{request.path_params['look']}?done=1", 303)


async def _home(db: AsyncConnection, request: Request) -> RowMapping:
    """The household, where restricted tags are kept and this user may see them; else it is not found."""
    user = user_of(request)
    grid = access_grid(user, request.path_params["grid"])
    row = await access_household(db, user, request.path_params["household"])
    if row["grid"] != grid or not await store.is_on(db, grid):
        raise not_found()
    return row


async def _view(db: AsyncConnection, request: Request, home: RowMapping) -> dict[str, Any] | None:
    """The look this user began, while it lasts."""
    view = await store.view_of(db, request.path_params["look"], user_of(request).id, home["grid"], home["id"])
    return view if view is not None and clock.now_ms() < view["until_ms"] else None


def _base(request: Request) -> str:
    return "/desk/restricted" if _at_desk(request) else "/restricted"


def _at_desk(request: Request) -> bool:
    return request.url.path.startswith("/desk/")


async def _page(
    request: Request, db: AsyncConnection, what: str, home: RowMapping, status: int = 200, **shown: Any
) -> Response:
    user: User = user_of(request)
    building = await access_building(db, user, home["building"])
    door = door_name(locale_of(request), building["name"], home["entrance"], home["room"])
    base = f"{_base(request)}/{home['grid']}/{home['id']}"
    context = {"door": door, "contact": home["contact"], "base": base, "what": what, **shown}
    if _at_desk(request):
        back = f"/desk/households/{home['grid']}/{home['id']}"
        return await desk_page(request, db, "desk/restricted.html", status=status, back=back, **context)
    return page(request, "restricted.html", status, back=f"/field/households/{home['id']}", **context)


routes = [
    Route("/desk/restricted", switch, methods=["GET"]),
    Route("/desk/restricted", turn, methods=["POST"]),
    *(
        route
        for base in ("/desk/restricted", "/restricted")
        for route in (
            Route(f"{base}/{{grid}}/{{household}}", ask, methods=["GET"]),
            Route(f"{base}/{{grid}}/{{household}}/looks", look, methods=["POST"]),
            Route(f"{base}/{{grid}}/{{household}}/looks/{{look}}", show, methods=["GET"]),
        )
    ),
    Route("/desk/restricted/{grid}/{household}/looks/{look}/tags", tell, methods=["POST"]),
]
