"""The two commonest jobs in real Chromium, with the server process stopped: at most three taps, and no question."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from burden.desk_jobs import read_logs
from burden.elder_jobs import report
from burden.field_jobs import (
    NUMBER,
    ROW,
    all_well,
    ask_to_item,
    care_check,
    find_door,
    keep_number,
    nobody_home,
    order_door,
    patrol_note,
    visit_with_words,
)
from burden.hand import Hand
from burden.rounds import Job, do_round
from e2e.forked import Forker
from e2e.station import Station

pytestmark = pytest.mark.browser


def behind_its_back(hand: Hand) -> None:
    """A tap that the hand knows nothing of."""
    page = hand._page
    page.locator(ROW).first.tap()
    page.locator("#visits").wait_for()
    with pytest.raises(AssertionError, match="the browser"):
        hand.counted()
    hand.start(page.url)


def another_number(hand: Hand) -> None:
    """What is typed takes the place of the number before it."""
    find_door(hand)
    hand.tap("#fact-phone a.icon-btn", sees="#fact-phone input[name=value]")
    hand.type(NUMBER)
    keep_number(hand)


def test_nobody_home_and_all_well_take_three_taps_at_most(
    playwright: Playwright, tmp_path: Path, prepared: Path, forker: Forker
) -> None:
    jobs = [Job("nobody", nobody_home), Job("well", all_well), Job("behind", behind_its_back)]
    jobs += [Job("number", another_number), Job("words", visit_with_words)]
    told: list[str] = []
    found = do_round(playwright, prepared, tmp_path / "round", jobs, told.append, forker)
    assert told == ["words", "number", "behind", "well", "nobody"]
    for job in ("nobody", "well"):
        assert 0 < found[job].taps <= 3
        assert (found[job].keystrokes, found[job].fields, found[job].required) == (0, 0, 0)


def test_a_morning_of_twenty_logs_takes_twenty_five_keys_at_most_and_a_look_in_two_taps(
    playwright: Playwright, tmp_path: Path, prepared: Path, forker: Forker
) -> None:
    shutil.copytree(prepared, tmp_path / "prepared")
    made = Station(tmp_path / "prepared", forker)
    made.command("burden.prepare")
    made.close()
    jobs = [Job("logs", read_logs, desk=True), Job("care", care_check), Job("note", patrol_note)]
    jobs += [Job("report", report, elder=True), Job("order", order_door), Job("ask", ask_to_item)]
    found = do_round(playwright, tmp_path / "prepared", tmp_path / "round", jobs, lambda _: None, forker)
    assert found["logs"].taps + found["logs"].keystrokes <= 25
    assert found["care"].taps <= 2
    assert found["note"].taps <= 3
    assert found["report"].taps <= 3
    assert found["order"].taps <= 3
    assert found["ask"].taps <= 6
