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


def _nothing(header: Header, body: Added) -> Iterable[Key]:
    return ()


KINDS = {"person.added": rule(Added, added, _nothing)}
