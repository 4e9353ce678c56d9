"""Where somebody stands when a page or a form of theirs is read: the household, its grid, the clock."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from server import clock
from server.access import (
    User,
    access_grid,
    access_household,
    access_item,
    access_resident,
    access_visit,
    access_whistle,
)
from server.actions import access_action
from server.field import store
from server.field.absent import about_absent
from server.field.item_forms import ITEM_FORMS
from server.field.sheet import Data, Sheet, day_of, is_id
from server.field.store import Here
from server.journal import log_id
from server.problem import Problem, not_found
from server.views.visit import own

Params = dict[str, Any]

SUGGESTIONS = "/field/suggestions"
MEDIATIONS = "/field/mediations"
OF_A_GRID = ("log", "patrol", "patrol_note", "whistle")
"""Forms that are about a grid, and no door in it."""


async def here_of(db: AsyncConnection, user: User, params: Mapping[str, Any]) -> Here | None:
    """The household that `params` lead to by way of a visit, a resident or an item; None where that is of no home.

    Raises:
        Problem: `not_found`, alike for what is not there and what is not theirs.
    """
    if visit := params.get("visit"):
        row = await access_visit(db, user, visit)
        return Here(row["grid"], row["household"])
    if resident := params.get("resident"):
        row = await access_resident(db, user, resident)
        return Here(row["grid"], row["household"])
    if item := params.get("item"):
        row = await access_item(db, user, item)
        return Here(row["grid"], row["household"]) if row["household"] else None
    if whistle := params.get("whistle"):
        row = await access_whistle(db, user, whistle)
        return Here(row["grid"], row["household"]) if row["household"] else None
    if household := params.get("household"):
        row = await access_household(db, user, household)
        return Here(row["grid"], row["id"])
    return None


async def about_of(request: Request, user: User, params: Params, data: Data, *, anyone: bool = False) -> dict[str, Any]:
    """Where one stands when a form is read: the grid, the clock, and what it is about; what the form itself says of
    that where the home has gone. `anyone`: the form is not its visit's author's alone."""
    about: dict[str, Any] = {
        "now_ms": clock.now_ms(),
        "offset_min": request.app.state.settings.utc_offset_min,
        "resident": params.get("resident"),
    }
    if request.url.path == SUGGESTIONS or (request.url.path == MEDIATIONS and not params):
        # Nothing is read for it. A grid that is not theirs any more is no place to speak from.
        opened_for = Sheet(data).raw("grid")
        return {**about, "grid": opened_for if opened_for in user.grids else min(user.grids, default=None)}
    async with request.app.state.db.reading() as db:
        try:
            here = await here_of(db, user, params)
        except Problem:
            if absent := about_absent(params, data, user):
                return {**about, **absent}
            raise
        if here is None:
            doors = await store.doors_of(db, user)
            quarters = await store.quarters_of(db, user)
            return {**about, **await store.buildings_of(db, user), "quarters": quarters, "doors": doors}
        visit = await store.read_visit(db, here.grid, params["visit"]) if "visit" in params else None
        if visit and not anyone and not own(visit, {"person": user.id}):
            raise not_found()
        return {**about, "grid": here.grid, "household": here.household, "visit": visit}


async def about_order(request: Request, user: User, params: Params, data: Data) -> dict[str, Any]:
    """Where one stands when a form of an order is read.

    Raises:
        Problem: `not_found` where the order is no grid's of theirs.
    """
    async with request.app.state.db.reading() as db:
        rows = await store.read_rows(db, user, {"verification_order": "all"}, None, 0)
    order = next((row for row in rows["verification_order"] if row["id"] == params["order"]), None)
    if order is None:
        raise not_found()
    offset = request.app.state.settings.utc_offset_min
    about = {"now_ms": clock.now_ms(), "offset_min": offset, "grid": order["grid"], "order": order}
    household = Sheet(data).raw("household")
    return {**about, "door": household} if is_id(household) else about


async def about_item(request: Request, user: User, item_id: str) -> dict[str, Any]:
    """Where one stands when something is said of an item.

    Raises:
        Problem: `not_found` where it is not in a grid of theirs.
    """
    async with request.app.state.db.reading() as db:
        row = await access_item(db, user, item_id)
    item = {"id": row["id"], "kind": row["kind"], "record": json.loads(row["record"]) if row["record"] else None}
    offset = request.app.state.settings.utc_offset_min
    return {"now_ms": clock.now_ms(), "offset_min": offset, "grid": row["grid"], "item": item}


async def about_whistle(request: Request, user: User, whistle_id: str) -> dict[str, Any]:
    """Where one stands when something is said of a whistle.

    Raises:
        Problem: `not_found` where it is not in a grid of theirs.
    """
    async with request.app.state.db.reading() as db:
        row = await access_whistle(db, user, whistle_id)
    offset = request.app.state.settings.utc_offset_min
    return {"now_ms": clock.now_ms(), "offset_min": offset, "grid": row["grid"], "whistle": {"id": row["id"]}}


def about_log(request: Request, user: User, data: Data) -> dict[str, Any]:
    """Where one stands when the log of a day is read, a patrol, or a whistle.

    Raises:
        Problem: `not_found` where the grid is not theirs.
    """
    sheet = Sheet(data)
    grid, day = access_grid(user, sheet.raw("grid")), sheet.raw("day")
    offset = request.app.state.settings.utc_offset_min
    known = log_id(user.id, grid, day) if day_of(day) else ""
    return {"now_ms": clock.now_ms(), "offset_min": offset, "grid": grid, "day": day, "log": known}


async def _told_before(request: Request, user: User, form: str, about: Params, data: Data) -> dict[str, Any]:
    """The note or the log of theirs that is told anew, if one is."""
    kind = {"patrol_note": "patrol_note", "log": "daily_log"}.get(form, "")
    id_ = about["log"] if form == "log" else Sheet(data).raw("note")
    if not kind or not is_id(id_):
        return {}
    async with request.app.state.db.reading() as db:
        rows = await store.read_rows(db, user, {kind: "all"}, None, 0)
    return {"told": next((row for row in rows[kind] if row["id"] == id_), None)}


async def about_action(request: Request, user: User, id_: str) -> dict[str, Any]:
    """Where one stands who says that something agreed is done.

    Raises:
        Problem: `not_found` where it is not theirs to do.
    """
    async with request.app.state.db.reading() as db:
        row = await access_action(db, user, id_)
    if row["owner"] != user.id:
        raise not_found()
    return {"action": row["id"], "grid": row["grid"] if row["grid"] in user.grids else min(user.grids, default=None)}


async def about_care(request: Request, user: User, data: Data) -> dict[str, Any]:
    """Where one stands when it is said how somebody was found: the pair, and the grid it stands in.

    Raises:
        Problem: `not_found` where the grid is not theirs.
    """
    sheet = Sheet(data)
    pair = sheet.raw("pair")
    async with request.app.state.db.reading() as db:
        grid = await store.grid_of_pair(db, user, pair) or access_grid(user, sheet.raw("grid"))
    if not is_id(pair):
        raise not_found()
    offset = request.app.state.settings.utc_offset_min
    return {"now_ms": clock.now_ms(), "offset_min": offset, "grid": grid, "pair": pair}


async def stands(request: Request, user: User, form: str, params: Params, data: Data) -> Params:
    """Where one stands when this form is read. Raises Problem where that is nowhere, or not theirs."""
    if form in OF_A_GRID:
        about = about_log(request, user, data)
        return about | await _told_before(request, user, form, about, data)
    if form == "care":
        return await about_care(request, user, data)
    if form == "action":
        return await about_action(request, user, params["action"])
    if form.startswith("order_"):
        return await about_order(request, user, params, data)
    if "whistle" in params:
        return await about_whistle(request, user, params["whistle"])
    if "item" in params:
        return await about_item(request, user, params["item"])
    household = next(iter(data.get("household", [])), "")
    here = {"household": household} if form == "mediation" and household else {}
    return await about_of(request, user, {**params, **here}, data, anyone=form in ITEM_FORMS)
