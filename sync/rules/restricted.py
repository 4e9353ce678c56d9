"""Restricted tags: what may be known of few, by few, where a community has said why it must be kept at all.

They are said and seen at the desk, and by a grid's worker on a page of the server's. No row of a phone's has them, and
no header says whom they are about.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec

from sync.edit import Header
from sync.entities import Restricted
from sync.rules.rule import Decision, Imported, Said, rule, stands_at
from sync.state import Change, Key, Quarantined, State

Words = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Tag = Literal["mental_illness", "community_correction", "released"]
Why = Literal["visit_ahead", "help_needed", "entry_checked", "told_by_resident", "other"]
"""Why somebody looks: before a visit, because help is needed, to check an entry, because the person asks."""


class Switched(msgspec.Struct, frozen=True):
    """`on`: whether restricted tags are kept from now on; why, and the law that allows it."""

    on: bool
    reason: Words
    law: Words | None = None


class Told(msgspec.Struct, frozen=True):
    """All restricted tags of a resident, as they are from now on."""

    resident: str
    tags: list[Tag]
    imported: Imported | None = None


class Viewed(msgspec.Struct, frozen=True):
    """Somebody is about to be shown the restricted tags of a household's people, and says why."""

    household: str
    why: Why
    words: Words | None = None


def switched(said: Said, state: State) -> Decision:
    """A station master switches restricted tags on or off for the community. Its grids are told anew whether they
    are on, never what they say."""
    header, body = said.header, said.body
    community = state.get("community", None, header.entity)
    if community is None:
        raise Quarantined("unknown_entity")
    if header.grid is not None or (body.on and body.law is None):
        raise Quarantined("bad_body")
    why = (body.reason, body.law) if body.on else (None, None)
    now = msgspec.structs.replace(community, restricted=body.on, reason=why[0], law=why[1], rev=said.position)
    grids = state.held("grid", None, community.id).values()
    again = [Change(Key("grid", None, grid.id), msgspec.structs.replace(grid, rev=said.position)) for grid in grids]
    return Decision([Change(Key("community", None, community.id), now), *again])


def told(said: Said, state: State) -> Decision:
    """A leader says which restricted tags somebody has; the last word counts."""
    header, body = said.header, said.body
    if header.entity != header.id:
        raise Quarantined("bad_body")
    resident = state.find("resident", header.grid, body.resident)
    if resident is None:
        raise Quarantined("unknown_entity")
    if not said.decides:
        raise Quarantined("needs_decision")
    grid = state.get("grid", None, resident.grid)
    if not state.get("community", None, grid.community).restricted:
        raise Quarantined("restricted_off")
    tags = sorted(set(body.tags))
    now = Restricted(resident.grid, resident.id, tags, said.by, said.times.effective_ms, said.position)
    return Decision([Change(Key("restricted", resident.grid, resident.id), now)])


def viewed(said: Said, state: State) -> Decision:
    """That somebody looked is kept in the journal itself, before anything is shown. It changes nothing."""
    header, body = said.header, said.body
    if header.entity != header.id or state.find("door", header.grid, body.household) is None:
        raise Quarantined("unknown_entity")
    return Decision([])


def _needs_community(header: Header, body: Switched) -> Iterable[Key]:
    return (Key("community", None, header.entity),)


def _needs_resident(header: Header, body: Told) -> Iterable[Key]:
    return (Key("resident", header.grid, body.resident), Key("moved", None, body.resident))


def _needs_door(header: Header, body: Viewed) -> Iterable[Key]:
    return (Key("door", header.grid, body.household), Key("moved", None, body.household))


KINDS = {
    "community.restricted": rule(Switched, switched, _needs_community),
    "resident.restricted": rule(Told, told, _needs_resident, stands_at("resident")),
    "restricted.viewed": rule(Viewed, viewed, _needs_door),
}
