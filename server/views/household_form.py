"""A door that is missing: a home, a shop, a basement, a bungalow, added on the spot."""

from __future__ import annotations

from collections.abc import Iterable

from .common import Context, Params, Row, Rows, building_order, by_id, frame, search_fold, short
from .people import OCCUPANCIES, form_state

NEEDS = {"grid": "all", "building": "all", "household": "all"}
TEMPLATE = "field/household_form.html"

KINDS = ("home", "shop", "basement", "bungalow", "other")
INPUTS = ("building", "kind", "entrance", "floor", "room", "contact", "phone", "occupancy", "headcount", "note")

EXISTS = "form.exists"


def door_at(households: Iterable[Row], building: str, entrance: str | None, room: str | None) -> Row | None:
    """The door that is already called so, however it was typed: 2单元 501室 is 2, 501."""
    asked = (building, _plain(entrance), _plain(room))
    return next(
        (row for row in households if (row["building"], _plain(row.get("entrance")), _plain(row.get("room"))) == asked),
        None,
    )


def _plain(number: str | None) -> str:
    return search_fold(number).replace(" ", "").removesuffix("单元").removesuffix("室")


def _there(rows: Rows, params: Params) -> Context | None:
    """The door that need not be added, to open it instead."""
    if (params.get("errors") or {}).get("room") != EXISTS:
        return None
    typed = params.get("values") or {}
    building = typed.get("building") or ""
    known = door_at(rows.get("household", ()), building, typed.get("entrance"), typed.get("room"))
    if known is None:
        return None
    return {"id": known["id"], "short": short(by_id(rows, "building").get(building), known)}


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
        "there": _there(rows, params),
        "new_id": params.get("new_id") or "",
        "draft": bool(draft),
    }
