"""A building as its doors: entrances side by side, floors stacked on the ground, and the same drawn small."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .common import Context, Row, door_order

CELL_W, CELL_H, GAP, PORCH_GAP = 5, 6, 1, 3
MINI_HEIGHT = 41  # six floors; taller buildings are drawn smaller
MINI_LOOSE = 4  # doors without a floor, drawn small, stand four in a row
BELOW_WIDE_MIN = 4  # basement doors that stand in a row under a narrow entrance
FLAT = ("bungalows", "shops")

Grid = list[list[Any]]


def layout(building: Row, households: Sequence[Row]) -> Context:
    """Where each door of a building stands. Cells hold an index into `doors`, or None for a gap.

    `levels` are the floors above ground from the top, `below` those under it from the ground down; every entrance has
    one row a level. `loose` are doors without a floor, and all doors of bungalows and rows of shops.
    """
    doors = sorted(households, key=door_order)
    flat = building.get("kind") in FLAT
    placed = [i for i, door in enumerate(doors) if not flat and door.get("floor") is not None]
    loose = [i for i, door in enumerate(doors) if flat or door.get("floor") is None]
    floors = sorted({doors[i]["floor"] for i in placed}, reverse=True)
    levels = [floor for floor in floors if floor >= 0]
    below = [floor for floor in floors if floor < 0]
    names: list[str] = []
    for i in placed:
        name = doors[i].get("entrance") or ""
        if name not in names:
            names.append(name)
    entrances = []
    for name in names:
        here = [i for i in placed if (doors[i].get("entrance") or "") == name]
        entrances.append({"name": name, "rows": _rows(doors, here, levels), "below": _rows(doors, here, below)})
    return {
        "doors": doors,
        "levels": levels,
        "below": _fold_below(below, entrances),
        "entrances": entrances,
        "loose": loose,
    }


def _fold_below(below: Sequence[int], entrances: Sequence[Context]) -> list[int]:
    """Many basement doors go on in further rows, so that an entrance stays narrow; a floor stands once a row."""
    rows_of = []
    for entrance in entrances:
        wide = max([BELOW_WIDE_MIN, *map(len, entrance["rows"])])
        rows_of.append([_folded(row, wide) for row in entrance["below"]])
    depths = [max((len(rows[level]) for rows in rows_of), default=1) for level in range(len(below))]
    for entrance, rows in zip(entrances, rows_of, strict=True):
        padded = [level + [[]] * (depth - len(level)) for level, depth in zip(rows, depths, strict=True)]
        entrance["below"] = [row for level in padded for row in level]
    return [floor for floor, depth in zip(below, depths, strict=True) for _ in range(depth)]


def _folded(row: list[Any], wide: int) -> Grid:
    if len(row) <= wide:
        return [row]
    doors = [cell for cell in row if cell is not None]
    return [doors[at : at + wide] for at in range(0, len(doors), wide)]


def _rows(doors: Sequence[Row], here: Sequence[int], floors: Sequence[int]) -> Grid:
    """One row a floor; a door missing between others leaves its gap, so that 603 stands above 503."""
    stories = [[i for i in here if doors[i]["floor"] == floor] for floor in floors]
    along = {i: _column(doors[i]) for story in stories for i in story}
    if None in along.values() or any(len({along[i] for i in story}) < len(story) for story in stories):
        return [list(story) for story in stories]
    order = sorted({column or 0 for column in along.values()})
    rows: Grid = []
    for story in stories:
        at = {order.index(along[i] or 0): i for i in story}
        rows.append([at.get(column) for column in range(max(at, default=-1) + 1)])
    return rows


def _column(door: Row) -> int | None:
    """The place along the landing that a number tells: 501, 1201 → 1. None when it tells none."""
    room = door.get("room") or ""
    if not room.isascii() or not room.isdigit() or not 3 <= len(room) <= 5:
        return None
    return int(room[-2:])


def mini(plan: Context, ages: Sequence[int]) -> Context:
    """The building drawn small, one path a step: full, two thirds, one third painted, bare; a dash for no step."""
    paths: dict[str, list[str]] = {"a0": [], "a1": [], "a2": [], "a3": [], "a4": [], "shell": []}
    width = x = 0
    above = len(plan["levels"])
    ground = above * (CELL_H + GAP)
    groups = [(entrance["rows"], entrance["below"]) for entrance in plan["entrances"]]
    if plan["loose"]:
        per_row = MINI_LOOSE if groups else max(MINI_LOOSE, -(-len(plan["loose"]) // 4))
        chunks = [plan["loose"][i : i + per_row] for i in range(0, len(plan["loose"]), per_row)]
        if not groups:
            ground = len(chunks) * (CELL_H + GAP)
        groups.append((chunks, []))
    height = ground
    for rows, below in groups:
        top = ground - len(rows) * (CELL_H + GAP)
        for line, row in enumerate(rows):
            width = max(width, _line(paths, row, ages, x, top + line * (CELL_H + GAP)))
        for line, row in enumerate(below):
            y = ground + 2 + line * (CELL_H + GAP)
            width = max(width, _line(paths, row, ages, x, y))
            height = max(height, y + CELL_H + GAP)
        x = width + PORCH_GAP
    height = max(height - GAP, CELL_H)
    width = max(width - GAP, CELL_W)
    drawn = min(height, MINI_HEIGHT)
    return {
        "w": max(1, width * drawn // height),
        "h": drawn,
        "box": f"0 0 {width} {height}",
        **{name: "".join(parts) for name, parts in paths.items()},
    }


def _line(paths: dict[str, list[str]], row: Sequence[Any], ages: Sequence[int], x: int, y: int) -> int:
    """Draw one floor of one entrance; where the next cell would begin."""
    for cell in row:
        if cell is not None:
            age = ages[cell]
            if age == 0:
                paths["a0"].append(f"M{x + 1} {y + 3}h3")
            elif age == 4:
                paths["a4"].append(f"M{x}.5 {y}.5h4v5h-4z")
            else:
                worn = (age - 1) * 2
                paths[f"a{age}"].append(f"M{x} {y + worn}h5v{CELL_H - worn}h-5z")
                if worn:
                    paths["shell"].append(f"M{x}.5 {y}.5h4v5h-4z")
        x += CELL_W + GAP
    return x
