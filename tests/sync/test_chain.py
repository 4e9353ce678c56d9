"""Where a run of edits stands to what the server knows, and when an edit was made."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.chain import Gap, Head, Run, place
from sync.edit import Edit, unb64u
from sync.times import times_of
from tests.sync.test_edit import vectors
from tests.vectors import make

CHAIN = make.edits()


@pytest.mark.parametrize("case", vectors("chain"), ids=lambda case: str(case["name"]))
def test_a_run_is_placed_as_the_vectors_say(case: dict[str, Any]) -> None:
    hashes = [unb64u(each, 32) for each in case["ours"]] if "ours" in case else [edit.hash for edit in CHAIN]
    n = case["head"]
    stored = {number: hashes[number - 1] for number in range(1, n + 1)}
    aside = {CHAIN[number - 1].hash: number for number in case.get("aside", [])}
    run = [CHAIN[number - 1] for number in case["run"]]
    placed = place(run, Head(n, hashes[n - 1] if n else None), stored, aside)
    if "expected" in case:
        assert placed == Gap(case["expected"])
        return
    assert isinstance(placed, Run)
    assert [len(placed.known), len(placed.fresh), len(placed.forked)] == [case["known"], case["fresh"], case["forked"]]
    assert [*placed.known, *placed.fresh, *placed.forked] == run


@given(st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), max_size=30))
def test_any_schedule_of_runs_takes_every_edit_once_and_in_order(schedule: list[tuple[int, int]]) -> None:
    taken: list[Edit] = []
    for first, last in schedule:
        run = CHAIN[first - 1 : last]
        stored = {edit.header.n: edit.hash for edit in taken}
        placed = place(run, Head(len(taken), taken[-1].hash if taken else None), stored, {})
        if isinstance(placed, Gap):
            assert placed.expected == len(taken) + 1 < first
            continue
        assert not placed.forked
        taken += placed.fresh
    assert taken == CHAIN[: len(taken)]


@pytest.mark.parametrize("case", vectors("times"), ids=lambda case: str(case["name"]))
def test_times_are_held_between_what_was_seen_and_the_receipt(case: dict[str, Any]) -> None:
    header = msgspec.structs.replace(CHAIN[0].header, at_ms=case["at_ms"], offset_ms=case["offset_ms"])
    times = times_of(header, case["seen_ms"], case["received_ms"])
    assert (times.claimed_ms, times.effective_ms) == (case["claimed_ms"], case["effective_ms"])
    assert times.received_ms == case["received_ms"]
