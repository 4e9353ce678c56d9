"""A patrol in three steps: what to look at before, what one comes across meanwhile, what it came to."""

from __future__ import annotations

from typing import Any

from .blobs import blobs_told, read_blobs, write_blobs
from .care import care_today
from .common import (
    DAY_MS,
    Context,
    Params,
    Row,
    Rows,
    building_called,
    building_order,
    by_id,
    date_text,
    day_of,
    door_order,
    frame,
    local,
    offset_of,
    place,
)
from .day import is_of, lines_of
from .doors_at import due_order, look_of, person_of, reason_of
from .order import NEEDS as ORDER_NEEDS
from .order import orders_open
from .people import first_wrong, form_state
from .walks import (
    WHAT,
    begun_ms,
    day_walked,
    part_of,
    patrols_of,
    place_in,
    read_spot,
    told_walk,
    told_walks,
    where_of,
    write_spot,
)

NEEDS = {**ORDER_NEEDS, **dict.fromkeys(("door", "visit", "patrol", "patrol_note", "care_pair"), "all")}
NEEDS |= {"resident": "paired"}
TEMPLATE = "field/patrol.html"

INPUTS = ("what", "text", "building", "blobs")
SHOWN = 5
RECENT_MS = 2 * DAY_MS
"""So far back somebody is told what changed who has walked nowhere yet."""
HAZARD_MS = 14 * DAY_MS


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """Where one stands: before, during or after a patrol, by what was tapped."""
    offset = offset_of(rows, params)
    person, today = params.get("person"), day_of(now_ms, offset)
    grids = sorted(rows.get("grid", ()), key=lambda grid: (grid["name"], grid["id"]))
    door = by_id(rows, "household").get(params.get("at") or "")
    asked = (params.get("values") or {}).get("grid") or params.get("grid") or (door and door.get("grid"))
    grid, known = _grid(rows, grids, asked), params.get("blobs")
    patrols = patrols_of(rows, grid)
    running = next((patrol for patrol in reversed(patrols) if patrol["state"] == "running"), None)
    over = [patrol for patrol in patrols if patrol["state"] != "running"]
    last = max(over, key=lambda patrol: (patrol.get("ended_ms") or 0, patrol["id"]), default=None)
    step = _step(running, last, now_ms, params, offset)
    walk = running if step == "during" else last if step == "after" else None
    told = told_walks(rows, grid, date_text(today), now_ms, person, offset, known)
    walked = told_walk(rows, walk, now_ms, person, offset, known) if walk else None
    care = care_today(rows, now_ms, params, grid) if step == "before" else None
    noted = [*(walked["notes"] if walked else ()), *told["beside"]]
    return {
        **frame(rows, now_ms, params, "today"),
        "step": step,
        "part": part_of(now_ms, offset),
        "grid": grid,
        "grids": [{"id": each["id"], "name": each["name"]} for each in grids] if len(grids) > 1 else [],
        "walk": walked,
        "saved": next((note for note in noted if note["id"] == params.get("saved")), None),
        "tapped": walk["step"] if walk else "",
        "earlier": running is not None and day_walked(running, offset) < date_text(today),
        "beside": told["beside"],
        "orders": orders_open(rows, today, offset, grid) if step == "before" else [],
        "care": care if care and (care["urgent"] or care["due"]) else None,
        "before": _before(rows, grid, last, now_ms, care, person, offset) if step == "before" else None,
        **_note_form(rows, grid, params, door, walk["id"] if walk and step == "during" else "", offset),
        "end_id": params.get("new_building") or "",
    }


def _grid(rows: Rows, grids: list[Row], asked: Any) -> str:
    """The grid asked for, or else the one that is being walked."""
    known = [str(grid["id"]) for grid in grids]
    if asked in known:
        return str(asked)
    walked = {str(patrol["grid"]) for patrol in rows.get("patrol", ()) if patrol["state"] == "running"}
    return next((grid for grid in known if grid in walked), next(iter(known), ""))


def _step(running: Row | None, last: Row | None, now_ms: int, params: Params, offset: int) -> str:
    """What was just ended is told until the next half of the day, or until somebody wants to set out again."""
    if running is not None:
        return "during"
    if last is None or params.get("show") == "before":
        return "before"
    here = (day_of(now_ms, offset), part_of(now_ms, offset))
    ended_ms = last.get("ended_ms") or begun_ms(last)
    return "after" if (day_of(ended_ms, offset), part_of(ended_ms, offset)) == here else "before"


def _before(
    rows: Rows, grid: str, last: Row | None, now_ms: int, care: Context | None, person: object, offset: int
) -> Context:
    """What others did since the last patrol, who is to be looked after, what was found wrong lately."""
    since_ms = now_ms - RECENT_MS if last is None else last.get("ended_ms") or begun_ms(last)
    today = day_of(now_ms, offset)
    day = date_text(today)
    visits = [visit for visit in rows.get("visit", ()) if visit.get("grid") == grid]
    fresh = [visit for visit in visits if not is_of(visit, person) and visit["occurred_at_ms"] > since_ms]
    fresh.sort(key=lambda visit: (-visit["occurred_at_ms"], visit["id"]))
    lines = lines_of(rows, fresh[:SHOWN], day, offset)
    named = {line["household"] for line in (*care["urgent"], *care["next"])} if care else set()
    look, due = _look(rows, grid, today, named, offset)
    return {
        "since": None if last is None else local(since_ms, offset),
        "changes": [{**line, "by": visit.get("by") or ""} for line, visit in zip(lines, fresh, strict=False)],
        "changed": len(fresh),
        "look": look,
        "due": due,
        "hazards": _hazards(rows, grid, visits, now_ms, day, offset),
    }


def _look(rows: Rows, grid: str, today: int, named: set[str], offset: int) -> tuple[list[Context], int]:
    """Doors with a promise or a care that has come due, but for those the care pairs name, and how many others are."""
    buildings, doors = by_id(rows, "building"), by_id(rows, "door")
    pressing: list[tuple[tuple[object, ...], Row, str]] = []
    due = 0
    for household in rows.get("household", ()):
        door = doors.get(household["id"], {})
        knock_ms = door.get("knock_ms")
        if household.get("grid") != grid or (knock_ms is not None and day_of(knock_ms, offset) == today):
            continue
        reason = reason_of(household, door, today, offset)
        if reason == "care" and household["id"] in named:
            continue
        if reason in ("promise", "care"):
            pressing.append((due_order(door, reason) + door_order(household), household, reason))
        elif reason:
            due += 1
    pressing.sort(key=lambda item: item[0])
    shown = [
        {
            **look_of(household, doors.get(household["id"], {}), today, offset),
            "name": person_of(household),
            "place": place(buildings.get(household["building"]), household),
            "why": reason,
            "care": doors.get(household["id"], {}).get("care") or "",
        }
        for _, household, reason in pressing[:SHOWN]
    ]
    return shown, due + len(pressing) - len(shown)


def _hazards(rows: Rows, grid: str, visits: list[Row], now_ms: int, day: str, offset: int) -> list[Context]:
    """What was found wrong in the last two weeks: one's own notes, and difficulties that were told at doors."""
    since_ms = now_ms - HAZARD_MS
    notes = [
        {
            "ms": note["noted_ms"],
            "id": note["id"],
            "at": local(note["noted_ms"], offset),
            "text": note.get("text") or "",
            **where_of(rows, note),
            "household": "",
        }
        for note in rows.get("patrol_note", ())
        if note["grid"] == grid and note["what"] == "problem" and note["noted_ms"] > since_ms
    ]
    told = [
        visit for visit in visits if (visit.get("asks") or {}).get("difficulty") and visit["occurred_at_ms"] > since_ms
    ]
    asked = [
        {
            "ms": visit["occurred_at_ms"],
            "id": visit["id"],
            "at": line["at"],
            "text": visit["asks"]["difficulty"],
            "where": line["door"],
            **place_in({}),
            "household": line["household"] if line["door"] else "",
        }
        for visit, line in zip(told, lines_of(rows, told, day, offset), strict=True)
    ]
    found = sorted([*notes, *asked], key=lambda each: (-each["ms"], each["id"]))
    return [{key: value for key, value in each.items() if key != "ms"} for each in found[:SHOWN]]


def _note_form(rows: Rows, grid: str, params: Params, door: Row | None, walk: str, offset: int) -> Context:
    """The form for a note: a new one, with the place that was tapped on the board, or one of theirs told anew."""
    asked = (params.get("values") or {}).get("note") or params.get("again")
    note = next((each for each in rows.get("patrol_note", ()) if each["id"] == asked and each["what"] in WHAT), None)
    draft = None if note else params.get("draft")
    first = (
        {
            "what": note["what"],
            "text": note.get("text"),
            "building": write_spot(note),
            "blobs": write_blobs(note.get("blobs") or ()),
        }
        if note
        else {"what": WHAT[0]}
    )
    values = form_state({**params, "draft": draft}, INPUTS, first)
    tapped = door is not None and not note and not params.get("errors")
    if door is not None and tapped:
        values["building"] = write_spot(door)
    spot = read_spot(str(values["building"]))
    buildings = sorted((each for each in rows.get("building", ()) if each.get("grid") == grid), key=building_order)
    return {
        "note_id": note["id"] if note else "",
        "over": ",".join(note["edits"]) if note else "",
        "of": (note.get("patrol") or "") if note else walk,
        "new_id": params.get("new_id") or "",
        "values": values,
        "blobs": blobs_told(read_blobs(str(values["blobs"]))),
        "keeps": bool(params.get("keeps")),
        "spot_tapped": tapped,
        "spot": {**where_of(rows, spot), "value": values["building"]} if len(spot) > 1 else None,
        "errors": params.get("errors") or {},
        "wrong": first_wrong(params, INPUTS),
        "draft": draft and {"at": local(draft["saved_ms"], offset)},
        "strip": [{"id": each["id"], "name": building_called(each, buildings)} for each in buildings],
    }
