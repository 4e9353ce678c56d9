"""`python -m burden [job …]`: what the jobs cost, beside what `docs/burden.md` keeps. `KEEP=1` keeps it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from burden.count import Count, Counts, grown, median
from burden.kept import DOCUMENT, HEAD, read_kept, with_kept
from burden.rounds import JOBS, Job, do_round, prepare
from torture.bar import Bar, commit

ROUNDS = 3


def measure(jobs: Sequence[Job]) -> dict[str, Count]:
    """Each of these jobs in three rounds, the waiting as its median."""
    bar = Bar("jobs", ROUNDS * len(jobs))
    rounds = []
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        prepare(Path(folder) / "prepared")
        for n in range(ROUNDS):
            here = Path(folder) / f"round-{n}"
            rounds.append(do_round(playwright, Path(folder) / "prepared", here, jobs, bar.step))
    return {job.name: median([each[job.name] for each in rounds]) for job in jobs}


def show(now: Counts, kept: Counts) -> str:
    """The table for a terminal; waiting as a ratio to what was kept, for whoever wants to know."""
    lines = [f"{HEAD[0]:42}" + "".join(f"{head:>12}" for head in HEAD[1:])]
    for job, one in now.items():
        figures = (one.taps, one.keystrokes, one.words, one.fields, one.known, one.required)
        before = kept[job].wait_s if job in kept else 0
        ratio = f"  {one.wait_s / before:.2f} of what was kept" if before else "  new"
        lines.append(f"{job:42}" + "".join(f"{figure:12}" for figure in figures) + f"{one.wait_s:12.2f}{ratio}")
    return "\n".join(lines)


def main(names: list[str]) -> int:
    """Do the jobs that are named, or all; 1 when one of them asks more of people than it did."""
    known = {job.do.__name__: job for job in JOBS}
    if wrong := [name for name in names if name not in known]:
        print(f"no such job: {', '.join(wrong)}; there are {', '.join(known)}")
        return 2
    document = DOCUMENT.read_text("utf-8")
    kept = read_kept(document)
    jobs = [known[name] for name in names] or list(JOBS)
    now = measure(jobs)
    if names:
        kept = {job.name: kept[job.name] for job in jobs if job.name in kept}
    print(f"commit {commit()}, {ROUNDS} rounds\n{show(now, kept)}")
    longer = grown(kept, now)
    print("\n".join(longer) if longer else "No job asks more than it did.")
    if os.environ.get("KEEP") and not names:
        today = datetime.now(UTC).date().isoformat()
        DOCUMENT.write_text(with_kept(document, now, f"Commit {commit()}, {today}."), encoding="utf-8")
        print(f"kept in {DOCUMENT.parent.name}/{DOCUMENT.name}")
        return 0
    return 1 if longer else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
