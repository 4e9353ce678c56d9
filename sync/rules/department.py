"""Departments: offices that take on what a community cannot settle by itself."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sync.edit import Header
from sync.entities import Department
from sync.rules.community import Name
from sync.rules.roles import MANAGING, reaches, stands
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State


class Added(msgspec.Struct, frozen=True):
    """Of one community, or of the whole district where none is named."""

    name: Name
    community: str | None = None


def added(said: Said, state: State) -> Decision:
    """A department is known from now on. One of the district is an administrator's to enter."""
    header, body = said.header, said.body
    if header.entity != header.id or header.grid is not None:
        raise Quarantined("bad_body")
    if body.community is not None and state.get("community", None, body.community) is None:
        raise Quarantined("unknown_entity")
    author = state.get("person", None, header.author)
    ours = author is not None and (author.role == "admin" or body.community is not None)
    if not ours or not stands(author, MANAGING) or not (body.community is None or reaches(author, body.community)):
        raise Quarantined("needs_decision")
    department = Department(header.entity, body.name, body.community, said.position)
    return Decision([Change(Key("department", None, header.entity), department)])


def _needs(header: Header, body: Added) -> Iterable[Key]:
    return () if body.community is None else (Key("community", None, body.community),)


KINDS = {"department.added": rule(Added, added, _needs)}
