"""`python -m simulator.vectors [name …]`: find each planted fault, and keep the shortest schedule that shows it."""

from __future__ import annotations

import sys
from pathlib import Path

from simulator.mutations import MUTATIONS
from simulator.plan import plan_of
from simulator.shrink import broken_by, keep, shrunk
from simulator.street import Street, street

KEPT = Path(__file__).resolve().parent.parent / "tests" / "vectors" / "simulator"
BOUND = 1000
"""Within so many schedules each planted fault must be found."""


def find(ours: Street, name: str) -> int | None:
    """The first seed whose schedule a planted fault breaks."""
    return next((seed for seed in range(BOUND) if broken_by(ours, plan_of(seed), name)), None)


def main(names: list[str]) -> int:
    """Write the vectors of these faults, or of all; the exit code."""
    missed = 0
    with street() as ours:
        for name in names or MUTATIONS:
            seed = find(ours, name)
            if seed is None:
                print(f"{name}: not found in {BOUND} schedules", flush=True)
                missed += 1
                continue
            case = shrunk(ours, plan_of(seed), name, runs_max=200)
            keep(case, KEPT / f"{name}.json")
            print(f"{name}: seed {seed}, {len(case.plan.steps)} steps: {case.broke[:100]}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
