"""Residents: who lives behind a door, as far as a neighbour may know, and which care they are due."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec

from sync.edit import Header
from sync.entities import Resident
from sync.rules import facts
from sync.rules.rule import Decision, Imported, Said, rule
from sync.state import Change, Key, Quarantined, State

Tag = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\Z")]


class Added(msgspec.Struct, frozen=True):
    household: str
    facts: dict[str, Any]
    tags: list[Tag] = []
    imported: Imported | None = None


class Stated(msgspec.Struct, frozen=True):
    facts: dict[str, Any]
    imported: Imported | None = None


class Tagged(msgspec.Struct, frozen=True):
    add: list[Tag] = []
    remove: list[Tag] = []


def added(said: Said, state: State) -> Decision:
    """A person of a known household is entered."""
    header, body = said.header, said.body
    if header.entity != header.id or header.grid is None:
        raise Quarantined("bad_body")
    facts.check(body.facts, facts.RESIDENT)
    if state.get("door", header.grid, body.household) is None:
        raise Quarantined("unknown_entity")
    known = facts.state_facts({}, body.facts, {}, header.id, said.by, said.times.effective_ms)
    tags = {tag: [header.id] for tag in sorted(set(body.tags))}
    source, row = (body.imported.source, body.imported.row) if body.imported else (None, None)
    resident = Resident(header.grid, header.entity, body.household, known, tags, source, row, said.position)
    return Decision([Change(Key("resident", header.grid, header.entity), resident)])


def stated(said: Said, state: State) -> Decision:
    """Somebody says what they know of a person. What they had not in view stands beside it."""
    header, body = said.header, said.body
    facts.check(body.facts, facts.RESIDENT)
    resident = _known(header, state)
    now = facts.state_facts(resident.facts, body.facts, said.over, header.id, said.by, said.times.effective_ms)
    contested = any(facts.contested(now[field]) for field in body.facts)
    return Decision([_change(header, msgspec.structs.replace(resident, facts=now, rev=said.position))], contested)


def tagged(said: Said, state: State) -> Decision:
    """Tags are added and removed; an addition that the remover had not seen stays."""
    header, body = said.header, said.body
    resident = _known(header, state)
    tags = dict(resident.tags)
    for tag in body.remove:
        seen = said.over.get(f"tag:{tag}", ())
        tags[tag] = [each for each in tags.get(tag, ()) if each not in seen]
    for tag in body.add:
        tags[tag] = sorted({*tags.get(tag, ()), header.id})
    tags = {tag: tags[tag] for tag in sorted(tags) if tags[tag]}
    return Decision([_change(header, msgspec.structs.replace(resident, tags=tags, rev=said.position))])


def _known(header: Header, state: State) -> Resident:
    resident = state.get("resident", header.grid, header.entity)
    if resident is None:
        raise Quarantined("unknown_entity")
    assert isinstance(resident, Resident)
    return resident


def _change(header: Header, resident: Resident) -> Change:
    return Change(Key("resident", header.grid, header.entity), resident)


def _needs_door(header: Header, body: Added) -> Iterable[Key]:
    return (Key("door", header.grid, body.household),)


def _needs_resident(header: Header, body: Any) -> Iterable[Key]:
    return (Key("resident", header.grid, header.entity),)


KINDS = {
    "resident.added": rule(Added, added, _needs_door, phones=True),
    "resident.stated": rule(Stated, stated, _needs_resident, phones=True),
    "resident.tagged": rule(Tagged, tagged, _needs_resident, phones=True),
}
