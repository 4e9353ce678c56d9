"""The holidays of each year and the weekends worked in exchange (调休), one file a year beside this one.

The State Council publishes a year in November of the one before; `source` is that notice. Until then a year is
*provisional*: the days of the law alone, those that fall on a weekend made up for on the next working days, nothing
exchanged (全国年节及纪念日放假办法, as amended on 2024-11-10). Of a year without a file only weekends are known to be
off. What differs in one place, and what the next notice says before the next version comes, is entered at the desk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import msgspec

HOLIDAYS = ("new_year", "spring", "qingming", "labour", "dragon_boat", "mid_autumn", "national")
STATUTORY = 13
"""Days off by law each year, weekends apart: what a published year comes to once exchanges are taken off."""


class Off(msgspec.Struct, frozen=True):
    """A holiday from its first day to its last, both included, weekends within it too."""

    holiday: str
    first: date
    last: date


class Exchanged(msgspec.Struct, frozen=True):
    """A Saturday or Sunday that is worked for the sake of a holiday."""

    holiday: str
    day: date


class Year(msgspec.Struct, frozen=True):
    """`source`: the notice it is taken from, None while it is `provisional`."""

    year: int
    source: str | None
    provisional: bool
    off: tuple[Off, ...]
    work: tuple[Exchanged, ...]

    def days(self) -> Iterator[tuple[date, bool, str]]:
        """Each day that is not what its weekday says, or lies in a holiday: whether it is worked, and for which."""
        for each in self.off:
            for n in range((each.last - each.first).days + 1):
                yield each.first + timedelta(n), False, each.holiday
        for one in self.work:
            yield one.day, True, one.holiday


@cache
def published() -> Mapping[int, Year]:
    """Every year that there is a file for."""
    files = sorted(Path(__file__).parent.glob("[0-9]*.json"))
    years = [msgspec.json.decode(each.read_bytes(), type=Year) for each in files]
    return {each.year: each for each in years}
