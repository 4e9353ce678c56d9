"""People who work with the system, not those they visit: a name, a role, their grids, buildings or department."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sync.edit import Header
from sync.entities import Person
from sync.rules.community import Name
from sync.rules.roles import Role, manages, may_give
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State
from sync.strict import is_uuid


class Added(msgspec.Struct, frozen=True):
    name: Name
    role: Role
    grids: list[str]
    community: str | None = None
    buildings: list[str] = []
    department: str | None = None


class Assigned(msgspec.Struct, frozen=True):
    """The grids a person looks after from now on."""

    grids: list[str]


class Changed(msgspec.Struct, frozen=True):
    """What a person is from now on, and what for; what is left out stays."""

    role: Role | None = None
    grids: list[str] | None = None
    buildings: list[str] | None = None
    department: str | msgspec.UnsetType | None = msgspec.UNSET


class Nothing(msgspec.Struct, frozen=True):
    """All there is to say stands in the header."""


def added(said: Said, state: State) -> Decision:
    """A person is entered in the register of those who work here. Whoever begins an installation stands in none yet."""
    header, body = said.header, said.body
    ids = (*body.grids, *body.buildings)
    if header.entity != header.id or header.grid is not None or not all(map(is_uuid, ids)):
        raise Quarantined("bad_body")
    _known(state, (), body.department)
    author = state.get("person", None, header.author)
    if author is not None and not said.decides and not may_give(author, body.role, body.community):
        raise Quarantined("needs_decision")
    person = Person(header.entity, body.name, body.role, body.community, body.grids, said.position)
    person = msgspec.structs.replace(person, buildings=body.buildings, department=body.department)
    return Decision([Change(Key("person", None, header.entity), person)])


def assigned(said: Said, state: State) -> Decision:
    """A person takes grids over or hands them on. What they did before they heard of it counts as then."""
    person = _person(said, state)
    _known(state, said.body.grids, None)
    return Decision(walks_on(msgspec.structs.replace(person, grids=said.body.grids), person, said.position, state))


def changed(said: Said, state: State) -> Decision:
    """A person is something else from now on. Nobody changes what they are themselves."""
    person, body = _managed(said, state), said.body
    if body.role is not None and not may_give(_author(said, state), body.role, person.community):
        raise Quarantined("needs_decision")
    if not all(map(is_uuid, body.buildings or ())):
        raise Quarantined("bad_body")
    given = {name: getattr(body, name) for name in ("role", "grids", "buildings")}
    given = {name: value for name, value in given.items() if value is not None}
    if body.department is not msgspec.UNSET:
        given["department"] = body.department
    _known(state, body.grids or (), given.get("department"))
    return Decision(walks_on(msgspec.structs.replace(person, **given), person, said.position, state))


def ended(said: Said, state: State) -> Decision:
    """A person is out of use: their phones send nothing that takes effect, and nothing opens to them. What they did
    stands."""
    person = _managed(said, state)
    return Decision([]) if person.ended_ms is not None else _since(said, person, said.times.received_ms)


def returned(said: Said, state: State) -> Decision:
    """They are in use again, as what they were."""
    person = _managed(said, state)
    return _since(said, person, None) if person.ended_ms is not None else Decision([])


def walks_on(now: Person, was: Person, position: int, state: State) -> list[Change]:
    """A person after a change of what they walk, with everybody who stands in for them."""
    people = {now.id: _noted(now, was, position)}
    for stand_in, by in now.covered.items():
        before = people.get(by) or state.get("person", None, by)
        lent = {**before.lent, stand_in: now.grids}
        people[by] = _noted(msgspec.structs.replace(before, lent=lent), before, position)
    return [Change(Key("person", None, id_), person) for id_, person in people.items()]


def _noted(now: Person, was: Person, position: int) -> Person:
    """With what they walked until now, for what they did before they heard of it."""
    before = was.before
    if not before or before[-1][0] != position:
        before = [*before, (position, was.walked)]
    return msgspec.structs.replace(now, before=before, rev=position)


def _since(said: Said, person: Person, ended_ms: int | None) -> Decision:
    now = msgspec.structs.replace(person, ended_ms=ended_ms, rev=said.position)
    return Decision([Change(Key("person", None, person.id), now)])


def _author(said: Said, state: State) -> Person | None:
    author: Person | None = state.get("person", None, said.header.author)
    return author


def _person(said: Said, state: State) -> Person:
    person = state.get("person", None, said.header.entity)
    if person is None:
        raise Quarantined("unknown_entity")
    assert isinstance(person, Person)
    return person


def _managed(said: Said, state: State) -> Person:
    """The person, if it is for the author to say what they are."""
    if said.header.grid is not None:
        raise Quarantined("bad_body")
    person = _person(said, state)
    if not manages(_author(said, state), person):
        raise Quarantined("needs_decision")
    return person


def _known(state: State, grids: Iterable[str], department: str | None) -> None:
    if any(state.get("grid", None, grid) is None for grid in grids):
        raise Quarantined("unknown_entity")
    if department is not None and state.get("department", None, department) is None:
        raise Quarantined("unknown_entity")


def _needs_department(header: Header, body: Added) -> Iterable[Key]:
    return () if body.department is None else (Key("department", None, body.department),)


def _needs_person(header: Header, body: Assigned | Changed | Nothing) -> Iterable[Key]:
    grids = getattr(body, "grids", None) or ()
    return (Key("person", None, header.entity), *(Key("grid", None, grid) for grid in grids))


KINDS = {
    "person.added": rule(Added, added, _needs_department),
    "person.assigned": rule(Assigned, assigned, _needs_person),
    "person.changed": rule(Changed, changed, _needs_person),
    "person.ended": rule(Nothing, ended, _needs_person),
    "person.returned": rule(Nothing, returned, _needs_person),
}
