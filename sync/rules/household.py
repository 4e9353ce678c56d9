"""Households: what stands behind one door, and what people know of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec

from sync.edit import Header
from sync.entities import Facts, Household
from sync.rules import facts
from sync.rules.door import closed_door
from sync.rules.rule import Decision, Imported, Said, Undone, rule, stands_at, stands_in
from sync.rules.table import HOUSEHOLD
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
    facts.check(body.facts, HOUSEHOLD)
    building = state.find("building", header.grid, body.building)
    if building is None:
        raise Quarantined("unknown_entity")
    grid = building.grid
    known = facts.first_facts(body.facts, said.word)
    source, row = (body.imported.source, body.imported.row) if body.imported else (None, None)
    household = Household(
        grid,
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
    door = closed_door(grid, header.entity, said.position)
    made = [Change(Key("household", grid, header.entity), household), Change(Key("door", grid, header.entity), door)]
    return Decision([*made, *stands_in(said, grid)])


def stated(said: Said, state: State) -> Decision:
    """Somebody says what they know of a home. What they had not in view stands beside it."""
    header, body = said.header, said.body
    facts.check(body.facts, HOUSEHOLD)
    household, past = _known(header, state)
    now, before = facts.state_facts(household.facts, past, body.facts, HOUSEHOLD, said.word, state)
    contested = any(facts.contested(now[field]) for field in body.facts)
    return Decision(_changes(said, household, now, before), contested)


def undone(said: Said, state: State) -> Decision:
    """A statement is taken back: what it had replaced stands again."""
    header, body = said.header, said.body
    household, past = _known(header, state)
    if body.field not in HOUSEHOLD:
        raise Quarantined("bad_body")
    now, before = facts.undo_fact(household.facts, past, body.field, body.edit, HOUSEHOLD[body.field], said.word, state)
    return Decision(_changes(said, household, now, before), facts.contested(now.get(body.field, ())))


def _known(header: Header, state: State) -> tuple[Household, facts.PastFacts]:
    household = state.find("household", header.grid, header.entity)
    if household is None:
        raise Quarantined("unknown_entity")
    return household, state.get("past", household.grid, header.entity) or {}


def _changes(said: Said, household: Household, now: Facts, before: facts.PastFacts) -> list[Change]:
    grid, id_ = household.grid, household.id
    changed = msgspec.structs.replace(household, facts=now, rev=said.position)
    return [Change(Key("household", grid, id_), changed), *facts.past_change(grid, id_, before)]


def _needs_building(header: Header, body: Added) -> Iterable[Key]:
    return (Key("building", header.grid, body.building),)


def _needs_household(header: Header, body: Any) -> Iterable[Key]:
    at = (header.grid, header.entity)
    return (Key("household", *at), Key("past", *at), Key("moved", None, header.entity))


KINDS = {
    "household.added": rule(Added, added, _needs_building, stands_at("building"), phones=True),
    "household.stated": rule(Stated, stated, _needs_household, phones=True),
    "household.undone": rule(Undone, undone, _needs_household, phones=True),
}
