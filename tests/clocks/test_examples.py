"""Deadlines worked out by hand: over Spring Festival, National Day and a year's end, with the weekends worked for them.

Hours are 8:30–12:00 and 14:30–18:00, seven a day.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from server.clocks import (
    CATEGORIES,
    HOLIDAYS,
    HOURS,
    STAGES,
    URGENCIES,
    Calendar,
    Clock,
    Hours,
    Limit,
    NoWorkingTime,
    Pause,
    Year,
    due_ms,
    extension_refused,
    hours_wrong,
    limit_for,
    published,
    read_clock,
    stage_limit,
)
from server.clocks.years import STATUTORY

CHINA = timezone(timedelta(hours=8))
CALENDAR = Calendar(published().values())
HOUR_MS = 3_600_000


def at(text: str) -> int:
    """A moment of China's clocks, in milliseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=CHINA).timestamp() * 1000)


def told(ms: int | None) -> str | None:
    """A moment as China's clocks show it, to the minute."""
    return None if ms is None else datetime.fromtimestamp(ms / 1000, CHINA).strftime("%Y-%m-%dT%H:%M")


EXAMPLES = [
    # Spring Festival 2026: off from Sunday 15 to Monday 23 February; Saturdays 14 and 28 are worked.
    ("2026-02-13T16:00", Limit(4, "working_hour"), "2026-02-14T10:30"),
    ("2026-02-13T16:00", Limit(3, "working_day"), "2026-02-25T18:00"),
    ("2026-02-14T10:00", Limit(1, "working_day"), "2026-02-24T18:00"),
    ("2026-02-12T10:00", Limit(7, "day"), "2026-02-24T18:00"),
    ("2026-02-14T17:00", Limit(24, "hour"), "2026-02-15T17:00"),
    ("2026-02-17T03:00", Limit(2, "hour"), "2026-02-17T05:00"),
    ("2026-02-18T11:00", Limit(1, "working_hour"), "2026-02-24T09:30"),
    ("2026-02-27T09:00", Limit(1, "working_day"), "2026-02-28T18:00"),
    # National Day 2026: off from Thursday 1 to Wednesday 7 October; Sunday 20 September and Saturday 10 are worked.
    ("2026-09-18T09:00", Limit(1, "working_day"), "2026-09-20T18:00"),
    ("2026-09-30T17:00", Limit(2, "working_hour"), "2026-10-08T09:30"),
    ("2026-09-30T17:00", Limit(3, "working_day"), "2026-10-10T18:00"),
    ("2026-09-27T09:00", Limit(7, "day"), "2026-10-08T18:00"),
    ("2026-09-17T12:00", Limit(30, "day"), "2026-10-19T18:00"),
    # A year's end: Thursday 1 to Saturday 3 January 2026 are off, Sunday 4 is worked.
    ("2025-12-31T16:00", Limit(4, "working_hour"), "2026-01-04T10:30"),
    ("2025-12-31T16:00", Limit(3, "working_day"), "2026-01-06T18:00"),
    ("2025-12-31T20:00", Limit(24, "hour"), "2026-01-01T20:00"),
    ("2025-12-24T09:00", Limit(7, "day"), "2025-12-31T18:00"),
    ("2025-12-25T09:00", Limit(7, "day"), "2026-01-04T18:00"),
    # The next one's notice had not come: Friday 1 January 2027 is off by law, nothing is exchanged.
    ("2026-12-31T15:00", Limit(1, "working_day"), "2027-01-04T18:00"),
    # Days of no holiday: the middle of the day is nobody's, nor is the night, nor the weekend.
    ("2026-03-11T11:30", Limit(1, "working_hour"), "2026-03-11T15:00"),
    ("2026-03-11T08:30", Limit(30, "minute"), "2026-03-11T09:00"),
    ("2026-03-11T21:00", Limit(1, "working_hour"), "2026-03-12T09:30"),
    ("2026-03-11T12:00", Limit(7, "working_hour"), "2026-03-12T12:00"),
    ("2026-03-13T17:59", Limit(1, "working_day"), "2026-03-16T18:00"),
    ("2026-03-13T00:00", Limit(2, "day"), "2026-03-16T18:00"),
]


@pytest.mark.parametrize(("dispatched", "limit", "due"), EXAMPLES)
def test_matter_is_due_when_a_clerk_with_a_wall_calendar_says(dispatched: str, limit: Limit, due: str) -> None:
    assert told(due_ms(CALENDAR, Clock(at(dispatched), limit), at(dispatched))) == due


def test_department_waits_over_spring_festival_for_a_resident_who_is_away() -> None:
    # Due on Saturday 14 at 18:00. Paused at 10:30 with five hours to go, on again on Tuesday 24 at 10:30.
    clock = Clock(at("2026-02-13T09:00"), Limit(1, "working_day"))
    waits = clock._replace(pauses=(Pause(at("2026-02-14T10:30")),))
    read = read_clock(CALENDAR, waits, at("2026-02-20T10:00"))
    assert (read.state, read.due_ms, read.left_ms, read.step) == ("paused", None, 5 * HOUR_MS, 0)
    again = clock._replace(pauses=(Pause(at("2026-02-14T10:30"), at("2026-02-24T10:30")),))
    assert told(due_ms(CALENDAR, again, at("2026-02-24T10:30"))) == "2026-02-24T18:00"


def test_clock_of_three_working_days_over_the_festival_step_by_step() -> None:
    # 21 working hours from Saturday 14 on; 75 % are 15:45, 150 % are 31:30.
    clock = Clock(at("2026-02-13T16:00"), Limit(3, "working_day"))

    def shown(text: str) -> tuple[str, int, float]:
        read = read_clock(CALENDAR, clock, at(text))
        return read.state, read.step, read.left_ms / HOUR_MS

    assert shown("2026-02-13T18:00") == ("running", 0, 21)
    assert shown("2026-02-20T12:00") == ("running", 0, 14)
    assert shown("2026-02-25T10:15") == ("running", 0, 5.25)
    assert shown("2026-02-25T10:16")[:2] == ("amber", 1)
    assert shown("2026-02-25T18:00") == ("amber", 1, 0)
    assert shown("2026-02-25T18:01")[:2] == ("overdue", 2)
    assert shown("2026-02-27T12:00") == ("overdue", 2, -10.5)
    assert shown("2026-02-27T12:01")[:2] == ("overdue", 3)


def test_what_was_resolved_stays_in_time_or_late_for_good() -> None:
    clock, much_later = Clock(at("2026-03-11T09:00"), Limit(4, "working_hour")), at("2026-05-11T09:00")
    in_time = read_clock(CALENDAR, clock, much_later, at("2026-03-11T14:30"))
    late = read_clock(CALENDAR, clock, much_later, at("2026-03-11T16:00"))
    assert (in_time.state, in_time.left_ms, told(in_time.due_ms)) == ("in_time", HOUR_MS, "2026-03-11T15:30")
    assert (late.state, late.left_ms, late.step) == ("late", -HOUR_MS // 2, 2)


def test_more_time_is_asked_for_before_national_day() -> None:
    clock, now = Clock(at("2026-09-29T10:00"), Limit(1, "working_day")), at("2026-09-30T12:00")
    assert told(due_ms(CALENDAR, clock, now)) == "2026-09-30T18:00"
    assert extension_refused(CALENDAR, clock, 1, now) is None
    assert extension_refused(CALENDAR, clock, 2, now) == "too_long"
    assert extension_refused(CALENDAR, clock, 1, at("2026-09-30T18:01")) == "late"
    longer = clock._replace(extended=1)
    assert told(due_ms(CALENDAR, longer, now)) == "2026-10-08T18:00"
    assert extension_refused(CALENDAR, longer, 1, now) == "twice"


def test_summer_hours_count_from_their_first_day() -> None:
    summer = Calendar(published().values(), hours=[Hours(date(2026, 6, 1), ((510, 720), (900, 1110)))])
    # Friday 29 May keeps the old hours until 18:00; Monday 1 June works 8:30–12:00 and 15:00–18:30.
    clock = Clock(at("2026-05-29T17:00"), Limit(6, "working_hour"))
    assert told(due_ms(summer, clock, clock.dispatched_ms)) == "2026-06-01T16:30"
    assert told(due_ms(summer, clock._replace(limit=Limit(1, "working_day")), 0)) == "2026-06-01T18:30"


def test_shift_that_ends_at_midnight_ends_with_its_own_day() -> None:
    late = Calendar(hours=[Hours(date(2026, 1, 1), ((960, 1440),))])
    for limit in (Limit(1, "working_day"), Limit(1, "day"), Limit(8, "working_hour")):
        due = due_ms(late, Clock(at("2026-03-11T12:00"), limit), 0)
        assert told(due) == ("2026-03-12T00:00" if limit.unit == "working_hour" else "2026-03-13T00:00")
        assert late.is_working(due)


def test_day_that_the_desk_changes_counts_as_it_says() -> None:
    changed = Calendar(published().values(), {date(2026, 3, 12): False, date(2026, 3, 14): True})
    clock = Clock(at("2026-03-11T17:00"), Limit(2, "working_day"))
    assert told(due_ms(changed, clock, 0)) == "2026-03-14T18:00"


def test_calendar_without_work_says_so_instead_of_counting_for_ever() -> None:
    never = Calendar((), {date(2026, 1, 1) + timedelta(n): False for n in range(800)})
    for limit in (Limit(1, "working_hour"), Limit(1, "working_day"), Limit(1, "day")):
        with pytest.raises(NoWorkingTime):
            due_ms(never, Clock(at("2026-01-01T09:00"), limit), 0)
    with pytest.raises(ValueError, match="limit of nothing"):
        due_ms(CALENDAR, Clock(at("2026-01-01T09:00"), Limit(0, "hour")), 0)
    with pytest.raises(ValueError, match="calendar begins"):
        due_ms(CALENDAR, Clock(at("1999-01-01T09:00"), Limit(1, "day")), 0)


@pytest.mark.parametrize(
    "spans", [(), ((600, 600),), ((600, 500),), ((500, 700), (600, 800)), ((0, 1441),), ((-1, 60),)]
)
def test_hours_that_are_none_are_known_as_such(spans: tuple[tuple[int, int], ...]) -> None:
    assert hours_wrong(spans)
    assert not hours_wrong(HOURS.spans)
    with pytest.raises(ValueError, match="no hours"):
        Calendar(hours=[Hours(date(2026, 1, 1), spans)])


@pytest.mark.parametrize("year", published().values(), ids=lambda year: str(year.year))
def test_each_year_comes_to_the_days_off_that_the_law_gives(year: Year) -> None:
    off = [day for day, works, _ in year.days() if not works and day.weekday() < 5]
    worked = [day for day, works, _ in year.days() if works]
    assert len(off) - len(worked) == STATUTORY
    assert all(day.weekday() >= 5 for day in worked)
    days = [day for day, _, _ in year.days()]
    assert len(days) == len(set(days))
    assert {day.year for day in days} == {year.year}
    assert {name for _, _, name in year.days()} <= set(HOLIDAYS)
    assert year.provisional == (year.source is None)


def test_limits_are_those_of_the_field() -> None:
    said = {
        ("W01", "urgent"): Limit(24, "hour"),
        ("W07", "danger"): Limit(2, "hour"),
        ("W06", "normal"): Limit(1, "working_day"),
        ("W02", "normal"): Limit(7, "day"),
        ("W05", "complex"): Limit(15, "day"),
        ("W10", "normal"): Limit(30, "day"),
        ("W10", "complex"): Limit(30, "day"),
        ("W11", "normal"): Limit(3, "working_day"),
        ("W12", "complex"): Limit(15, "day"),
    }
    assert {each: limit_for(*each) for each in said} == said
    assert all(limit_for(category, urgency).amount > 0 for category in CATEGORIES for urgency in URGENCIES)
    assert limit_for("W01", "normal", {("W01", "normal"): Limit(8, "hour")}) == Limit(8, "hour")
    assert (stage_limit("respond", "danger"), stage_limit("accept", "complex")) == (
        Limit(30, "minute"),
        Limit(1, "working_day"),
    )
    assert set(STAGES) == {"respond", "accept", "verify", "revisit"}
    with pytest.raises(KeyError):
        limit_for("W99", "normal")
