"""What was set aside and what people decide about it: released into effect, or declined with a reason.

A released edit takes effect at the position of its release, as its author wrote it; whether they were allowed to is
what the decision was about. What was declined can be opened again, and is decided anew. Each decision is over the last
one its author saw; where another came first it stays a comment on what was set aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import msgspec

from sync.edit import Header
from sync.entities import Aside, Comment, Why
from sync.rules.rule import Decision, Rule, Said, rule
from sync.rules.workflow import OVER, Beside, Case, Way, Workflow, propose
from sync.state import Change, Key, Quarantined, State

ASIDE = Workflow(
    begins="waiting",
    ways=(
        Way("waiting", "released", "released"),
        Way("waiting", "declined", "declined"),
        Way("declined", "reopened", "waiting"),
    ),
    leaders=frozenset(("released", "declined", "reopened")),
)
"""What becomes of an edit that was set aside. What was released took effect: no way leads back from there."""
STATES = {way.step: way.to for way in ASIDE.ways}
"""The state that each step leads to."""

ERASED = "erased"
"""The trouble with an edit whose body was erased."""

Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class Released(msgspec.Struct, frozen=True):
    """`position`: the journal's place of what was set aside; its id is the entity."""

    position: Annotated[int, msgspec.Meta(ge=0)]
    reason: Reason | None = None


class Declined(msgspec.Struct, frozen=True):
    position: Annotated[int, msgspec.Meta(ge=0)]
    reason: Reason


class Reopened(msgspec.Struct, frozen=True):
    position: Annotated[int, msgspec.Meta(ge=0)]


def kinds(rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """The decisions, over every other kind of edit."""

    def released(said: Said, state: State) -> Decision:
        """A leader lets an edit take effect after all."""
        aside = _aside(said, state, "released")
        header = aside.header
        if (why := _beside(aside, said, "released")) is not None:
            return _commented(aside, said, "released", why, said.body.reason)
        known = state.get("journaled", None, header.id)
        if known is not None and known.outcome != "quarantined":
            raise Quarantined("already_in")
        own = rules.get(header.kind)
        if aside.trouble == ERASED:
            # What it said is gone by now, and so is what came of it; that it was let in stays known.
            return Decision(_taken(aside, said, "released", said.body.reason).changes, released=header.id)
        if own is None or aside.body is None:
            raise Quarantined(aside.trouble or "unknown_kind")
        if not own.phones:
            raise Quarantined("out_of_scope")
        as_written = Said(header, aside.body, aside.over, aside.times, said.position, aside.by, said.decides, True)
        decision = own.fold(as_written, state)
        taken = _taken(aside, said, "released", said.body.reason)
        return Decision([*decision.changes, *taken.changes], decision.contested, header.id)

    def declined(said: Said, state: State) -> Decision:
        """A leader lets it lie, and says why."""
        return _stepped(said, state, "declined", said.body.reason)

    def reopened(said: Said, state: State) -> Decision:
        """A leader takes back that it was declined: it waits again."""
        return _stepped(said, state, "reopened")

    def place(header: Header, body: Any, state: State) -> str | None:
        """Where the thing stands that the edit set aside speaks of."""
        aside = state.get("aside", None, str(body.position))
        own = rules.get(aside.header.kind) if aside is not None else None
        if own is None or aside.body is None:
            return header.grid
        return own.place(aside.header, aside.body, state)

    return {
        "edit.released": rule(Released, released, _needs, place),
        "edit.declined": rule(Declined, declined, _needs, place),
        "edit.reopened": rule(Reopened, reopened, _needs, place),
    }


def _aside(said: Said, state: State, step: str) -> Aside:
    aside = state.get("aside", None, str(said.body.position))
    if aside is None or aside.header.id != said.header.entity or aside.header.grid != said.header.grid:
        raise Quarantined("unknown_entity")
    if not ASIDE.may(step, said.decides):
        raise Quarantined("needs_decision")
    assert isinstance(aside, Aside)
    return aside


def _beside(aside: Aside, said: Said, step: str) -> Why | None:
    """Why the decision stays a comment; None when it is the next step."""
    case = Case(STATES[aside.decision] if aside.decision is not None else ASIDE.begins, aside.step)
    # Decisions of rules before version 3 do not say what they saw: they are taken to have seen the case as it stood.
    seen = said.header.over.get(OVER, () if case.step is None else (case.step,))
    answer = propose(ASIDE, case, step, seen)
    return answer.why if isinstance(answer, Beside) else None


def _stepped(said: Said, state: State, step: str, reason: str | None = None) -> Decision:
    aside = _aside(said, state, step)
    why = _beside(aside, said, step)
    return _taken(aside, said, step, reason) if why is None else _commented(aside, said, step, why, reason)


def _taken(aside: Aside, said: Said, step: str, reason: str | None) -> Decision:
    received_ms, edit = said.times.received_ms, said.header.id
    return _now(aside, said, decision=step, reason=reason, decided_by=said.by, decided_ms=received_ms, step=edit)


def _commented(aside: Aside, said: Said, step: str, why: Why, reason: str | None) -> Decision:
    comment = Comment(said.header.id, step, said.by, said.times.received_ms, why, reason)
    return _now(aside, said, comments=[*aside.comments, comment])


def _now(aside: Aside, said: Said, **changes: Any) -> Decision:
    after = msgspec.structs.replace(aside, rev=said.position, **changes)
    return Decision([Change(Key("aside", None, str(aside.position)), after)])


def _needs(header: Header, body: Any) -> Iterable[Key]:
    return (Key("aside", None, str(body.position)),)
