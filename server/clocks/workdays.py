"""The working calendar: which days are worked, from when until when, and how much working time lies between moments.

Days are local days of the installation. Moments are milliseconds since 1970, UTC; lengths of time milliseconds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from server.clocks.years import Year
from server.localtime import DAY_MS, EPOCH

MINUTE_MS = 60_000
DAY_MIN = 24 * 60
FIRST_DAY = date(2020, 1, 1)
"""No calendar reaches further back: nothing older has deadlines here."""
_FIRST = (FIRST_DAY - EPOCH.date()).days
IDLE_DAYS_MAX = 366
"""No work for longer than this, and the calendar is wrong rather than the wait long."""


class NoWorkingTime(ValueError):
    """Nothing is worked for more than a year on: there is no such moment."""


class Hours(NamedTuple):
    """When people work, from a local day on until other hours begin: spans in minutes since midnight, in order."""

    first: date
    spans: tuple[tuple[int, int], ...]


HOURS = Hours(FIRST_DAY, ((8 * 60 + 30, 12 * 60), (14 * 60 + 30, 18 * 60)))
"""Until somebody says otherwise: 8:30–12:00 and 14:30–18:00."""


def hours_wrong(spans: Iterable[tuple[int, int]]) -> bool:
    """Whether these are no hours of a day: none, out of order, overlapping, empty or beyond midnight."""
    edges = [edge for span in spans for edge in span]
    return not edges or edges[0] < 0 or edges[-1] > DAY_MIN or any(b <= a for a, b in pairwise(edges))


class Calendar:
    """`years` as published; `changes`: days that the desk says are worked (True) or not; `hours` besides the first."""

    def __init__(
        self,
        years: Iterable[Year] = (),
        changes: Mapping[date, bool] | None = None,
        hours: Iterable[Hours] = (),
        utc_offset_min: int = 480,
    ) -> None:
        """Raises:
        ValueError: on hours that are none.
        """
        self._worked = {day: works for year in years for day, works, _ in year.days()} | dict(changes or {})
        self._hours = sorted([HOURS, *hours])
        if any(hours_wrong(each.spans) for each in self._hours):
            raise ValueError("these are no hours of a day")
        self._offset_ms = utc_offset_min * MINUTE_MS
        # How much was worked, on how many days, before each day since the first: as far as it was asked for. What was
        # counted stands for as long as this calendar is kept.
        self._before, self._days, self._idle = [0], [0], 0

    def works_on(self, day: date) -> bool:
        """Whether a local day is worked."""
        return self._worked.get(day, day.weekday() < 5)

    def hours_on(self, day: date) -> tuple[tuple[int, int], ...]:
        """The hours in force on a local day, worked or not."""
        return next(each.spans for each in reversed(self._hours) if each.first <= day)

    def day_of(self, at_ms: int) -> date:
        """The local day that a moment falls on."""
        return date.fromordinal(EPOCH.toordinal() + (at_ms + self._offset_ms) // DAY_MS)

    def midnight_ms(self, day: date) -> int:
        """When a local day begins."""
        return (day - EPOCH.date()).days * DAY_MS - self._offset_ms

    def next_day_ms(self, at_ms: int) -> int:
        """When the local day after this one begins."""
        return ((at_ms + self._offset_ms) // DAY_MS + 1) * DAY_MS - self._offset_ms

    def close_ms(self, day: date) -> int:
        """When work ends on a local day, or on the next one that is worked.

        Raises:
            NoWorkingTime: none is.
        """
        index = self._index(day)
        return self.moment_ms(self._before[self._after_days(index, 1)])

    def worked_ms(self, at_ms: int) -> int:
        """How much working time has passed by a moment, counted from the calendar's first day.

        Raises:
            ValueError: the moment lies before that day.
        """
        day = self.day_of(at_ms)
        passed = self._before[self._index(day)]
        if not self.works_on(day):
            return passed
        midnight = self.midnight_ms(day)
        for start, end in self.hours_on(day):
            passed += min(max(at_ms - midnight - start * MINUTE_MS, 0), (end - start) * MINUTE_MS)
        return passed

    def moment_ms(self, worked_ms: int) -> int:
        """The first moment by which so much working time (more than none) has passed: it lies in working time, or at
        the end of it.

        Raises:
            NoWorkingTime: there is no such moment.
        """
        self._count(lambda: self._before[-1] < worked_ms)
        index = bisect_left(self._before, worked_ms) - 1
        left, day = worked_ms - self._before[index], date.fromordinal(FIRST_DAY.toordinal() + index)
        for start, end in self.hours_on(day):
            length = (end - start) * MINUTE_MS
            if left <= length:
                return self.midnight_ms(day) + start * MINUTE_MS + left
            left -= length
        raise AssertionError("a day holds what was counted of it")

    def is_working(self, at_ms: int) -> bool:
        """Whether a moment lies in working time, its ends included."""
        # Work that ends at midnight ends with the day before.
        for day in {self.day_of(at_ms), self.day_of(at_ms - 1)}:
            minutes = (at_ms - self.midnight_ms(day)) / MINUTE_MS
            if self.works_on(day) and any(start <= minutes <= end for start, end in self.hours_on(day)):
                return True
        return False

    def days_worked_ms(self, from_ms: int, days: int) -> int:
        """How much working time the next so many working days hold, the day of `from_ms` being the first of them.

        Raises:
            NoWorkingTime: there are not so many.
        """
        index = self._index(self.day_of(from_ms))
        return self._before[self._after_days(index, days)] - self._before[index]

    def _index(self, day: date) -> int:
        index = (day - FIRST_DAY).days
        if index < 0:
            raise ValueError(f"the calendar begins on {FIRST_DAY}")
        while len(self._before) <= index:
            self._count_day()
        return index

    def _after_days(self, index: int, days: int) -> int:
        """The day after so many working days, from this day on."""
        wanted = self._days[index] + days
        self._count(lambda: self._days[-1] < wanted)
        return bisect_left(self._days, wanted)

    def _count(self, more: Callable[[], bool]) -> None:
        while more():
            if self._idle > IDLE_DAYS_MAX:
                raise NoWorkingTime
            self._count_day()

    def _count_day(self) -> None:
        day = date.fromordinal(FIRST_DAY.toordinal() + len(self._before) - 1)
        works = self.works_on(day)
        worked = sum(end - start for start, end in self.hours_on(day)) * MINUTE_MS if works else 0
        self._before.append(self._before[-1] + worked)
        self._days.append(self._days[-1] + works)
        self._idle = 0 if works else self._idle + 1
