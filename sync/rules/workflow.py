"""A case goes its way by steps that people propose, each having seen the case where it stood. A stale step is a
comment, never a surprise.

Workflows are data: which step leads from which state to which. Nothing here knows what a case is about; whoever keeps
one (an edit set aside, later a whistle, an order, a day's log) asks `propose` and keeps what it answers.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sync.entities import Why

OVER = "step"
"""Under this field of `over` an edit names the case's last step that its author saw: `[]` where none was taken yet."""


class Way(NamedTuple):
    """One arrow of the drawing: in state `at`, this `step` leads `to` another state."""

    at: str
    step: str
    to: str


class Workflow(NamedTuple):
    """Where a case begins, and every way on. `leaders`: steps that are a leader's to take; proposed by anybody else
    they are set aside (`needs_decision`), not kept as comments."""

    begins: str
    ways: tuple[Way, ...]
    leaders: frozenset[str] = frozenset()

    def may(self, step: str, decides: bool) -> bool:
        """Whether somebody may propose this step; `decides`: their word counts as a leader's about the case."""
        return decides or step not in self.leaders


class Case(NamedTuple):
    """A case as it stands: its state, and the edit that was its last step (None before the first)."""

    state: str
    step: str | None


class Taken(NamedTuple):
    """The proposal is the case's next step, and this is its new state."""

    state: str


class Beside(NamedTuple):
    """The case stays as it is, the proposal a comment on it."""

    why: Why


def propose(workflow: Workflow, case: Case, step: str, seen: Collection[str]) -> Taken | Beside:
    """What becomes of a step whose author had `seen` this (edit ids) as the case's last one: taken, where that is the
    last one still and a way leads on. What its author wrote earlier and was kept aside or beside is no step of the
    case, so whatever they built on it is a comment too."""
    if set(seen) != ({case.step} if case.step is not None else set()):
        return Beside("stale")
    to = next((way.to for way in workflow.ways if (way.at, way.step) == (case.state, step)), None)
    return Taken(to) if to is not None else Beside("impossible")
