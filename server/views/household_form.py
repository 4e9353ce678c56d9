"""A door that is missing: a home, a shop, a basement, a bungalow, added on the spot."""

from __future__ import annotations

from .common import Context, Params, Rows, building_order, frame
from .people import OCCUPANCIES, form_state

NEEDS = {"grid": "all", "building": "all"}
TEMPLATE = "field/household_form.html"

KINDS = ("home", "shop", "basement", "bungalow", "other")
INPUTS = ("building", "kind", "entrance", "floor", "room", "contact", "phone", "occupancy", "headcount", "note")


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """An empty form, with the building one came from and the kind one asked for already chosen."""
    buildings = sorted(rows.get("building", ()), key=building_order)
    known = [building["id"] for building in buildings]
    asked = params.get("building")
    building = asked if asked in known else (known[0] if known else "")
    kind = params.get("kind") if params.get("kind") in KINDS else "home"
    draft = params.get("draft")
    return {
        **frame(rows, now_ms, params, "doors"),
        "buildings": [{"id": row["id"], "name": row["name"], "quarters": row["quarters"]} for row in buildings],
        "kinds": KINDS,
        "occupancies": OCCUPANCIES,
        "values": form_state(params, INPUTS, {"building": building, "kind": kind}),
        "errors": params.get("errors") or {},
        "new_id": params.get("new_id") or "",
        "draft": bool(draft),
    }
