"""The words of one resident, one home or one visit go for good, because a station master says so; and those of an edit
that came late about one of them, because a leader lets it lie.

What went is named by id; that it existed, when it came and who wrote it stays in the headers. Folded with or without
the words, a journal comes to the same: a home keeps its door and nothing else, a resident and a visit are nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

import msgspec

from sync.edit import Header
from sync.entities import Erasure, Household
from sync.rules.door import closed_door
from sync.rules.erased import Home, Pair, Went, marked, without, without_pairs
from sync.rules.household import Place as Name
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Gone, Key, Quarantined, State

Why = Literal["asked", "not_needed", "not_allowed", "wrong_person", "died", "other"]
"""Why they go: the person asks, nobody needs them, they should never have been kept, they are somebody else's, the
person has died."""


class Door(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stays of a home: where it is. Nobody is named by it, and people go on knocking there."""

    building: str
    room: Name
    kind: Literal["home", "shop", "basement", "bungalow", "other"]
    entrance: Name | None = None
    floor: int | None = None


class Care(msgspec.Struct, frozen=True, omit_defaults=True):
    """A pair that goes with all its checks; `carer`: whose phone was told of it; `were` as of visits."""

    id: str
    carer: str
    checks: list[Went] = []
    were: list[str] = []


class Words(msgspec.Struct, frozen=True, omit_defaults=True):
    """`of`: what kind of thing loses its words, and which (`about`). `edits`: all that went, by id; `count`: how many
    of them had words. `home`: where a resident stood; `homes`: visits that go, door by door; `cares`: pairs with their
    checks; `items`: what their asks became; `whistles`: what was called for help about, `tickets` the
    hotline's that these came from; `asides`: positions of what
    was set aside and decided; `authors`: whose phones made any of it, or were told of a pair."""

    of: Literal["resident", "household", "visit", "edit"]
    about: str
    why: Why
    count: Annotated[int, msgspec.Meta(ge=1)]
    edits: list[str]
    door: Door | None = None
    home: str | None = None
    residents: list[Went] = []
    items: list[Went] = []
    whistles: list[Went] = []
    tickets: list[str] = []
    homes: list[Home] = []
    pairs: list[Pair] = []
    cares: list[Care] = []
    openings: list[str] = []
    asides: list[int] = []
    authors: list[str] = []


def erased(said: Said, state: State) -> Decision:
    """What is named is nowhere any more, and phones are told of which edits to forget the words."""
    header, body = said.header, said.body
    if header.grid is None or header.entity != header.id or (body.of == "household") != (body.door is not None):
        raise Quarantined("bad_body")
    gone = Gone(said.position)
    changes = without_pairs(body.pairs, gone)
    changes += [Change(Key("opening", None, each), gone) for each in body.openings]
    changes += _home(said, state, gone)
    for home in body.homes:
        if state.get("door", header.grid, home.household) is not None:
            changes += without(home, header.grid, gone, state)
    for resident in body.residents:
        changes += _resident(resident, header.grid, gone)
    for care in body.cares:
        changes += _care(care, header.grid, gone)
    for kind, items in (("item", body.items), ("whistle", body.whistles)):
        for item in items:
            changes += [Change(Key(kind, each, item.id), gone) for each in (header.grid, *item.were)]
            changes.append(Change(Key("moved", None, item.id), gone))
    changes += [Change(Key("hotline_ticket", None, each), gone) for each in body.tickets]
    for position in body.asides:
        changes += _undecided(position, said, state)
    return Decision([*changes, *marked([body.about, *body.edits], said), *_told(said, state)])


def _home(said: Said, state: State, gone: Gone) -> Iterator[Change]:
    """The home is a door again of which nobody knows anything. A server that was made of an older backup may not know
    the door itself: then it begins here."""
    grid, id_, door = said.header.grid or "", said.body.about, said.body.door
    if door is None:
        return
    known = state.get("household", grid, id_)
    if known is None and state.get("building", grid, door.building) is None:
        return
    place = (door.building, door.entrance, door.floor, door.room, door.kind)
    yield Change(Key("household", grid, id_), Household(grid, id_, *place, {}, None, None, said.position))
    yield Change(Key("past", grid, id_), gone)
    if known is None:
        yield Change(Key("door", grid, id_), closed_door(grid, id_, said.position))


def _resident(resident: Went, grid: str, gone: Gone) -> Iterator[Change]:
    for kind in ("resident", "restricted", "past"):
        yield Change(Key(kind, grid, resident.id), gone)
    yield Change(Key("moved", None, resident.id), gone)
    yield from (Change(Key("resident", other, resident.id), gone) for other in resident.were)


def _care(care: Care, grid: str, gone: Gone) -> Iterator[Change]:
    """Who was looked in on, why, and what was found, at the station, in the grid and on the carer's own phone."""
    yield Change(Key("care_reason", grid, care.id), gone)
    yield Change(Key("paired", None, f"{care.carer} {care.id}"), gone)
    for kind, each in (("care_pair", Went(care.id, care.were)), *(("care_check", check) for check in care.checks)):
        yield from (Change(Key(kind, at, each.id), gone) for at in (grid, *each.were))
        yield Change(Key("moved", None, each.id), gone)
    yield from (Change(Key("paired_check", None, f"{care.carer} {check.id}"), gone) for check in care.checks)


def _undecided(position: int, said: Said, state: State) -> Iterator[Change]:
    """What had been set aside is not decided about any more: the reason given may have named somebody."""
    aside = state.get("aside", None, str(position))
    if aside is not None:
        nothing = {"decision": None, "reason": None, "decided_by": None, "decided_ms": None, "step": None}
        bare = msgspec.structs.replace(aside, comments=[], rev=said.position, **nothing)
        yield Change(Key("aside", None, str(position)), bare)


def _told(said: Said, state: State) -> Iterator[Change]:
    """Phones of every grid in which any of it has stood, for what is half-written there, and those of whoever wrote it,
    wherever they walk now."""
    header, body = said.header, said.body
    went = [*body.residents, *body.items, *body.whistles, *(visit for home in body.homes for visit in home.visits)]
    told = Erasure(header.id, body.edits, said.position)
    for grid in dict.fromkeys([header.grid, *(other for each in went for other in each.were)]):
        yield Change(Key("erasure", grid, header.id), told)
    for author in body.authors:
        person = state.get("person", None, author)
        if person is not None:
            whose = msgspec.structs.replace(told, whose=person.name)
            yield Change(Key("erasure", None, f"{author} {header.id}"), whose)


def _needs(header: Header, body: Words) -> Iterable[Key]:
    return ()


KINDS = {"words.erased": rule(Words, erased, _needs)}
