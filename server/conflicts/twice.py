"""Two visits to one household on one day that may be one: one knock told by two workers, or by a ledger too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise

from server.conflicts.alike import Alike

MINUTE_MS = 60_000
WORTH_A_LOOK = 3
WEIGHTS = {
    "same_result": 2,
    "other_result": -2,
    "same_quarter_hour": 2,
    "same_hour": 1,
    "hours_apart": -2,
    "same_words": 3,
    "alike_words": 2,
    "other_words": -3,
    "together": 2,
}
"""How much each sign says."""


@dataclass(frozen=True)
class Knock:
    """A visit as it compares. `at_ms` is None where only the day was told; `beside`: names of who went along;
    `imported`: a ledger told of it."""

    id: str
    author: str
    by: str
    result: str
    at_ms: int | None
    words: str
    beside: tuple[str, ...] = ()
    imported: bool = False


def twice(knocks: Iterable[Knock]) -> list[Alike]:
    """The pairs among one household's visits of one day that are worth a look."""
    # Whoever knocks again the same day knows that it was again; a ledger may tell of a visit that a phone told of.
    apart = [(a, b) for a, b in combinations(knocks, 2) if a.author != b.author or a.imported or b.imported]
    pairs = [Alike(min(a.id, b.id), max(a.id, b.id), signs(a, b)) for a, b in apart]
    return [pair for pair in pairs if pair.score >= WORTH_A_LOOK]


def signs(a: Knock, b: Knock) -> dict[str, int]:
    """What speaks for the two being one visit, and what against."""
    found = ["same_result" if a.result == b.result else "other_result"]
    if a.at_ms is not None and b.at_ms is not None:
        apart_ms = abs(a.at_ms - b.at_ms)
        if apart_ms <= 15 * MINUTE_MS:
            found.append("same_quarter_hour")
        elif apart_ms <= 60 * MINUTE_MS:
            found.append("same_hour")
        elif apart_ms >= 180 * MINUTE_MS:
            found.append("hours_apart")
    if a.words and b.words:
        like = likeness(a.words, b.words)
        found += ["same_words"] if like >= 0.6 else ["alike_words"] if like >= 0.3 else ["other_words"] * (like < 0.1)
    if a.by in b.beside or b.by in a.beside:
        found.append("together")
    return {sign: WEIGHTS[sign] for sign in found}


def likeness(one: str, other: str) -> float:
    """How much two texts share, 0 to 1: the pairs of neighbouring signs that both have, of all that either has."""
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / (len(first | second) or 1)


def _pairs(text: str) -> set[str]:
    signs = [sign for sign in text.casefold() if sign.isalnum()]
    return {a + b for a, b in pairwise(signs)} or set(signs)
