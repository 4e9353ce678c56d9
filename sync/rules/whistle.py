"""Whistles: a grid calls for help upward, the committee responds and dispatches, a department reports for duty.

Where it stands is a case that goes by steps (whistle_ways.py); what is not its next step changes nothing and stays in
its story, with why. Whoever was asked first owns it for good. A word about it always stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec

from sync.edit import NOBODY, TEXT_CHARS_MAX, Header
from sync.entities import Blob, Department, Person, Whistle, WhistleTold
from sync.rules.blobs import BLOBS_MAX, check_blobs
from sync.rules.roles import WALKING, reaches, stands
from sync.rules.rule import Decision, Said, rule, stands_at, stands_in
from sync.rules.visit import OCCURRED_MS_MAX
from sync.rules.whistle_ways import (
    COMMITTEE,
    DEPARTMENT,
    GRID,
    HANDLED,
    LEADER,
    MUST,
    ONCE,
    PROVED,
    RATED,
    REPORTER,
    WHISTLE,
    who_may,
)  # fmt: skip
from sync.rules.workflow import OVER, Beside, Case, propose
from sync.state import Change, Key, Quarantined, State

TITLE_CHARS_MAX = 30
DISPATCHING = ("dispatcher", "station_master")
Category = Literal["W01", "W02", "W03", "W04", "W05", "W06", "W07", "W08", "W09", "W10", "W11", "W12"]
"""What it is about; the field's own list, from water and heating to questions of policy."""
Urgency = Literal["danger", "urgent", "normal", "complex"]
Channel = Literal[
    "worker", "volunteer", "wechat", "hotline_12345", "xiaolan", "talk_point", "rider", "walk_in", "resident"
]
Rating = Literal["satisfied", "basic", "not"]
Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
Note = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Blobs = Annotated[list[Blob], msgspec.Meta(max_length=BLOBS_MAX)]


class Raised(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is wrong and where: a door, a building, or words. `source`: what it was found in. `first_owner`: who was
    asked first, where that is not its author. `consent`: the resident lets a department phone them. Of `kind` service
    it is an order of theirs for something they need (点单)."""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=TITLE_CHARS_MAX)]
    occurred_at_ms: Annotated[int, msgspec.Meta(ge=0, le=OCCURRED_MS_MAX)]
    kind: Literal["problem", "enforcement", "emergency", "service"] = "problem"
    category: Category | None = None
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=TEXT_CHARS_MAX)] | None = None
    blobs: Blobs = []
    urgency: Urgency = "normal"
    channel: Channel = "worker"
    household: Id | None = None
    building: Id | None = None
    place: Annotated[str, msgspec.Meta(min_length=1, max_length=60)] | None = None
    source_of: Literal["visit", "item", "patrol_note", "report", "ticket"] | None = None
    source: Id | None = None
    first_owner: Id | None = None
    consent: bool = False


class Moved(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step. `dup_of`: the whistle of the same grid that it is merged into; `rating`: what the household says."""

    to: str
    note: Note | None = None
    blobs: Blobs = []
    dup_of: Id | None = None
    rating: Rating | None = None


class Dispatched(msgspec.Struct, frozen=True, omit_defaults=True):
    """To which department, how urgent, how high; `supporting` departments help it."""

    department: Id
    level: Literal[2, 3, 4]
    urgency: Urgency
    category: Category
    supporting: Annotated[list[Id], msgspec.Meta(max_length=8)] = []
    note: Note | None = None


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """A word about it: a question, an answer, a photo."""

    note: Note | None = None
    blobs: Blobs = []


class Rated(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a resident says came of it."""

    rating: Rating
    note: Annotated[str, msgspec.Meta(min_length=1, max_length=500)] | None = None


def raised(said: Said, state: State) -> Decision:
    """It begins, at a known door or in a known grid, and its first owner is named for good."""
    header, body = said.header, said.body
    if header.grid is None or header.entity != header.id or not body.title.strip():
        raise Quarantined("bad_body")
    if (body.source_of is None) != (body.source is None):
        raise Quarantined("bad_body")
    check_blobs(body.blobs)
    home = state.find("household", header.grid, body.household) if body.household is not None else None
    building = home.building if home is not None else body.building
    where = home or (state.find("building", header.grid, building) if building is not None else None)
    if where is None and (body.household or building or state.get("grid", None, header.grid) is None):
        raise Quarantined("unknown_entity")
    grid = where.grid if where is not None else header.grid
    owner: Person | None = state.get("person", None, body.first_owner) if body.first_owner else None
    first = (owner.id, owner.name) if owner is not None else (header.author, said.by)
    what = (body.kind, body.category, body.title, body.text, body.blobs, body.occurred_at_ms, body.urgency, 1)
    place = (body.channel, body.household, building, body.place, body.source_of, body.source)
    begun = (WHISTLE.begins, header.id, said.by, said.times.received_ms)
    nothing: list[Any] = [None, None, [], 0, None, None, None]
    times = (said.times.received_ms, None, None, None, None, None)
    known = (*what, *place, header.author, said.by, *first, body.consent, *begun, *nothing, *times)
    whole: list[Any] = [grid, header.id, *known, [], said.position, said.position]
    whistle = Whistle(*whole)
    return Decision([Change(Key("whistle", grid, header.id), whistle), *stands_in(said, grid)])


def moved(said: Said, state: State) -> Decision:
    """Somebody takes it a step on."""
    whistle, body = _known(said, state), said.body
    if body.to not in MUST or body.to == "dispatched":
        raise Quarantined("bad_body")
    if any(not (getattr(body, field) or "").strip() for field in MUST[body.to]):
        raise Quarantined("bad_body")
    check_blobs(body.blobs)
    if body.dup_of is not None and (body.dup_of == whistle.id or not state.find("whistle", whistle.grid, body.dup_of)):
        raise Quarantined("unknown_entity")
    told = _told(said, to=body.to, note=body.note, rating=body.rating, blobs=body.blobs)
    return _stepped(said, state, whistle, told)


def dispatched(said: Said, state: State) -> Decision:
    """The committee sends it to a department: from then on that one's time runs."""
    whistle, body = _known(said, state), said.body
    department = _department(body.department, whistle, state)
    supporting = [each for each in dict.fromkeys(body.supporting) if each != department.id]
    for each in supporting:
        _department(each, whistle, state)
    told = _told(said, to="dispatched", note=body.note, department=department.name, level=body.level)
    sent = {"category": body.category, "urgency": body.urgency, "level": body.level, "supporting": supporting}
    return _stepped(said, state, whistle, told, department=department.id, department_name=department.name, **sent)


def told(said: Said, state: State) -> Decision:
    """Something is asked, or answered; whoever it concerns reads it."""
    whistle, body = _known(said, state), said.body
    if not (body.note or "").strip() and not body.blobs:
        raise Quarantined("bad_body")
    check_blobs(body.blobs)
    parties = _parties(said, state, whistle)
    if (
        not parties
        and said.header.author != whistle.first_owner
        and _author(said, state).department not in whistle.supporting
    ):
        raise Quarantined("out_of_scope")
    return _now(said, whistle, story=[*whistle.story, _told(said, note=body.note, blobs=body.blobs)])


def rated(said: Said, state: State) -> Decision:
    """A resident says whether it helped. They may think better of it until it is closed, and say it once after that;
    what comes at any other time changes nothing and stays in the story."""
    whistle, body = _known(said, state), said.body
    if said.header.author != NOBODY:
        raise Quarantined("not_author")
    told = _told(said, note=body.note, rating=body.rating)
    if whistle.state not in RATED or (whistle.state == "closed" and whistle.rating is not None):
        return _now(said, whistle, story=[*whistle.story, msgspec.structs.replace(told, why="impossible")])
    return _now(said, whistle, rating=body.rating, story=[*whistle.story, told])


def _stepped(said: Said, state: State, whistle: Whistle, told: WhistleTold, **more: Any) -> Decision:
    """The step, where it is the next one and its author's to take; a comment in the story where it is not."""
    to = str(told.to)
    answer = propose(WHISTLE, Case(whistle.state, whistle.step), to, said.header.over.get(OVER, ()))
    why: Any = answer.why if isinstance(answer, Beside) else None
    handled = {each.author for each in whistle.story if each.to in HANDLED and each.why is None}
    if why is None:
        theirs = bool(set(who_may(whistle.state, to)) & _parties(said, state, whistle))
        if not theirs or (to in PROVED and said.header.author in handled):
            why = "not_theirs"
        elif to in ONCE and to in _since_dispatch(whistle):
            why = "twice"
    if why is not None:
        return _now(said, whistle, story=[*whistle.story, msgspec.structs.replace(told, why=why)])
    at = {"state": to, "step": said.header.id, "stepped_by": said.by, "stepped_ms": said.times.received_ms}
    return _now(said, whistle, story=[*whistle.story, told], **at, **_after(said, whistle, told), **more)


def _since_dispatch(whistle: Whistle) -> set[str | None]:
    """The steps that were taken since it was last sent to a department."""
    taken = [each.to for each in whistle.story if each.why is None]
    sent = max((n for n, to in enumerate(taken) if to == "dispatched"), default=0)
    return set(taken[sent:])


def _after(said: Said, whistle: Whistle, told: WhistleTold) -> dict[str, Any]:
    """What else is so once a step is taken. Times are those of receipt: no phone's clock makes anybody late."""
    now_ms = said.times.received_ms
    match told.to:
        case "responded":
            return {"responded_ms": now_ms, "level": max(whistle.level, 2), **_nobodys()}
        case "dispatched":
            return {"dispatched_ms": now_ms, "accepted_ms": None, "resolved_ms": None}
        case "accepted":
            return {"accepted_ms": now_ms}
        case "returned":
            return {"returns": whistle.returns + 1}
        case "resolved":
            return {"resolved_ms": now_ms, "result": told.note}
        case "self_resolved":
            return {"resolved_ms": now_ms, "result": told.note, "level": 1}
        case "closed":
            return {"closed_ms": now_ms, "rating": told.rating or whistle.rating}
        case "merged" | "reported":
            return {"dup_of": said.body.dup_of}
    return {}


def _nobodys() -> dict[str, Any]:
    return {"department": None, "department_name": None, "supporting": []}


def _parties(said: Said, state: State, whistle: Whistle) -> set[str]:
    """As what its author speaks of this whistle. A phone that made it on the grid they knew has been let in by then."""
    person, header = _author(said, state), said.header
    found = {REPORTER} if header.author == whistle.author else set()
    if stands(person, WALKING) and (
        whistle.grid in person.walked or header.grid in person.grids_seen(header.seen.size)
    ):
        found |= {GRID, LEADER} if person.role == "grid_leader" else {GRID}
    grid = state.get("grid", None, whistle.grid)
    if stands(person, DISPATCHING) and grid is not None and reaches(person, grid.community):
        found.add(COMMITTEE)
    if whistle.department is not None and person.department == whistle.department and stands(person, ("dept_handler",)):
        found.add(DEPARTMENT)
    return found


def _author(said: Said, state: State) -> Person:
    person: Person | None = state.get("person", None, said.header.author)
    if person is None:
        raise Quarantined("not_author")
    return person


def _department(id_: str, whistle: Whistle, state: State) -> Department:
    """A department of the district, or of the whistle's community."""
    department: Department | None = state.get("department", None, id_)
    grid = state.get("grid", None, whistle.grid)
    if department is None or department.community not in (None, grid.community if grid is not None else None):
        raise Quarantined("unknown_entity")
    return department


def _told(said: Said, **more: Any) -> WhistleTold:
    return WhistleTold(said.header.id, said.header.author, said.by, said.times.effective_ms, **more)


def _known(said: Said, state: State) -> Whistle:
    whistle: Whistle | None = state.find("whistle", said.header.grid, said.header.entity)
    if whistle is None:
        raise Quarantined("unknown_entity")
    return whistle


def _now(said: Said, whistle: Whistle, **more: Any) -> Decision:
    return Decision(
        [Change(Key("whistle", whistle.grid, whistle.id), msgspec.structs.replace(whistle, rev=said.position, **more))]
    )


def _needs_place(header: Header, body: Raised) -> Iterable[Key]:
    if body.household is not None:
        return (Key("household", header.grid, body.household),)
    return (Key("grid", None, header.grid or ""),)


def _needs(header: Header, body: Any) -> Iterable[Key]:
    return (Key("whistle", header.grid, header.entity), Key("moved", None, header.entity))


def _place(header: Header, body: Raised, state: State) -> str | None:
    return stands_at("household" if body.household else "building" if body.building else "")(header, body, state)


KINDS = {
    "whistle.raised": rule(Raised, raised, _needs_place, _place, phones=True),
    "whistle.moved": rule(Moved, moved, _needs, phones=True),
    "whistle.dispatched": rule(Dispatched, dispatched, _needs),
    "whistle.told": rule(Told, told, _needs, phones=True),
    "whistle.rated": rule(Rated, rated, _needs),
}
