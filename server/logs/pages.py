"""The morning's desk: days that nobody has read yet, one opened, read with one key or returned with a note."""

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

from server import clock
from server.access import DECIDING, User, user_of
from server.blobs import blobs_in, waiting
from server.desk import desk_page
from server.form_fields import id_of, text_of
from server.journal import Draft
from server.localtime import local_day, local_iso
from server.logs import store
from server.looked import looked
from server.problem import not_found
from server.rendering import page, wants_piece
from server.views.besides import told_besides
from server.views.blobs import blobs_told
from server.views.day import told_day, visits_on
from server.views.walks import told_walks
from server.walked import note_said

DESK = "/desk/logs"
STEP = "step"
"""Under this name of `over` a review tells the log's last step that its author saw."""
NOTE_CHARS_MAX = 500
TOLD = ("reviewed", "returned", "changed", "refused", "note")
FIELDS_MAX = 8

Shown = dict[str, Any]


async def index(request: Request) -> Response:
    """What waits, one log opened beside it, and what was read lately."""
    user = user_of(request)
    async with request.app.state.db.reading() as db:
        queue = await store.waiting(db, user)
        asked = request.query_params.get("open", "")
        chosen = await _asked(db, user, asked)
        opened = chosen or (queue[0] if queue else None)
        shown: Shown = {
            "queue": [_line(row, opened) for row in queue],
            "lately": [_read(row, opened, _offset(request)) for row in await store.lately(db, user, clock.now_ms())],
            "log": await _shown(request, db, opened) if opened else None,
            "told": await _told(request, db, await _asked(db, user, request.query_params.get("of", ""))),
        }
        if chosen is not None and shown["log"]:
            _look(request, shown["log"])
        return await desk_page(request, db, "desk/logs.html", **shown)


async def show(request: Request) -> Response:
    """One log: beside the list for htmx, the list with it opened for everybody else."""
    user = user_of(request)
    async with request.app.state.db.reading() as db:
        row = await _access(request, db, user)
        if not wants_piece(request):
            return RedirectResponse(f"{DESK}?open={_key(row)}", 303)
        log = await _shown(request, db, row)
    _look(request, log)
    return page(request, "desk/_log.html", log=log)


async def count(request: Request) -> Response:
    """How many wait, for the navigation; and which, for a list that stands open."""
    async with request.app.state.db.reading() as db:
        queue = await store.waiting(db, user_of(request))
    return page(request, "desk/_logs_count.html", n=len(queue), queue=[_line(row, None) for row in queue])


async def review(request: Request) -> Response:
    """It was read: the next one opens. Where its author wrote on meanwhile, it was not."""
    return await _step(request, "reviewed")


async def give_back(request: Request) -> Response:
    """It goes back to its author with a note, which reaches their phone."""
    return await _step(request, "returned")


async def unread(request: Request, db: AsyncConnection, user: User) -> int | None:
    """How many logs wait for this reader; None for who reads none."""
    return await store.count(db, user) if user.role in DECIDING else None


async def _step(request: Request, step: str) -> Response:
    user = user_of(request)
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        note, seen, edit = text_of(form, "note").strip(), id_of(form, "seen"), id_of(form, "edit") or str(uuid7())
    async with request.app.state.db.reading() as db:
        row = await _access(request, db, user)
        keys = [_key(each) for each in await store.waiting(db, user)]
    key = _key(row)
    if step == "returned" and not 0 < len(note) <= NOTE_CHARS_MAX:
        return RedirectResponse(f"{DESK}?open={key}&told=note", 303)
    body = {"note": note} if step == "returned" else {}
    draft = Draft(f"daily_log.{step}", row["id"], row["grid"], user.id, body, {STEP: [seen] if seen else []}, id=edit)
    (receipt,) = await request.app.state.journal.commit([draft])
    if receipt.outcome == "quarantined":
        return RedirectResponse(f"{DESK}?open={key}&told=refused", 303)
    async with request.app.state.db.reading() as db:
        now = await _access(request, db, user)
    if now["step"] != edit:
        return RedirectResponse(f"{DESK}?open={key}&told=changed", 303)
    at = keys.index(key) if key in keys else len(keys)
    after = [*keys[at + 1 :], *keys[:at]][:1]
    return RedirectResponse(f"{DESK}?{f'open={after[0]}&' if after else ''}told={step}&of={key}", 303)


async def _access(request: Request, db: AsyncConnection, user: User) -> RowMapping:
    row = await store.open_log(db, user, request.path_params["grid"], request.path_params["log"])
    if row is None:
        raise not_found()
    return row


async def _asked(db: AsyncConnection, user: User, key: str) -> RowMapping | None:
    grid, _, log = key.partition(".")
    return await store.open_log(db, user, grid, log) if log else None


def _offset(request: Request) -> int:
    return int(request.app.state.settings.utc_offset_min)


def _key(row: RowMapping) -> str:
    return f"{row['grid']}.{row['id']}"


def _line(row: RowMapping, opened: RowMapping | None) -> Shown:
    return {
        "key": _key(row),
        "href": f"{DESK}/{row['grid']}/{row['id']}",
        "here": f"{DESK}?open={_key(row)}",
        "day": row["day"],
        "by": row["by_name"],
        "grid_name": row["grid_name"],
        "state": row["state"],
        "open": opened is not None and row["id"] == opened["id"],
    }


def _read(row: RowMapping, opened: RowMapping | None, offset: int) -> Shown:
    read_at = local_iso(row["reviewed_ms"], offset)
    return {**_line(row, opened), "reviewed_by": row["reviewed_by"], "at": read_at, "note": row["note"]}


async def _shown(request: Request, db: AsyncConnection, row: RowMapping) -> Shown:
    """A log with the figures of its day, every telling of it, and what was proposed about it and not taken."""
    offset = _offset(request)
    today = local_day(clock.now_ms(), offset)
    rows = await store.day_rows(db, row, offset)
    visits = visits_on(rows, row["author"], row["grid"], row["day"], offset)
    walks = await store.day_walked(db, row, offset)
    said = [json.loads(each["body"]) for each in json.loads(row["tellings"])]
    waits = await asyncio.to_thread(waiting, blobs_in(request), [*walks["patrol_note"], *said])
    since_ms = row["reviewed_ms"] if row["state"] == "reviewed" else None
    tellings = [_telling(each, offset) for each in json.loads(row["tellings"])]
    return {
        **_line(row, row),
        "text": row["text"],
        "id": row["id"],
        "blobs": blobs_told(note_said(row["tellings"]).get("blobs"), waits),
        "by_itself": any(each["by_itself"] for each in tellings if each["shown"]),
        "sent": local_iso(row["sent_ms"], offset),
        "left": await store.has_left(db, row),
        "step": row["step"],
        "edit": str(uuid7()),
        "note": row["note"],
        "reviewed_by": row["reviewed_by"],
        "reviewed": local_iso(row["reviewed_ms"], offset) if row["reviewed_ms"] else None,
        "told": told_day(rows, visits, today, offset),
        "besides": told_besides(rows, row["grid"], row["day"], row["author"], row["by_name"], today, offset),
        "walked": told_walks(walks, row["grid"], row["day"], clock.now_ms(), row["author"], offset, waits),
        "since": sum(1 for visit in visits if since_ms is not None and visit["received_ms"] > since_ms),
        "older": [each for each in reversed(tellings) if not (each["shown"] or each["by_itself"])],
        "comments": [{**each, "at": local_iso(each["at_ms"], offset)} for each in json.loads(row["comments"])],
    }


def _telling(telling: Shown, offset: int) -> Shown:
    """What its author sent once."""
    said = json.loads(telling["body"])
    return {
        "text": said.get("text"),
        "by_itself": said.get("by_itself", False),
        "at": local_iso(telling["effective_ms"], offset),
        "shown": telling["shown"],
    }


def _look(request: Request, log: Shown) -> None:
    """What people said at their doors, and how somebody was found, is read here too: a look at each of these homes."""
    said = {line["household"] for each in log["told"]["asks"] for line in each["said"]}
    besides = (*log["besides"]["matters"], *log["besides"]["checks"])
    said |= {line["household"] for line in besides if line["household"]}
    for household in sorted(said):
        looked(request, "visit", log["key"].partition(".")[0], household)


async def _told(request: Request, db: AsyncConnection, row: RowMapping | None) -> Shown | None:
    """What is to be said first: what just became of a log, with the way back to it, or why nothing did."""
    said = request.query_params.get("told", "")
    if said not in TOLD or (said in ("reviewed", "returned") and row is None):
        return None
    if said == "returned" and row is not None and await store.has_left(db, row):
        said = "returned_left"
    return {"what": said, "log": _line(row, None) if row is not None else None}


LOG = f"{DESK}/{{grid}}/{{log}}"

routes = [
    Route(DESK, index),
    Route(f"{DESK}/count", count),
    Route(LOG, show),
    Route(f"{LOG}/review", review, methods=["POST"]),
    Route(f"{LOG}/return", give_back, methods=["POST"]),
]
