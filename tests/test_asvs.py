"""docs/security/asvs.md keeps true: every requirement once, every test it names exists, its counts agree."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TABLE = (ROOT / "docs" / "security" / "asvs.md").read_text("utf-8")
ROW = re.compile(r"^\| V(\d+)\.(\d+)\.(\d+) \(L([12])\) \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)
LEVELS = {1: 70, 2: 183}
"""How many requirements of each level version 5.0.0 has."""
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")


class Row(NamedTuple):
    """One requirement: its number, its level, and what shows it."""

    number: tuple[int, int, int]
    level: int
    shown: str

    @property
    def state(self) -> str:
        """In the words of the counts at the top."""
        if self.shown.startswith("does not apply: "):
            return "Does not apply"
        return "NOT YET" if self.shown.startswith("NOT YET: ") else "Met"


ROWS = [Row((int(found[1]), int(found[2]), int(found[3])), int(found[4]), found[7]) for found in ROW.finditer(TABLE)]


def test_every_requirement_stands_there_once_in_order() -> None:
    numbers = [row.number for row in ROWS]
    assert numbers == sorted(set(numbers))
    assert Counter(row.level for row in ROWS) == LEVELS


def test_what_is_met_names_tests_that_exist() -> None:
    for row in ROWS:
        named = TEST.findall(row.shown)
        assert named or row.state != "Met", row.number
        for file, name in named:
            assert re.search(rf"def {name}\(", (ROOT / file).read_text("utf-8")), f"{row.number}: {file}::{name}"


def test_the_counts_at_the_top_agree() -> None:
    for title, state in (("Met, and a test shows it", "Met"), ("Does not apply",) * 2, ("NOT YET",) * 2):
        first = sum(row.state == state and row.level == 1 for row in ROWS)
        both = sum(row.state == state for row in ROWS)
        assert f"| {title} | {first} | {both - first} | {both} |" in TABLE
    chapters = Counter((row.number[0], row.state) for row in ROWS)
    for chapter in range(1, 18):
        counts = " | ".join(str(chapters[chapter, state]) for state in ("Met", "Does not apply", "NOT YET"))
        assert re.search(rf"^\| V{chapter} [^|]+ \| {re.escape(counts)} \|$", TABLE, re.MULTILINE), chapter
