"""The two commonest jobs in real Chromium, with the server process stopped: at most three taps, and no question."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from burden.field_jobs import ROW, all_well, nobody_home
from burden.hand import Hand
from burden.rounds import Job, do_round
from e2e.forked import Forker

pytestmark = pytest.mark.browser


def behind_its_back(hand: Hand) -> None:
    """A tap that the hand knows nothing of."""
    page = hand._page
    page.locator(ROW).first.tap()
    page.locator("#visits").wait_for()
    with pytest.raises(AssertionError, match="the browser"):
        hand.counted()
    hand.start(page.url)


def test_nobody_home_and_all_well_take_three_taps_at_most(
    playwright: Playwright, tmp_path: Path, prepared: Path, forker: Forker
) -> None:
    jobs = [Job("nobody", nobody_home), Job("well", all_well), Job("behind", behind_its_back)]
    told: list[str] = []
    found = do_round(playwright, prepared, tmp_path / "round", jobs, told.append, forker)
    assert told == ["behind", "well", "nobody"]
    for job in ("nobody", "well"):
        assert 0 < found[job].taps <= 3
        assert (found[job].keystrokes, found[job].fields, found[job].required) == (0, 0, 0)
