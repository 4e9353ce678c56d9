"""A door that is missing: a home, a shop, a basement, a bungalow, added on the spot."""

from __future__ import annotations

from collections.abc import Iterable

from .common import Context, Params, Row, Rows, building_order, by_id, frame, search_fold, short
from .people import OCCUPANCIES, first_wrong, form_state

NEEDS = {"grid": "all", "building": "all", "household": "all"}
TEMPLATE = "field/household_form.html"

KINDS = ("home", "shop", "basement", "bungalow", "other")
INPUTS = (
    "asked",
    "building",
    "new_building",
    "kind",
    "entrance",
    "floor",
    "room",
    "contact",
    "phone",
    "occupancy",
    "headcount",
    "note",
)

EXISTS = "form.exists"
ROWS = ("bungalows", "shops")
"""What a grid may have a row of without being a block: each begins with its first door."""


def missing_rows(grids: Iterable[Row], buildings: Iterable[Row]) -> list[Context]:
    """The rows of bungalows and of shops that no grid has yet, to be added with their first door."""
    there = {(building.get("grid"), building.get("kind")) for building in buildings}
    return [
        {"id": f"{kind}:{grid['id']}", "kind": kind, "grid": grid["name"]}
        for grid in sorted(grids, key=lambda row: row["id"])
        for kind in ROWS
        if (grid["id"], kind) not in there
    ]


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
    rows_missing = missing_rows(rows.get("grid", ()), buildings)
    kind = params.get("kind") if params.get("kind") in KINDS else "home"
    building = asked if asked in known else (known[0] if known else "")
    draft = params.get("draft")
    return {
        **frame(rows, now_ms, params, "doors"),
        "buildings": [{"id": row["id"], "name": row["name"], "quarters": row["quarters"]} for row in buildings],
        "rows": rows_missing,
        "kinds": KINDS,
        "occupancies": OCCUPANCIES,
        "values": form_state(
            params,
            INPUTS,
            {"asked": asked, "building": building, "new_building": params.get("new_building"), "kind": kind},
        ),
        "errors": params.get("errors") or {},
        "wrong": first_wrong(params, INPUTS),
        "there": _there(rows, params),
        "new_id": params.get("new_id") or "",
        "draft": bool(draft),
    }
