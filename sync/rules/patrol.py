"""Patrols: somebody walks their grid, from one tap to another, and notes what they come across.

Where they walked is in no edit. A note is its author's record, told anew or taken back by them alone; that a patrol has
ended is a step of its case. Neither is refused because of a time: what a clock said is shown as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from sync.edit import TEXT_CHARS_MAX, Header
from sync.entities import Blob, Comment, Patrol, PatrolNote, Revision
from sync.rules.blobs import BLOBS_MAX, check_blobs
from sync.rules.rule import Decision, Said, rule
from sync.rules.tellings import heads_of, telling
from sync.rules.workflow import OVER, Beside, Case, Way, Workflow, propose
from sync.state import Change, Key, Quarantined, State

WALK = Workflow(begins="running", ways=(Way("running", "ended", "ended"),))
TAKEN_BACK = "null"
"""The body of a telling that takes a note back."""

Kept = TypeVar("Kept", Patrol, PatrolNote)
Id = Annotated[str, msgspec.Meta(min_length=36, max_length=36)]


class Started(msgspec.Struct, frozen=True):
    """All there is to say stands in the header."""


class Ended(msgspec.Struct, frozen=True):
    """All there is to say stands in the header."""


class Noted(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody came across: a change, a problem, a demand, a dispute. A photo or a voice note says enough.
    `patrol`: the one they were on, if they had tapped; `building`, and of that `entrance` and `floor`: where, if they
    said so. No home is named: whoever is erased stands in no note."""

    what: Literal["change", "problem", "demand", "dispute"]
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=TEXT_CHARS_MAX)] | None = None
    building: Id | None = None
    patrol: Id | None = None
    blobs: Annotated[list[Blob], msgspec.Meta(max_length=BLOBS_MAX)] = []
    entrance: Annotated[str, msgspec.Meta(min_length=1, max_length=30)] | None = None
    floor: Annotated[int, msgspec.Meta(ge=-20, le=300)] | None = None


class Withdrawn(msgspec.Struct, frozen=True):
    """All there is to say stands in the header."""


def started(said: Said, state: State) -> Decision:
    """Its author sets out. Where its end came first, that stands."""
    header = said.header
    if header.entity != header.id:
        raise Quarantined("bad_body")
    _known_grid(header, state)
    patrol = _own(said, state.get("patrol", header.grid, header.entity))
    begun = {"started_ms": said.times.effective_ms, "start_claimed_ms": said.times.claimed_ms, "rev": said.position}
    if patrol is not None:
        return _now(msgspec.structs.replace(patrol, **begun))
    return _now(msgspec.structs.replace(_new(said, WALK.begins), **begun))


def ended(said: Said, state: State) -> Decision:
    """Its author is back. An end whose start is not here is one all the same; of two the first counts, the other stays
    beside it."""
    header, times = said.header, said.times
    patrol = _own(said, state.get("patrol", header.grid, header.entity))
    over = {"ended_ms": times.effective_ms, "end_claimed_ms": times.claimed_ms, "step": header.id, "rev": said.position}
    if patrol is None:
        _known_grid(header, state)
        return _now(msgspec.structs.replace(_new(said, "ended"), **over))
    answer = propose(WALK, Case(patrol.state, patrol.step), "ended", header.over.get(OVER, ()))
    if isinstance(answer, Beside):
        comment = Comment(header.id, "ended", said.by, times.received_ms, answer.why)
        return _now(msgspec.structs.replace(patrol, comments=[*patrol.comments, comment], rev=said.position))
    return _now(msgspec.structs.replace(patrol, state=answer.state, **over))


def noted(said: Said, state: State) -> Decision:
    """Something was noted, on a patrol or without one, or told anew by its author: what was said before is kept."""
    header, body = said.header, said.body
    if not ((body.text or "").strip() or body.blobs):
        raise Quarantined("bad_body")
    check_blobs(body.blobs)
    note = _own(said, state.get("patrol_note", header.grid, header.entity))
    if note is None:
        if header.entity != header.id:
            raise Quarantined("unknown_entity")
        grid = _known_grid(header, state)
        begun = (grid, header.entity, header.author, said.by, said.times.effective_ms, said.times.received_ms)
        note = PatrolNote(*begun, said.position, said.position, "", None, None, None, [])
    return _tell(said, note, msgspec.json.encode(body).decode())


def withdrawn(said: Said, state: State) -> Decision:
    """Its author takes a note back: that there was one stays."""
    note = _own(said, state.get("patrol_note", said.header.grid, said.header.entity))
    if note is None:
        raise Quarantined("unknown_entity")
    return _tell(said, note, TAKEN_BACK)


def noted_now(note: PatrolNote) -> Noted | None:
    """What a note says now; None once it was taken back."""
    body = heads_of(note.tellings)[0].body
    return None if body == TAKEN_BACK else msgspec.json.decode(body, type=Noted)


def _tell(said: Said, note: PatrolNote, body: str) -> Decision:
    told = [*note.tellings, telling(said, body, len(note.tellings) + 1)]
    heads = heads_of(told)
    told = [msgspec.structs.replace(each, shown=each.edit == heads[0].edit) for each in told]
    now = msgspec.structs.replace(note, tellings=told, rev=said.position, **_shown(heads[0]))
    return Decision([Change(Key("patrol_note", note.grid, note.id), now)])


def _shown(shown: Revision) -> dict[str, Any]:
    if shown.body == TAKEN_BACK:
        return {"what": "withdrawn", "text": None, "building": None, "patrol": None}
    body = msgspec.json.decode(shown.body, type=Noted)
    return {"what": body.what, "text": body.text, "building": body.building, "patrol": body.patrol}


def _own(said: Said, known: Kept | None) -> Kept | None:
    """What is known under that id, if it is the author's to speak of."""
    if known is not None and known.author != said.header.author:
        raise Quarantined("not_author")
    return known


def _known_grid(header: Header, state: State) -> str:
    if header.grid is None:
        raise Quarantined("bad_body")
    if state.get("grid", None, header.grid) is None:
        raise Quarantined("unknown_entity")
    return header.grid


def _new(said: Said, at: str) -> Patrol:
    header = said.header
    assert header.grid
    return Patrol(header.grid, header.entity, header.author, said.by, at, header.id, said.position, said.position)


def _now(patrol: Patrol) -> Decision:
    return Decision([Change(Key("patrol", patrol.grid, patrol.id), patrol)])


def _needs_patrol(header: Header, body: Any) -> Iterable[Key]:
    return (Key("patrol", header.grid, header.entity), Key("grid", None, header.grid or ""))


def _needs_note(header: Header, body: Any) -> Iterable[Key]:
    return (Key("patrol_note", header.grid, header.entity), Key("grid", None, header.grid or ""))


KINDS = {
    "patrol.started": rule(Started, started, _needs_patrol, phones=True),
    "patrol.ended": rule(Ended, ended, _needs_patrol, phones=True),
    "patrol.noted": rule(Noted, noted, _needs_note, phones=True),
    "patrol.withdrawn": rule(Withdrawn, withdrawn, _needs_note, phones=True),
}
