"""People who work with the system, not those they visit: a name, a role, their grids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from sync.edit import Header
from sync.entities import Person
from sync.rules.community import Name
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State
from sync.strict import is_uuid

Role = Literal[
    "volunteer",
    "building_leader",
    "grid_worker",
    "grid_leader",
    "station_master",
    "dispatcher",
    "committee_member",
    "dept_handler",
    "supervisor",
    "resident",
    "admin",
]


class Added(msgspec.Struct, frozen=True):
    name: Name
    role: Role
    grids: list[str]
    community: str | None = None


def added(said: Said, state: State) -> Decision:
    """A person is entered in the register of those who work here."""
    header, body = said.header, said.body
    if header.entity != header.id or header.grid is not None or not all(map(is_uuid, body.grids)):
        raise Quarantined("bad_body")
    person = Person(header.entity, body.name, body.role, body.community, body.grids, said.position)
    return Decision([Change(Key("person", None, header.entity), person)])


class Assigned(msgspec.Struct, frozen=True):
    """The grids a person looks after from now on."""

    grids: list[str]


def assigned(said: Said, state: State) -> Decision:
    """A person takes grids over or hands them on. What they did before they heard of it counts as then."""
    header, body = said.header, said.body
    person = state.get("person", None, header.entity)
    if person is None or any(state.get("grid", None, grid) is None for grid in body.grids):
        raise Quarantined("unknown_entity")
    before = [*person.before, (said.position, person.grids)]
    now = msgspec.structs.replace(person, grids=body.grids, before=before, rev=said.position)
    return Decision([Change(Key("person", None, person.id), now)])


def _needs_person(header: Header, body: Assigned) -> Iterable[Key]:
    return (Key("person", None, header.entity), *(Key("grid", None, grid) for grid in body.grids))


def _nothing(header: Header, body: Added) -> Iterable[Key]:
    return ()


KINDS = {
    "person.added": rule(Added, added, _nothing),
    "person.assigned": rule(Assigned, assigned, _needs_person),
}
