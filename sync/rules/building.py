"""Buildings: what a board of doors is drawn from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from sync.edit import Header
from sync.entities import Building, Visit
from sync.rules.care import goes
from sync.rules.community import Name
from sync.rules.rule import Decision, Order, Said, rule
from sync.rules.tellings import as_told
from sync.state import Change, Gone, Key, Quarantined, State


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


class Moved(msgspec.Struct, frozen=True):
    """The grid that a building belongs to from now on."""

    to: str


def moved(said: Said, state: State) -> Decision:
    """A building goes over to another grid, whole: its doors, who lives there, every visit. Visits keep the grid of
    their time; what phones still say of it under the old grid finds it."""
    header, body = said.header, said.body
    building = state.find("building", header.grid, header.entity)
    if building is None or state.get("grid", None, body.to) is None:
        raise Quarantined("unknown_entity")
    if building.grid == body.to:
        return Decision([])
    changes = _carry("building", building, said, body.to)
    for home in state.held("household", building.grid, building.id).values():
        changes += _carry("household", home, said, body.to)
        changes += _carry("door", state.get("door", home.grid, home.id), said, body.to)
        changes += _carry_value("past", home.grid, home.id, state, said, body.to)
        for resident in state.held("resident", home.grid, home.id).values():
            changes += _carry("resident", resident, said, body.to)
            changes += _carry_restricted(resident.id, home.grid, said, state, body.to)
            changes += _carry_value("past", home.grid, resident.id, state, said, body.to)
        changes += goes(home.grid, home.id, body.to, said.position, state)
        for visit in state.held("visit", home.grid, home.id).values():
            changes += _carry("visit", _of_then(visit, state), said, body.to)
            changes += _carry_value("revisions", home.grid, visit.id, state, said, body.to)
        for item in state.held("item", home.grid, home.id).values():
            changes += _carry("item", item, said, body.to)
    for whistle in state.held("whistle", building.grid, building.id).values():
        changes += _carry("whistle", whistle, said, body.to)
    return Decision(changes)


def _of_then(visit: Visit, state: State) -> Visit:
    """The visit with the grid of its time."""
    return msgspec.structs.replace(as_told(visit, state), grid_then=visit.grid_then or visit.grid)


def _carry(kind: str, thing: Any, said: Said, to: str) -> list[Change]:
    here = msgspec.structs.replace(thing, grid=to, rev=said.position)
    moved = [Change(Key("moved", None, thing.id), to)] if kind != "door" else []
    return [Change(Key(kind, thing.grid, thing.id), Gone(said.position)), Change(Key(kind, to, thing.id), here), *moved]


def _carry_restricted(resident: str, grid: str, said: Said, state: State, to: str) -> list[Change]:
    told = state.get("restricted", grid, resident)
    if told is None:
        return []
    here = msgspec.structs.replace(told, grid=to, rev=said.position)
    return [
        Change(Key("restricted", grid, resident), Gone(said.position)),
        Change(Key("restricted", to, resident), here),
    ]


def _carry_value(kind: str, grid: str, id_: str, state: State, said: Said, to: str) -> list[Change]:
    value = state.get(kind, grid, id_)
    return [Change(Key(kind, grid, id_), Gone(said.position)), Change(Key(kind, to, id_), value)] if value else []


def _needs_grids(header: Header, body: Moved) -> Iterable[Key]:
    return (Key("building", header.grid, header.entity), Key("grid", None, body.to))


KINDS = {
    "building.added": rule(Added, added, _needs, phones=True),
    "building.moved": rule(Moved, moved, _needs_grids),
}
