"""Visits that somebody who read them asks about, on Today of whoever made them."""

from __future__ import annotations

from .common import Context, Params, Rows, by_id, local, place
from .doors_at import person_of
from .visit import asked_of


def asked_today(rows: Rows, params: Params, offset: int) -> list[Context]:
    """Of the last days, the latest first; each leads to the form that answers it."""
    homes, buildings = by_id(rows, "household"), by_id(rows, "building")
    visits = [visit for visit in rows.get("visit", ()) if asked_of(visit, params) and visit["household"] in homes]
    visits.sort(key=lambda visit: (visit["occurred_at_ms"], visit["id"]), reverse=True)
    return [
        {
            **(asked_of(visit, params) or {}),
            "id": visit["id"],
            "at": local(visit["occurred_at_ms"], offset),
            "name": person_of(homes[visit["household"]]),
            "place": place(buildings.get(homes[visit["household"]]["building"]), homes[visit["household"]]),
        }
        for visit in visits
    ]
