"""`python -m simulator`: schedules from SEED on, as many as SCHEDULES says; what breaks is kept as a vector."""

from __future__ import annotations

import os
import sys

from simulator.many import main
from simulator.plan import plan_of
from simulator.shrink import broken_by, keep, shrunk
from simulator.street import street
from simulator.vectors import KEPT

SCHEDULES = 100_000


def keep_broken(seed: int) -> None:
    """Make one seed's schedule as short as can be and write it down with its story."""
    with street() as ours:
        if broken_by(ours, plan_of(seed), None) is None:
            return
        case = shrunk(ours, plan_of(seed))
    file = KEPT / f"seed_{seed}.json"
    keep(case, file)
    print(f"{file.relative_to(KEPT.parent.parent.parent)}: {case.broke}")
    print("\n".join(case.story))


if __name__ == "__main__":
    first, count = int(os.environ.get("SEED", "0")), int(os.environ.get("SCHEDULES", str(SCHEDULES)))
    sys.exit(main(first, count, os.cpu_count() or 1, keep_broken))
