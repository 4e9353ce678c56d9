"""A volunteer's pages: four doors, one question a page. Twin of web/phone/views/elder.js."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .blobs import blobs_told
from .common import Context, Params, Row, Rows, day_of, first, frame, local, offset_of, part_of_day
from .suggestion_form import back_to, page_of

NEEDS = {"volunteer": "own", "report": "own", "paired": "own", "paired_check": "own"}

TASKS = ("home", "report", "visits", "mine", "call")
UNDO_MS = 10_000
SENT_SHOWN = 40
STATES = ("ok", "watch", "urgent")
DAYS = {"weekly": 7, "monthly": 30, "quarterly": 90}
"""How long after one look the next is due."""


def home(rows: Rows, now_ms: int, params: Params) -> Context:
    """Four doors."""
    part = part_of_day(now_ms, offset_of(rows, params))
    due = sum(one["due"] for one in _people(rows, now_ms, offset_of(rows, params)))
    return {**_frame(rows, now_ms, params, "home"), "me": params.get("me") or "", "part": part, "due": due}


def report(rows: Rows, now_ms: int, params: Params) -> Context:
    """What somebody noticed: a photo, a voice note or words."""
    values = params.get("values") or (params.get("draft") or {}).get("values") or {}
    return {
        **_frame(rows, now_ms, params, "report"),
        "new_id": params.get("new_id") or "",
        "keeps": bool(params.get("keeps")),
        "values": {"text": values.get("text") or "", "blobs": values.get("blobs") or ""},
        "errors": params.get("errors") or {},
    }


def sent(rows: Rows, now_ms: int, params: Params) -> Context | None:
    """It is kept, and for some seconds it can be taken back."""
    made = first(rows, "report", params.get("of"))
    check = first(rows, "paired_check", params.get("of"))
    kept = made or check
    if kept is None:
        return None
    return {
        **_frame(rows, now_ms, params, "report" if made else "visits"),
        "of": "report" if made else "check",
        "name": "" if check is None else _name_of(rows, check),
        "check": "" if check is None else check["state"],
        "withdrawn": _taken_back(kept),
        "unsent": bool(kept.get("unsent")),
        "left_s": left_of(kept, now_ms),
        "undo": f"/elder/{'reports' if made else 'checks'}/{kept['id']}/withdrawal",
        "calls": calls_of(rows, params),
    }


def visits(rows: Rows, now_ms: int, params: Params) -> Context:
    """Whom they look in on: who is due first, then who was seen longest ago."""
    people = _people(rows, now_ms, offset_of(rows, params))
    return {**_frame(rows, now_ms, params, "visits"), "people": people}


def visit(rows: Rows, now_ms: int, params: Params) -> Context | None:
    """One of them: how were they?"""
    people = _people(rows, now_ms, offset_of(rows, params))
    one = next((each for each in people if each["id"] == params.get("pair")), None)
    if one is None:
        return None
    values = params.get("values") or {}
    shown = {"one": one, "new_id": params.get("new_id") or "", "text": values.get("text") or ""}
    return {**_frame(rows, now_ms, params, "visits"), **shown, "states": list(STATES)}


def mine(rows: Rows, now_ms: int, params: Params) -> Context:
    """What somebody sent, the latest first, how far each has come, and what was answered."""
    offset = offset_of(rows, params)
    told = [_reported(row, params, offset) for row in rows.get("report", ())]
    told += [_checked(rows, row, offset) for row in rows.get("paired_check", ())]
    told.sort(key=lambda one: (one["ms"], one["id"]), reverse=True)
    return {**_frame(rows, now_ms, params, "mine"), "sent": told[:SENT_SHOWN]}


def call(rows: Rows, now_ms: int, params: Params) -> Context:
    """Whom they may call."""
    return {**_frame(rows, now_ms, params, "call"), "calls": calls_of(rows, params)}


def install(rows: Rows, now_ms: int, params: Params) -> Context:
    """How one of the pages comes onto the home screen."""
    asked = params.get("task")
    return {**_frame(rows, now_ms, params, asked if asked in TASKS else "home"), "tasks": list(TASKS)}


def suggestion(rows: Rows, now_ms: int, params: Params) -> Context:
    """What could be easier, about one of these pages."""
    said = params.get("values") or (params.get("draft") or {}).get("values") or {}
    sent = params.get("values") or params
    return {
        **_frame(rows, now_ms, params, "home"),
        "new_id": params.get("new_id") or "",
        "page": page_of(sent.get("page") or ""),
        "back": back_to(sent.get("back") or "", "/elder/"),
        "values": {"text": said.get("text") or ""},
        "errors": params.get("errors") or {},
    }


def missing(rows: Rows, now_ms: int, params: Params) -> Context:
    """Nothing stands there."""
    return _frame(rows, now_ms, params, "home")


def left_of(made: Row, now_ms: int) -> int:
    """For how many seconds something can still be taken back: none where a clock was set back meanwhile."""
    left = made["occurred_at_ms"] + UNDO_MS - now_ms
    return -(-left // 1000) if 0 < left <= UNDO_MS else 0


def calls_of(rows: Rows, params: Params) -> list[Context]:
    """The installation's numbers: those of every community, and of this one."""
    community = next((row.get("community") for row in rows.get("volunteer", ())), None)
    given = params.get("calls") or ()
    return [{"name": name, "number": number} for where, name, number in given if where in ("", community)]


def _frame(rows: Rows, now_ms: int, params: Params, task: str) -> Context:
    return {**frame(rows, now_ms, params, ""), "size": params.get("size") or 1, "task": task}


def _reported(row: Row, params: Params, offset: int) -> Context:
    known: Mapping[str, Any] = params.get("blobs") or {}
    told = blobs_told(row.get("blobs"), known)
    return {
        "id": row["id"],
        "of": "report",
        "ms": row["occurred_at_ms"],
        "at": local(row["occurred_at_ms"], offset),
        "text": row.get("text") or "",
        "sorts": told["sorts"] if told else [],
        "unsent": bool(row.get("unsent")),
        "withdrawn": _taken_back(row),
        "note": row.get("note") or "",
        "answered_by": row.get("answered_by") or "",
    }


def _checked(rows: Rows, row: Row, offset: int) -> Context:
    return {
        "id": row["id"],
        "of": "check",
        "ms": row["occurred_at_ms"],
        "at": local(row["occurred_at_ms"], offset),
        "name": _name_of(rows, row),
        "check": row["state"],
        "text": row.get("text") or "",
        "sorts": [],
        "unsent": bool(row.get("unsent")),
        "withdrawn": _taken_back(row),
        "note": "",
        "answered_by": "",
    }


def _people(rows: Rows, now_ms: int, offset: int) -> list[Context]:
    """A name, a door, and when somebody was last there: never why."""
    people = [_person(row, now_ms, offset) for row in rows.get("paired", ()) if not row.get("ended_ms")]
    people.sort(key=lambda one: (not one["due"], one["seen"], one["id"]))
    return people


def _person(row: Row, now_ms: int, offset: int) -> Context:
    seen = row.get("checked_ms")
    days = None if seen is None else max(0, day_of(now_ms, offset) - day_of(seen, offset))
    major = row.get("major_ms")
    waits = seen is None or (major is not None and seen < major) or (days or 0) >= DAYS[row["cadence"]]
    place = {name: row.get(name) or "" for name in ("building", "entrance", "room")}
    return {"id": row["id"], "name": row.get("name") or "", **place, "days": days, "due": waits, "seen": seen or 0}


def _name_of(rows: Rows, check: Row) -> str:
    return str((first(rows, "paired", check["pair"]) or {}).get("name") or "")


def _taken_back(kept: Row) -> bool:
    return bool(kept.get("undone_ms")) or kept["state"] == "withdrawn"
