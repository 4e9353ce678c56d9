"""A door that is missing: a home, a shop, a basement, a bungalow, added on the spot."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .common import Context, Params, Row, Rows, building_order, by_id, frame, search_fold, short
from .people import OCCUPANCIES, first_wrong, form_state

NEEDS = {"grid": "all", "building": "all", "household": "all"}
TEMPLATE = "field/household_form.html"

KINDS = ("home", "shop", "basement", "bungalow", "other")
INPUTS = (
    "asked",
    "grid",
    "door",
    "building",
    "new_building",
    "placed",
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
_FIGURES = "零一二三四五六七八九"
_NUMERALS = f"{_FIGURES}〇两十百"
# Of a name that is no number the numerals stay: 东三巷.
_NUMERAL = re.compile(f"^[{_NUMERALS}]+\\Z|[{_NUMERALS}]+(?=号\\Z)")
_ENTRANCE_END = re.compile("([^\\n])单元\\Z")
_ROOM_END = re.compile(f"([0-9A-Za-z{_NUMERALS}])室\\Z")
_PADDED = re.compile("^0+(?=[0-9]+\\Z)")
_PADDED_ROOM = re.compile("^0(?=[0-9]{3}\\Z)")
_ENDING = re.compile("[室号]\\Z")


def missing_rows(grids: Iterable[Row], buildings: Iterable[Row]) -> list[Context]:
    """The rows of bungalows and of shops that no grid has yet, to be added with their first door."""
    there = {(building.get("grid"), building.get("kind")) for building in buildings}
    return [
        {"id": f"{kind}:{grid['id']}", "kind": kind, "grid": grid["name"]}
        for grid in sorted(grids, key=lambda row: row["id"])
        for kind in ROWS
        if (grid["id"], kind) not in there
    ]


def entrance_of(typed: str) -> str:
    """An entrance as the importer reads it: 二单元 and 02 are 2."""
    return _PADDED.sub("", _in_figures(_ENTRANCE_END.sub(r"\1", typed)))


def room_of(typed: str) -> str:
    """A room as the importer reads it: 五〇一室 and 0501 are 501, 门面三号 is 门面3号."""
    return _PADDED_ROOM.sub("", _in_figures(_ROOM_END.sub(r"\1", typed)))


def _in_figures(words: str) -> str:
    return _NUMERAL.sub(lambda found: _number(found[0]), words)


def _number(numeral: str) -> str:
    """十二 → 12, 五〇一 → 501."""
    plain = numeral.replace("〇", "零").replace("两", "二")
    if not {"十", "百"}.intersection(plain):
        return "".join(str(_FIGURES.index(sign)) for sign in plain)
    total = ones = 0
    for sign in plain:
        if sign in _FIGURES:
            ones = _FIGURES.index(sign)
        else:
            total, ones = total + (ones or 1) * (10 if sign == "十" else 100), 0
    return str(total + ones)


def door_at(households: Iterable[Row], building: str, entrance: str | None, room: str | None) -> Row | None:
    """The door that is already called so, however it was typed: 2单元 501室 and 二单元 五〇一 are 2, 501; 7号 is 7."""

    def named(entrance: str | None, room: str | None) -> tuple[str, str]:
        return entrance_of(_plain(entrance)), _ENDING.sub("", room_of(_plain(room)))

    asked = named(entrance, room)
    there = (row for row in households if row["building"] == building)
    return next((row for row in there if named(row.get("entrance"), row.get("room")) == asked), None)


def _plain(number: str | None) -> str:
    return search_fold(number).replace(" ", "")


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
    row = next((row for row in buildings if row["id"] == asked), None)
    # That building's, for when it has left the phone meanwhile.
    place = {"grid": row.get("grid"), "door": row["quarters"] + row["name"]} if row else {}
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
            {"asked": asked, **place, "building": building, "new_building": params.get("new_building"), "kind": kind},
        ),
        "errors": params.get("errors") or {},
        "wrong": first_wrong(params, INPUTS),
        "there": _there(rows, params),
        "new_id": params.get("new_id") or "",
        "draft": bool(draft),
    }
