"""The log of a day: composed from all that this phone holds of it, one field for words, sent by a tap."""

from __future__ import annotations

from datetime import date
from typing import Any

from .besides import NEEDS as BESIDES
from .besides import days_besides, late_besides, told_besides
from .blobs import blobs_told, read_blobs, write_blobs
from .common import Context, Params, Row, Rows, date_text, day_of, frame, local, offset_of
from .day import happened_on, is_late, is_of, lines_of, told_day, visits_on
from .people import first_wrong, form_state
from .walks import WHAT, day_walked, notes_told, patrols_of, told_walks

NEEDS = {"grid": "all", "building": "all", "household": "all", "visit": "all", "daily_log": "all",
         "patrol": "all", "patrol_note": "all", **BESIDES}  # fmt: skip
TEMPLATE = "field/log.html"

INPUTS = ("text", "blobs")
FIRST_DAY = "2000-01-01"
OTHERS_SHOWN = 7
UNSAID_DAYS = 3
"""For so many days it is said that a day on which something was done has no log yet; after that nobody is reminded."""


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """The day asked for, today without one; in the grid asked for, or else where visits were made that day."""
    offset = offset_of(rows, params)
    today = date_text(day_of(now_ms, offset))
    person = params.get("person")
    sent = params.get("values") or {}
    day = _day(sent.get("day") or params.get("day"), today)
    grids = sorted(rows.get("grid", ()), key=lambda grid: (grid["name"], grid["id"]))
    asked = sent.get("grid") or params.get("grid")
    left = _left(rows, grids, asked, day)
    grid = left["grid"] if left else _grid(rows, grids, asked, person, day, offset)
    visits = visits_on(rows, person, grid, day, offset)
    log = next((row for row in rows.get("daily_log", ()) if row["grid"] == grid and row["day"] == day), None)
    # Which form this is becomes clear here alone: the half-written ones are all handed in.
    draft = (params.get("begun") or {}).get(f"log:{grid}:{day}")
    first = {"text": (log or {}).get("text"), "blobs": write_blobs((log or {}).get("blobs") or ())}
    values = form_state({**params, "draft": draft}, INPUTS, first)
    return {
        **frame(rows, now_ms, params, "today"),
        "day": day,
        "is_today": day == today,
        "grid": grid,
        "left": left is not None,
        "grids": [{"id": each["id"], "name": each["name"]} for each in grids] if len(grids) > 1 else [],
        "told": told_day(rows, visits, today, offset),
        "besides": told_besides(rows, grid, day, person, params.get("me") or "", today, offset),
        "walked": told_walks(rows, grid, day, now_ms, person, offset, params.get("blobs")),
        "log": log and _told(log, params, offset),
        "step": log["step"] if log else "",
        "over": ",".join(log["edits"]) if log else "",
        "new_id": params.get("new_id") or "",
        "values": values,
        "blobs": blobs_told(read_blobs(str(values["blobs"]))),
        "keeps": bool(params.get("keeps")),
        "errors": params.get("errors") or {},
        "wrong": first_wrong(params, INPUTS),
        "draft": draft and {"at": local(draft["saved_ms"], offset)},
        "added": _added(rows, person, grid, today, offset) if day == today else [],
        "others": _others(rows, now_ms, person, grid, day, offset),
    }


def _day(asked: Any, today: str) -> str:
    """The day asked for, if it is one and has begun."""
    try:
        day = date.fromisoformat(asked or "").isoformat()
    except ValueError:
        return today
    return day if day == asked and FIRST_DAY <= day <= today else today


def _left(rows: Rows, grids: list[Row], asked: Any, day: str) -> Row | None:
    """The log of that day in a grid that is theirs no more: it can still be read."""
    if any(grid["id"] == asked for grid in grids):
        return None
    return next((row for row in rows.get("daily_log", ()) if (row["grid"], row["day"]) == (asked, day)), None)


def _grid(rows: Rows, grids: list[Row], asked: Any, person: object, day: str, offset: int) -> str:
    known = [str(grid["id"]) for grid in grids]
    if asked in known:
        return str(asked)
    walked = (grid for grid in known if visits_on(rows, person, grid, day, offset))
    return next(walked, next(iter(known), ""))


def _told(log: Row, params: Params, offset: int) -> Context:
    """How far a log has come, and what was asked of its author."""
    proof = (params.get("proofs") or {}).get(log["edits"][0])
    return {
        "state": log["state"],
        "id": log["id"],
        "text": log.get("text") or "",
        "blobs": blobs_told(log.get("blobs"), params.get("blobs")),
        "note": log.get("note") or "",
        "by": log.get("by") or "",
        "at": local(log.get("at_ms"), offset),
        "sent": local(log["sent_ms"], offset),
        "unsent": bool(log.get("unsent")),
        "kept": proof is not None,
        "proof": proof and ("wait" if params.get("doubt") else proof),
    }


def _added(rows: Rows, person: object, grid: str, today: str, offset: int) -> list[Context]:
    """What of earlier days was added today, or is still on its way, visits and all that was noted beside them: it
    belongs to the day on which it happened."""
    late = [
        visit
        for visit in rows.get("visit", ())
        if visit.get("grid") == grid and is_of(visit, person) and _came_on(visit, today, offset)
    ]
    late.sort(key=lambda visit: (visit["occurred_at_ms"], visit["id"]))
    notes = (
        note
        for note in rows.get("patrol_note", ())
        if note["grid"] == grid and note["what"] in WHAT
        if _came_on({**note, "occurred_at_ms": note["noted_ms"]}, today, offset)
    )
    found = [
        *({**line, "of": "visit"} for line in lines_of(rows, late, today, offset)),
        *late_besides(rows, grid, person, lambda row: _came_on(row, today, offset), offset),
        *({**note, "of": "note"} for note in notes_told(rows, notes, today, offset)),
    ]
    return [{**each, "day": each["at"][:10]} for each in sorted(found, key=lambda each: each["at"][:10])]


def _came_on(visit: Row, today: str, offset: int) -> bool:
    received_ms = visit.get("received_ms")
    came = received_ms is None or date_text(day_of(received_ms, offset)) == today
    return came and is_late(visit, today, offset)


def _others(rows: Rows, now_ms: int, person: object, grid: str, day: str, offset: int) -> list[Context]:
    """Other days, the latest first: those with a log, and the last few that were walked and have none."""
    logs = {row["day"]: row["state"] for row in rows.get("daily_log", ()) if row["grid"] == grid}
    since = date_text(day_of(now_ms, offset) - UNSAID_DAYS)
    walked = {
        happened_on(visit, offset)
        for visit in rows.get("visit", ())
        if visit.get("grid") == grid and is_of(visit, person)
    }
    walked |= {day_walked(patrol, offset) for patrol in patrols_of(rows, grid)}
    walked |= days_besides(rows, grid, person, offset)
    unsaid = {each: "open" for each in walked if since <= each <= date_text(day_of(now_ms, offset))}
    days = sorted({**unsaid, **logs}.items(), reverse=True)
    return [{"day": each, "state": state} for each, state in days if each != day][:OTHERS_SHOWN]
