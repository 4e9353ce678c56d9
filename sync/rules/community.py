"""Communities: the neighbourhood board's area, the outermost thing we know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from sync.edit import Header
from sync.entities import Community
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class Added(msgspec.Struct, frozen=True):
    name: Name
    street: Name | None = None
    code: Annotated[str, msgspec.Meta(max_length=30)] | None = None


def added(said: Said, state: State) -> Decision:
    """A community begins; the edit that adds it gives it its id. An administrator who has none belongs to it then."""
    header, body = said.header, said.body
    if header.entity != header.id or header.grid is not None:
        raise Quarantined("bad_body")
    community = Community(header.entity, body.name, body.street, body.code, said.position)
    changes = [Change(Key("community", None, header.entity), community)]
    author = state.get("person", None, header.author)
    if author is not None and author.role == "admin" and author.community is None:
        belongs = msgspec.structs.replace(author, community=community.id, rev=said.position)
        changes.append(Change(Key("person", None, author.id), belongs))
    return Decision(changes)


def _nothing(header: Header, body: Added) -> Iterable[Key]:
    return ()


KINDS = {"community.added": rule(Added, added, _nothing)}
