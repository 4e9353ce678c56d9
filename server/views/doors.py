"""The door board: one building drawn as its doors, the others small above it."""

from __future__ import annotations

from .board import layout, mini
from .common import Context, Params, Row, Rows, building_called, building_order, by_id, day_of, frame, offset_of
from .doors_at import days_since as days_since_contact
from .doors_at import look_of, reason_of, step_of, unpainted
from .found import matches
from .half import half_keys

NEEDS = {"grid": "all", "building": "all", "household": "all", "door": "all"}
NEEDS_TO_FIND = {**NEEDS, "resident": "all", "visit": "all"}
TEMPLATE = "field/doors.html"


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """The building asked for, else the first. With `q` (a browser without scripts) other doors are dimmed."""
    offset = offset_of(rows, params)
    today = day_of(now_ms, offset)
    doors = by_id(rows, "door")
    homes: dict[str, list[Row]] = {building["id"]: [] for building in rows.get("building", ())}
    for household in rows.get("household", ()):
        homes.setdefault(household["building"], []).append(household)
    buildings = sorted(rows.get("building", ()), key=building_order)
    chosen = next((b for b in buildings if b["id"] == params.get("building")), buildings[0] if buildings else None)
    found: Context | None = None
    if chosen is not None and params.get("q"):
        found = matches(rows, now_ms, {**params, "building": chosen["id"]})
    strip = []
    board = None
    for building in buildings:
        plan = layout(building, homes[building["id"]])
        ages = [_age(household, doors.get(household["id"], {}), today, offset) for household in plan["doors"]]
        due = sum(
            reason_of(household, doors.get(household["id"], {}), today, offset) is not None
            for household in plan["doors"]
        )
        if building is chosen:
            board = _board(plan, doors, today, offset, found["here"] if found else None)
        strip.append(
            {
                "id": building["id"],
                "name": building_called(building, buildings),
                "current": building is chosen,
                "homes": len(ages),
                "due": due,
                "bare": ages.count(4),
                "mini": mini(plan, ages),
            }
        )
    return {
        **frame(rows, now_ms, params, "doors"),
        "building": chosen
        and {"id": chosen["id"], "name": chosen["name"], "quarters": chosen["quarters"], "kind": chosen.get("kind")},
        "half_door": chosen is not None and f"household:new:{chosen['id']}" in half_keys(params),
        "strip": strip,
        "board": board,
        "q": params.get("q") or "",
        "found": found,
        # A note's place is tapped: every door leads back to the note.
        "picks": params.get("pick") == "note",
    }


def _age(household: Row, door: Row, today: int, offset: int) -> int:
    return 0 if unpainted(household) else step_of(days_since_contact(door.get("contact_ms"), today, offset))


def _board(plan: Context, doors: dict[str, Row], today: int, offset: int, hits: list[str] | None) -> Context:
    looks = [look_of(household, doors.get(household["id"], {}), today, offset) for household in plan["doors"]]
    if hits is not None:
        looks = [{**look, "dim": look["id"] not in hits} for look in looks]

    def draw(grid: list[list[int | None]]) -> list[list[Context | None]]:
        return [[None if cell is None else looks[cell] for cell in row] for row in grid]

    entrances = [
        {
            "name": entrance["name"],
            "due": sum(looks[i]["due"] for row in entrance["rows"] + entrance["below"] for i in row if i is not None),
            "rows": draw(entrance["rows"]),
            "below": draw(entrance["below"]),
        }
        for entrance in plan["entrances"]
    ]
    ages = [look["age"] for look in looks]
    return {
        "homes": len(looks),
        "recent": ages.count(1),
        "due": sum(look["due"] for look in looks),
        "levels": plan["levels"],
        "below": [-floor for floor in plan["below"]],
        "entrances": entrances,
        "loose": [looks[i] for i in plan["loose"]],
        "knocks": any(look["knock"] for look in looks),
    }
