"""Posts A and B at the desk: arranged with two dates, handed over on a sheet that can be printed, ended early."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import user_of
from server.desk import desk_page
from server.form_fields import text_of
from server.journal import STAND_IN_DAYS_MAX, WALKING, Draft
from server.localtime import local_day, local_iso
from server.problem import not_found
from server.staff import store
from server.staff.changes import changed_meanwhile
from server.staff.pages import person_page, scope_of_community, scope_words
from server.staff.store import Somebody

NOTE_CHARS_MAX = 2000


async def create(request: Request) -> Response:
    """`POST /desk/people/{person}/stand-in`: somebody looks after another's grids from day to day. What their phones
    have not sent yet is written down with it."""
    user, form, offset = user_of(request), await request.form(max_files=0), request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        away = await store.access_person(db, user, request.path_params["person"])
        everybody = await store.everybody(db, user.community)
    said = {name: text_of(form, name).strip() for name in ("by", "from_on", "until_on", "note")}
    by = next((each for each in everybody if each.id == said["by"] and _may_stand(each)), None)
    wrong = _wrong(said, away, by, local_day(clock.now_ms(), offset), user.id)
    if away.role not in WALKING or not away.in_use:
        raise not_found()
    if wrong or by is None:
        return await person_page(request, 400, stand_in={**said, "wrong": wrong})
    id_ = str(uuid7())
    days = {"from_on": said["from_on"], "until_on": said["until_on"]}
    drafts = [
        Draft("person.stood_in", id_, None, user.id, {"person": away.id, "by": by.id, **days}, id=id_),
        Draft("person.handed_over", id_, None, user.id, _open(away, said["note"])),
    ]
    receipts = await request.app.state.journal.commit(drafts)
    if receipts[0].outcome != "accepted":
        raise changed_meanwhile()
    return RedirectResponse(f"/desk/stand-ins/{id_}", 303)


def _may_stand(person: Somebody) -> bool:
    return person.role in WALKING and person.in_use


def _open(away: Somebody, note: str) -> dict[str, Any]:
    """What is handed over: the note, and what their phones said when they last sent something."""
    last = {"last_ms": away.last_ms} if away.last_ms else {}
    return {"note": note[:NOTE_CHARS_MAX], "unsent": away.unsent, **last}


def _wrong(said: dict[str, str], away: Somebody, by: Somebody | None, today: str, user: str) -> dict[str, str]:
    """What is amiss with the form, as field → words of the catalogue below `people.stand_in.`."""
    wrong = {}
    if by is None or by.id in (away.id, user):
        wrong["by"] = "no_by"
    days = [_day(said[name]) for name in ("from_on", "until_on")]
    if days[0] is None or days[1] is None:
        wrong["days"] = "no_days"
    elif said["until_on"] < today:
        wrong["days"] = "past"
    elif not 0 <= (days[1] - days[0]).days < STAND_IN_DAYS_MAX:
        wrong["days"] = "order"
    return wrong


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None


async def show(request: Request) -> Response:
    """`GET /desk/stand-ins/{id}`: the sheet of a handing-over, to be read, printed and signed."""
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        row = await store.stand_in(db, request.path_params["id"])
        people = {each.id: each for each in await store.everybody(db, user.community)}
        if row is None or row["person"] not in people or row["by"] not in people:
            raise not_found()
        context = await scope_of_community(db, user)
        listed = store.away(await store.stand_ins_of(db, people)).get(row["person"], [])
        away, by = people[row["person"]], people[row["by"]]
        shown = {
            "id": row["id"],
            "away": {"name": away.name, "id": away.id},
            "by": {"name": by.name, "id": by.id},
            "grids": scope_words(away, context),
            "from_on": row["from_on"],
            "until_on": row["until_on"],
            "both": any(each["both"] for each in listed if each["id"] == row["id"]),
            "began": row["began_ms"] is not None,
            "ended": local_iso(row["ended_ms"], offset) if row["ended_ms"] is not None else None,
            "handed": [_handed(each, offset) for each in store.handed(row)],
            "now": {"unsent": away.unsent, "last": local_iso(away.last_ms, offset) if away.last_ms else None},
        }
        wrote = request.query_params.get("done") == "noted"
        return await desk_page(request, db, "desk/stand_in.html", made=shown, wrote=wrote)


def _handed(each: dict[str, Any], offset: int) -> dict[str, Any]:
    last = each.get("last_ms")
    return {**each, "at": local_iso(each["at_ms"], offset), "last": local_iso(last, offset) if last else None}


async def _asked(request: Request) -> tuple[Any, Somebody]:
    """The stand-in that an address names, and who is away, of the user's own community."""
    async with request.app.state.db.reading() as db:
        row = await store.stand_in(db, request.path_params["id"])
        if row is None:
            raise not_found()
        return row, await store.access_person(db, user_of(request), row["person"])


async def note(request: Request) -> Response:
    """`POST /desk/stand-ins/{id}/notes`: one more handing-over, for instance back again."""
    (row, away), form = await _asked(request), await request.form(max_files=0)
    said = text_of(form, "note").strip()
    draft = Draft("person.handed_over", row["id"], None, user_of(request).id, _open(away, said))
    await request.app.state.journal.commit([draft])
    return RedirectResponse(f"/desk/stand-ins/{row['id']}?done=noted", 303)


async def end(request: Request) -> Response:
    """`POST /desk/stand-ins/{id}/end`: it is over before its last day, or called off before its first."""
    row, away = await _asked(request)
    draft = Draft("stand_in.ended", row["id"], None, user_of(request).id, {})
    await request.app.state.journal.commit([draft])
    return RedirectResponse(f"/desk/people/{away.id}?done=off", 303)


routes = [
    Route("/desk/people/{person}/stand-in", create, methods=["POST"]),
    Route("/desk/stand-ins/{id}", show, methods=["GET"]),
    Route("/desk/stand-ins/{id}/notes", note, methods=["POST"]),
    Route("/desk/stand-ins/{id}/end", end, methods=["POST"]),
]
