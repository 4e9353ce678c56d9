"""One number makes one schedule: played twice it is the same to the last byte, and it can be made shorter."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from pathlib import Path

from simulator.mutations import planted
from simulator.plan import STEPS, plan_of
from simulator.runs import run
from simulator.shrink import broken_by, keep, kept, shrunk
from simulator.street import Street, street
from simulator.world import World

SEEDS = (3, 14, 15)


def journal(ours: Street, seed: int) -> tuple[str, Counter[str]]:
    """A digest of everything the servers hold in the end, and what happened on the way."""
    counts = run(ours, plan_of(seed))
    assert World.newest is not None
    digest = hashlib.sha256()
    with World.newest.reading() as sql:
        for table in ("journal", "feed", "device", "visit", "household", "head_statement"):
            for row in sql.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3"):
                digest.update(repr(tuple(row)).encode())
    return digest.hexdigest(), counts


def test_a_seed_is_the_same_every_time() -> None:
    with street() as one, street() as other:
        for seed in SEEDS:
            assert journal(one, seed) == journal(other, seed)


def test_a_schedule_that_is_over_leaves_nothing_running() -> None:
    with street() as ours:
        run(ours, plan_of(SEEDS[0]))
        assert asyncio.all_tasks(ours.loop) == set()


def test_every_kind_of_step_comes_up() -> None:
    seen = {step.do for seed in range(30) for step in plan_of(seed).steps}
    assert seen == STEPS.keys()


def test_a_broken_schedule_is_made_short_and_kept_with_its_story(tmp_path: Path) -> None:
    with street() as ours:
        seed = next(seed for seed in range(20) if broken_by(ours, plan_of(seed), "cursor_off_by_one"))
        case = shrunk(ours, plan_of(seed), "cursor_off_by_one", runs_max=60)
        keep(case, tmp_path / "case.json")
        again = kept(tmp_path / "case.json")
        assert again == case
        assert len(case.plan.steps) < len(plan_of(seed).steps) / 2
        assert any("exchanged" in line for line in case.story)
        assert broken_by(ours, again.plan, None) is None
        with planted(None):
            run(ours, again.plan)
