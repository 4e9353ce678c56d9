"""One's own visits as a file to keep: every word one wrote, by day, to be read and printed anywhere."""

from __future__ import annotations

from .common import ASKS, Context, Params, Row, Rows, by_id, frame, local, offset_of, place
from .doors_at import person_of

NEEDS = {"grid": "all", "building": "all", "household": "all", "visit": "all"}
TEMPLATE = "field/notes.html"


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """The reader's own visits, the latest first. What was said for the station alone stays there."""
    offset = offset_of(rows, params)
    buildings, households = by_id(rows, "building"), by_id(rows, "household")
    own = [row for row in rows.get("visit", ()) if row.get("author") == params.get("person")]
    own.sort(key=lambda visit: (visit["occurred_at_ms"], visit["id"]), reverse=True)
    notes = [_note(visit, households.get(visit["household"]), buildings, offset) for visit in own]
    return {
        **frame(rows, now_ms, params, "more"),
        "me": params.get("me") or "",
        "made": local(now_ms, offset),
        "community": (rows.get("grid") or [{}])[0].get("community_name") or "",
        "notes": notes,
    }


def _note(visit: Row, household: Row | None, buildings: dict[str, Row], offset: int) -> Context:
    asks = visit.get("asks") or {}
    at = place(buildings.get(household["building"]), household) if household else None
    return {
        "at": local(visit["occurred_at_ms"], offset),
        "place": at,
        "name": person_of(household) if household else "",
        "result": visit["result"],
        "mode": visit["mode"],
        "private": bool(visit.get("private")),
        "text": visit.get("text") or "",
        "asks": [{"ask": ask, "text": asks[ask]} for ask in ASKS if asks.get(ask)],
        "who_met": visit.get("who_met") or "",
        "companions": visit.get("companions") or [],
        "care": visit.get("care"),
        "follow_up_on": visit.get("follow_up_on"),
        "unsent": bool(visit.get("unsent")),
    }
