"""Whom somebody stands in for, and what waits there: on Today, as of the phone's last exchange."""

from __future__ import annotations

from .common import Context, Params, Row, Rows, by_id, day_of, door_order, local, offset_of, place
from .doors_at import due_order, person_of, reason_of
from .items import is_open
from .order import orders_open

SHOWN = 3


def whose(params: Params) -> set[object]:
    """The people whose turn is one's own: oneself, and whom one stands in for."""
    return {params.get("person"), *(each["person"] for each in params.get("stands") or ())}


def stands_today(rows: Rows, now_ms: int, params: Params) -> list[Context]:
    """For each of them the homes that are due in their grids, orders, open items, and how their phones fare."""
    offset = offset_of(rows, params)
    today = day_of(now_ms, offset)
    return [
        {
            "away": each["away"],
            "until": each["until_on"],
            "phones": each["phones"],
            "unsent": each["unsent"],
            "last": local(each.get("last_ms"), offset),
            "person": each["person"],
            **_due(rows, each["grids"], today, offset),
            "orders": [order for grid in each["grids"] for order in orders_open(rows, today, offset, grid)],
            "open": sum(1 for item in rows.get("item", ()) if item.get("grid") in each["grids"] and is_open(item)),
        }
        for each in params.get("stands") or ()
    ]


def _due(rows: Rows, grids: list[str], today: int, offset: int) -> Context:
    """Homes with a reason to knock, the most pressing first; those knocked at today have none."""
    doors, buildings = by_id(rows, "door"), by_id(rows, "building")
    due: list[tuple[tuple[object, ...], Row, str]] = []
    for home in rows.get("household", ()):
        door = doors.get(home["id"], {})
        knock_ms = door.get("knock_ms")
        reason = reason_of(home, door, today, offset)
        if home.get("grid") in grids and reason and (knock_ms is None or day_of(knock_ms, offset) != today):
            due.append((due_order(door, reason) + door_order(home), home, reason))
    due.sort(key=lambda each: each[0])
    return {
        "due": len(due),
        "next": [
            {
                "id": home["id"],
                "name": person_of(home),
                "place": place(buildings.get(home["building"]), home),
                "why": reason,
            }
            for _, home, reason in due[:SHOWN]
        ],
    }
