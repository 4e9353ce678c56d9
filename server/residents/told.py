"""How far a resident's matter is, in words that need no explaining: no names, no notes of whoever works on it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import RowMapping

from server.localtime import local_iso

RATINGS = ("satisfied", "basic", "not")
RATED = ("self_resolved", "resolved", "verifying", "revisit", "closed")
WORDS = {
    "reported": "received",
    "responded": "taken",
    "dispatched": "passed",
    "accepted": "accepted",
    "returned": "elsewhere",
    "in_progress": "working",
    "extended": "longer",
    "suspended": "paused",
    "self_resolved": "done",
    "resolved": "done",
    "verifying": "looking",
    "revisit": "asking",
    "reopened": "again",
    "closed": "closed",
    "merged": "merged",
    "invalid": "invalid",
    "withdrawn": "closed",
}
"""For each state what a resident is told: `resident.now.…` for how it stands, `resident.step.…` for what happened."""

Shown = dict[str, Any]


def progress_of(row: RowMapping, offset: int) -> Shown:
    """Everything that the page of a receipt says."""
    steps = [each for each in json.loads(row["story"]) if "why" not in each]
    way = [{"word": "received", "at": local_iso(row["received_ms"], offset), "department": ""}]
    way += [_step(each, offset) for each in steps if each.get("to") or each.get("rating")]
    return {
        "kind": row["kind"],
        "text": row["text"] or "",
        "place": row["place"] or "",
        "where": f"{row['quarters'] or ''}{row['building_name'] or ''}",
        "now": WORDS[row["state"]],
        "department": row["department_name"] or "",
        "way": way[::-1],
        "slips": _slips(row, steps, offset) if row["kind"] == "service" else [],
        "rating": row["rating"] or "",
        "rates": may_rate(row),
        "reached": bool(row["contact"]),
    }


def may_rate(row: RowMapping) -> bool:
    """Whether there is something to say of whether it helped, and it was not said for good."""
    return row["state"] in RATED and not (row["state"] == "closed" and row["rating"])


def _step(told: Shown, offset: int) -> Shown:
    word = WORDS[told["to"]] if told.get("to") else "rated"
    return {"word": word, "at": local_iso(told["at_ms"], offset), "department": told.get("department") or ""}


def _slips(row: RowMapping, steps: list[Shown], offset: int) -> list[Shown]:
    """An order's four slips (点单、接单、解单、评单): each with when it was written, or empty."""
    rated = [each["at_ms"] for each in steps if each.get("rating")]
    times = {
        "ordered": row["received_ms"],
        "accepted": row["accepted_ms"] or row["resolved_ms"],
        "resolved": row["resolved_ms"],
        "rated": rated[-1] if rated else None,
    }
    return [{"slip": slip, "at": local_iso(ms, offset) if ms else ""} for slip, ms in times.items()]
