"""The desk's orders: a list with how far each has come, one opened door by door, confirmed by a key or asked again."""

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
from server.access import User, user_of
from server.blobs import blobs_in, waiting
from server.desk import desk_page
from server.doors import door_number
from server.form_fields import id_of, text_of
from server.journal import Draft
from server.localtime import DAY_MS, local_day, local_iso
from server.looked import looked
from server.orders import picker, store
from server.orders.file import leaves
from server.orders.picker import DOORS_MAX, KINDS, POINTS_MAX, Sheet
from server.problem import not_found
from server.rendering import page, wants_piece
from server.views import order as order_view
from server.views.blobs import blobs_told
from server.views.order import OPEN, answers_at

DESK = "/desk/orders"
ORDER = f"{DESK}/{{grid}}/{{order}}"
STEP = "step"
"""Under this name of `over` a step tells the order's last one that its author saw."""
NOTE_CHARS_MAX = 500
DUE_DAYS = 7
TOLD = ("issued", "confirmed", "redo", "withdrawn", "extended", "changed", "refused", "note", "due")
FIELDS_MAX = 8
HOMES_MAX = 4000

Shown = dict[str, Any]


async def index(request: Request) -> Response:
    """Every order with how far it has come, one of them opened beside."""
    user = user_of(request)
    async with request.app.state.db.reading() as db:
        orders, here = await store.orders_of(db, user), await store.standing(db, user)
        grid, _, asked = request.query_params.get("open", "").partition(".")
        chosen = await store.open_order(db, user, grid, asked) if asked else None
        opened = chosen or (orders[0] if orders else None)
        lines = [_line(request, row, here, opened) for row in orders]
        shown = await _shown(request, db, user, opened) if opened else None
        told = request.query_params.get("told", "")
        if chosen is not None and shown:
            _look(request, shown)
        return await desk_page(
            request, db, "desk/orders.html", queue=[each for each in lines if not each["closed"]],
            lately=[each for each in lines if each["closed"]], order=shown, told=told if told in TOLD else "",
            waiting=sum(each["state"] == "reported" for each in lines),
        )  # fmt: skip


async def show(request: Request) -> Response:
    """One order: beside the list for htmx, the list with it opened for everybody else."""
    user = user_of(request)
    async with request.app.state.db.reading() as db:
        row = await _access(request, db, user)
        if not wants_piece(request):
            return RedirectResponse(f"{DESK}?open={_key(row)}", 303)
        shown = await _shown(request, db, user, row)
    _look(request, shown)
    return page(request, "desk/_order.html", order=shown)


async def new(request: Request) -> Response:
    """An order to be filled in: what, until when, and the doors on their boards."""
    due = local_day(clock.now_ms() + DUE_DAYS * DAY_MS, _offset(request))
    return await _form(request, Sheet(due=due, edit=str(uuid7())))


async def create(request: Request) -> Response:
    """It goes out, one order a grid, and reaches the phones of each with their next exchange."""
    user = user_of(request)
    async with request.form(max_files=0, max_fields=HOMES_MAX) as form:
        homes = [each for each in form.getlist("home") if isinstance(each, str)]
        points = [line.strip() for line in text_of(form, "points").splitlines() if line.strip()]
        sheet = Sheet(
            text_of(form, "title").strip(), points, text_of(form, "due"), homes, id_of(form, "edit") or str(uuid7())
        )
    picker.check(sheet, local_day(clock.now_ms(), _offset(request)))
    async with request.app.state.db.reading() as db:
        grids = {home: grid for grid, home in await store.standing(db, user)}
    if any(home not in grids for home in sheet.homes):
        raise not_found()
    chosen = picker.by_grid(sheet.homes, grids)
    if any(len(each) > DOORS_MAX for each in chosen.values()):
        sheet.wrong["homes"] = "orders.wrong.many"
    if sheet.wrong:
        return await _form(request, sheet, 422)
    asked = {"title": sheet.title, "points": sheet.points, "due": sheet.due}
    drafts = []
    for grid, doors in chosen.items():
        id_ = picker.order_id(sheet.edit, grid)
        drafts.append(Draft("order.issued", id_, grid, user.id, {**asked, "households": doors}, {}, id=id_))
    receipts = await request.app.state.journal.commit(drafts)
    if any(receipt.outcome == "quarantined" for receipt in receipts):
        return RedirectResponse(f"{DESK}?told=refused", 303)
    return RedirectResponse(f"{DESK}?open={drafts[0].grid}.{drafts[0].entity}&told=issued", 303)


async def confirm(request: Request) -> Response:
    """The answers were read, and that is it."""
    return await _step(request, "confirmed")


async def ask_again(request: Request) -> Response:
    """It goes back to its workers with a note, which reaches their phones."""
    return await _step(request, "redo")


async def withdraw(request: Request) -> Response:
    """Nobody needs to look any more; the phones are told."""
    return await _step(request, "withdrawn")


async def extend(request: Request) -> Response:
    """Another day."""
    return await _step(request, "extended")


async def take(request: Request) -> Response:
    """Door by door as a file."""
    user = user_of(request)
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        format_ = text_of(form, "format")
    async with request.app.state.db.reading() as db:
        shown = await _shown(request, db, user, await _access(request, db, user))
    _look(request, shown)
    return await leaves(request, shown, format_)


async def _form(request: Request, sheet: Sheet, status: int = 200) -> Response:
    user, offset = user_of(request), _offset(request)
    async with request.app.state.db.reading() as db:
        grids, buildings = await store.grids_of(db, user), await store.buildings_of(db, user)
        doors = await store.doors_of(db, user)
        boards = picker.boards(grids, buildings, doors, set(sheet.homes), clock.now_ms(), offset)
        answer = await desk_page(
            request, db, "desk/order_new.html", sheet=sheet, boards=boards, kinds=KINDS, points_max=POINTS_MAX,
            today=local_day(clock.now_ms(), offset),
        )  # fmt: skip
    answer.status_code = status
    return answer


async def _step(request: Request, step: str) -> Response:
    user = user_of(request)
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        note, due, seen = text_of(form, "note").strip(), text_of(form, "due"), id_of(form, "seen") or ""
        edit = id_of(form, "edit") or str(uuid7())
    async with request.app.state.db.reading() as db:
        row = await _access(request, db, user)
    back = f"{DESK}?open={_key(row)}&told="
    if step == "redo" and not 0 < len(note) <= NOTE_CHARS_MAX:
        return RedirectResponse(f"{back}note", 303)
    if step == "extended" and not picker.is_day(due):
        return RedirectResponse(f"{back}due", 303)
    body = {"redo": {"note": note}, "extended": {"due": due}}.get(step, {})
    draft = Draft(f"order.{step}", row["id"], row["grid"], user.id, body, {STEP: [seen] if seen else []}, id=edit)
    (receipt,) = await request.app.state.journal.commit([draft])
    if receipt.outcome == "quarantined":
        return RedirectResponse(f"{back}refused", 303)
    async with request.app.state.db.reading() as db:
        now = await _access(request, db, user)
    taken = now["due"] == due if step == "extended" else now["step"] == edit
    return RedirectResponse(back + (step if taken else "changed"), 303)


async def _access(request: Request, db: AsyncConnection, user: User) -> RowMapping:
    row = await store.open_order(db, user, request.path_params["grid"], request.path_params["order"])
    if row is None:
        raise not_found()
    return row


def _offset(request: Request) -> int:
    return int(request.app.state.settings.utc_offset_min)


def _key(row: RowMapping) -> str:
    return f"{row['grid']}.{row['id']}"


def _line(request: Request, row: RowMapping, here: set[tuple[str, str]], opened: RowMapping | None) -> Shown:
    """One order in the list. Doors that stand in another grid by now and have no answer are not waited for."""
    answered = set(json.loads(row["answered"]))
    left = [each for each in json.loads(row["households"]) if each not in answered and (row["grid"], each) in here]
    today = local_day(clock.now_ms(), _offset(request))
    return {
        "key": _key(row),
        "href": f"{DESK}/{row['grid']}/{row['id']}",
        "here": f"{DESK}?open={_key(row)}",
        "title": row["title"],
        "grid_name": row["grid_name"],
        "state": row["state"],
        "closed": row["state"] in store.CLOSED,
        "due": row["due"],
        "late": row["state"] in OPEN and row["due"] < today,
        "done": len(answered),
        "total": len(answered) + len(left),
        "stepped_by": row["stepped_by"],
        "stepped": local_iso(row["stepped_ms"], _offset(request)) if row["stepped_ms"] else None,
        "open": opened is not None and row["id"] == opened["id"],
    }


async def _shown(request: Request, db: AsyncConnection, user: User, row: RowMapping) -> Shown:
    """One order as its workers see it, with every answer ever given and where each door leads."""
    offset = _offset(request)
    households = json.loads(row["households"])
    rows = await store.order_rows(db, row, households)
    waits = await asyncio.to_thread(waiting, blobs_in(request), rows["order_answer"])
    params = {"order": row["id"], "utc_offset_min": offset, "blobs": waits}
    told = order_view.view(rows, clock.now_ms(), params) or {}
    answers = answers_at(rows, row["id"])
    away = await store.elsewhere(db, user, [door["id"] for door in told["doors"] if not door["place"]])
    doors = [
        _door(door, row, away.get(door["id"]), answers.get(door["id"], []), offset, waits) for door in told["doors"]
    ]
    comments = [{**each, "at": local_iso(each["at_ms"], offset)} for each in json.loads(row["comments"])]
    return {
        **told["order"],
        "href": f"{DESK}/{row['grid']}/{row['id']}",
        "grid_name": row["grid_name"],
        "issued": local_iso(row["issued_ms"], offset),
        "closed": row["state"] in store.CLOSED,
        "edit": str(uuid7()),
        "doors": doors,
        "wrong": sum(door["state"] in ("wrong", "two") for door in doors),
        "comments": comments,
    }


def _door(
    door: Shown, order: RowMapping, away: RowMapping | None, answers: list[Any], offset: int, waits: Shown
) -> Shown:
    """A door of the list with where it leads, and the answers that others took the place of."""
    grid, number = order["grid"], door["short"]
    if away is not None:
        grid, number = away["grid"], door_number(away["building_name"], away["entrance"], away["room"])
    points = json.loads(order["points"])
    older = [
        {
            "id": answer["id"],
            "blobs": blobs_told(answer.get("blobs"), waits),
            "by": answer["by"],
            "at": local_iso(answer["occurred_at_ms"], offset),
            "points": [
                {"point": point, "ok": {True: "yes", False: "no"}.get(said.get("ok"), ""), "note": said.get("note")}
                for point, said in zip(points, answer["points"], strict=False)
            ],
        }
        for answer in answers
        if answer["covered"]
    ]
    reached = door["place"] is not None or away is not None
    return {**door, "number": number, "href": f"/desk/households/{grid}/{door['id']}" if reached else "",
            "older": older}  # fmt: skip


def _look(request: Request, shown: Shown) -> None:
    """What was found at doors is read here: that is a look at each of these homes."""
    for door in shown["doors"]:
        if door["heads"]:
            looked(request, "visit", shown["grid"], door["id"])


routes = [
    Route(DESK, index),
    Route(DESK, create, methods=["POST"]),
    Route(f"{DESK}/new", new),
    Route(ORDER, show),
    Route(f"{ORDER}/confirmation", confirm, methods=["POST"]),
    Route(f"{ORDER}/redo", ask_again, methods=["POST"]),
    Route(f"{ORDER}/withdrawal", withdraw, methods=["POST"]),
    Route(f"{ORDER}/extension", extend, methods=["POST"]),
    Route(f"{ORDER}/file", take, methods=["POST"]),
]
