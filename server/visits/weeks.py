"""The weeks a picture shows: thirteen in a row, Monday to Sunday, the last of them perhaps not over yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from server.localtime import DAY_MS, day_start_ms

WEEKS = 13
STRETCHES = 4
"""Stretches of thirteen weeks that can be looked at: a year."""


@dataclass(frozen=True)
class Weeks:
    """Thirteen weeks; `back`: how many stretches before the present one. `spans`: first and last day of each."""

    back: int
    spans: tuple[tuple[str, str], ...]

    @property
    def first(self) -> str:
        """The first day of all."""
        return self.spans[0][0]

    @property
    def last(self) -> str:
        """The last day of all."""
        return self.spans[-1][1]

    def start_ms(self, utc_offset_min: int) -> int:
        """When the first day begins."""
        return day_start_ms(self.first, utc_offset_min)

    def end_ms(self, utc_offset_min: int) -> int:
        """When the last day is over."""
        return day_start_ms(self.last, utc_offset_min) + DAY_MS


def weeks_before(today: str, back: int) -> Weeks:
    """The weeks up to today, or those so many stretches earlier."""
    this = date.fromisoformat(today)
    monday = this - timedelta(days=this.weekday(), weeks=WEEKS * back + WEEKS - 1)
    mondays = [monday + timedelta(weeks=week) for week in range(WEEKS)]
    ends = [min(each + timedelta(days=6), this) for each in mondays]
    return Weeks(back, tuple((each.isoformat(), end.isoformat()) for each, end in zip(mondays, ends, strict=True)))


def read_weeks(params: Mapping[str, str], today: str) -> Weeks:
    """The stretch an address asks for; the present one where it asks for none of them."""
    asked = params.get("back", "")
    return weeks_before(today, int(asked) if asked in map(str, range(STRETCHES)) else 0)
