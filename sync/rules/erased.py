"""Erasing: what was kept long enough goes, for good. The edit names what went, by id; the words are gone by then.

Whoever folds the journal later finds the erased edits without a body. This edit leaves the same behind either way: what
it names is nowhere, and what stands at the same doors is told anew, at its own position.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

import msgspec

from sync.edit import Header
from sync.entities import Erased
from sync.rules.door import of_visits
from sync.rules.rule import Decision, Said, rule
from sync.rules.tellings import as_told
from sync.state import Change, Gone, Key, Quarantined, State

BESIDE = ("resident_receipt", "resident_contact")
"""What a resident left beside a whistle, and goes with it."""


class Went(msgspec.Struct, frozen=True, omit_defaults=True):
    """A visit, or a resident, that went. `were`: other grids it has stood in, whose phones were told that it left."""

    id: str
    were: list[str] = []


class Home(msgspec.Struct, frozen=True):
    """The visits of one door that went."""

    household: str
    visits: list[Went]


class Pair(msgspec.Struct, frozen=True):
    """What was said of two visits of which one went."""

    grid: str
    a: str
    b: str


class Ended(msgspec.Struct, frozen=True, omit_defaults=True):
    """A case that went. `whose`: the person whose own phones were told of it; `were` as of visits."""

    kind: Literal[
        "daily_log",
        "patrol",
        "patrol_note",
        "verification_order",
        "order_answer",
        "item",
        "report",
        "whistle",
        "resident_contact",
        "hotline_ticket",
    ]  # fmt: skip
    id: str
    grid: str | None = None
    whose: str | None = None
    were: list[str] = []


class Records(msgspec.Struct, frozen=True, omit_defaults=True):
    """`what`: the class of records; `before_ms`: older ones went; `count`: how many. `edits`: ids of whatever
    else lost its words; each is a suggestion where those end. `cases`: what went by steps, and has ended; of
    `contacts` how residents were to be reached about one, by the whistle's id."""

    what: Literal["visits", "access", "suggestions", "cases", "contacts"]
    before_ms: int
    count: Annotated[int, msgspec.Meta(ge=0)]
    homes: list[Home] = []
    pairs: list[Pair] = []
    edits: list[str] = []
    cases: list[Ended] = []


def erased(said: Said, state: State) -> Decision:
    """Visits go from everywhere: from the tables, from phones, from the doors they had painted. Cases go from tables
    and phones, suggestions from the station's list."""
    header, body = said.header, said.body
    if header.entity != header.id or (header.grid is None and body.homes):
        raise Quarantined("bad_body")
    gone = Gone(said.position)
    changes = without_pairs(body.pairs, gone)
    for home in body.homes:
        changes += without(home, header.grid or "", gone, state)
    if body.what == "suggestions":
        changes += [Change(Key("suggestion", None, each), gone) for each in body.edits]
    for case in body.cases:
        changes += _ended(case, said.position)
    visits = [visit.id for home in body.homes for visit in home.visits]
    return Decision([*changes, *marked([*visits, *body.edits], said)])


def _ended(case: Ended, rev: int) -> Iterator[Change]:
    if case.kind == "resident_contact":
        yield Change(Key(case.kind, None, case.id), Gone(rev))
        return
    if case.kind in ("report", "hotline_ticket"):
        yield Change(Key(case.kind, None, case.id), Gone(rev, case.whose, case.grid))
        return
    yield Change(Key(case.kind, case.grid, case.id), Gone(rev, case.whose))
    if case.kind == "whistle":
        yield from (Change(Key(beside, None, case.id), Gone(rev)) for beside in BESIDE)
    if case.kind in ("item", "whistle"):
        yield Change(Key("moved", None, case.id), Gone(rev))
        yield from (Change(Key(case.kind, other, case.id), Gone(rev)) for other in case.were)


def marked(ids: Iterable[str], said: Said) -> list[Change]:
    """What went is known to have been here, and to come back by no way."""
    return [Change(Key("erased", None, id_), Erased(id_, said.header.id, said.position)) for id_ in dict.fromkeys(ids)]


def without_pairs(pairs: Iterable[Pair], gone: Gone) -> list[Change]:
    """What was said of two that look alike goes with one of them."""
    return [Change(Key("pair", pair.grid, f"{pair.a} {pair.b}"), gone) for pair in pairs]


def without(home: Home, grid: str, gone: Gone, state: State) -> Iterator[Change]:
    """A door's visits go, and the door is told anew by those that are left."""
    for visit in home.visits:
        yield Change(Key("visit", grid, visit.id), gone)
        yield Change(Key("revisions", grid, visit.id), gone)
        yield Change(Key("moved", None, visit.id), gone)
        yield from (Change(Key("visit", other, visit.id), gone) for other in visit.were)
    left = state.held("visit", grid, home.household)
    for visit in home.visits:
        left.pop(visit.id, None)
    for each in left.values():
        # Told anew: a telling that went may have been why it was told last.
        yield Change(Key("visit", grid, each.id), msgspec.structs.replace(as_told(each, state), rev=gone.rev))
    door = of_visits(grid, home.household, left.values(), gone.rev, state.utc_offset_min)
    yield Change(Key("door", grid, home.household), door)


def _nothing(header: Header, body: Records) -> Iterable[Key]:
    return ()


KINDS = {"records.erased": rule(Records, erased, _nothing)}
