"""Codes of buildings: what stands in the address on the notice board, by which a resident speaks of this house."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from sync.edit import Header
from sync.entities import BuildingCode, Person
from sync.rules.roles import reaches, stands
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State


class Coded(msgspec.Struct, frozen=True):
    """Twelve signs that nobody takes for one another: no 0, 1, i, l, o."""

    code: Annotated[str, msgspec.Meta(pattern=r"^[2-9a-hjkmnp-z]{12}\Z")]


def coded(said: Said, state: State) -> Decision:
    """From now on this code leads to the building, and the one before to nothing."""
    header = said.header
    building = state.find("building", header.grid, header.entity)
    if building is None:
        raise Quarantined("unknown_entity")
    grid, author = state.get("grid", None, building.grid), _author(said, state)
    if author is None or not stands(author, ("station_master",)) or not reaches(author, grid.community):
        raise Quarantined("needs_decision")
    now = BuildingCode(header.entity, said.body.code, said.by, said.times.effective_ms, said.position)
    return Decision([Change(Key("building_code", None, header.entity), now)])


def _author(said: Said, state: State) -> Person | None:
    author: Person | None = state.get("person", None, said.header.author)
    return author


def _needs(header: Header, body: Coded) -> Iterable[Key]:
    return (Key("building", header.grid, header.entity), Key("moved", None, header.entity))


KINDS = {"building.coded": rule(Coded, coded, _needs)}
