"""Which door? For a visit begun from Today: what is due, whom one saw last, or find."""

from __future__ import annotations

from .common import Context, Params, Rows, by_id, day_of, door_order, frame, offset_of, place
from .doors_at import due_order, look_of, person_of, reason_of
from .found import matches

NEEDS = {"grid": "all", "building": "all", "household": "all", "door": "all"}
NEEDS_TO_FIND = {**NEEDS, "resident": "all", "visit": "all"}
TEMPLATE = "field/pick.html"

SHOWN = 6


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """A few doors that are due, a few knocked at last, and the search box."""
    offset = offset_of(rows, params)
    today = day_of(now_ms, offset)
    buildings, doors = by_id(rows, "building"), by_id(rows, "door")
    due = []
    recent = []
    for household in rows.get("household", ()):
        door = doors.get(household["id"], {})
        knock_ms = door.get("knock_ms")
        if knock_ms is not None:
            recent.append((-knock_ms, household["id"], household))
        if knock_ms is not None and day_of(knock_ms, offset) == today:
            continue
        reason = reason_of(household, door, today, offset)
        if reason:
            due.append((due_order(door, reason) + door_order(household), household))
    due.sort(key=lambda item: item[0])
    recent.sort(key=lambda item: item[:2])

    def line(household: Context) -> Context:
        door = doors.get(household["id"], {})
        return {
            **look_of(household, door, today, offset),
            "name": person_of(household),
            "place": place(buildings.get(household["building"]), household),
            "result": door.get("knock_result"),
        }

    return {
        **frame(rows, now_ms, params, "today"),
        "due": [line(dict(household)) for _, household in due[:SHOWN]],
        "recent": [line(dict(household)) for _, _, household in recent[:SHOWN]],
        "q": params.get("q") or "",
        # A note dashed off on the locked page, to be put to a door.
        "note": params.get("note") or "",
        "note_text": params.get("note_text") or "",
        "found": matches(rows, now_ms, {**params, "to": "visit"}) if params.get("q") else None,
    }
