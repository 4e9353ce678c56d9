"""3,000 schedules harder than any street: nothing lost, nothing silently overwritten, nothing shown to strangers."""

from __future__ import annotations

import os

import pytest

from simulator.many import many

SCHEDULES = 3000


def test_three_thousand_schedules_break_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    report = many(0, SCHEDULES, os.cpu_count() or 1)
    with capsys.disabled():
        print(f"\n{report.told()}")
    assert report.trouble() == []
    assert report.played == SCHEDULES
