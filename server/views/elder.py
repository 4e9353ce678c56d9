"""A volunteer's pages: four doors, one question a page. Twin of web/phone/views/elder.js."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .blobs import blobs_told
from .common import Context, Params, Row, Rows, first, frame, local, offset_of, part_of_day

NEEDS = {"volunteer": "own", "report": "own"}

TASKS = ("home", "report", "visits", "call")
UNDO_MS = 10_000
SENT_SHOWN = 40


def home(rows: Rows, now_ms: int, params: Params) -> Context:
    """Four doors."""
    part = part_of_day(now_ms, offset_of(rows, params))
    return {**_frame(rows, now_ms, params, "home"), "me": params.get("me") or "", "part": part, "due": 0}


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
    if made is None:
        return None
    return {
        **_frame(rows, now_ms, params, "report"),
        "withdrawn": made["state"] == "withdrawn",
        "unsent": bool(made.get("unsent")),
        "left_s": left_of(made, now_ms),
        "undo": f"/elder/reports/{made['id']}/withdrawal",
    }


def mine(rows: Rows, now_ms: int, params: Params) -> Context:
    """What somebody sent, the latest first, how far each has come, and what was answered."""
    offset = offset_of(rows, params)
    told = [_reported(row, params, offset) for row in rows.get("report", ())]
    told.sort(key=lambda one: (one["ms"], one["id"]), reverse=True)
    return {**_frame(rows, now_ms, params, "home"), "sent": told[:SENT_SHOWN]}


def call(rows: Rows, now_ms: int, params: Params) -> Context:
    """Whom they may call."""
    return {**_frame(rows, now_ms, params, "call"), "calls": calls_of(rows, params)}


def install(rows: Rows, now_ms: int, params: Params) -> Context:
    """How one of the pages comes onto the home screen."""
    asked = params.get("task")
    return {**_frame(rows, now_ms, params, asked if asked in TASKS else "home"), "tasks": list(TASKS)}


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
        "withdrawn": row["state"] == "withdrawn",
        "note": row.get("note") or "",
        "answered_by": row.get("answered_by") or "",
    }
