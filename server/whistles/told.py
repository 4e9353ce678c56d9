"""How the desk tells of whistles: in a line, whole, and which steps are the reader's."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from sqlalchemy import RowMapping
from starlette.requests import Request

from server.access import DECIDING, User
from server.blobs import blobs_in, waiting
from server.clocks import Reading
from server.coordination import HOLDING, meets
from server.doors import door_name
from server.i18n import locale_of, t
from server.localtime import local_iso
from server.views.blobs import blobs_told
from server.views.whistles import CATEGORIES, COMMITTEE, DEPARTMENT, GRID, HANDLED, LEADER, PROVED, REPORTER, WAYS

Shown = dict[str, Any]

WAITS = {
    "reported": COMMITTEE,
    "responded": COMMITTEE,
    "returned": COMMITTEE,
    "resolved": COMMITTEE,
    "reopened": COMMITTEE,
    "dispatched": DEPARTMENT,
    "accepted": DEPARTMENT,
    "in_progress": DEPARTMENT,
    "extended": DEPARTMENT,
    "suspended": DEPARTMENT,
    "verifying": GRID,
    "revisit": GRID,
}
"""Whom an open whistle waits for."""
PARTIES = {
    "station_master": {COMMITTEE},
    "dispatcher": {COMMITTEE},
    "grid_leader": {GRID, LEADER},
    "dept_handler": {DEPARTMENT},
}
DESK = "/desk/whistles"
KINDS = [{"code": code, "key": code.lower()} for code in CATEGORIES]
LEVELS = ("2", "3", "4")
CHANNELS = ("walk_in", "wechat", "hotline_12345", "xiaolan", "talk_point", "rider", "volunteer", "worker")
SENDABLE = ("reported", "returned", "responded", "reopened")
"""From here a whistle is sent to a department; where it waits for an answer first, that is given with it."""


def waits_for(role: str) -> tuple[str, ...]:
    """States in which a whistle waits for somebody of this role."""
    mine = PARTIES.get(role, set())
    found = tuple(state for state, who in WAITS.items() if who in mine)
    return (*found, "resolved") if LEADER in mine else found


def steps_of(user: User, row: RowMapping) -> list[str]:
    """What the reader may say next."""
    mine = set(PARTIES.get(user.role, ())) if _is_here(user, row) else set()
    if row["author"] == user.id:
        mine.add(REPORTER)
    handled = any(each["author"] == user.id for each in json.loads(row["story"]) if _handled(each))
    ways = WAYS.get(row["state"], {})
    return [to for to, who in ways.items() if mine.intersection(who) and not (handled and to in PROVED)]


def sends(user: User, row: RowMapping) -> bool:
    """Whether it is the reader's to send to a department."""
    return user.role in ("dispatcher", "station_master") and _is_here(user, row)


def _is_here(user: User, row: RowMapping) -> bool:
    """Whether it is theirs to take on, not only to be told of as whoever was asked first."""
    if user.role == "dispatcher":
        return bool(row["community"] == user.community)
    if user.role == "dept_handler":
        return bool(row["department"] == user.department)
    return row["grid"] in user.grids


def _handled(each: Shown) -> bool:
    return each.get("to") in HANDLED and "why" not in each


def reads_phone(user: User, row: RowMapping) -> bool:
    """Whether the reader is shown how to reach the household: whoever reads of homes, others where it was agreed to."""
    return (user.role in DECIDING and row["grid"] in user.grids) or bool(row["consent"])


def caller_of(user: User, row: RowMapping) -> str:
    """Whom to call back about a hotline's ticket, for whoever reads of homes, others where the hotline allows it."""
    told = [row["caller"], row["caller_phone"]] if user.role in DECIDING or row["caller_agrees"] else []
    return " ".join(each for each in told if each)


def due_of(reading: Reading | None, offset: int) -> Shown | None:
    """How its clock stands, in the words' terms; None where nobody's time runs."""
    if reading is None:
        return None
    at = None if reading.due_ms is None else local_iso(reading.due_ms, offset)
    return {"state": reading.state, "at": at, "step": reading.step}


def line_of(request: Request, row: RowMapping, reading: Reading | None = None) -> Shown:
    """A whistle as lists name it."""
    offset = _offset(request)
    return {
        "due": due_of(reading, offset),
        "id": row["id"],
        "grid": row["grid"],
        "href": f"/desk/whistles/{row['grid']}/{row['id']}",
        "title": row["title"],
        "state": row["state"],
        "waits": WAITS.get(row["state"], ""),
        "category": (row["category"] or "none").lower(),
        "urgency": row["urgency"],
        "level": row["level"],
        "department": row["department_name"] or "",
        "returns": row["returns"],
        "since": local_iso(row["stepped_ms"], offset),
        "by": row["by_name"] or t(locale_of(request), "whistledesk.resident"),
        "service": row["kind"] == "service",
        "unhappy": row["rating"] == "not",
        "where": _where(request, row),
    }


async def on_way(request: Request, row: RowMapping) -> Shown:
    """Of its photos those that have not come yet."""
    said = [{"blobs": json.loads(row["blobs"])}, *json.loads(row["story"])]
    return await asyncio.to_thread(waiting, blobs_in(request), said)


def shown_of(request: Request, user: User, row: RowMapping, reading: Reading | None, on_way: Shown) -> Shown:
    """A whistle with all of its trail. `on_way`: photos that have not come yet."""
    story = json.loads(row["story"])
    after: Shown = next((each for each in reversed(story) if each.get("to") == "resolved" and "why" not in each), {})
    offset = _offset(request)
    reaches = reads_phone(user, row)
    return {
        **line_of(request, row, reading),
        "text": row["text"] or "",
        "at": local_iso(row["occurred_at_ms"], offset),
        "received": local_iso(row["received_ms"], offset),
        "first_owner": row["first_owner_name"],
        "channel": row["channel"],
        "step": row["step"],
        "result": row["result"] or "",
        "rating": row["rating"] or "",
        "place": row["place"] or "",
        "blobs": blobs_told(json.loads(row["blobs"]), on_way),
        "after": blobs_told(after.get("blobs"), on_way) if row["resolved_ms"] is not None else None,
        "household": row["household"] if user.role in DECIDING and row["grid"] in user.grids else None,
        "contact": (row["contact"] or "") if reaches else "",
        "phone": (row["left"] or row["phone"] or "") if reaches else "",
        "ticket": row["ticket"] or "",
        "caller": caller_of(user, row),
        "meets": meets(row),
        "holds": user.role in HOLDING,
        "story": [_entry(each, offset, locale_of(request), on_way) for each in reversed(story)],
    }


def _where(request: Request, row: RowMapping) -> str:
    if row["room"]:
        place = door_name(locale_of(request), row["building_name"] or "", row["entrance"], row["room"])
    else:
        place = row["building_name"] or row["place"] or ""
    return " ".join(part for part in (row["grid_name"], place) if part)


def _entry(told: Shown, offset: int, lang: str, on_way: Shown) -> Shown:
    return {
        "to": told.get("to") or "",
        "by": told["by"] or t(lang, "whistledesk.resident"),
        "at": local_iso(told["at_ms"], offset),
        "note": told.get("note") or "",
        "department": told.get("department") or "",
        "rating": told.get("rating") or "",
        "why": told.get("why") or "",
        "blobs": blobs_told(told.get("blobs"), on_way),
    }


def _offset(request: Request) -> int:
    return int(request.app.state.settings.utc_offset_min)
