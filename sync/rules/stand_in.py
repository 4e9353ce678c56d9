"""Posts A and B: somebody looks after another's grids from day to day, and what was open is handed over in writing.

The days are the installation's. When one comes the server says so itself (`stand_in.began`, `stand_in.ended`), so that
what a phone may see changes at a place in the journal, like everything else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import msgspec

from sync.edit import NOBODY, TEXT_CHARS_MAX, Header
from sync.entities import Handed, Person, StandIn
from sync.rules.person import walks_on
from sync.rules.roles import MANAGING, WALKING, reaches, stands
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State
from sync.strict import INTEGER_MAX
from sync.times import local_day

DAYS_MAX = 366
Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
Moment = Annotated[int, msgspec.Meta(ge=0, le=INTEGER_MAX)]


class StoodIn(msgspec.Struct, frozen=True):
    """`by` stands in for `person` from one day to another (YYYY-MM-DD), both included."""

    person: str
    by: str
    from_on: str
    until_on: str


class HandedOver(msgspec.Struct, frozen=True):
    """What there is to know, and what was open: unsent edits on the phones of whoever is away, and when they last
    sent."""

    note: Annotated[str, msgspec.Meta(max_length=TEXT_CHARS_MAX)]
    unsent: Count
    last_ms: Moment | None = None


class Nothing(msgspec.Struct, frozen=True):
    """All there is to say stands in the header."""


def stood_in(said: Said, state: State) -> Decision:
    """A stand-in is arranged; where its first day has come it begins at once."""
    header, body, today = said.header, said.body, _today(said, state)
    days = _days(body)
    if header.entity != header.id or header.grid is not None or body.person == body.by or not 0 <= days < DAYS_MAX:
        raise Quarantined("bad_body")
    if body.until_on < today:
        raise Quarantined("bad_body")
    away, by = (state.get("person", None, each) for each in (body.person, body.by))
    if away is None or by is None:
        raise Quarantined("unknown_entity")
    # Nobody lends themselves another's grids.
    if header.author == by.id or not (_arranges(said, state, away) and _arranges(said, state, by)):
        raise Quarantined("needs_decision")
    if not stands(away, WALKING) or not stands(by, WALKING):
        raise Quarantined("bad_body")
    said_ms, days_of_it = said.times.received_ms, (body.from_on, body.until_on)
    made = StandIn(header.entity, away.id, by.id, *days_of_it, said.by, said_ms, None, None, said.position)
    if body.from_on <= today:
        return Decision(_begin(said, made, state))
    return Decision([Change(Key("stand_in", None, made.id), made)])


def began(said: Said, state: State) -> Decision:
    """The first day has come: the other's grids are theirs to walk, too."""
    made, today = _stand_in(said, state), _today(said, state)
    if said.header.author != NOBODY or not made.from_on <= today <= made.until_on:
        raise Quarantined("needs_decision")
    if made.began_ms is not None or made.ended_ms is not None:
        return Decision([])
    return Decision(_begin(said, made, state))


def ended(said: Said, state: State) -> Decision:
    """The last day is over, or the station calls it off."""
    made = _stand_in(said, state)
    away, by = (state.get("person", None, each) for each in (made.person, made.by))
    over = said.header.author == NOBODY and _today(said, state) > made.until_on
    if not over and not _arranges(said, state, away):
        raise Quarantined("needs_decision")
    if made.ended_ms is not None:
        return Decision([])
    now = msgspec.structs.replace(made, ended_ms=said.times.received_ms, rev=said.position)
    changes = [Change(Key("stand_in", None, made.id), now)]
    if made.began_ms is None:
        return Decision(changes)
    alone = {each: one for each, one in away.covered.items() if each != made.id}
    lent = {each: grids for each, grids in by.lent.items() if each != made.id}
    away = msgspec.structs.replace(away, covered=alone, rev=said.position)
    changes.append(Change(Key("person", None, away.id), away))
    return Decision([*changes, *walks_on(msgspec.structs.replace(by, lent=lent), by, said.position, state)])


def handed_over(said: Said, state: State) -> Decision:
    """What there is to know is written down, by whoever arranges it or one of the two."""
    made, body = _stand_in(said, state), said.body
    away = state.get("person", None, made.person)
    if said.header.author not in (made.person, made.by) and not _arranges(said, state, away):
        raise Quarantined("needs_decision")
    note = Handed(said.by, said.times.received_ms, body.note, body.unsent, body.last_ms)
    now = msgspec.structs.replace(made, handed=[*made.handed, note], rev=said.position)
    return Decision([Change(Key("stand_in", None, made.id), now)])


def _begin(said: Said, made: StandIn, state: State) -> list[Change]:
    away, by = (state.get("person", None, each) for each in (made.person, made.by))
    now = msgspec.structs.replace(made, began_ms=said.times.received_ms, rev=said.position)
    covered = msgspec.structs.replace(away, covered={**away.covered, made.id: made.by}, rev=said.position)
    lent = msgspec.structs.replace(by, lent={**by.lent, made.id: away.grids})
    changes = [Change(Key("stand_in", None, made.id), now), Change(Key("person", None, away.id), covered)]
    return [*changes, *walks_on(lent, by, said.position, state)]


def _stand_in(said: Said, state: State) -> StandIn:
    made = state.get("stand_in", None, said.header.entity)
    if said.header.grid is not None:
        raise Quarantined("bad_body")
    if made is None:
        raise Quarantined("unknown_entity")
    assert isinstance(made, StandIn)
    return made


def _arranges(said: Said, state: State, person: Person) -> bool:
    author = state.get("person", None, said.header.author)
    return stands(author, MANAGING) and reaches(author, person.community)


def _today(said: Said, state: State) -> str:
    return local_day(said.times.received_ms, state.utc_offset_min)


def _days(body: StoodIn) -> int:
    """How many days lie between the two; −1 where one is no day of the calendar."""
    try:
        first, last = date.fromisoformat(body.from_on), date.fromisoformat(body.until_on)
    except ValueError:
        return -1
    # 20261120 is a day to the calendar, too: texts are compared here, so there is one spelling.
    spelled = (first.isoformat(), last.isoformat()) == (body.from_on, body.until_on)
    return (last - first).days if spelled else -1


def _needs_both(header: Header, body: StoodIn) -> Iterable[Key]:
    return (Key("person", None, body.person), Key("person", None, body.by))


def _needs_stand_in(header: Header, body: HandedOver | Nothing) -> Iterable[Key]:
    return (Key("stand_in", None, header.entity),)


KINDS = {
    "person.stood_in": rule(StoodIn, stood_in, _needs_both),
    "person.handed_over": rule(HandedOver, handed_over, _needs_stand_in),
    "stand_in.began": rule(Nothing, began, _needs_stand_in),
    "stand_in.ended": rule(Nothing, ended, _needs_stand_in),
}
