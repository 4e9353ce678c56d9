"""The doors an order may be given for, drawn as boards, and the order that was filled in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from server.localtime import local_day
from server.views.board import layout
from server.views.common import building_order, short
from server.views.doors_at import step_of

TITLE_CHARS_MAX = 60
POINT_CHARS_MAX = 80
POINTS_MAX = 8
DOORS_MAX = 500
"""So many doors one grid's order holds (sync/rules/verification_order.py)."""
KINDS = ("rented", "vacant", "shop", "owner", "unknown")

Shown = dict[str, Any]
Row = Mapping[str, Any]


@dataclass
class Sheet:
    """An order as somebody typed it; `wrong`: the words beside each field that cannot be taken."""

    title: str = ""
    points: list[str] = field(default_factory=list)
    due: str = ""
    homes: list[str] = field(default_factory=list)
    edit: str = ""
    wrong: dict[str, str] = field(default_factory=dict)


def check(sheet: Sheet, today: str) -> None:
    """Note what is missing or too much."""
    if not sheet.title or len(sheet.title) > TITLE_CHARS_MAX:
        sheet.wrong["title"] = "orders.wrong.title"
    if not 0 < len(sheet.points) <= POINTS_MAX or any(len(point) > POINT_CHARS_MAX for point in sheet.points):
        sheet.wrong["points"] = "orders.wrong.points"
    if not is_day(sheet.due) or sheet.due < today:
        sheet.wrong["due"] = "orders.wrong.due"
    if not sheet.homes:
        sheet.wrong["homes"] = "orders.wrong.homes"


def is_day(text: str) -> bool:
    """Whether it is a day of the calendar as forms send it."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def by_grid(homes: Sequence[str], grids: Mapping[str, str]) -> dict[str, list[str]]:
    """Doors by the grid where they stand: each grid gets an order of its own."""
    found: dict[str, list[str]] = {}
    for home in dict.fromkeys(homes):
        found.setdefault(grids[home], []).append(home)
    return found


def order_id(edit: str, grid: str) -> str:
    """The id of one grid's order out of a form, so that sending the form twice issues it once: a UUIDv7 again."""
    random = bytearray(sha256(f"{edit} {grid}".encode()).digest()[:10])
    random[0], random[2] = random[0] & 0x0F | 0x70, random[2] & 0x3F | 0x80
    rest = random.hex()
    return f"{edit[:13]}-{rest[:4]}-{rest[4:8]}-{rest[8:]}"


def boards(
    grids: Sequence[Row], buildings: Sequence[Row], doors: Sequence[Row], chosen: Collection[str], now_ms: int,
    utc_offset_min: int,
) -> list[Shown]:  # fmt: skip
    """Every building of these grids with its doors where they stand, those `chosen` ticked."""
    homes: dict[str, list[Row]] = {}
    for door in doors:
        homes.setdefault(door["building"], []).append(door)
    today = date.fromisoformat(local_day(now_ms, utc_offset_min))
    shown = []
    for grid in grids:
        here = sorted((each for each in buildings if each["grid"] == grid["id"]), key=building_order)
        plans = [_board(each, homes.get(each["id"], []), chosen, today, utc_offset_min) for each in here]
        shown.append({"id": grid["id"], "name": grid["name"], "buildings": [plan for plan in plans if plan["n"]]})
    shown = [grid for grid in shown if grid["buildings"]]
    if shown:
        shown[0]["buildings"][0]["first"] = True
    return shown


def _board(building: Row, homes: Sequence[Row], chosen: Collection[str], today: date, offset: int) -> Shown:
    plan = layout(building, homes)
    doors = [_door(building, home, chosen, today, offset) for home in plan["doors"]]

    def draw(grid: list[list[int | None]]) -> list[list[Shown | None]]:
        return [[None if cell is None else doors[cell] for cell in row] for row in grid]

    entrances = [
        {"name": each["name"], "rows": _named(draw(each["rows"]), plan["levels"])
         + _named(draw(each["below"]), plan["below"])}
        for each in plan["entrances"]
    ]  # fmt: skip
    return {
        "id": building["id"],
        "name": f"{building['quarters']}{building['name']}",
        "n": len(doors),
        "first": False,
        "picked": sum(door["picked"] for door in doors),
        "entrances": entrances,
        "loose": [doors[cell] for cell in plan["loose"]],
    }


def _named(rows: list[list[Shown | None]], levels: Sequence[int]) -> list[Shown]:
    """Floors with doors; those above the last of a lower entrance are left out."""
    return [{"floor": floor, "doors": row} for floor, row in zip(levels, rows, strict=True) if any(row)]


def _door(building: Row, home: Row, chosen: Collection[str], today: date, offset: int) -> Shown:
    bare = home["kind"] == "shop" or home["occupancy"] in ("vacant", "shop")
    met = home["contact_ms"]
    days = None if met is None else max(0, (today - date.fromisoformat(local_day(met, offset))).days)
    kind = "shop" if home["kind"] == "shop" else home["occupancy"] or "unknown"
    name, number = home["contact"] or "", short(building, home)
    return {
        "id": home["id"],
        "room": home["room"],
        "number": number,
        "name": name,
        "kind": kind if kind in KINDS else "unknown",
        "age": 0 if bare else step_of(days),
        "find": f"{building['quarters']}{building['name']} {number} {name}".lower(),
        "picked": home["id"] in chosen,
    }
