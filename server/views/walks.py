"""Patrols as the phone and the desk tell them: when, how long, the doors gone to meanwhile, what was noted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .blobs import blobs_told
from .common import NOON, Context, Row, Rows, building_called, by_id, date_text, day_of, hour_of, local
from .day import is_late, is_of

WHAT = ("change", "problem", "demand", "dispute")
ID_CHARS, ENTRANCE_CHARS_MAX = 36, 30
FLOOR_MIN, FLOOR_MAX = -20, 300
HOUR_MIN, MINUTE_MS = 60, 60_000
LASTED_MS_MAX = 12 * HOUR_MIN * MINUTE_MS
"""Beyond that somebody forgot to tap, or a clock was set: how long it took is not known."""


def begun_ms(patrol: Row) -> int:
    """When a patrol began; of one whose start never came, when it ended."""
    started_ms = patrol.get("started_ms")
    return int(patrol.get("ended_ms") or 0) if started_ms is None else int(started_ms)


def part_of(ms: int, offset: int) -> str:
    """Which half of the day: the clock says it, nobody is asked."""
    return "am" if hour_of(ms, offset) < NOON else "pm"


def patrols_of(rows: Rows, grid: str) -> list[Row]:
    """The patrols in a grid, in the order in which they began."""
    here = [patrol for patrol in rows.get("patrol", ()) if patrol["grid"] == grid]
    return sorted(here, key=lambda patrol: (begun_ms(patrol), patrol["id"]))


def day_walked(patrol: Row, offset: int) -> str:
    """The local day a patrol belongs to, whenever it was told of."""
    return date_text(day_of(begun_ms(patrol), offset))


def told_walk(
    rows: Rows, patrol: Row, now_ms: int, person: object, offset: int, blobs: Context | None = None
) -> Context:
    """One patrol with all that is to be said of it. `blobs`: what is known of its photos and voice notes."""
    started_ms, ended_ms, running = patrol.get("started_ms"), patrol.get("ended_ms"), patrol["state"] == "running"
    lasted_ms = now_ms - begun_ms(patrol) if running else patrol.get("lasted_ms")
    if lasted_ms is not None and not 0 <= lasted_ms <= LASTED_MS_MAX:
        lasted_ms = None
    minutes = None if lasted_ms is None else lasted_ms // MINUTE_MS
    notes = notes_told(
        rows,
        (note for note in _notes(rows, patrol["grid"]) if note.get("patrol") == patrol["id"]),
        date_text(day_of(now_ms, offset)),
        offset,
        blobs,
    )
    until_ms = now_ms if ended_ms is None else ended_ms
    doors = {
        visit["household"]
        for visit in rows.get("visit", ())
        if visit.get("grid") == patrol["grid"]
        and is_of(visit, person)
        and begun_ms(patrol) <= visit["occurred_at_ms"] <= until_ms
    }
    return {
        "id": patrol["id"],
        "part": part_of(begun_ms(patrol), offset),
        "running": running,
        "started": local(started_ms, offset),
        "ended": local(ended_ms, offset),
        "lasted": None if minutes is None else {"h": minutes // 60, "m": minutes % 60},
        "short": minutes is not None and not running and minutes < HOUR_MIN,
        "doors": len(doors),
        "kinds": counted(notes),
        "notes": notes,
        "unsent": bool(patrol.get("unsent")),
    }


def told_walks(
    rows: Rows, grid: str, day: str, now_ms: int, person: object, offset: int, blobs: Context | None = None
) -> Context:
    """Somebody's patrols of a local day, and what they noted that day beside them."""
    patrols = patrols_of(rows, grid)
    known = {patrol["id"] for patrol in patrols}
    beside = [
        note
        for note in _notes(rows, grid)
        if note.get("patrol") not in known and date_text(day_of(note["noted_ms"], offset)) == day
    ]
    on = [patrol for patrol in patrols if day_walked(patrol, offset) == day]
    return {
        "walks": [told_walk(rows, patrol, now_ms, person, offset, blobs) for patrol in on],
        "beside": notes_told(rows, beside, date_text(day_of(now_ms, offset)), offset, blobs),
    }


def notes_told(
    rows: Rows, notes: Iterable[Row], today: str, offset: int, blobs: Context | None = None
) -> list[Context]:
    """Notes in the order in which they were made; late is what came after its day. What was taken back is not told."""
    ordered = sorted(notes, key=lambda note: (note["noted_ms"], note["id"]))
    return [
        {
            "id": note["id"],
            "what": note["what"],
            "text": note.get("text") or "",
            "at": local(note["noted_ms"], offset),
            **where_of(rows, note),
            "blobs": blobs_told(note.get("blobs"), blobs),
            "over": ",".join(note["edits"]),
            "patrol": note.get("patrol") or "",
            "late": is_late({**note, "occurred_at_ms": note["noted_ms"]}, today, offset),
            "unsent": bool(note.get("unsent")),
        }
        for note in ordered
    ]


def where_of(rows: Rows, note: Row) -> Context:
    """The building a note names, as it is called here, and the place in it."""
    building = by_id(rows, "building").get(note.get("building") or "")
    return {"where": building_called(building, rows["building"]) if building else "", **place_in(note)}


def place_in(spot: Row) -> Context:
    """The entrance, and the floor above the ground or below it, of a note or a door."""
    floor = spot.get("floor") or 0
    return {"entrance": spot.get("entrance") or "", "floor": max(floor, 0), "below": max(-floor, 0)}


def write_spot(spot: Row) -> str:
    """Where a note or a door is as a form's field holds it: `building[:floor:entrance]`. No home is named."""
    floor, entrance = spot.get("floor") or "", spot.get("entrance") or ""
    building = spot.get("building") or ""
    return f"{building}:{floor}:{entrance}" if building and (floor or entrance) else building


def read_spot(text: str) -> Context:
    """The same read again, as a body has it; nothing of what is no place."""
    building, _, rest = text.partition(":")
    floor, _, entrance = rest.partition(":")
    if len(building) != ID_CHARS:
        return {}
    within = re.fullmatch("-?[1-9][0-9]{0,2}", floor)
    level = int(floor) if within else 0
    fits = level and FLOOR_MIN <= level <= FLOOR_MAX
    known = {"entrance": entrance} if entrance and len(entrance) <= ENTRANCE_CHARS_MAX else {}
    return {"building": building, **known, **({"floor": level} if fits else {})}


def counted(notes: Iterable[Row]) -> list[Context]:
    """How many there are of each sort."""
    sorts = [note["what"] for note in notes]
    return [{"what": what, "n": sorts.count(what)} for what in WHAT if what in sorts]


def walk_today(rows: Rows, now_ms: int, offset: int) -> Context:
    """How one's patrols stand, in a line for Today: running since when, or whether this half of the day has had one."""
    now = (date_text(day_of(now_ms, offset)), part_of(now_ms, offset))
    patrols = sorted(rows.get("patrol", ()), key=lambda patrol: (begun_ms(patrol), patrol["id"]))
    running = next((patrol for patrol in reversed(patrols) if patrol["state"] == "running"), None)
    if running:
        earlier = day_walked(running, offset) < now[0]
        return {"state": "earlier" if earlier else "running", "at": local(begun_ms(running), offset), "part": now[1]}
    done = [patrol for patrol in patrols if (day_walked(patrol, offset), part_of(begun_ms(patrol), offset)) == now]
    return {"state": "done" if done else "open", "at": None, "part": now[1]}


def _notes(rows: Rows, grid: str) -> list[Row]:
    return [note for note in rows.get("patrol_note", ()) if note["grid"] == grid and note["what"] in WHAT]
