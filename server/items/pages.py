"""The desk's page of what asks became: a list that is asked, one of them with its story, and its next step."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server.access import User, user_of
from server.blobs import blobs_in, waiting
from server.desk import desk_page
from server.doors import door_name, door_number
from server.form_fields import id_of, text_of
from server.i18n import locale_of
from server.items import store
from server.items.store import Asked
from server.journal import Draft
from server.localtime import local_iso
from server.looked import looked
from server.problem import not_found
from server.views.blobs import blobs_told
from server.views.items import CLOSED, FIELDS, WAYS

DESK = "/desk/items"
ITEM = f"{DESK}/{{grid}}/{{item}}"
STEP = "step"
"""Under this name of `over` a step tells the item's last one that its author saw."""
NOTE_CHARS_MAX = 500
FIELDS_MAX = 8
TOLD = ("moved", "changed", "refused", "note")
STATES = tuple(dict.fromkeys([*(state for ways in WAYS.values() for state in ways), "withdrawn"]))

Shown = dict[str, Any]


async def index(request: Request) -> Response:
    """What is open in the reader's grids, or what they ask for."""
    user, asked = user_of(request), _asked(request)
    async with request.app.state.db.reading() as db:
        rows = await store.items(db, user, asked)
        buildings = await store.buildings(db, user)
        return await desk_page(
            request,
            db,
            "desk/items.html",
            items=[_line(request, row) for row in rows],
            count=await store.count(db, user, asked),
            asked=asked,
            kinds=tuple(WAYS),
            states=STATES,
            buildings=buildings,
            told=_told(request),
        )


async def show(request: Request) -> Response:
    """One item: its words, the visit behind it, where it stands and how it came there."""
    user = user_of(request)
    async with request.app.state.db.reading() as db:
        row = await _access(request, db, user)
        story = json.loads(row["story"])
        named = [{"blobs": json.loads(row["blobs"])}, *story]
        waits = await asyncio.to_thread(waiting, blobs_in(request), named)
        shown = {
            **_line(request, row),
            "shots": blobs_told(json.loads(row["blobs"]), waits),
            "by": row["by_name"],
            "step": row["step"],
            "edit": str(uuid7()),
            "visit": row["source_visit"] if await store.visit_there(db, row["grid"], row["source_visit"]) else None,
            "steps": _steps(row),
            "new_whistle": str(uuid7()),
            "whistled": await store.whistled(db, row["id"]),
            "record": _record(row),
            "story": [_entry(each, waits, _offset(request)) for each in reversed(story)],
        }
        if row["household"]:
            looked(request, "visit", row["grid"], row["household"])
        return await desk_page(request, db, "desk/item.html", item=shown, told=_told(request))


async def move(request: Request) -> Response:
    """It goes a step on, with a word; where others took one since, nothing is changed and it says so."""
    user = user_of(request)
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        to, note, seen = text_of(form, "to"), text_of(form, "note").strip(), id_of(form, "seen")
        edit = id_of(form, "edit") or str(uuid7())
    async with request.app.state.db.reading() as db:
        row = await _access(request, db, user)
    back = f"{DESK}/{row['grid']}/{row['id']}"
    if len(note) > NOTE_CHARS_MAX:
        return RedirectResponse(f"{back}?told=note", 303)
    if to not in STATES:
        return RedirectResponse(f"{back}?told=refused", 303)
    said = {"note": note} if note else {}
    kind, body = ("item.withdrawn", said) if to == "withdrawn" else ("item.moved", {"to": to, **said})
    draft = Draft(kind, row["id"], row["grid"], user.id, body, {STEP: [seen] if seen else []}, id=edit)
    (receipt,) = await request.app.state.journal.commit([draft])
    if receipt.outcome == "quarantined":
        return RedirectResponse(f"{back}?told=refused", 303)
    async with request.app.state.db.reading() as db:
        now = await _access(request, db, user)
    return RedirectResponse(f"{back}?told={'moved' if now['step'] == edit else 'changed'}", 303)


async def _access(request: Request, db: AsyncConnection, user: User) -> RowMapping:
    row = await store.open_item(db, user, request.path_params["grid"], request.path_params["item"])
    if row is None:
        raise not_found()
    return row


def _asked(request: Request) -> Asked:
    """What the address asks for; what it may not, it does not ask."""
    given = request.query_params
    kind, state, building = given.get("kind", ""), given.get("state", ""), given.get("building", "")
    known = state if state in (*STATES, "all") else "open"
    return Asked(kind if kind in WAYS else "", known, building[:36])


def _steps(row: RowMapping) -> list[str]:
    ways = list(WAYS[row["kind"]].get(row["state"], ()))
    return ways if row["state"] in CLOSED else [*ways, "withdrawn"]


def _line(request: Request, row: RowMapping) -> Shown:
    place = (row["building_name"], row["entrance"], row["room"])
    return {
        "id": row["id"],
        "grid": row["grid"],
        "href": f"{DESK}/{row['grid']}/{row['id']}",
        "kind": row["kind"],
        "state": row["state"],
        "rating": row["rating"],
        "text": row["text"],
        "at": local_iso(row["occurred_at_ms"], _offset(request)),
        "household": row["household"] if row["building_name"] else None,
        "door": door_number(*place) if row["building_name"] else "",
        "whole_door": door_name(locale_of(request), *place) if row["building_name"] else "",
        "contact": row["contact"] or "",
        "grid_name": row["grid_name"],
    }


def _record(row: RowMapping) -> list[Shown]:
    known = json.loads(row["record"]) if row["record"] else {}
    return [{"field": field, "text": known[field]} for field in FIELDS if known.get(field)]


def _entry(told: Shown, waits: Shown, offset: int) -> Shown:
    record = told.get("record") or {}
    return {
        "what": told["what"],
        "by": told["by"],
        "at": local_iso(told["at_ms"], offset),
        "to": told.get("to"),
        "note": told.get("note"),
        "shots": blobs_told(told.get("blobs"), waits),
        "beside": told.get("why") is not None,
        "record": [{"field": field, "text": record[field]} for field in FIELDS if record.get(field)],
    }


def _told(request: Request) -> str | None:
    said = request.query_params.get("told", "")
    return said if said in TOLD else None


def _offset(request: Request) -> int:
    return int(request.app.state.settings.utc_offset_min)


routes = [
    Route(DESK, index),
    Route(ITEM, show),
    Route(f"{ITEM}/moves", move, methods=["POST"]),
]
