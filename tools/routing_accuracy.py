"""How often what server/routing suggests is what a person chose: `python -m tools.routing_accuracy [cases.json]`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from server.routing import first_rules, suggest

LABELLED = Path(__file__).parent.parent / "tests" / "whistles" / "labelled.json"
CONFUSED = 12
"""So many of the commonest confusions are printed."""


class Case(NamedTuple):
    """What somebody said, and what a person made of it."""

    words: str
    place: str
    category: str
    department: str
    level: int


class Measured(NamedTuple):
    """How many there were, how often each was right, what was taken for what (None: nothing was suggested), by
    category how often it was right, and the cases of which the category was not."""

    cases: int
    right: dict[str, int]
    confused: Counter[tuple[str, str | None]]
    by_category: dict[str, tuple[int, int]]
    wrong: tuple[tuple[Case, str | None], ...]

    def share(self, what: str) -> float:
        """Per cent, one digit."""
        return round(100 * self.right[what] / self.cases, 1)


def read_cases(path: Path = LABELLED) -> tuple[list[Case], dict[str, str]]:
    """The cases of a file, and the departments there are in it."""
    told = json.loads(path.read_text("utf-8"))
    return [Case(*each) for each in told["cases"]], {name: name for name in told["departments"]}


def measure(cases: Iterable[Case], departments: dict[str, str]) -> Measured:
    """Suggest for each case by the first rules, and compare: `all` counts where the three were right together."""
    right, confused, wrong = Counter[str](), Counter[tuple[str, str | None]](), []
    by_category: dict[str, tuple[int, int]] = {}
    known = list(cases)
    for case in known:
        found = suggest(f"{case.words}\n{case.place}", first_rules(), departments)
        said = (found.category, found.department, found.level) if found else (None, None, None)
        truth = (case.category, case.department, case.level)
        for what, ours, theirs in zip(("category", "department", "level"), said, truth, strict=True):
            right[what] += ours == theirs
        right["all"] += said == truth
        there, good = by_category.get(case.category, (0, 0))
        by_category[case.category] = (there + 1, good + (said[0] == case.category))
        if said[0] != case.category:
            confused[(case.category, said[0])] += 1
            wrong.append((case, said[0]))
    return Measured(len(known), dict(right), confused, by_category, tuple(wrong))


def told(measured: Measured) -> list[str]:
    """The figures, as lines."""
    lines = [f"{measured.cases} cases"]
    lines += [
        f"{what:10} {measured.share(what):5.1f} %  {measured.right[what]} of {measured.cases}"
        for what in ("category", "department", "level", "all")
    ]
    lines += [f"{category}  {good} of {there}" for category, (there, good) in sorted(measured.by_category.items())]
    lines.append("taken for another:")
    lines += [f"{a} → {b or '—'}  {count}" for (a, b), count in measured.confused.most_common(CONFUSED)]
    return lines


if __name__ == "__main__":
    for line in told(measure(*read_cases(*map(Path, sys.argv[1:])))):
        print(line)
