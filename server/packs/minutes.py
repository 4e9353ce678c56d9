"""Minutes of a meeting, written and corrected; what was decided becomes somebody's to do by a day, until it is done."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from sqlalchemy import RowMapping
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import DECIDING, User, access_grid, user_of
from server.actions import access_action, gives
from server.coordination import access_meeting_about
from server.desk import desk_page
from server.form_fields import id_of
from server.journal import Draft
from server.localtime import local_day, local_iso
from server.packs import store
from server.problem import Problem, not_found

TYPES = ("monday", "monthly", "council", "coordination")
ABOUT_WHISTLES = "coordination"
ROWS = 6
ROWS_MAX = 40
TEXT_CHARS_MAX = 500
DUE_DAYS = 7
FIELDS_MAX = 4 * ROWS_MAX + 10

Shown = dict[str, Any]


async def ask(request: Request) -> Response:
    """`GET /desk/meetings`: the form for one that was held."""
    user, asked = user_of(request), request.query_params
    today = _today(request)
    about = await _about(request, user, asked.get("whistle", ""))
    type_ = asked.get("type") if asked.get("type") in TYPES else TYPES[0]
    grid = asked.get("grid") if asked.get("grid") in user.grids else ""
    rows = [_row(number) for number in range(ROWS)]
    values = {"type": type_, "grid": grid, "held_on": today, "rows": rows, "id": str(uuid7())}
    return await _form(request, values, about)


async def create(request: Request) -> Response:
    """`POST /desk/meetings`: the minutes, and what follows from them, all at once."""
    user = user_of(request)
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        said = _said(request, form)
    async with request.app.state.db.reading() as db:
        owners = {each["id"] for each in await store.owners_for(db, user)}
    about = await _about(request, user, said["whistle"])
    grid = about["grid"] if about else _place(user, said["grid"])
    if any(row["owner"] and row["owner"] not in owners for row in said["rows"]):
        raise not_found()
    if wrong := _wrong(said):
        return await _form(request, {**said, "wrong": wrong}, about, 422)
    rows = [row for row in said["rows"] if row["text"]]
    body = {"type": said["type"], "held_on": said["held_on"], "decisions": [row["text"] for row in rows]}
    body |= {"type": ABOUT_WHISTLES, "whistle": about["id"]} if about else {}
    drafts = [Draft("meeting.held", said["id"], grid, user.id, body, id=said["id"])]
    for row in (row for row in rows if row["owner"]):
        given = {"owner": row["owner"], "due": row["due"], "text": row["text"], "meeting": said["id"]}
        drafts.append(Draft("action.set", row["id"], grid, user.id, given, {"step": []}, id=row["id"]))
    _taken(await request.app.state.journal.commit(drafts))
    return RedirectResponse(f"/desk/meetings/{said['id']}", 303)


async def show(request: Request) -> Response:
    """`GET /desk/meetings/{id}`: its minutes, and how far what was agreed has come."""
    return await _minutes(request)


async def correct(request: Request) -> Response:
    """`POST /desk/meetings/{id}/telling`: its author tells it anew, over the telling they had in view."""
    user = user_of(request)
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        said, over = _said(request, form), _id(form, "over")
    async with request.app.state.db.reading() as db:
        row = await store.access_meeting(db, user, request.path_params["id"])
    if row["author"] != user.id:
        raise not_found()
    if wrong := _wrong(said):
        return await _minutes(request, {**said, "wrong": wrong}, 422)
    texts = [each["text"] for each in said["rows"] if each["text"]]
    body = {"type": said["type"], "held_on": said["held_on"], "decisions": texts}
    body |= {"type": ABOUT_WHISTLES, "whistle": row["whistle"]} if row["whistle"] else {}
    draft = Draft("meeting.held", row["id"], row["grid"], user.id, body, {"revision": [over]}, id=said["id"])
    _taken(await request.app.state.journal.commit([draft]))
    return RedirectResponse(f"/desk/meetings/{row['id']}", 303)


async def give(request: Request) -> Response:
    """`POST /desk/actions`: something to do that no meeting was needed for."""
    user = user_of(request)
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        said = {name: _text(form, name) for name in ("text", "owner", "due", "grid")}
        id_ = _id(form, "id")
    async with request.app.state.db.reading() as db:
        owners = {each["id"] for each in await store.owners_for(db, user)}
    grid = _place(user, said["grid"])
    if said["owner"] not in owners:
        raise not_found()
    if not 0 < len(said["text"]) <= TEXT_CHARS_MAX or not _is_day(said["due"]):
        return RedirectResponse("/desk/packs?done=wrong", 303)
    body = {name: said[name] for name in ("owner", "due", "text")}
    _taken(
        await request.app.state.journal.commit([Draft("action.set", id_, grid, user.id, body, {"step": []}, id=id_)])
    )
    return RedirectResponse("/desk/packs?done=given", 303)


async def change(request: Request) -> Response:
    """`POST /desk/actions/{action}/change`: another owner, another day, or open again."""
    user, row, form = await _of(request)
    if not gives(user, row):
        raise not_found()
    async with request.app.state.db.reading() as db:
        owners = {each["id"] for each in await store.owners_for(db, user)} | {row["owner"]}
    owner, due = _text(form, "owner") or row["owner"], _text(form, "due") or row["due"]
    text = _text(form, "text") or row["text"]
    if owner not in owners:
        raise not_found()
    if len(text) > TEXT_CHARS_MAX or not _is_day(due):
        return RedirectResponse("/desk/packs?done=wrong", 303)
    body = {"owner": owner, "due": due, "text": text}
    draft = Draft("action.set", row["id"], row["grid"], user.id, body, {"step": [_id(form, "step")]})
    await request.app.state.journal.commit([draft])
    return RedirectResponse("/desk/packs?done=given", 303)


async def complete(request: Request) -> Response:
    """`POST /desk/actions/{action}/completion`: it is done."""
    user, row, form = await _of(request)
    if not (row["owner"] == user.id or gives(user, row)):
        raise not_found()
    note = _text(form, "note")[:TEXT_CHARS_MAX]
    body = {"note": note} if note else {}
    draft = Draft("action.done", row["id"], row["grid"], user.id, body, {"step": [_id(form, "step")]})
    await request.app.state.journal.commit([draft])
    back = "/desk/home" if _text(form, "back") == "home" else "/desk/packs?done=done"
    return RedirectResponse(back, 303)


async def _of(request: Request) -> tuple[User, RowMapping, FormData]:
    user, form = user_of(request), await request.form(max_files=0, max_fields=FIELDS_MAX)
    async with request.app.state.db.reading() as db:
        return user, await access_action(db, user, request.path_params["action"]), form


async def _about(request: Request, user: User, whistle: str) -> Shown | None:
    """The whistle that those concerned sat down about; None for a meeting of the grid or the community."""
    if whistle:
        async with request.app.state.db.reading() as db:
            return await access_meeting_about(db, user, whistle, request.app.state.settings.utc_offset_min)
    if user.role not in DECIDING:
        raise not_found()
    return None


async def _form(request: Request, values: Shown, about: Shown | None, status: int = 200) -> Response:
    user = user_of(request)
    async with request.app.state.db.reading() as db:
        context: Shown = {"owners": await store.owners_for(db, user), "grids": await store.grids_of(db, user)}
        context |= {
            "types": () if about else TYPES,
            "whole": user.role == "station_master",
            "values": values,
            "about": about,
        }
        return await desk_page(request, db, "desk/meeting_form.html", status=status, **context)


async def _minutes(request: Request, said: Shown | None = None, status: int = 200) -> Response:
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        row = await store.access_meeting(db, user, request.path_params["id"])
        decisions, tellings = json.loads(row["decisions"]), json.loads(row["tellings"])
        rows = [{**_row(number), "text": text} for number, text in enumerate([*decisions, "", ""])]
        shown = {
            "id": row["id"],
            "type": row["type"],
            "held_on": row["held_on"],
            "grid_name": row["grid_name"],
            "by": row["by_name"],
            "at": local_iso(row["received_ms"], offset),
            "decisions": decisions,
            "mine": row["author"] == user.id,
            "over": row["edit"],
            "tellings": len(tellings),
            "about": f"/desk/whistles/{row['grid']}/{row['whistle']}" if row["whistle"] else "",
        }
        values = said or {"type": row["type"], "held_on": row["held_on"], "rows": rows, "id": str(uuid7())}
        actions = [
            {name: each[name] for name in ("id", "text", "due", "owner_name", "state", "done_by", "note")}
            for each in await store.actions_of(db, row["id"])
        ]
        return await desk_page(
            request,
            db,
            "desk/meeting.html",
            status=status,
            meeting=shown,
            actions=actions,
            values=values,
            types=() if row["whistle"] else TYPES,
        )


def _row(number: int) -> Shown:
    return {"number": number, "id": str(uuid7()), "text": "", "owner": "", "due": ""}


def _said(request: Request, form: FormData) -> Shown:
    """The form as it was filled in; what somebody is to do without a day is due a week after the meeting."""
    held_on = _text(form, "held_on") or _today(request)
    due = (date.fromisoformat(held_on) + timedelta(days=DUE_DAYS)).isoformat() if _is_day(held_on) else ""
    rows = [
        {
            "number": number,
            "id": _id(form, f"action_{number}"),
            "text": _text(form, f"text_{number}"),
            "owner": _text(form, f"owner_{number}"),
            "due": _text(form, f"due_{number}") or due,
        }
        for number in range(ROWS_MAX)
        if f"text_{number}" in form
    ]
    type_ = _text(form, "type")
    known = {"type": type_ if type_ in TYPES else TYPES[0], "grid": _text(form, "grid")}
    known |= {"whistle": id_of(form, "whistle") or ""}
    return {**known, "held_on": held_on, "rows": rows, "id": _id(form, "id")}


def _wrong(said: Shown) -> dict[str, str]:
    """What is amiss, as the part of the form → words of the catalogue."""
    long = any(len(row["text"]) > TEXT_CHARS_MAX for row in said["rows"])
    bare = any(row["owner"] and not row["text"] for row in said["rows"])
    due = any(row["owner"] and not _is_day(row["due"]) for row in said["rows"])
    return {
        **({} if _is_day(said["held_on"]) else {"held_on": "packs.wrong.day"}),
        **({"rows": "packs.wrong.due"} if due else {}),
        **({"rows": "packs.wrong.bare"} if bare else {}),
        **({"rows": "packs.wrong.long"} if long else {}),
    }


def _place(user: User, grid: str) -> str | None:
    """The grid it is for; None for the whole community, which is the station's to say. A leader with one grid means
    that one."""
    if grid:
        return access_grid(user, grid)
    if user.role == "station_master":
        return None
    if len(user.grids) == 1:
        return next(iter(user.grids))
    raise not_found()


def _taken(receipts: list[Any]) -> None:
    """Raises Problem where somebody was taken out of use, or a grid, in the same moment."""
    if any(receipt.outcome == "quarantined" for receipt in receipts):
        raise Problem(
            "changed_meanwhile",
            409,
            "刚才有人改了别的，这次没有记下。请回去再看一眼，再按一次。",
            "Something else changed just now, and this was not kept. Go back, look again, and press once more.",
        )


def _today(request: Request) -> str:
    return local_day(clock.now_ms(), request.app.state.settings.utc_offset_min)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return " ".join(value.replace("\x00", "").split()) if isinstance(value, str) else ""


def _id(form: FormData, name: str) -> str:
    """An id that the form was made with, so that sending it twice says it once; a new one where it is none."""
    return id_of(form, name) or str(uuid7())


routes = [
    Route("/desk/meetings", ask, methods=["GET"]),
    Route("/desk/meetings", create, methods=["POST"]),
    Route("/desk/meetings/{id}", show, methods=["GET"]),
    Route("/desk/meetings/{id}/telling", correct, methods=["POST"]),
    Route("/desk/actions", give, methods=["POST"]),
    Route("/desk/actions/{action}/change", change, methods=["POST"]),
    Route("/desk/actions/{action}/completion", complete, methods=["POST"]),
]
