"""The sheets for the notice boards of buildings: each with a code of its own, made, printed and renewed at the desk."""

from __future__ import annotations

import secrets
from itertools import groupby
from typing import Any

import segno
from markupsafe import Markup
from sqlalchemy import RowMapping
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server.access import access_building, access_grid, user_of
from server.desk import desk_page
from server.i18n import LOCALES, t
from server.journal import Draft
from server.localtime import local_iso
from server.problem import not_found
from server.rendering import page
from server.residents import store
from server.residents.phone import phone_of

DESK = "/desk/notices"
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Nothing that is read for another sign: whoever cannot scan types it."""
CODE_CHARS = 12
TOLD = ("made", "renewed")


async def index(request: Request) -> Response:
    """`GET /desk/notices`: every building of the community, with or without a code."""
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    told = request.query_params.get("told", "")
    async with request.app.state.db.reading() as db:
        rows = await store.buildings(db, user)
        return await desk_page(
            request,
            db,
            "desk/notices.html",
            grids=[_grid(list(each), offset) for _, each in groupby(rows, key=lambda row: row["grid"])],
            missing=sum(row["code"] is None for row in rows),
            told=told if told in TOLD else "",
        )


async def make(request: Request) -> Response:
    """`POST /desk/notices/{grid}`: each building of a grid that has no code is given one."""
    user = user_of(request)
    grid = access_grid(user, request.path_params["grid"])
    async with request.app.state.db.reading() as db:
        rows = [row for row in await store.buildings(db, user, [grid]) if row["code"] is None]
    await request.app.state.journal.commit([_coded(row["id"], grid, user.id) for row in rows])
    return RedirectResponse(f"{DESK}?told=made#g-{grid}", 303)


async def renew(request: Request) -> Response:
    """`POST /desk/notices/{grid}/{building}/code`: the old sheet leads nowhere from now on."""
    user = user_of(request)
    async with request.app.state.db.reading() as db:
        row = _building(request, await access_building(db, user, request.path_params["building"]))
    await request.app.state.journal.commit([_coded(row["id"], row["grid"], user.id)])
    return RedirectResponse(f"{DESK}?told=renewed#b-{row['id']}", 303)


async def sheets(request: Request) -> Response:
    """`GET /desk/notices/{grid}`: all sheets of a grid, to be printed."""
    user = user_of(request)
    grid = access_grid(user, request.path_params["grid"])
    async with request.app.state.db.reading() as db:
        rows = await store.buildings(db, user, [grid])
        community = await store.community_name(db, user)
    return _printed(request, community, rows)


async def sheet(request: Request) -> Response:
    """`GET /desk/notices/{grid}/{building}`: the sheet of one building."""
    user = user_of(request)
    async with request.app.state.db.reading() as db:
        here = _building(request, await access_building(db, user, request.path_params["building"]))
        rows = [row for row in await store.buildings(db, user, [here["grid"]]) if row["id"] == here["id"]]
        community = await store.community_name(db, user)
    return _printed(request, community, rows)


def _grid(rows: list[RowMapping], offset: int) -> dict[str, Any]:
    """One grid's buildings, and how many of them have a code."""
    named = {"id": rows[0]["grid"], "name": rows[0]["grid_name"], "coded": sum(bool(row["code"]) for row in rows)}
    return {**named, "buildings": [{**row, "said": local_iso(row["said_ms"] or 0, offset)} for row in rows]}


def _building(request: Request, row: RowMapping) -> RowMapping:
    if row["grid"] != request.path_params["grid"]:
        raise not_found()
    return row


def _printed(request: Request, community: str, rows: list[RowMapping]) -> Response:
    settings = request.app.state.settings
    told = [_sheet(f"{settings.public_url}/r/{row['code']}", row) for row in rows if row["code"]]
    phone = phone_of(settings, community)
    said = [_words(lang) for lang in LOCALES]
    return page(request, "resident/notice.html", community=community, sheets=told, phone=phone, languages=said)


def _words(lang: str) -> dict[str, str]:
    """What a sheet says in one language: it hangs where both are read."""
    keys = {
        "say": "notices.sheet.say",
        "how": "notices.sheet.how",
        "call": "resident.call",
        "danger": "resident.danger",
    }
    return {"lang": lang, **{name: t(lang, key) for name, key in keys.items()}}


def _sheet(address: str, row: RowMapping) -> dict[str, Any]:
    """A quarter of the code may be torn off or painted over."""
    code = segno.make_qr(address, error="q").svg_inline(scale=8, border=4, dark="#000", light="#fff", omitsize=True)
    picture = Markup(code)  # noqa: S704 -- made by segno of our own address, no text of anybody's in it
    return {"where": f"{row['quarters']}{row['name']}", "address": address, "picture": picture}


def _coded(building: str, grid: str, author: str) -> Draft:
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_CHARS))
    return Draft("building.coded", building, grid, author, {"code": code}, id=str(uuid7()))


routes = [
    Route(DESK, index, methods=["GET"]),
    Route(f"{DESK}/{{grid}}", sheets, methods=["GET"]),
    Route(f"{DESK}/{{grid}}", make, methods=["POST"]),
    Route(f"{DESK}/{{grid}}/{{building}}", sheet, methods=["GET"]),
    Route(f"{DESK}/{{grid}}/{{building}}/code", renew, methods=["POST"]),
]
