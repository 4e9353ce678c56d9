"""Grids: some two hundred homes that one worker walks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from sync.edit import Header
from sync.entities import Grid
from sync.rules.community import Name
from sync.rules.rule import Decision, Order, Said, rule
from sync.state import Change, Key, Quarantined, State


class Added(msgspec.Struct, frozen=True):
    community: str
    name: Name
    sort: Order
    quarters: Name | None = None
    code: Annotated[str, msgspec.Meta(max_length=30)] | None = None


def added(said: Said, state: State) -> Decision:
    """A grid of a known community begins. It is its own grid, so that its edits belong to its scope."""
    header, body = said.header, said.body
    if header.entity != header.id or header.grid != header.entity:
        raise Quarantined("bad_body")
    if state.get("community", None, body.community) is None:
        raise Quarantined("unknown_entity")
    grid = Grid(header.entity, body.community, body.name, body.quarters, body.code, body.sort, said.position)
    return Decision([Change(Key("grid", None, header.entity), grid)])


def _needs(header: Header, body: Added) -> Iterable[Key]:
    return (Key("community", None, body.community),)


KINDS = {"grid.added": rule(Added, added, _needs)}
