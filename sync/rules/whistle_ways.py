"""The way of a whistle, as data: from which state to which, who may propose it, and what must be said.

Source: 网格吹哨—社工委响应—部门报到. A draft is a form on the phone and no state here. `diagram` draws the same table,
as sync/README.md shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sync.rules.workflow import Way, Workflow


class Arrow(NamedTuple):
    """One line: `at` leads `to`, proposed by one of `who`; `must`: what the proposal has to say."""

    at: str
    to: str
    who: tuple[str, ...]
    must: tuple[str, ...] = ()


GRID = "grid"
"""Whoever walks the whistle's grid."""
COMMITTEE = "committee"
"""The community's dispatchers and its station master."""
LEADER = "leader"
"""Who leads the grid."""
DEPARTMENT = "department"
"""The department that has it."""
REPORTER = "reporter"
"""Whoever raised it."""

DISPATCH = ("department", "level", "urgency", "category")
NOTE = ("note",)
FROM_REPORTED = (
    Arrow("reported", "self_resolved", (GRID,), NOTE),
    Arrow("self_resolved", "closed", (GRID, COMMITTEE)),
    Arrow("reported", "responded", (COMMITTEE,)),
    Arrow("reported", "merged", (COMMITTEE,), ("dup_of",)),
    Arrow("reported", "invalid", (COMMITTEE,), NOTE),
    Arrow("merged", "reported", (REPORTER, COMMITTEE), NOTE),
    Arrow("invalid", "reported", (REPORTER, COMMITTEE), NOTE),
)
HANDLING = (
    Arrow("responded", "dispatched", (COMMITTEE,), DISPATCH),
    Arrow("dispatched", "accepted", (DEPARTMENT,)),
    Arrow("dispatched", "returned", (DEPARTMENT,), NOTE),
    Arrow("returned", "responded", (COMMITTEE,)),
    Arrow("accepted", "in_progress", (DEPARTMENT,)),
    Arrow("in_progress", "extended", (DEPARTMENT,), NOTE),
    Arrow("in_progress", "suspended", (DEPARTMENT,), NOTE),
    Arrow("extended", "in_progress", (DEPARTMENT,)),
    Arrow("suspended", "in_progress", (DEPARTMENT,)),
    Arrow("in_progress", "resolved", (DEPARTMENT,), NOTE),
)
PROVING = (
    Arrow("resolved", "verifying", (COMMITTEE, LEADER)),
    Arrow("verifying", "revisit", (GRID,)),
    Arrow("verifying", "reopened", (GRID, COMMITTEE), NOTE),
    Arrow("revisit", "closed", (GRID, COMMITTEE)),
    Arrow("revisit", "reopened", (GRID, COMMITTEE), NOTE),
    Arrow("reopened", "dispatched", (COMMITTEE,), DISPATCH),
)
OVER = ("self_resolved", "closed", "merged", "invalid", "withdrawn")
"""States in which nobody is waited for."""
_ALONG = tuple(dict.fromkeys(arrow.at for arrow in (*FROM_REPORTED, *HANDLING, *PROVING)))
OPEN = tuple(state for state in _ALONG if state not in OVER)

ARROWS = (*FROM_REPORTED, *HANDLING, *PROVING, *(Arrow(at, "withdrawn", (REPORTER,)) for at in OPEN))
STATES = (*_ALONG, "closed", "withdrawn")
MUST = {arrow.to: arrow.must for arrow in ARROWS}
"""What has to be said to propose a state, wherever from."""
WHISTLE = Workflow("reported", tuple(Way(arrow.at, arrow.to, arrow.to) for arrow in ARROWS))
"""A step is called as the state it leads to."""

HANDLED = ("self_resolved", "accepted", "in_progress", "resolved")
"""Steps of whoever handles it: they do not say themselves that it is good."""
ONCE = ("extended",)
"""Steps that a department takes once for each time it is sent to one."""
PROVED = ("revisit", "closed", "reopened")
"""Steps that say whether it is good."""

RATED = ("self_resolved", "resolved", "verifying", "revisit", "closed")
"""In these somebody who was helped can say whether it did."""


def who_may(at: str, to: str) -> tuple[str, ...]:
    """Whose step it is; nobody's where no way leads there."""
    return next((arrow.who for arrow in ARROWS if (arrow.at, arrow.to) == (at, to)), ())


def diagram() -> str:
    """The table as a drawing: Mermaid."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"  [*] --> {WHISTLE.begins}"
    for arrow in ARROWS:
        must = f": {', '.join(arrow.must)}" if arrow.must else ""
        yield f"  {arrow.at} --> {arrow.to}: {' or '.join(arrow.who)}{must}"
    yield from (f"  {state} --> [*]" for state in ("closed", "withdrawn"))
    yield "```"
