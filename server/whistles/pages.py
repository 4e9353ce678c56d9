"""The desk's pages of one whistle: raised here, with its whole trail, and the steps that are this reader's."""

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
from server.access import User, access_item, access_report, user_of
from server.blobs import blobs_in
from server.coordination import agreed
from server.desk import desk_page
from server.form_fields import id_of, text_of
from server.form_files import FILES_MAX, Wrong, keep_files, read_files
from server.journal import Draft
from server.looked import looked
from server.problem import not_found
from server.views.blobs import read_blobs
from server.views.whistles import CATEGORIES, NOTED, RATINGS, URGENCIES, WAYS
from server.whistles import store
from server.whistles.board import line_in_queue, onwards, to_queue
from server.whistles.due import EXTENDED, may_extend, readings
from server.whistles.keeping import try_keeping
from server.whistles.raising import from_item, from_report, from_words
from server.whistles.suggesting import load_routing
from server.whistles.told import (
    CHANNELS,
    DESK,
    KINDS,
    LEVELS,
    SENDABLE,
    line_of,
    on_way,
    reads_phone,
    sends,
    shown_of,
    steps_of,
)

ONE = f"{DESK}/{{grid}}/{{whistle}}"
STEP = "step"
"""Under this name of `over` a step tells the whistle's last one that its author saw."""
NOTE_CHARS_MAX = 2000
FIELDS_MAX = 20
TOLD = ("moved", "changed", "refused", "note", "late", "said", "raised", "words")


async def create(request: Request) -> Response:
    """A whistle is raised at the desk: from what a volunteer or a visit told, by one click, or in words."""
    user = user_of(request)
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        said = form
    edit = id_of(said, "edit") or str(uuid7())
    async with request.app.state.db.reading() as db:
        grid, body = await _raised(request, db, user, said)
        again = "source" in body and await store.raised_from(db, body["source"])
    if not body.get("title"):
        return RedirectResponse(f"{DESK}?told=words", 303)
    if again:
        return RedirectResponse(f"{DESK}?show=open&told=changed", 303)
    await request.app.state.journal.commit([Draft("whistle.raised", edit, grid, user.id, body, id=edit)])
    return RedirectResponse(f"{DESK}/{grid}/{edit}?told=raised", 303)


async def _raised(request: Request, db: AsyncConnection, user: User, form: FormData) -> tuple[str, dict[str, Any]]:
    if item := text_of(form, "item"):
        return from_item(await access_item(db, user, item))
    if report := text_of(form, "report"):
        row = await access_report(db, user, report)
        if row["grid"] is None:
            raise not_found()
        return from_report(request, row)
    grid = text_of(form, "grid")
    if grid not in {each["id"] for each in await store.grids(db, user)}:
        raise not_found()
    chosen = {"category": CATEGORIES, "urgency": URGENCIES, "channel": CHANNELS}
    picked = {name: word for name, words in chosen.items() if (word := text_of(form, name)) in words}
    return grid, from_words(text_of(form, "text").strip()[:NOTE_CHARS_MAX], text_of(form, "place").strip(), picked)


async def show(request: Request) -> Response:
    """One whistle: what is wrong, how far it is, every step of it, and what this reader may do."""
    return await _show(request)


async def _show(request: Request, status: int = 200, *, note: str = "", wrong: str = "") -> Response:
    """The same; with the words of a step whose photo was not taken, and why that was not."""
    user = user_of(request)
    await try_keeping(request.app.state.db, request.app.state.settings.utc_offset_min)
    async with request.app.state.db.reading() as db:
        row = await _access(request, db, user)
        steps = [to for to in steps_of(user, row) if to != EXTENDED or await _extends(request, db, row)]
        due = await readings(db, [row], clock.now_ms(), request.app.state.settings.utc_offset_min)
        community = await store.community_of(db, row["grid"])
        sent = row["state"] in SENDABLE and sends(user, row)
        if row["household"] and reads_phone(user, row):
            looked(request, "visit", row["grid"], row["household"])
        return await desk_page(
            request,
            db,
            "desk/whistle.html",
            status=status,
            whistle=shown_of(request, user, row, due.get(row["id"]), await on_way(request, row)),
            note=note,
            wrong=wrong,
            steps=[to for to in steps if to not in ("dispatched", "merged")],
            noted=NOTED,
            rates="closed" in steps and row["state"] == "revisit",
            ratings=RATINGS,
            sends=sent,
            departments=await store.departments(db, community) if sent else [],
            suggested=(await load_routing(db, community)).of(row) if sent else None,
            merges=[line_of(request, each) for each in await store.alike(db, user, row)] if "merged" in steps else [],
            merged=[line_of(request, each) for each in await store.merged_into(db, user, row)],
            categories=KINDS,
            urgencies=URGENCIES,
            levels=LEVELS,
            edit=str(uuid7()),
            first=str(uuid7()),
            telling=str(uuid7()),
            agreed=await agreed(db, row["id"]),
            told=_told(request),
        )


async def move(request: Request) -> Response:
    """It goes a step on, perhaps with photos; where others took one since, it says so."""
    user = user_of(request)
    async with request.form(max_files=FILES_MAX, max_fields=FIELDS_MAX) as form:
        came = await read_files(form)
        to, note, seen = text_of(form, "to"), text_of(form, "note").strip(), id_of(form, "seen")
        edit, dup_of = id_of(form, "edit") or str(uuid7()), id_of(form, "dup_of")
        rating, asked = text_of(form, "rating"), text_of(form, "asked") if "asked" in form else None
    async with request.app.state.db.reading() as db:
        row = await _access(request, db, user)
        late = to == EXTENDED and row["state"] == "in_progress" and not await _extends(request, db, row)
    if late:
        return _back(row, "late")
    if not any(to in leads for leads in WAYS.values()) or to == "dispatched" or (to == "merged" and not dup_of):
        return _back(row, "refused", asked)
    if len(note) > NOTE_CHARS_MAX or (to in NOTED and not note):
        return _back(row, "note", asked)
    body: dict[str, Any] = {"to": to, **({"note": note} if note else {})}
    body |= {"dup_of": dup_of} if to == "merged" else {}
    body |= {"rating": rating} if rating in RATINGS else {}
    if came:
        try:
            body["blobs"] = read_blobs(await keep_files(came, blobs_in(request), ""))
        except Wrong as wrong:
            return await _show(request, 422, note=note, wrong=str(wrong))
    draft = Draft("whistle.moved", row["id"], row["grid"], user.id, body, {STEP: [seen] if seen else []}, id=edit)
    return await _stepped(request, user, row, [draft], asked)


async def _extends(request: Request, db: AsyncConnection, row: RowMapping) -> bool:
    return await may_extend(db, row, clock.now_ms(), request.app.state.settings.utc_offset_min)


async def dispatch_order(request: Request) -> Response:
    """It is sent to a department, answered first where nobody did yet: one press."""
    user = user_of(request)
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        seen, first = id_of(form, "seen"), id_of(form, "first") or str(uuid7())
        edit = id_of(form, "edit") or str(uuid7())
        department, category = id_of(form, "department"), text_of(form, "category")
        level, urgency, note = text_of(form, "level"), text_of(form, "urgency"), text_of(form, "note").strip()
        supporting = [each for each in form.getlist("supporting") if isinstance(each, str)]
        asked = text_of(form, "asked") if "asked" in form else None
    async with request.app.state.db.reading() as db:
        row = await _access(request, db, user)
        known = {each["id"] for each in await store.departments(db, await store.community_of(db, row["grid"]))}
    whole = level in LEVELS and urgency in URGENCIES and category in CATEGORIES and department in known
    if not whole or len(note) > NOTE_CHARS_MAX or not known.issuperset(supporting):
        return _back(row, "refused", asked)
    drafts, over = [], seen
    if row["state"] in ("reported", "returned"):
        said = {"to": "responded"}
        drafts = [
            Draft("whistle.moved", row["id"], row["grid"], user.id, said, {STEP: [seen] if seen else []}, id=first)
        ]
        over = first
    body: dict[str, Any] = {"department": department, "level": int(level), "urgency": urgency, "category": category}
    body |= {**({"supporting": supporting} if supporting else {}), **({"note": note} if note else {})}
    sent = {STEP: [over] if over else []}
    drafts.append(Draft("whistle.dispatched", row["id"], row["grid"], user.id, body, sent, id=edit))
    return await _stepped(request, user, row, drafts, asked)


async def tell(request: Request) -> Response:
    """A word about it: a question, an answer."""
    user = user_of(request)
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        note, edit = text_of(form, "note").strip(), id_of(form, "telling") or str(uuid7())
    async with request.app.state.db.reading() as db:
        row = await _access(request, db, user)
    if not 0 < len(note) <= NOTE_CHARS_MAX:
        return _back(row, "note")
    draft = Draft("whistle.told", row["id"], row["grid"], user.id, {"note": note}, id=edit)
    (receipt,) = await request.app.state.journal.commit([draft])
    return _back(row, "refused" if receipt.outcome == "quarantined" else "said")


async def _stepped(request: Request, user: User, row: RowMapping, drafts: list[Draft], asked: str | None) -> Response:
    """`asked`: what the queue was asked for that this was pressed beside; None on the whistle's own page."""
    line = None if asked is None else await line_in_queue(request, row["id"])
    receipts = await request.app.state.journal.commit(drafts)
    if any(receipt.outcome == "quarantined" for receipt in receipts):
        return _back(row, "refused", asked)
    async with request.app.state.db.reading() as db:
        now = await store.one(db, user, row["grid"], row["id"])
    if now is None:
        # It went on to somebody else's desk.
        return RedirectResponse(f"{DESK}?told=moved", 303)
    if now["step"] != drafts[-1].id:
        return _back(row, "changed", asked)
    return _back(row, "moved") if asked is None else await onwards(request, user, now, asked, line)


def _back(row: RowMapping, told: str, asked: str | None = None) -> Response:
    """To where it was pressed: its own page, or the queue."""
    if asked is not None:
        return to_queue(asked, told, row)
    return RedirectResponse(f"{DESK}/{row['grid']}/{row['id']}?told={told}", 303)


async def _access(request: Request, db: AsyncConnection, user: User) -> RowMapping:
    row = await store.one(db, user, request.path_params["grid"], request.path_params["whistle"])
    if row is None:
        raise not_found()
    return row


def _told(request: Request) -> str | None:
    said = request.query_params.get("told", "")
    return said if said in TOLD else None


routes = [
    Route(DESK, create, methods=["POST"]),
    Route(ONE, show),
    Route(f"{ONE}/moves", move, methods=["POST"]),
    Route(f"{ONE}/dispatches", dispatch_order, methods=["POST"]),
    Route(f"{ONE}/tellings", tell, methods=["POST"]),
]
