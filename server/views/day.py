"""What a day's visits say by themselves: doors, asks, promises, cares, each with its door. Nothing is asked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .common import ASKS, Context, Row, Rows, by_id, date_text, day_of, local, place, short
from .doors_at import CARE_DAYS, CONTACT, person_of


def is_of(visit: Row, person: object) -> bool:
    """Whether somebody went on a visit themselves, whoever wrote it down."""
    return bool((visit.get("on_behalf_of") or visit.get("author")) == person)


def visits_on(rows: Rows, person: object, grid: str, day: str, offset: int) -> list[Row]:
    """Somebody's visits in a grid that happened on a local day, in the order in which they did."""
    on = [
        visit
        for visit in rows.get("visit", ())
        if visit.get("grid") == grid and is_of(visit, person) and happened_on(visit, offset) == day
    ]
    return sorted(on, key=lambda visit: (visit["occurred_at_ms"], visit["id"]))


def happened_on(visit: Row, offset: int) -> str:
    """The local day on which it happened, by its author's word."""
    return date_text(day_of(visit["occurred_at_ms"], offset))


def is_late(visit: Row, today: str, offset: int) -> bool:
    """Whether it was added later than the day it tells of."""
    received_ms = visit.get("received_ms")
    known = today if received_ms is None else date_text(day_of(received_ms, offset))
    return not visit.get("imported") and known > happened_on(visit, offset)


def told_day(rows: Rows, visits: Sequence[Row], today: str, offset: int) -> Context:
    """The figures of these visits and what stands behind each."""
    lines = lines_of(rows, visits, today, offset)
    doors: dict[str, set[str]] = {}
    for visit in visits:
        doors.setdefault(visit["household"], set()).add(visit["result"])
    answered = sum(1 for results in doors.values() if results.intersection(CONTACT))
    nobody = sum(1 for results in doors.values() if results == {"no_answer"})
    pairs = list(zip(visits, lines, strict=True))
    asks = [
        {"ask": ask, "said": [{**line, "text": visit["asks"][ask]} for visit, line in pairs if _asked(visit, ask)]}
        for ask in ASKS
    ]
    promises = [{**line, "on": visit["follow_up_on"]} for visit, line in pairs if visit.get("follow_up_on")]
    return {
        "knocked": len(doors),
        "answered": answered,
        "nobody": nobody,
        "other": len(doors) - answered - nobody,
        "asks": [each for each in asks if each["said"]],
        "promises": sorted(promises, key=lambda promise: (promise["on"], promise["at"], promise["id"])),
        "cares": [{**line, "care": visit["care"]} for visit, line in pairs if visit.get("care") in CARE_DAYS],
        "visits": lines,
        "unsent": sum(1 for line in lines if line["unsent"]),
        "late": sum(1 for line in lines if line["late"]),
    }


def lines_of(rows: Rows, visits: Iterable[Row], today: str, offset: int) -> list[Context]:
    """Each visit with its door, in one line. The door of a home that stands elsewhere by now has no name."""
    buildings, households = by_id(rows, "building"), by_id(rows, "household")
    return [_line(visit, households.get(visit["household"]), buildings, today, offset) for visit in visits]


def _line(visit: Row, household: Row | None, buildings: dict[str, Row], today: str, offset: int) -> Context:
    building = buildings.get(household["building"]) if household else None
    return {
        "id": visit["id"],
        "grid": visit.get("grid") or "",
        "household": visit["household"],
        "at": local(visit["occurred_at_ms"], offset),
        "door": short(building, household) if household else "",
        "place": place(building, household) if household else None,
        "name": person_of(household) if household else "",
        "result": visit["result"],
        "late": is_late(visit, today, offset),
        "unsent": bool(visit.get("unsent")),
    }


def _asked(visit: Row, ask: str) -> bool:
    return bool((visit.get("asks") or {}).get(ask))
