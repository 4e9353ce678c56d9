"""The classes of records that have an end, and from which day on (docs/retention.md)."""

from __future__ import annotations

from dataclasses import dataclass

from server.localtime import day_before, day_start_ms
from server.settings import Settings

CLASSES = ("visits", "cases", "access", "suggestions", "contacts")
CONTACT_DAYS = 30
"""How long after a resident's matter is over it is still known how to reach them."""


@dataclass(frozen=True)
class Cut:
    """For one class the day before which everything goes, and that day's first moment."""

    what: str
    day: str
    before_ms: int


def cut_of(what: str, settings: Settings, today: str) -> Cut:
    """Where a class is cut off, `today` being the installation's day."""
    if what == "contacts":
        day = day_before(today, CONTACT_DAYS)
        return Cut(what, day, day_start_ms(day, settings.utc_offset_min))
    years = {
        "visits": settings.keep_visits_years,
        "cases": settings.keep_cases_years,
        "access": settings.keep_access_years,
        "suggestions": settings.keep_suggestions_years,
    }[what]
    day = years_before(today, years)
    return Cut(what, day, day_start_ms(day, settings.utc_offset_min))


def years_before(day: str, years: int) -> str:
    """The same day so many years earlier; the 29th of February is the 28th where there is none."""
    year, month, rest = int(day[:4]) - years, day[5:7], day[8:]
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return f"{year:04d}-{month}-{'28' if (month, rest) == ('02', '29') and not leap else rest}"
