"""The times of a visit, told in plain words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.localtime import local_day, local_iso
from server.views.common import date_text, day_of, local
from server.visits.times import Written, explain, span_of

WROTE = 1_795_142_172_000  # 2026-11-20 10:36:12 at the station
NOTED = Written(
    occurred_at_ms=WROTE, at_ms=WROTE, offset_ms=2_000, claimed_ms=WROTE + 2_000, effective_ms=WROTE + 2_000,
    received_ms=WROTE + 231_000, by_phone=True,
)  # fmt: skip


def told(written: Written) -> list[tuple[str, str, str]]:
    """Each line as (name, clock, what is said about it)."""
    return [(line.name, line.at[11:], line.note.key if line.note else "") for line in explain(written, 480)]


def test_a_visit_from_a_stairwell_without_signal() -> None:
    assert told(NOTED) == [
        ("phone", "10:36:12", "desk.times.clock_good"),
        ("effective", "10:36:14", ""),
        ("received", "10:40:03", "desk.times.delayed"),
    ]
    spans = [line.note.span for line in explain(NOTED, 480) if line.note]
    assert spans == [("seconds", 2), ("minutes", 4)]


def test_a_phone_whose_clock_runs_26_hours_fast_is_put_right() -> None:
    fast = replace(NOTED, at_ms=WROTE + 26 * 3_600_000, offset_ms=-26 * 3_600_000, claimed_ms=WROTE, effective_ms=WROTE)
    assert told(fast)[:2] == [
        ("phone", "12:36:12", "desk.times.clock_fast"),
        ("effective", "10:36:12", "desk.times.corrected"),
    ]
    assert explain(fast, 480)[0].day, "another day than the visit's must be named"


def test_a_clock_that_claims_too_much_is_held_between_last_contact_and_receipt() -> None:
    early = replace(NOTED, claimed_ms=WROTE - 9_000_000, effective_ms=WROTE)
    ahead = replace(NOTED, claimed_ms=NOTED.received_ms + 1, effective_ms=NOTED.received_ms)
    assert ("effective", "10:36:12", "desk.times.held_later") in told(early)
    assert ("effective", "10:40:03", "desk.times.held_earlier") in told(ahead)


def test_a_phone_that_never_compared_its_clock_says_so() -> None:
    assert told(replace(NOTED, offset_ms=None))[0][2] == "desk.times.clock_unknown"
    assert told(replace(NOTED, offset_ms=200))[0][2] == "desk.times.clock_exact"


def test_a_visit_written_down_a_day_later_tells_when_it_happened_first() -> None:
    late = replace(NOTED, occurred_at_ms=WROTE - 86_400_000)
    assert told(late)[0] == ("occurred", "10:36:12", "desk.times.own_word")
    assert all(line.day for line in explain(late, 480))


def test_a_visit_typed_on_our_own_page_has_no_phones_clock() -> None:
    assert told(replace(NOTED, by_phone=False)) == [("received", "10:40:03", "desk.times.page")]


def test_an_imported_visit_names_its_row() -> None:
    lines = explain(replace(NOTED, imported_row=12), 480)
    assert [line.name for line in lines] == ["occurred", "received"]
    assert lines[1].note is not None
    assert lines[1].note.args == {"row": 12}


@pytest.mark.parametrize(
    ("ms", "span"),
    [
        (500, ("seconds", 1)),
        (59_000, ("seconds", 59)),
        (60_000, ("minutes", 1)),
        (3_599_999, ("hours", 1)),
        (26 * 3_600_000, ("hours", 26)),
        (72 * 3_600_000, ("days", 3)),
    ],
)
def test_a_span_is_said_in_the_unit_people_use(ms: int, span: tuple[str, int]) -> None:
    assert span_of(ms) == span


@pytest.mark.parametrize("ms", [-(2**54), -1, 0, 253_402_271_999_999, 253_402_272_000_000, 2**54])
def test_every_time_has_a_day(ms: int) -> None:
    """A clock may tell any number; the desk shows the edge of the calendar, as phones do."""
    assert local_iso(ms, 480) == local(ms, 480)
    assert local_day(ms, 480) == date_text(day_of(ms, 480))
    assert len(explain(replace(NOTED, at_ms=ms, claimed_ms=ms), 480)) >= 3
