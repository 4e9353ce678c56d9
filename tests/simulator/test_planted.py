"""Faults planted in the server or the phone: the simulator finds each, and the street as it is does not break there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.mutations import MUTATIONS
from simulator.shrink import broken_by, kept, likeness
from simulator.street import Street, street
from simulator.vectors import BOUND, KEPT

FILES = sorted(KEPT.glob("*.json"))


@pytest.fixture(scope="module")
def ours() -> Iterator[Street]:
    """One street for all of them."""
    with street() as found:
        yield found


def test_every_planted_fault_was_found() -> None:
    found = {file.stem: kept(file).plan.seed for file in FILES if file.stem in MUTATIONS}
    assert found.keys() == MUTATIONS.keys()
    assert max(found.values()) < BOUND
    assert len(MUTATIONS) >= 8


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_kept_schedule_breaks_with_its_fault_alone(ours: Street, file: Path) -> None:
    case = kept(file)
    if case.fault is not None:
        found = broken_by(ours, case.plan, case.fault)
        assert found is not None, f"{case.fault} was not noticed"
        assert likeness(found[0]) == likeness(case.broke)
    assert broken_by(ours, case.plan, None) is None
