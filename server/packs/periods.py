"""The days a pack is about: a week from Monday to Sunday, or a month; none of them reaches beyond today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from server.localtime import DAY_MS, day_before, day_start_ms

KINDS = ("monday", "monthly")
SHOWN = 8
"""How many of them can be chosen."""
SETTLING_DAYS = {"monday": 1, "monthly": 7}
"""On a Monday the week before is spoken of; in the first week of a month, the month before."""


@dataclass(frozen=True)
class Period:
    """First and last day."""

    first: str
    last: str

    def start_ms(self, utc_offset_min: int) -> int:
        """When the first day begins."""
        return day_start_ms(self.first, utc_offset_min)

    def end_ms(self, utc_offset_min: int) -> int:
        """When the last day is over."""
        return day_start_ms(self.last, utc_offset_min) + DAY_MS


def periods(kind: str, today: str) -> list[Period]:
    """Those that can be chosen, the one to speak of first."""
    at = date.fromisoformat(day_before(today, SETTLING_DAYS[kind]))
    found = []
    for _ in range(SHOWN):
        first = at - timedelta(days=at.weekday()) if kind == "monday" else at.replace(day=1)
        after = first + timedelta(days=7) if kind == "monday" else (first + timedelta(days=31)).replace(day=1)
        last = min(after - timedelta(days=1), date.fromisoformat(today))
        found.append(Period(first.isoformat(), last.isoformat()))
        at = first - timedelta(days=1)
    return found


def read_period(kind: str, params: Mapping[str, str], today: str) -> Period:
    """The one an address asks for; the one to speak of where it asks for none of them."""
    all_ = periods(kind, today)
    return next((each for each in all_ if each.first == params.get("on")), all_[0])
