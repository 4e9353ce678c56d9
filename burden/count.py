"""What one job cost, and whether it costs more than it did."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Count:
    """One job. `words` are the characters of a person's own sentences, `known` the fields that came filled in or
    chosen, `wait_s` the seconds from each tap or key until the page was painted and at rest."""

    taps: int = 0
    keystrokes: int = 0
    words: int = 0
    fields: int = 0
    known: int = 0
    required: int = 0
    wait_s: float = 0.0

    @property
    def open(self) -> int:
        """Fields that came empty."""
        return self.fields - self.known


Counts = Mapping[str, Count]
JUDGED = {
    "taps": "taps",
    "keystrokes": "keystrokes",
    "fields": "fields",
    "open": "fields that come empty",
    "required": "required fields",
}


def median(rounds: Sequence[Count]) -> Count:
    """The rounds of one job as one. Raises ValueError when they were not counted alike."""
    counted = {replace(each, wait_s=0.0) for each in rounds}
    if len(counted) != 1:
        raise ValueError(f"the rounds differ: {counted}")
    return replace(rounds[0], wait_s=round(statistics.median(each.wait_s for each in rounds), 2))


def grown(kept: Counts, now: Counts) -> list[str]:
    """A sentence for each job that asks more of people than the figures that were kept; waiting is never judged."""
    told = []
    for job, before in kept.items():
        if job not in now:
            told.append(f"“{job}” is kept, but was not measured.")
            continue
        for name, words in JUDGED.items():
            was, is_now = getattr(before, name), getattr(now[job], name)
            if is_now > was:
                told.append(f"“{job}” takes {is_now} {words}; it took {was}.")
    return told
