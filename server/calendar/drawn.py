"""A year as templates draw it: twelve small months, a square a day.

Lengths are units of a drawing seven days wide. What kind a day is stands in its shape: a holiday is filled (while its
year is provisional only outlined in dashes), an exchanged weekend framed, a day that the desk changed has a corner.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from server.clocks import Calendar, Year

CELL, INSET, TOP = 26, 2, 20
CORNER = 7

Shown = dict[str, Any]


def year_drawn(
    year: int, published: Year | None, calendar: Calendar, changes: Mapping[date, bool | None], today: date
) -> list[Shown]:
    """Its months. `changes`: what the desk says of days of this year, None where that was taken back."""
    told = {day: works for day, works, _ in (published.days() if published else ())}
    return [_month(year, month, told, calendar, changes, today) for month in range(1, 13)]


def _month(
    year: int,
    month: int,
    told: Mapping[date, bool],
    calendar: Calendar,
    changes: Mapping[date, bool | None],
    today: date,
) -> Shown:
    blank, length = monthrange(year, month)
    paths = dict.fromkeys(("off", "work", "changed"), "")
    days: list[Shown] = []
    for n in range(1, length + 1):
        day = date(year, month, n)
        at = blank + n - 1
        x, y = at % 7 * CELL, TOP + at // 7 * CELL
        works, changed = calendar.works_on(day), changes.get(day) is not None
        if not works and (day in told or changed):
            paths["off"] += _square(x, y)
        if works and day.weekday() >= 5:
            paths["work"] += _square(x, y)
        if changed:
            paths["changed"] += f"M{x + CELL - INSET} {y + INSET}v{CORNER}l{-CORNER} {-CORNER}z"
        days.append({"n": n, "x": x + CELL // 2, "y": y + 17, "works": works, "today": day == today})
    rows = (blank + length + 6) // 7
    worked = sum(day["works"] for day in days)
    return {"month": month, "days": days, "height": TOP + rows * CELL, "worked": worked, **paths}


def _square(x: int, y: int) -> str:
    side = CELL - 2 * INSET
    return f"M{x + INSET} {y + INSET}h{side}v{side}h{-side}z"


def holidays_told(published: Year | None) -> list[Shown]:
    """Each holiday with its first and last day, how many they are, and the days worked for it."""
    if published is None:
        return []
    return [
        {
            "name": off.holiday,
            "first": off.first.isoformat(),
            "last": off.last.isoformat(),
            "n": (off.last - off.first).days + 1,
            "work": [each.day.isoformat() for each in published.work if each.holiday == off.holiday],
        }
        for off in published.off
    ]
