"""Homes that have left somebody's grids while they wrote about them: the form becomes an edit all the same.

Twin of `aboutAbsent` in web/phone/absent.js. The form says itself where it stands (field/_stands.html); the edit goes
as a phone's would, and the journal finds the home where it stands now, or keeps the edit for a person to decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.access import User
from server.field.sheet import Data, Sheet, is_id
from server.views.blobs import read_blobs

Params = dict[str, Any]

WORDS = (
    *("text", "difficulty", "need", "idea", "effect", "who_met", "companions"),
    *("name", "value", "phone", "relation", "contact", "note"),
)
"""Fields in which somebody writes in their own words."""


def about_absent(params: Mapping[str, Any], data: Data, user: User) -> Params | None:
    """Where a form stands whose home, visit or person is no longer in reach; None where it does not say so, or for a
    grid that is not theirs: nothing is written there in their name."""
    sheet = Sheet(data)
    grid = sheet.raw("grid")
    if not sheet.has("door") or grid not in user.grids:
        return None
    household = params.get("household") or sheet.raw("household")
    if not is_id(household):
        return None
    visit = params.get("visit") and {
        "id": params["visit"],
        "household": household,
        "occurred_at_ms": None,
        "blobs": read_blobs(sheet.raw("blobs")),
    }
    return {"absent": True, "grid": grid, "household": household, "visit": visit}


def typed(data: Data) -> list[str]:
    """What somebody wrote into a form that was not taken, to be shown to them once more. A button sends only what it
    was drawn with, and does not say where it stands."""
    sheet = Sheet(data)
    return [words for name in WORDS if sheet.has("door") and (words := sheet.raw(name).strip())]
