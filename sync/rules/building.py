"""Buildings: what a board of doors is drawn from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from sync.edit import Header
from sync.entities import Building
from sync.rules.community import Name
from sync.rules.rule import Decision, Order, Said, rule
from sync.state import Change, Key, Quarantined, State


class Added(msgspec.Struct, frozen=True):
    quarters: Name
    name: Name
    sort: Order
    management: Literal["managed", "self", "none"] | None = None
    kind: Literal["block", "bungalows", "shops"] = "block"


def added(said: Said, state: State) -> Decision:
    """A building of a known grid."""
    header, body = said.header, said.body
    if header.entity != header.id or header.grid is None:
        raise Quarantined("bad_body")
    if state.get("grid", None, header.grid) is None:
        raise Quarantined("unknown_entity")
    building = Building(
        header.grid, header.entity, body.quarters, body.name, body.sort, body.management, body.kind, said.position
    )
    return Decision([Change(Key("building", header.grid, header.entity), building)])


def _needs(header: Header, body: Added) -> Iterable[Key]:
    return (Key("grid", None, header.grid),) if header.grid else ()


KINDS = {"building.added": rule(Added, added, _needs, phones=True)}
