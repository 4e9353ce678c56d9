"""The desk's care pages: who is looked in on and whose turn it is, and one home's pairs with all that was found."""

from __future__ import annotations

import asyncio
import json

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import DECIDING, User, access_building, access_grid, access_household, user_of
from server.blobs import blobs_in, waiting
from server.care import store, then
from server.care.shown import DESK, Shown, check, line, needing, offset_of
from server.desk import desk_page
from server.doors import door_name
from server.form_fields import id_of, text_of
from server.i18n import locale_of
from server.journal import Draft
from server.localtime import local_day
from server.looked import looked
from server.problem import not_found
from server.rendering import page
from server.views.care_due import CADENCES

CARERS = ("volunteer", "building_leader", "grid_worker", "grid_leader")
REASONS = ("alone_80", "dementia", "illness", "alone", "disabled", "hardship", "child", "other")
"""Why somebody is looked in on, as sync/rules/care.py has it."""
NOTE_CHARS_MAX = 500
FIELDS_MAX = 12
TOLD = ("formed", "changed", "ended", "refused")


async def index(request: Request) -> Response:
    """`GET /desk/care`: what is urgent, whose turn it is, who is in special need and has nobody, and all pairs; or how
    it stood at the end of a day (`on`)."""
    user, now_ms, offset = user_of(request), clock.now_ms(), offset_of(request)
    day = then.read_day(request.query_params, local_day(now_ms, offset))
    async with request.app.state.db.reading() as db:
        if day is not None:
            return await desk_page(request, db, "desk/care_then.html", **await then.shown(request, db, user, day))
        lines = [line(request, row) for row in await store.standing(db, user, now_ms)]
        lasting = [each for each in lines if not each["ended"]]
        told = {(each["grid"], each["resident"]) for each in lasting}
        homes = {(each["grid"], each["household"]) for each in lasting if each["resident"] is None}
        year = int(local_day(now_ms, offset)[:4])
        in_need = [needing(request, row, year) for row in await store.in_need(db, user)]
        alone = [
            each
            for each in in_need
            if (each["grid"], each["id"]) not in told and (each["grid"], each["household"]) not in homes
        ]
        shown: Shown = {
            "urgent": [each for each in lines if each["state"] == "urgent"],
            "due": [each for each in lasting if each["due"] and each["state"] != "urgent"],
            "rest": [each for each in lasting if not each["due"] and each["state"] != "urgent"],
            "alone": alone,
            "needing": len(in_need),
            "covered": len(in_need) - len(alone),
        }
        return await desk_page(request, db, "desk/care.html", **shown)


async def count(request: Request) -> Response:
    """`GET /desk/care/count`: how much is urgent, for the navigation of every open desk."""
    async with request.app.state.db.reading() as db:
        n = await store.urgent_count(db, user_of(request), clock.now_ms())
    return page(request, "desk/_care_count.html", n=n)


async def urgent(request: Request, db: AsyncConnection, user: User) -> int | None:
    """How much is urgent; None for who reads nothing of it."""
    return await store.urgent_count(db, user, clock.now_ms()) if user.role in DECIDING else None


async def home(request: Request) -> Response:
    """`GET /desk/care/{grid}/{household}`: one home's pairs, every check behind them, and the form for a new one."""
    asked = request.query_params
    told = asked.get("told", "")
    return await _home(request, {"resident": asked.get("resident", "")}, told if told in TOLD else "")


async def form_pair(request: Request) -> Response:
    """`POST /desk/care/{grid}/{household}`: somebody is entrusted to a worker or a neighbour."""
    user = user_of(request)
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        said = _said(form)
        carer, resident, edit = text_of(form, "carer"), text_of(form, "resident"), id_of(form, "id") or str(uuid7())
    async with request.app.state.db.reading() as db:
        row = await _household(request, db, user)
        known = {each["id"] for each in await store.carers(db, user, row["grid"], CARERS)}
    if carer not in known or said["cadence"] not in CADENCES:
        wrong = "pairs.wrong.carer" if carer not in known else "pairs.wrong.cadence"
        return await _home(request, {**said, "carer": carer, "resident": resident, "wrong": wrong}, "", 422)
    body = {"household": row["id"], "carer": carer, **_cleaned(said)}
    if resident:
        body["resident"] = resident
    draft = Draft("care_pair.formed", edit, row["grid"], user.id, body, id=edit)
    return await _done(request, draft, row["grid"], row["id"], "formed")


async def change(request: Request) -> Response:
    """`POST /desk/care/{grid}/{pair}/cadence`: how often from now on, and why."""
    user = user_of(request)
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        said = _said(form)
    async with request.app.state.db.reading() as db:
        pair = await _pair(request, db, user)
    if said["cadence"] not in CADENCES:
        said["cadence"] = pair["cadence"]
    draft = Draft("care_pair.changed", pair["id"], pair["grid"], user.id, _cleaned(said))
    return await _done(request, draft, pair["grid"], pair["household"], "changed")


async def end(request: Request) -> Response:
    """`POST /desk/care/{grid}/{pair}/end`: it is over; what was found stands."""
    user = user_of(request)
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        note = text_of(form, "note").strip()[:NOTE_CHARS_MAX]
    async with request.app.state.db.reading() as db:
        pair = await _pair(request, db, user)
    body = {"note": note} if note else {}
    draft = Draft("care_pair.ended", pair["id"], pair["grid"], user.id, body)
    return await _done(request, draft, pair["grid"], pair["household"], "ended")


async def _done(request: Request, draft: Draft, grid: str, household: str, told: str) -> Response:
    (receipt,) = await request.app.state.journal.commit([draft])
    said = told if receipt.outcome in ("accepted", "duplicate") else "refused"
    return RedirectResponse(f"{DESK}/{grid}/{household}?told={said}", 303)


async def _home(request: Request, values: Shown, told: str, status: int = 200) -> Response:
    user, offset = user_of(request), offset_of(request)
    async with request.app.state.db.reading() as db:
        row = await _household(request, db, user)
        building = await access_building(db, user, row["building"])
        pairs = [line(request, each) for each in await store.at_home(db, user, row["grid"], row["id"])]
        found = await store.checks_of(db, row["grid"], row["id"])
        named = [{"blobs": json.loads(each["blobs"])} for each in found]
        waits = await asyncio.to_thread(waiting, blobs_in(request), named)
        checks = [check(each, offset, waits) for each in found]
        year = int(local_day(clock.now_ms(), offset)[:4])
        in_need = [needing(request, each, year) for each in await store.in_need(db, user)]
        here = [each for each in in_need if (each["grid"], each["household"]) == (row["grid"], row["id"])]
        chosen = next((each for each in here if each["id"] == values.get("resident")), here[0] if here else None)
        values = {"cadence": chosen["cadence"] if chosen else "monthly", "reason": "", "carer": "", **values}
        looked(request, "household", row["grid"], row["id"])
        carers = await store.carers(db, user, row["grid"], CARERS)
        return await desk_page(
            request,
            db,
            "desk/care_home.html",
            status=status,
            household=dict(row),
            door=door_name(locale_of(request), building["name"], row["entrance"], row["room"]),
            pairs=[each for each in pairs if not each["ended"]],
            past=[each for each in pairs if each["ended"]],
            checks=checks,
            people=here,
            carers=carers,
            cadences=CADENCES,
            reasons=REASONS,
            values={**values, "id": str(uuid7())},
            told=told,
        )


async def _household(request: Request, db: AsyncConnection, user: User) -> RowMapping:
    grid = access_grid(user, request.path_params["grid"])
    row = await access_household(db, user, request.path_params["household"])
    if row["grid"] != grid:
        raise not_found()
    return row


async def _pair(request: Request, db: AsyncConnection, user: User) -> RowMapping:
    row = await store.open_pair(db, user, request.path_params["grid"], request.path_params["pair"])
    if row is None:
        raise not_found()
    return row


def _said(form: FormData) -> Shown:
    reason = text_of(form, "reason")
    return {
        "cadence": text_of(form, "cadence"),
        "reason": reason if reason in REASONS else "",
        "major": text_of(form, "major") == "yes",
    }


def _cleaned(said: Shown) -> Shown:
    """What is empty left out."""
    return {name: value for name, value in said.items() if value}


HOME, PAIR = f"{DESK}/{{grid}}/{{household}}", f"{DESK}/{{grid}}/{{pair}}"

routes = [
    Route(DESK, index),
    Route(f"{DESK}/count", count),
    Route(HOME, home),
    Route(HOME, form_pair, methods=["POST"]),
    Route(f"{PAIR}/cadence", change, methods=["POST"]),
    Route(f"{PAIR}/end", end, methods=["POST"]),
]
