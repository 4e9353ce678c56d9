"""A verification order: the station asks workers to look at some doors, they answer point by point, it confirms.

An answer at a door is a record: it stands whatever its author had seen, in whatever state the order is, and takes the
place of those answers alone that it names. Where the order is, is a case that goes by steps; an answer is none, so that
two phones that work on one list never make each other's steps stale. That its day has passed is stored nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec

from sync.edit import Header
from sync.entities import Blob, Checked, Comment, OrderAnswer, VerificationOrder
from sync.rules.blobs import BLOBS_MAX, check_blobs
from sync.rules.daily_log import Day, Note
from sync.rules.rule import Decision, Said, rule
from sync.rules.visit import Occurred
from sync.rules.workflow import OVER, Beside, Case, Way, Workflow, propose
from sync.state import Change, Key, Quarantined, State

OPEN = ("issued", "in_progress", "redo")
ORDER = Workflow(
    begins="issued",
    ways=(
        *(Way(at, "answered", "in_progress") for at in OPEN),
        *(Way(at, "reported", "reported") for at in OPEN),
        *(Way(at, "confirmed", "confirmed") for at in ("in_progress", "reported", "redo")),
        *(Way(at, "redo", "redo") for at in ("in_progress", "reported", "confirmed")),
        *(Way(at, "withdrawn", "withdrawn") for at in (*OPEN, "reported")),
    ),
    leaders=frozenset(("confirmed", "redo", "withdrawn")),
)
"""Confirmed by a slip of the finger, it can be asked for again; what was withdrawn is issued anew."""

DOORS_MAX = 500
POINTS_MAX = 8
ANSWERS = "revision"
"""Under this field of `over` an answer names the answers at its door that its author saw."""

Title = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Point = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]


class Issued(msgspec.Struct, frozen=True):
    """What is to be looked at, at which doors of the grid, by which local day."""

    title: Title
    points: Annotated[list[Point], msgspec.Meta(min_length=1, max_length=POINTS_MAX)]
    due: Day
    households: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=DOORS_MAX)]


class Extended(msgspec.Struct, frozen=True):
    """Another day."""

    due: Day


class Answered(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was found at one door, for each point in the order's own order. A photo or a voice note says enough."""

    household: Id
    points: Annotated[list[Checked], msgspec.Meta(min_length=1, max_length=POINTS_MAX)]
    occurred_at_ms: Occurred
    blobs: Annotated[list[Blob], msgspec.Meta(max_length=BLOBS_MAX)] = []


class Step(msgspec.Struct, frozen=True):
    """All there is to say stands in the header."""


class Redo(msgspec.Struct, frozen=True):
    """What is still asked of the workers."""

    note: Note


def issued(said: Said, state: State) -> Decision:
    """A leader asks for it. A door named twice is one door."""
    header, body = said.header, said.body
    if header.grid is None or header.entity != header.id or not body.title.strip():
        raise Quarantined("bad_body")
    if not all(point.strip() for point in body.points):
        raise Quarantined("bad_body")
    if state.get("grid", None, header.grid) is None:
        raise Quarantined("unknown_entity")
    if not said.decides:
        raise Quarantined("needs_decision")
    asked = (body.title, body.points, list(dict.fromkeys(body.households)), body.due)
    known = (header.grid, header.id, header.author, said.by, *asked)
    at = (said.position, said.position, said.times.received_ms)
    return _now(VerificationOrder(*known, ORDER.begins, header.id, *at))


def extended(said: Said, state: State) -> Decision:
    """A leader names another day. That is no step: who is at work on the list goes on, and the last word counts."""
    order = _order(said, state)
    if not said.decides:
        raise Quarantined("needs_decision")
    if order.state not in (*OPEN, "reported"):
        return _beside(said, order, "extended", "impossible", None)
    return _now(msgspec.structs.replace(order, due=said.body.due, rev=said.position))


def answered(said: Said, state: State) -> Decision:
    """Somebody was at a door. With its last door an order reports itself; one that is asked for again goes on with
    answers whose author had read why, and where it has no door left, waits for its workers' word."""
    header, body = said.header, said.body
    order = _order(said, state)
    said_any = body.blobs or any(each.ok is not None or each.note for each in body.points)
    if len(body.points) != len(order.points) or not said_any:
        raise Quarantined("bad_body")
    check_blobs(body.blobs)
    here = state.get("household", order.grid, body.household)
    if body.household not in order.households and here is None:
        raise Quarantined("unknown_entity")
    covers = said.over.get(ANSWERS, [])
    times = (body.occurred_at_ms, said.times.received_ms, said.position, said.position)
    known = (order.grid, header.id, order.id, body.household, header.author, said.by)
    answer = OrderAnswer(*known, body.points, covers, *times, body.blobs)
    return Decision(
        [
            Change(Key("order_answer", order.grid, header.id), answer),
            Change(Key("verification_order", order.grid, order.id), _after(said, order, state)),
        ]
    )


def _after(said: Said, order: VerificationOrder, state: State) -> VerificationOrder:
    """The order, once this answer was given in it."""
    household = said.body.household
    news = household in order.households and household not in order.answered
    now = msgspec.structs.replace(order, rev=said.position)
    if news:
        now = msgspec.structs.replace(now, answered=[*order.answered, household])
    if order.state not in OPEN or (order.state == "redo" and order.step not in said.header.over.get(OVER, ())):
        return now
    # Doors that stand in another grid by now are not these workers' any more.
    left = (each for each in order.households if each not in now.answered)
    if news and not any(state.get("household", order.grid, each) for each in left):
        return _taken(said, now, "reported", None)
    return msgspec.structs.replace(now, state="in_progress")


def reported(said: Said, state: State) -> Decision:
    """Its workers have done what they could."""
    return _stepped(said, state, "reported", None)


def confirmed(said: Said, state: State) -> Decision:
    """A leader has seen the answers: that is it."""
    return _stepped(said, state, "confirmed", None)


def redo(said: Said, state: State) -> Decision:
    """A leader asks for something again."""
    if not said.body.note.strip():
        raise Quarantined("bad_body")
    return _stepped(said, state, "redo", said.body.note)


def withdrawn(said: Said, state: State) -> Decision:
    """Nobody needs to look any more; what was recorded stays."""
    return _stepped(said, state, "withdrawn", None)


def _stepped(said: Said, state: State, step: str, note: str | None) -> Decision:
    order = _order(said, state)
    if not ORDER.may(step, said.decides):
        raise Quarantined("needs_decision")
    answer = propose(ORDER, Case(order.state, order.step), step, said.header.over.get(OVER, ()))
    if isinstance(answer, Beside):
        return _beside(said, order, step, answer.why, note)
    return _now(_taken(said, order, answer.state, note))


def _taken(said: Said, order: VerificationOrder, state: str, note: str | None) -> VerificationOrder:
    step = {"state": state, "step": said.header.id, "stepped_by": said.by, "stepped_ms": said.times.received_ms}
    return msgspec.structs.replace(order, rev=said.position, note=note, **step)


def _beside(said: Said, order: VerificationOrder, step: str, why: Any, note: str | None) -> Decision:
    comment = Comment(said.header.id, step, said.by, said.times.received_ms, why, note)
    return _now(msgspec.structs.replace(order, comments=[*order.comments, comment], rev=said.position))


def _order(said: Said, state: State) -> VerificationOrder:
    order: VerificationOrder | None = state.get("verification_order", said.header.grid, said.header.entity)
    if order is None:
        raise Quarantined("unknown_entity")
    return order


def _now(order: VerificationOrder) -> Decision:
    return Decision([Change(Key("verification_order", order.grid, order.id), order)])


def _needs_issued(header: Header, body: Issued) -> Iterable[Key]:
    return (Key("grid", None, header.grid or ""),)


def _needs_answered(header: Header, body: Answered) -> Iterable[Key]:
    return (*_needs(header, body), Key("household", header.grid, body.household))


def _needs(header: Header, body: Any) -> Iterable[Key]:
    return (Key("verification_order", header.grid, header.entity),)


KINDS = {
    "order.issued": rule(Issued, issued, _needs_issued),
    "order.extended": rule(Extended, extended, _needs),
    "order.withdrawn": rule(Step, withdrawn, _needs),
    "order.answered": rule(Answered, answered, _needs_answered, phones=True),
    "order.reported": rule(Step, reported, _needs, phones=True),
    "order.confirmed": rule(Step, confirmed, _needs),
    "order.redo": rule(Redo, redo, _needs),
}
