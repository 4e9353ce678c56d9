"""Deadlines: when a matter is due, when it turns amber, and who should hear of it by then.

A clock starts when the server dispatched the matter: its own receipt, never what a phone says. So somebody who comes
back to a signal three days late makes nothing overdue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from server.clocks.limits import Limit
from server.clocks.workdays import MINUTE_MS, Calendar
from server.localtime import DAY_MS

AMBER = 75
STEPS = (AMBER, 100, 150)
"""Shares of the time allowed, per cent, at which a matter climbs a step: 1 its handler should look (amber), 2 it is
overdue and the committee hears, 3 half as long again has passed and the district hears. Ours, from no source."""
DUE = 100


class Pause(NamedTuple):
    """While somebody else must act first, no time counts. `until_ms` is None while it goes on."""

    from_ms: int
    until_ms: int | None = None


class Clock(NamedTuple):
    """`dispatched_ms`: the server's time. `extended`: how many more of the limit's own units were granted."""

    dispatched_ms: int
    limit: Limit
    pauses: tuple[Pause, ...] = ()
    extended: int = 0


class Reading(NamedTuple):
    """How a clock stands. `due_ms` is None while it is paused and not overdue: nobody knows yet. `left_ms`: how much is
    left, in working time where the limit counts that; below zero when it is over. `step`: how many of STEPS it has
    climbed."""

    state: Literal["running", "amber", "overdue", "paused", "in_time", "late"]
    due_ms: int | None
    amber_ms: int | None
    left_ms: int
    step: int


def due_ms(calendar: Calendar, clock: Clock, now_ms: int) -> int:
    """When it is due, milliseconds since 1970; a pause that goes on counts until `now_ms`.

    Raises:
        NoWorkingTime: the calendar has no such moment.
        ValueError: dispatched before the calendar begins, or a limit of nothing.
    """
    return _at(calendar, clock, now_ms, DUE)


def read_clock(calendar: Calendar, clock: Clock, now_ms: int, stopped_ms: int | None = None) -> Reading:
    """How it stands now; or how it stood when it was stopped (the matter resolved), for good.

    Raises:
        NoWorkingTime, ValueError: as of `due_ms`.
    """
    now_ms = now_ms if stopped_ms is None else stopped_ms
    amber, due, *_ = moments = [_at(calendar, clock, now_ms, share) for share in STEPS]
    step = sum(now_ms > moment for moment in moments)
    count = calendar.worked_ms if clock.limit.unit.startswith("working") else _plain
    left = count(due) - count(now_ms)
    if stopped_ms is not None:
        return Reading("late" if now_ms > due else "in_time", due, amber, left, step)
    if now_ms > due:
        return Reading("overdue", due, amber, left, step)
    if any(each.from_ms <= now_ms and each.until_ms is None for each in clock.pauses):
        return Reading("paused", None, None, left, step)
    return Reading("amber" if now_ms > amber else "running", due, amber, left, step)


def extension_refused(
    calendar: Calendar, clock: Clock, more: int, now_ms: int
) -> Literal["twice", "too_long", "late"] | None:
    """Why it may not be given so many more units, None where it may: once, no longer than the limit, before it is
    due."""
    if clock.extended:
        return "twice"
    if not 0 < more <= clock.limit.amount:
        return "too_long"
    return "late" if now_ms > due_ms(calendar, clock, now_ms) else None


def _plain(ms: int) -> int:
    return ms


def _at(calendar: Calendar, clock: Clock, now_ms: int, share: int) -> int:
    """When so many per cent of the time allowed have passed."""
    unit, amount = clock.limit.unit, clock.limit.amount + clock.extended
    if amount < 1:
        raise ValueError("a limit of nothing")
    begins = clock.dispatched_ms
    if unit in ("day", "working_day"):
        begins = calendar.next_day_ms(begins)
    pauses = sorted((each.from_ms, now_ms if each.until_ms is None else each.until_ms) for each in clock.pauses)
    if unit == "working_hour":
        allowed = amount * 60 * MINUTE_MS
    elif unit == "working_day":
        allowed = calendar.days_worked_ms(begins, amount)
    else:
        allowed = amount * {"minute": MINUTE_MS, "hour": 60 * MINUTE_MS, "day": DAY_MS}[unit]
    allowed = allowed * share // 100
    if unit.startswith("working"):
        return _reached(begins, allowed, pauses, calendar.worked_ms, calendar.moment_ms)
    reached = _reached(begins, allowed, pauses, _plain, _plain)
    if unit != "day":
        return reached
    if share < DUE:
        return min(reached, _at(calendar, clock, now_ms, DUE))
    # A day ends with its last millisecond, not with the first of the next.
    return calendar.close_ms(calendar.day_of(reached - 1))


def _reached(
    begins: int,
    allowed: int,
    pauses: Iterable[tuple[int, int]],
    count: Callable[[int], int],
    moment: Callable[[int], int],
) -> int:
    """The first moment by which so much has been counted outside all pauses, which may overlap."""
    for start, end in pauses:
        if end <= begins:
            continue
        ran = max(count(start) - count(begins), 0)
        if ran >= allowed:
            break
        begins, allowed = end, allowed - ran
    return moment(count(begins) + allowed)
