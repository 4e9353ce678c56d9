"""Laws of deadlines, over any calendar: nothing is due earlier for a later start, a holiday, a pause or more time."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from server.clocks import (
    AMBER,
    HOURS,
    UNITS,
    Calendar,
    Clock,
    Hours,
    Limit,
    Pause,
    due_ms,
    extension_refused,
    read_clock,
)

FIRST = date(2026, 1, 1)
HOUR_MS, DAY_MS = 3_600_000, 86_400_000
DAYS = st.integers(0, 120).map(lambda n: FIRST + timedelta(n))
SPANS = st.lists(st.integers(0, 96), min_size=2, max_size=6, unique=True).map(
    lambda edges: tuple(zip(*[iter(15 * edge for edge in sorted(edges)[: len(edges) // 2 * 2])] * 2, strict=True))
)
CHANGES = st.dictionaries(DAYS, st.booleans(), max_size=60)
MOMENTS = st.integers(0, 90 * DAY_MS // 1000).map(lambda s: 1_767_196_800_000 + 1000 * s)
"""Seconds of ninety days from 2026-01-01T00:00+08:00 on."""
LENGTHS = st.integers(0, 30 * 24 * 3600).map(lambda s: 1000 * s)
WORKING = ("working_hour", "working_day")
PAUSES = st.lists(st.tuples(MOMENTS, LENGTHS).map(lambda each: Pause(each[0], sum(each))), max_size=3).map(tuple)


def limits(*units: str) -> st.SearchStrategy[Limit]:
    """So many of one of these units, or of any."""
    return st.builds(Limit, st.integers(1, 20), st.sampled_from(units or UNITS))


def calendars(*, seasons: bool = True) -> st.SearchStrategy[Calendar]:
    """Any calendar; without `seasons` its hours are the same all through."""
    changing = st.lists(st.builds(Hours, DAYS, SPANS), max_size=2)
    always = st.lists(st.builds(Hours, st.just(HOURS.first + timedelta(1)), SPANS), max_size=1)
    return st.builds(lambda changes, hours: Calendar((), changes, hours), CHANGES, changing if seasons else always)


def amber_and_due(calendar: Calendar, clock: Clock) -> tuple[int, int]:
    """Both moments, as they are known when a clock starts."""
    read = read_clock(calendar, clock, clock.dispatched_ms)
    assert read.amber_ms is not None
    assert read.due_ms is not None
    return read.amber_ms, read.due_ms


@settings(deadline=None, max_examples=60)
@given(calendars(), MOMENTS, LENGTHS, limits(), PAUSES)
def test_who_starts_later_is_due_no_earlier(
    calendar: Calendar, start: int, later: int, limit: Limit, pauses: tuple[Pause, ...]
) -> None:
    # A season's shorter days may end a count of days sooner, but never by pauses that both of them had.
    if limit.unit == "working_day":
        pauses = ()
    first, second = Clock(start, limit, pauses), Clock(start + later, limit, pauses)
    assert start < due_ms(calendar, first, start) <= due_ms(calendar, second, start)


@settings(deadline=None, max_examples=60)
@given(calendars(), MOMENTS, limits("day", *WORKING), PAUSES, st.integers(0, 20))
def test_nothing_is_due_outside_working_time(
    calendar: Calendar, start: int, limit: Limit, pauses: tuple[Pause, ...], extended: int
) -> None:
    assert calendar.is_working(due_ms(calendar, Clock(start, limit, pauses, extended), start))


@settings(deadline=None, max_examples=60)
@given(calendars(), MOMENTS, limits(*WORKING), st.data())
def test_pause_of_some_working_hours_moves_the_deadline_by_just_those(
    calendar: Calendar, start: int, limit: Limit, data: st.DataObject
) -> None:
    plain = Clock(start, limit)
    due = due_ms(calendar, plain, start)
    # The day of dispatch does not count where days do: nothing runs that could be paused.
    runs_from = calendar.next_day_ms(start) if limit.unit == "working_day" else start
    paused_at = data.draw(st.integers(runs_from, due - 1))
    until = paused_at + data.draw(LENGTHS)
    moved = due_ms(calendar, Clock(start, limit, (Pause(paused_at, until),)), start)
    assert calendar.worked_ms(moved) - calendar.worked_ms(due) == calendar.worked_ms(until) - calendar.worked_ms(
        paused_at
    )


@settings(deadline=None, max_examples=60)
@given(calendars(), MOMENTS, st.integers(1, 20), st.data())
def test_pause_moves_what_counts_by_day_and_night_by_its_length(
    calendar: Calendar, start: int, hours: int, data: st.DataObject
) -> None:
    due = start + hours * HOUR_MS
    paused_at, length = data.draw(st.integers(start, due - 1)), data.draw(LENGTHS)
    paused = Clock(start, Limit(hours, "hour"), (Pause(paused_at, paused_at + length),))
    assert due_ms(calendar, paused, start) == due + length


@settings(deadline=None, max_examples=60)
@given(calendars(), MOMENTS, limits(), PAUSES, PAUSES)
def test_more_pauses_never_make_it_due_earlier(
    calendar: Calendar, start: int, limit: Limit, some: tuple[Pause, ...], more: tuple[Pause, ...]
) -> None:
    assert due_ms(calendar, Clock(start, limit, some), start) <= due_ms(
        calendar, Clock(start, limit, (*more, *some)), start
    )


@settings(deadline=None, max_examples=60)
@given(CHANGES, SPANS, st.sets(DAYS, min_size=1), MOMENTS, limits(), PAUSES)
def test_another_holiday_never_makes_anything_due_earlier(
    changes: dict[date, bool],
    spans: tuple[tuple[int, int], ...],
    holidays: set[date],
    start: int,
    limit: Limit,
    pauses: tuple[Pause, ...],
) -> None:
    hours = [Hours(HOURS.first + timedelta(1), spans)]
    clock = Clock(start, limit, pauses)
    before = due_ms(Calendar((), changes, hours), clock, start)
    assert before <= due_ms(Calendar((), changes | dict.fromkeys(holidays, False), hours), clock, start)


@settings(deadline=None, max_examples=60)
@given(calendars(), MOMENTS, limits(), PAUSES, st.integers(1, 20))
def test_amber_lies_between_start_and_end_and_more_time_moves_both_on(
    calendar: Calendar, start: int, limit: Limit, pauses: tuple[Pause, ...], more: int
) -> None:
    clock = Clock(start, limit, pauses)
    amber, due = amber_and_due(calendar, clock)
    later_amber, later_due = amber_and_due(calendar, clock._replace(extended=more))
    assert start < amber <= due
    assert amber <= later_amber
    # Counted in days, both may end on the first day after one long holiday.
    assert due <= later_due if limit.unit == "day" else due < later_due


@settings(deadline=None, max_examples=60)
@given(calendars(), MOMENTS, limits(*WORKING))
def test_at_amber_a_quarter_of_the_working_time_is_left(calendar: Calendar, start: int, limit: Limit) -> None:
    amber, due = amber_and_due(calendar, Clock(start, limit))
    runs_from = calendar.next_day_ms(start) if limit.unit == "working_day" else start
    allowed = calendar.worked_ms(due) - calendar.worked_ms(runs_from)
    assert calendar.worked_ms(due) - calendar.worked_ms(amber) == allowed - allowed * AMBER // 100


@settings(deadline=None, max_examples=60)
@given(calendars(seasons=False), MOMENTS, limits(), PAUSES, st.lists(LENGTHS, min_size=2, max_size=8))
def test_a_clock_only_ever_climbs(
    calendar: Calendar, start: int, limit: Limit, pauses: tuple[Pause, ...], waits: list[int]
) -> None:
    readings = [read_clock(calendar, Clock(start, limit, pauses), start + wait) for wait in sorted(waits)]
    assert [each.step for each in readings] == sorted(each.step for each in readings)
    assert [each.left_ms for each in readings] == sorted((each.left_ms for each in readings), reverse=True)
    for each in readings:
        # Beyond the end of work on the last day nothing is worked, so nothing more is over yet.
        assert (each.state == "overdue") == (each.step >= 2)
        assert (each.state == "amber") <= (each.step == 1)


@settings(deadline=None, max_examples=60)
@given(calendars(), MOMENTS, limits(), st.integers(-3, 45), LENGTHS)
def test_more_time_is_given_once_before_it_is_due_and_at_most_as_much_again(
    calendar: Calendar, start: int, limit: Limit, more: int, wait: int
) -> None:
    clock, now = Clock(start, limit), start + wait
    refused = extension_refused(calendar, clock, more, now)
    assert (refused is None) == (1 <= more <= limit.amount and now <= due_ms(calendar, clock, now))
    assert extension_refused(calendar, clock._replace(extended=1), more, now) == "twice"


@settings(deadline=None, max_examples=60)
@given(calendars(), MOMENTS, LENGTHS, limits())
def test_while_it_is_paused_nothing_runs(calendar: Calendar, start: int, wait: int, limit: Limit) -> None:
    clock = Clock(start, limit, (Pause(start),))
    now = start + wait
    read = read_clock(calendar, clock, now)
    assert (read.state, read.due_ms, read.step) == ("paused", None, 0)
    went_on = Clock(start, limit, (Pause(start, now),))
    again = read_clock(calendar, went_on, now)
    assert (again.state, again.left_ms) == ("running", read.left_ms)
