"""What was set aside and what people decide about it: released into effect, or declined with a reason.

A released edit takes effect at the position of its release, as its author wrote it; whether they were allowed to is
what the decision was about. What was declined can be opened again, and is decided anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import msgspec

from sync.edit import Header
from sync.entities import Aside
from sync.rules.rule import Decision, Rule, Said, rule
from sync.state import Change, Key, Quarantined, State

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
        aside = _open(said, state)
        header = aside.header
        known = state.get("journaled", None, header.id)
        if known is not None and known.outcome != "quarantined":
            raise Quarantined("already_in")
        own = rules.get(header.kind)
        if own is None or aside.body is None:
            raise Quarantined(aside.trouble or "unknown_kind")
        if not own.phones:
            raise Quarantined("out_of_scope")
        as_written = Said(header, aside.body, aside.over, aside.times, said.position, aside.by, said.decides)
        decision = own.fold(as_written, state)
        return Decision(
            [*decision.changes, _decided(aside, said, "released", said.body.reason)], decision.contested, header.id
        )

    def declined(said: Said, state: State) -> Decision:
        """A leader lets it lie, and says why."""
        return Decision([_decided(_open(said, state), said, "declined", said.body.reason)])

    def reopened(said: Said, state: State) -> Decision:
        """A leader takes back that it was declined: it waits again."""
        aside = _aside(said, state)
        if aside.decision != "declined":
            raise Quarantined("decided")
        return Decision([_decided(aside, said, "reopened")])

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


def _open(said: Said, state: State) -> Aside:
    aside = _aside(said, state)
    if aside.decision not in (None, "reopened"):
        raise Quarantined("decided")
    return aside


def _aside(said: Said, state: State) -> Aside:
    aside = state.get("aside", None, str(said.body.position))
    if aside is None or aside.header.id != said.header.entity or aside.header.grid != said.header.grid:
        raise Quarantined("unknown_entity")
    if not said.decides:
        raise Quarantined("needs_decision")
    assert isinstance(aside, Aside)
    return aside


def _decided(aside: Aside, said: Said, decision: str, reason: str | None = None) -> Change:
    decided = msgspec.structs.replace(
        aside,
        decision=decision,
        reason=reason,
        decided_by=said.by,
        decided_ms=said.times.received_ms,
        rev=said.position,
    )
    return Change(Key("aside", None, str(aside.position)), decided)


def _needs(header: Header, body: Any) -> Iterable[Key]:
    return (Key("aside", None, str(body.position)),)
