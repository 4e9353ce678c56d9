"""Somebody has lost every passkey: two others of their community's desk let them in again, never they themselves.

One asks, with a reason; another confirms; the one-time link then made is theirs to hand over. Both steps grow old in a
day.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from sync.edit import Header
from sync.entities import Person, Recovery
from sync.rules.roles import RECOVERING, reaches, stands
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State
from sync.times import DAY_MS

GOOD_MS = DAY_MS
"""How long a request waits for the second person, and a confirmation for its link to be used."""


class Asked(msgspec.Struct, frozen=True):
    person: str
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class Nothing(msgspec.Struct, frozen=True):
    """All there is to say stands in the header."""


def asked(said: Said, state: State) -> Decision:
    """The first of two says that somebody cannot come in any more, and why."""
    header, body = said.header, said.body
    person = state.get("person", None, body.person)
    if header.entity != header.id or header.grid is not None or not body.reason.strip():
        raise Quarantined("bad_body")
    if person is None or person.ended_ms is not None:
        raise Quarantined("unknown_entity")
    if not _lets_in(header.author, person, state):
        raise Quarantined("needs_decision")
    now_ms = said.times.received_ms
    made = Recovery(
        header.entity, person.id, body.reason, header.author, now_ms, None, None, None, None, said.position
    )  # fmt: skip
    return Decision([Change(Key("recovery", None, made.id), made)])


def confirmed(said: Said, state: State) -> Decision:
    """The second of two confirms it; the first must still be one who may ask."""
    made, header, now_ms = _recovery(said, state), said.header, said.times.received_ms
    person = state.get("person", None, made.person)
    ours = _lets_in(header.author, person, state) and _lets_in(made.asked_by, person, state)
    if not ours or header.author == made.asked_by or person.ended_ms is not None:
        raise Quarantined("needs_decision")
    if made.ended_as is not None or now_ms - made.asked_ms > GOOD_MS:
        raise Quarantined("needs_decision")
    if made.confirmed_by is not None:
        return Decision([])
    return _now(said, made, confirmed_by=header.author, confirmed_ms=now_ms)


def used(said: Said, state: State) -> Decision:
    """They have come in by the link and have a new passkey."""
    made, now_ms = _recovery(said, state), said.times.received_ms
    good = made.confirmed_ms is not None and made.ended_as is None and now_ms - made.confirmed_ms <= GOOD_MS
    if not good or said.header.author != made.person:
        raise Quarantined("needs_decision")
    return _now(said, made, ended_as="used", ended_ms=now_ms)


def dropped(said: Said, state: State) -> Decision:
    """It is not needed, or was never right: anybody who could confirm it puts an end to it, and so can they."""
    made, author = _recovery(said, state), said.header.author
    person = state.get("person", None, made.person)
    if author != made.person and not _lets_in(author, person, state):
        raise Quarantined("needs_decision")
    if made.ended_as is not None:
        return Decision([])
    return _now(said, made, ended_as="dropped", ended_ms=said.times.received_ms)


def _lets_in(author: str, person: Person, state: State) -> bool:
    known = state.get("person", None, author)
    return author != person.id and stands(known, RECOVERING) and reaches(known, person.community)


def _recovery(said: Said, state: State) -> Recovery:
    made = state.get("recovery", None, said.header.entity)
    if said.header.grid is not None:
        raise Quarantined("bad_body")
    if made is None:
        raise Quarantined("unknown_entity")
    assert isinstance(made, Recovery)
    return made


def _now(said: Said, made: Recovery, **changed: object) -> Decision:
    now = msgspec.structs.replace(made, rev=said.position, **changed)
    return Decision([Change(Key("recovery", None, made.id), now)])


def _needs_person(header: Header, body: Asked) -> Iterable[Key]:
    return (Key("person", None, body.person),)


def _needs_recovery(header: Header, body: Nothing) -> Iterable[Key]:
    return (Key("recovery", None, header.entity),)


KINDS = {
    "recovery.asked": rule(Asked, asked, _needs_person),
    "recovery.confirmed": rule(Nothing, confirmed, _needs_recovery),
    "recovery.used": rule(Nothing, used, _needs_recovery),
    "recovery.dropped": rule(Nothing, dropped, _needs_recovery),
}
