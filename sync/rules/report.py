"""Reports: a neighbour shows or tells what they noticed. It stands in their words; they may take it back, and whoever
leads the grid takes it up with a word that reaches them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec

from sync.edit import TEXT_CHARS_MAX, Header
from sync.entities import Blob, Building, Grid, Person, Report
from sync.rules.blobs import BLOBS_MAX, check_blobs
from sync.rules.roles import NEIGHBOURS, stands
from sync.rules.rule import Decision, Said, rule
from sync.rules.visit import OCCURRED_MS_MAX
from sync.state import Change, Key, Quarantined, State
from sync.times import DAY_MS


class Made(msgspec.Struct, frozen=True, omit_defaults=True):
    """`building`: where it is, the author's first one where nothing is said. A voice note or a photo says enough."""

    occurred_at_ms: Annotated[int, msgspec.Meta(ge=0, le=OCCURRED_MS_MAX)]
    text: Annotated[str, msgspec.Meta(max_length=TEXT_CHARS_MAX)] | None = None
    blobs: Annotated[list[Blob], msgspec.Meta(max_length=BLOBS_MAX)] = []
    building: str | None = None


class Withdrawn(msgspec.Struct, frozen=True):
    """All there is to say stands in the header."""


class Answered(msgspec.Struct, frozen=True):
    """A word back to whoever said it."""

    note: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


def made(said: Said, state: State) -> Decision:
    """It stands in the grid of its building. Who made it walks no grid, so that its header names none."""
    header, body = said.header, said.body
    if header.entity != header.id or header.grid is not None or not ((body.text or "").strip() or body.blobs):
        raise Quarantined("bad_body")
    check_blobs(body.blobs)
    if body.occurred_at_ms > said.times.received_ms + DAY_MS:
        raise Quarantined("bad_body")
    author: Person | None = state.get("person", None, header.author)
    community = author.community if author is not None else None
    building = body.building or next(iter(author.buildings if author else ()), None)
    grid = grid_of(state, community, building) if building else None
    if body.building is not None and grid is None:
        raise Quarantined("unknown_entity")
    place = (header.id, grid, community, building if grid else None, header.author, said.by, "open")
    told = (body.text, body.blobs, body.occurred_at_ms, said.times.received_ms, said.position, said.position)
    return _now(Report(*place, *told))


def withdrawn(said: Said, state: State) -> Decision:
    """Its author takes it back: nobody need look. What was said stays in the journal."""
    report = _known(said, state)
    if said.header.author != report.author:
        raise Quarantined("not_author")
    return _now(msgspec.structs.replace(report, state="withdrawn", rev=said.position))


def answered(said: Said, state: State) -> Decision:
    """A leader takes it up. The last word counts; what was taken back stays so."""
    report = _known(said, state)
    if not said.body.note.strip() or said.header.grid != report.grid:
        raise Quarantined("bad_body")
    if not said.decides:
        raise Quarantined("needs_decision")
    taken = "withdrawn" if report.state == "withdrawn" else "answered"
    told = {"note": said.body.note, "answered_by": said.by, "answered_ms": said.times.received_ms}
    return _now(msgspec.structs.replace(report, state=taken, rev=said.position, **told))


def grid_of(state: State, community: str | None, building: str) -> str | None:
    """The grid of this community that a building stands in now; None where there is none."""
    for grid in sorted(state.held("grid", None, community)) if community else ():
        if state.get("building", grid, building) is not None:
            return grid
    return None


def houses(state: State, community: str | None, buildings: Iterable[str]) -> list[Building]:
    """Those of these buildings that stand in the community."""
    grids: list[Grid] = list(state.held("grid", None, community).values()) if community else []
    found = (state.get("building", grid.id, each) for each in buildings for grid in grids)
    return [building for building in found if building is not None]


def entrusted_to(header: Header, body: Any, state: State) -> str | None:
    """Who may say it by phone: a volunteer, of what is theirs."""
    if header.grid is not None:
        return None
    if isinstance(body, Made):
        author = state.get("person", None, header.author)
        return header.author if stands(author, NEIGHBOURS) else None
    report = state.get("report", None, header.entity)
    return report.author if report is not None else None


def _known(said: Said, state: State) -> Report:
    report = state.get("report", None, said.header.entity)
    if report is None:
        raise Quarantined("unknown_entity")
    assert isinstance(report, Report)
    return report


def _now(report: Report) -> Decision:
    return Decision([Change(Key("report", None, report.id), report)])


def _needs_author(header: Header, body: Made) -> Iterable[Key]:
    return (Key("person", None, header.author),)


def _needs(header: Header, body: Any) -> Iterable[Key]:
    return (Key("report", None, header.entity),)


KINDS = {
    "report.made": rule(Made, made, _needs_author, phones=True, entrusted=entrusted_to),
    "report.withdrawn": rule(Withdrawn, withdrawn, _needs, phones=True, entrusted=entrusted_to),
    "report.answered": rule(Answered, answered, _needs),
}
