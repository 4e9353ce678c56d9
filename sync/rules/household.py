"""Households: what stands behind one door, and what people know of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec

from sync.edit import Header
from sync.entities import Facts, Household
from sync.rules import facts
from sync.rules.door import closed_door
from sync.rules.rule import Decision, Imported, Said, rule
from sync.state import Change, Key, Quarantined, State

Place = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]


class Added(msgspec.Struct, frozen=True):
    building: str
    room: Place
    kind: Literal["home", "shop", "basement", "bungalow", "other"]
    facts: dict[str, Any]
    entrance: Place | None = None
    floor: Annotated[int, msgspec.Meta(ge=-20, le=300)] | None = None
    imported: Imported | None = None


class Stated(msgspec.Struct, frozen=True):
    facts: dict[str, Any]
    imported: Imported | None = None


def added(said: Said, state: State) -> Decision:
    """A home in a known building; its door begins with it, not yet knocked at."""
    header, body = said.header, said.body
    if header.entity != header.id or header.grid is None:
        raise Quarantined("bad_body")
    facts.check(body.facts, facts.HOUSEHOLD)
    if state.get("building", header.grid, body.building) is None:
        raise Quarantined("unknown_entity")
    known: Facts = facts.state_facts({}, body.facts, {}, header.id, said.by, said.times.effective_ms)
    source, row = (body.imported.source, body.imported.row) if body.imported else (None, None)
    household = Household(
        header.grid,
        header.entity,
        body.building,
        body.entrance,
        body.floor,
        body.room,
        body.kind,
        known,
        source,
        row,
        said.position,
    )
    door = closed_door(header.grid, header.entity, said.position)
    return Decision(
        [
            Change(Key("household", header.grid, header.entity), household),
            Change(Key("door", header.grid, header.entity), door),
        ]
    )


def stated(said: Said, state: State) -> Decision:
    """Somebody says what they know of a home. What they had not in view stands beside it."""
    header, body = said.header, said.body
    facts.check(body.facts, facts.HOUSEHOLD)
    household = state.get("household", header.grid, header.entity)
    if household is None:
        raise Quarantined("unknown_entity")
    now = facts.state_facts(household.facts, body.facts, said.over, header.id, said.by, said.times.effective_ms)
    changed = msgspec.structs.replace(household, facts=now, rev=said.position)
    contested = any(facts.contested(now[field]) for field in body.facts)
    return Decision([Change(Key("household", header.grid, header.entity), changed)], contested)


def _needs_building(header: Header, body: Added) -> Iterable[Key]:
    return (Key("building", header.grid, body.building),)


def _needs_household(header: Header, body: Stated) -> Iterable[Key]:
    return (Key("household", header.grid, header.entity),)


KINDS = {
    "household.added": rule(Added, added, _needs_building, phones=True),
    "household.stated": rule(Stated, stated, _needs_household, phones=True),
}
