"""The line of time shows who could not know what, and nothing where there is nothing to see."""

from __future__ import annotations

from server.conflicts.timeline import LEFT, RIGHT, Lane, timeline

HOUR_MS = 3_600_000


def test_who_wrote_first_stands_left_and_arrival_follows_writing() -> None:
    drawn = timeline([Lane("小赵", None, 2 * HOUR_MS, 9 * HOUR_MS), Lane("老孙", HOUR_MS, 7 * HOUR_MS, 10 * HOUR_MS)])
    assert drawn is not None
    zhao, sun = drawn["lanes"]
    assert LEFT <= zhao["written"] < sun["written"] < zhao["received"] < sun["received"] <= RIGHT
    assert (zhao["seen_ms"], sun["seen_ms"]) == (None, HOUR_MS)
    assert sun["from"] == LEFT
    assert zhao["apart"]
    assert drawn["height"] > sun["y"] > zhao["y"]


def test_a_long_absence_does_not_squeeze_the_day() -> None:
    drawn = timeline(
        [Lane("小赵", 0, 1000 * HOUR_MS, 1001 * HOUR_MS), Lane("老孙", None, 1002 * HOUR_MS, 1003 * HOUR_MS)]
    )
    assert drawn is not None
    assert drawn["lanes"][0]["written"] == LEFT
    assert drawn["lanes"][0]["seen_ms"] is None


def test_what_was_written_while_in_touch_is_no_drawing() -> None:
    assert timeline([Lane("小赵", None, 1000, 1200), Lane("老孙", None, 1500, 1600)]) is None
    assert timeline([Lane("小赵", None, 0, 9 * HOUR_MS)]) is None
