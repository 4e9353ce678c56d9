"""A community as its doors: every building small, and the sentence that says where to go."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from server.views.board import layout
from server.views.common import building_called, building_order, day_of
from server.views.doors_at import days_since, reason_of, step_of, unpainted

CELL_W, CELL_H, GAP, PORCH = 12, 8, 1, 6
WORN = {1: 0, 2: 3, 3: 5.5}
"""How much of a door's paint is gone at each step, from the top, in units of the drawing."""

LOOSE_A_ROW = 10
"""Doors without a floor stand side by side: bungalows, shops."""

Row = Mapping[str, Any]


def look_at(door: Row, today: int, utc_offset_min: int) -> tuple[int, bool]:
    """How worn a door is (1 fresh … 4 bare, 0 where it takes no paint), and whether somebody should knock: counted
    as the large board counts it."""
    heads = [{"value": door["occupancy"]}] if door["occupancy"] else []
    household = {"kind": door["kind"], "facts": {"occupancy": heads}}
    due = reason_of(household, door, today, utc_offset_min) is not None
    if unpainted(household):
        return 0, due
    return step_of(days_since(door["contact_ms"], today, utc_offset_min)), due


def community(
    grids: Sequence[Row], buildings: Iterable[Row], doors: Iterable[Row], now_ms: int, utc_offset_min: int
) -> dict[str, Any]:
    """Every grid with its buildings drawn small, and the counts the sentence needs.

    Numbers stand beside grids and buildings, never beside workers.
    """
    today = day_of(now_ms, utc_offset_min)
    homes: dict[str, list[Row]] = defaultdict(list)
    for door in doors:
        homes[door["building"]].append(door)
    standing: dict[str, list[Row]] = defaultdict(list)
    for building in sorted(buildings, key=building_order):
        standing[building["grid"]].append(building)
    ages: Counter[int] = Counter()
    bare_at: Counter[str] = Counter()
    shown = []
    for grid in grids:
        drawn = []
        for building in standing[grid["id"]]:
            plan = layout(building, homes[building["id"]])
            looks = [look_at(door, today, utc_offset_min) for door in plan["doors"]]
            worn, due = [age for age, _ in looks], [hung for _, hung in looks]
            ages.update(worn)
            bare_at[building["quarters"]] += worn.count(4)
            counts = {"n": len(worn), "bare": worn.count(4), "due": due.count(True)}
            name = building_called(building, standing[grid["id"]])
            drawn.append({"id": building["id"], "name": name, **counts, "drawing": draw(plan, worn, due)})
        totals = {name: sum(building[name] for building in drawn) for name in ("n", "bare", "due")}
        quarters = grid["quarters"] or _together(standing[grid["id"]])
        shown.append({"id": grid["id"], "name": grid["name"], "quarters": quarters, **totals, "buildings": drawn})
    worst = max(bare_at, key=lambda name: bare_at[name], default=None)
    return {
        "grids": shown,
        "homes": sum(ages.values()),
        "recent": ages[1],
        "bare": ages[4],
        "worst": worst if worst is not None and len(bare_at) > 1 and bare_at[worst] > 1 else None,
        "worst_bare": bare_at[worst] if worst is not None else 0,
    }


def _together(buildings: Sequence[Row]) -> str:
    """The quarters of a grid whose registry names none: those of its buildings."""
    return "、".join(dict.fromkeys(building["quarters"] for building in buildings))


def draw(plan: Mapping[str, Any], ages: Sequence[int], due: Sequence[bool]) -> dict[str, Any]:
    """One building: a path a step, and a ▲ on every door that is due; there is no room for a promise's clock.

    The paint wears off from the top, so shape tells the step as well as colour.
    """
    paths: dict[str, list[str]] = {name: [] for name in ("a0", "a1", "a2", "a3", "a4", "shell", "dot")}
    x = width = 0
    above, below = len(plan["levels"]), len(plan["below"])
    blocks = [(entrance["rows"], entrance["below"]) for entrance in plan["entrances"]]
    if plan["loose"]:
        loose = plan["loose"]
        rows = [loose[i : i + LOOSE_A_ROW] for i in range(0, len(loose), LOOSE_A_ROW)]
        blocks.append((rows, []))
        above = max(above, len(rows))
    ground = above * (CELL_H + GAP) - GAP
    for rows, cellar in blocks:
        right = x
        top = ground + GAP - len(rows) * (CELL_H + GAP)
        for i, row in enumerate(rows):
            right = max(right, _line(paths, row, ages, due, x, top + i * (CELL_H + GAP)))
        for i, row in enumerate(cellar):
            right = max(right, _line(paths, row, ages, due, x, ground + 3 + i * (CELL_H + GAP)))
        width, x = right, right + PORCH
    height = ground + (2 + below * (CELL_H + GAP) if below else 0)
    return {
        "w": max(width, CELL_W),
        "h": max(height, CELL_H),
        "ground": f"M0 {ground + 1.5}h{width}" if below else "",
        **{name: "".join(parts) for name, parts in paths.items()},
    }


def _line(
    paths: dict[str, list[str]], row: Sequence[int | None], ages: Sequence[int], due: Sequence[bool], x: int, y: int
) -> int:
    """Draw one floor of one entrance; where its last door ends."""
    end = x
    for i, cell in enumerate(row):
        if cell is None:
            continue
        left = x + i * (CELL_W + GAP)
        end = left + CELL_W
        age = ages[cell]
        if due[cell]:
            paths["dot"].append(f"M{left + 6} {y + 1.5}l4 5h-8z")
        if age == 0:
            paths["a0"].append(f"M{left + 3} {y + 4}h6")
            continue
        if age == 4:
            paths["a4"].append(f"M{left}.5 {y}.5h11v7h-11z")
            continue
        worn = WORN[age]
        paths[f"a{age}"].append(f"M{left} {y + worn:g}h12v{CELL_H - worn:g}h-12z")
        if worn:
            paths["shell"].append(f"M{left}.5 {y}.5h11v7h-11z")
    return end
