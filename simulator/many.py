"""Many schedules on all processors: how far it has come, how often each fault fired, what broke."""

from __future__ import annotations

import gc
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.util import Finalize
from typing import TextIO

from simulator.link import WEATHER
from simulator.plan import plan_of
from simulator.runs import run
from simulator.street import Street, street
from simulator.world import Violation

FAULTS = (
    *WEATHER,
    "partition",
    "phone_crash",
    "phone_full",
    "before_commit",
    "after_commit",
    "in_transaction",
    "disk_full",
    "disk_full_at_commit",
    "clock_day",
    "clock_year",
    "offline_72h",
    "evicted",
    "cloned",
    "phone_restored",
    "server_restored",
    "restored_too_old",
    "redistricted",
    "revoked",
    "reinstated",
    "emptied",
    "decided_at_once",
    "commented",
    "generation",
    "old_client",
    "two_tabs",
    "together",
    "enrolled_again",
    "followed",
    "doubted",
    "looked",
    "unsigned",
    "walked",
    "task",
)
"""Every kind that must fire in a run; `before_commit` and `after_commit` are deaths of a server there."""
ENOUGH = 500
"""From so many schedules on a fault that never fired is itself a failure."""
CHUNK = 10
KEPT_MOST = 3
TOLD_EVERY_S = 5.0
PHONES_LEAST, EDITS_LEAST = 4, 40

_own: dict[str, Street] = {}
_open = ExitStack()


@dataclass
class Report:
    """What a run of schedules came to."""

    first: int
    asked: int
    counts: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[int, str]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def played(self) -> int:
        """Schedules that were played to the end."""
        return self.counts["schedules"]

    def trouble(self) -> list[str]:
        """Why this run has failed, in words; nothing when it has not."""
        told = [f"SEED={seed} SCHEDULES=1: {broke}" for seed, broke in self.broken]
        if self.asked >= ENOUGH:
            told += [f"{fault} never fired" for fault in FAULTS if not self.counts[fault]]
            for what, least in (("phones", PHONES_LEAST), ("edits", EDITS_LEAST)):
                if self.counts[what] < least * self.played:
                    told.append(f"fewer than {least} {what} a schedule")
        return told

    def told(self) -> str:
        """The figures: one line for the whole, one for the faults."""
        played = max(self.played, 1)
        phones, edits = self.counts["phones"] / played, self.counts["edits"] / played
        speed = self.played / max(self.seconds, 0.001)
        faults = ", ".join(f"{fault} {self.counts[fault]:,}" for fault in FAULTS)
        return (
            f"SEED={self.first} SCHEDULES={self.asked}: {self.played:,} schedules, {phones:.1f} phones and {edits:.1f} "
            f"edits each, {self.seconds:.0f} s, {speed:.1f}/s, {len(self.broken)} violations\n{faults}"
        )


def _begin() -> None:
    _own["street"] = _open.enter_context(street())
    # What is here stays. A world is circular, and servers look for such garbage too rarely for 100,000 of them.
    gc.collect()
    gc.freeze()
    Finalize(None, _open.close, exitpriority=1)


def _play(seeds: list[int]) -> tuple[Counter[str], list[tuple[int, str]]]:
    counts: Counter[str] = Counter()
    broken = []
    for seed in seeds:
        try:
            counts += run(_own["street"], plan_of(seed))
        except Violation as error:
            broken.append((seed, str(error)))
    gc.collect()
    return counts, broken


def many(first: int, count: int, processors: int, tell: TextIO | None = None) -> Report:
    """Play `count` schedules from seed `first` on."""
    report, begun = Report(first, count), time.monotonic()
    told = begun
    for counts, broken in _played(first, count, processors):
        report.counts += counts
        report.broken += broken
        report.seconds = time.monotonic() - begun
        for seed, broke in broken if tell is not None else ():
            print(f"SEED={seed} SCHEDULES=1: {broke}", file=tell, flush=True)
        if tell is not None and time.monotonic() - told > TOLD_EVERY_S:
            told = time.monotonic()
            done = report.played + len(report.broken)
            print(f"{done:,} of {count:,} schedules, {len(report.broken)} violations", file=tell, flush=True)
    return report


def _played(first: int, count: int, processors: int) -> Iterator[tuple[Counter[str], list[tuple[int, str]]]]:
    chunks = [list(range(at, min(at + CHUNK, first + count))) for at in range(first, first + count, CHUNK)]
    pool = get_context("spawn").Pool(processors, initializer=_begin)
    try:
        yield from pool.imap_unordered(_play, chunks)
    finally:
        # Let each process end by itself: it clears its folder away.
        pool.close()
        pool.join()


def main(first: int, count: int, processors: int, keep: Callable[[int], None]) -> int:
    """What `make simulate` does; the exit code. `keep` is given the first seeds that broke."""
    print(f"SEED={first} SCHEDULES={count}", flush=True)
    report = many(first, count, processors, sys.stdout)
    print(report.told())
    for line in report.trouble():
        print(line)
    for seed, _ in sorted(report.broken)[:KEPT_MOST]:
        keep(seed)
    return 1 if report.trouble() else 0
