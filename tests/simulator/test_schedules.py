"""Many schedules at once: all of them are played, and a run that proves too little says so."""

from __future__ import annotations

from collections import Counter

from simulator.many import ENOUGH, FAULTS, Report, many


def test_several_processes_play_every_schedule_once() -> None:
    report = many(0, 40, 2)
    assert (report.trouble(), report.played) == ([], 40)
    assert "SEED=0 SCHEDULES=40: 40 schedules" in report.told()


def test_a_long_run_in_which_a_fault_never_fired_has_failed() -> None:
    counts = Counter({"schedules": ENOUGH, "phones": 5 * ENOUGH, "edits": 30 * ENOUGH, **dict.fromkeys(FAULTS, 1)})
    del counts["cloned"]
    told = Report(0, ENOUGH, counts).trouble()
    assert told == ["cloned never fired", "fewer than 40 edits a schedule"]
