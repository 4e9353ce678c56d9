"""What every field page is drawn from: local days, facts as shown, places in words, and the frame around a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
Params = Mapping[str, Any]
Context = dict[str, Any]

DAY_MS = 86_400_000
RESTORED_SHOWN_MS = 30 * DAY_MS
ASKS = ("difficulty", "need", "idea", "effect")
EPOCH = date(1970, 1, 1).toordinal()
FIRST_DAY, LAST_DAY = -719_162, 2_932_896  # years 1 to 9999: a clock that tells a time beyond is shown at the edge
DEFAULT_OFFSET_MIN = 480
NIGHT_FROM, NIGHT_UNTIL, NOON, AFTERNOON = 18, 6, 12, 13
NUMBER = re.compile(r"[0-9]{1,9}")
BUILDING_NUMBER = re.compile(r"^([0-9]{1,9}|[A-Za-z])(幢|栋|号楼|号|座|楼)$")
NO_NUMBER = 1_000_000_000  # names without a number stand after those with one


def offset_of(rows: Rows, params: Params) -> int:
    """Minutes between local time and UTC: the grid's own, else the installation's."""
    for grid in rows.get("grid", ()):
        if grid.get("utc_offset_min") is not None:
            return int(grid["utc_offset_min"])
    given = params.get("utc_offset_min")
    return DEFAULT_OFFSET_MIN if given is None else int(given)


def day_of(ms: int, offset_min: int) -> int:
    """The local day a moment falls on, counted from 1970-01-01."""
    return _held((ms + offset_min * 60_000) // DAY_MS)


def _held(day: int) -> int:
    return min(max(day, FIRST_DAY), LAST_DAY)


def date_text(day: int) -> str:
    """A local day as ISO text."""
    return date.fromordinal(EPOCH + _held(day)).isoformat()


def local(ms: int | None, offset_min: int) -> str | None:
    """A moment as ISO text in local time, to the second; nothing for nothing."""
    if ms is None:
        return None
    seconds = (ms + offset_min * 60_000) // 1000
    seconds = min(max(seconds, FIRST_DAY * 86_400), LAST_DAY * 86_400 + 86_399)
    day, rest = divmod(seconds, 86_400)
    return f"{date_text(day)}T{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"


def hour_of(ms: int, offset_min: int) -> int:
    """The local hour of the day, 0–23."""
    return (ms + offset_min * 60_000) // 3_600_000 % 24


def weekday_of(day: int) -> int:
    """0 is Sunday. 1970-01-01 was a Thursday."""
    return (day + 4) % 7


def mode_of(ms: int, offset_min: int) -> str:
    """The mode a visit at this moment most likely has: night by the hour, weekend by the day, else at the door."""
    hour = hour_of(ms, offset_min)
    if hour >= NIGHT_FROM or hour < NIGHT_UNTIL:
        return "night"
    return "weekend" if weekday_of(day_of(ms, offset_min)) in (0, 6) else "door"


def part_of_day(ms: int, offset_min: int) -> str:
    """morning, noon, afternoon or evening, as people say it."""
    hour = hour_of(ms, offset_min)
    if hour >= NIGHT_FROM or hour < NIGHT_UNTIL:
        return "evening"
    if hour < NOON:
        return "morning"
    return "noon" if hour < AFTERNOON else "afternoon"


def by_id(rows: Rows, kind: str) -> dict[str, Row]:
    """Rows of a kind under their ids."""
    return {row["id"]: row for row in rows.get(kind, ())}


def first(rows: Rows, kind: str, id_: Any) -> Row | None:
    """The row of a kind with this id, if the phone holds it."""
    return next((row for row in rows.get(kind, ()) if row["id"] == id_), None)


def heads(row: Row, field: str) -> Sequence[Row]:
    """Every value of a fact nobody has seen and replaced, the shown one first."""
    return (row.get("facts") or {}).get(field) or ()


def shown(row: Row, field: str) -> Any:
    """The value of a fact that pages show; None when nobody has said, or a leader has yet to confirm it."""
    known = heads(row, field)
    return known[0].get("value") if known and not known[0].get("proposed") else None


def differs(row: Row, field: str) -> bool:
    """Whether people have written different values for a fact, or one waits for a leader's decision."""
    known = heads(row, field)
    return any(head.get("proposed") or head.get("value") != known[0].get("value") for head in known)


def number_in(text: Any) -> int:
    """The first number in a name, for ordering: 3幢 before 12幢."""
    found = NUMBER.search(text or "")
    return int(found[0]) if found else NO_NUMBER


def building_order(building: Row | None) -> tuple[Any, ...]:
    """Where a building stands among the others."""
    if building is None:
        return (NO_NUMBER, NO_NUMBER, "", "")
    return (building.get("sort") or 0, number_in(building["name"]), building["name"], building["id"])


def door_order(household: Row) -> tuple[Any, ...]:
    """Where a door stands in its building: entrance, then floor from the ground up, then number."""
    entrance, room, floor = household.get("entrance") or "", household.get("room") or "", household.get("floor")
    return (
        number_in(entrance),
        entrance,
        NO_NUMBER if floor is None else floor,
        number_in(room),
        room,
        household["id"],
    )


def building_called(building: Row, buildings: Sequence[Row]) -> str:
    """A building's name, behind its quarters where another of these has that name: two rows of 平房, two 1幢."""
    name = building["name"]
    same = [other for other in buildings if other["name"] == name]
    return f"{building['quarters']}{name}" if len(same) > 1 else str(name)


def place(building: Row | None, household: Row) -> Context:
    """A door's address in parts; templates put them into words."""
    return {
        "quarters": (building or {}).get("quarters") or "",
        "building": (building or {}).get("name") or "",
        "entrance": household.get("entrance") or "",
        "room": household.get("room") or "",
    }


def short(building: Row | None, household: Row) -> str:
    """A door's address as it is said at work: 3-2-501."""
    name = (building or {}).get("name") or ""
    found = BUILDING_NUMBER.match(name)
    parts = [found[1] if found else name, household.get("entrance") or "", household.get("room") or ""]
    return "-".join(part for part in parts if part)


def restored_of(params: Params, now_ms: int, offset_min: int) -> Context | None:
    """A while ago the server went on from a backup that is not proved to hold all that this phone had seen: when, and
    how many it may lack."""
    restored = params.get("restored") or {}
    told = restored.get("lost") and now_ms - restored["at_ms"] < RESTORED_SHOWN_MS
    return {"at": local(restored["at_ms"], offset_min), "n": restored["lost"]} if told else None


def frame(rows: Rows, now_ms: int, params: Params, nav: str) -> Context:
    """What stands around every page: language, its tab, what is unsent and since when, what is arriving."""
    offset = offset_of(rows, params)
    unsent = params.get("unsent") or {}
    oldest = unsent.get("oldest_ms")
    arriving = params.get("arriving")
    return {
        "lang": params.get("lang") or "zh",
        "nav": nav,
        "phone": params.get("phone") or "",
        "locks": bool(params.get("locks")),
        "now": local(now_ms, offset),
        "online": params.get("online"),
        "waiting": bool(params.get("waiting")),
        "outgoing": {
            "count": unsent.get("count") or 0,
            "oldest": local(oldest, offset),
            "today": oldest is not None and day_of(oldest, offset) == day_of(now_ms, offset),
        },
        "arriving": arriving
        and {
            "done": arriving["done"],
            "total": arriving["total"],
        },
    }


def search_fold(text: Any) -> str:
    """Text as finding compares it: ASCII small letters, full-width signs as ASCII. One sign stays one sign."""
    return "".join(map(_fold, text or ""))


def _fold(sign: str) -> str:
    code = ord(sign)
    if 0xFF01 <= code <= 0xFF5E:
        code -= 0xFEE0
    elif code == 0x3000:
        code = 0x20
    if 0x41 <= code <= 0x5A:
        code += 0x20
    return chr(code)
