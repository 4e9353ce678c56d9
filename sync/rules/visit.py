"""Visits: a record is its author's own. A correction is a new telling that keeps the old one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from sync.edit import TEXT_CHARS_MAX, Header
from sync.entities import Blob, Kept, Person, Review, Revision, Visit
from sync.rules.blobs import BLOBS_MAX, check_blobs
from sync.rules.door import after_visit, of_visits
from sync.rules.rule import Decision, Imported, Said, rule, stands_at, stands_in
from sync.rules.tellings import as_told, heads_of, newest, telling
from sync.state import Change, Gone, Key, Quarantined, State

OCCURRED_MS_MAX = 4_102_444_800_000
"""The year 2100. Beside it a visit lies no more than a day after its receipt: clocks run ahead, years do not."""

Occurred = Annotated[int, msgspec.Meta(ge=0, le=OCCURRED_MS_MAX)]
LongText = Annotated[str, msgspec.Meta(max_length=TEXT_CHARS_MAX)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class Asks(msgspec.Struct, frozen=True, omit_defaults=True):
    """The four asks: 问难, 问需, 问计, 问效."""

    difficulty: LongText | None = None
    need: LongText | None = None
    idea: LongText | None = None
    effect: LongText | None = None


class Body(msgspec.Struct, frozen=True, omit_defaults=True):
    household: str
    occurred_at_ms: Occurred
    mode: Literal["door", "weekend", "reception", "night"]
    result: Literal["met", "no_answer", "refused", "inconvenient", "vacant", "moved"]
    text: LongText | None = None
    who_met: Name | None = None
    companions: Annotated[list[Name], msgspec.Meta(max_length=20)] = []
    asks: Asks | None = None
    care: Literal["ok", "watch", "urgent"] | None = None
    follow_up_on: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")] | None = None
    imported: Imported | None = None
    blobs: Annotated[list[Blob], msgspec.Meta(max_length=BLOBS_MAX)] = []
    private: bool = False


class Settled(msgspec.Struct, frozen=True):
    """The telling (edit) to show, of those named in `over`."""

    shown: str


class SaidKept(msgspec.Struct, frozen=True, omit_defaults=True):
    """`on`: the day that was promised, as it stood in view."""

    on: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
    note: Annotated[str, msgspec.Meta(min_length=1, max_length=500)] | None = None


class Reviewed(msgspec.Struct, frozen=True):
    """All there is to say stands in the header."""


class Returned(msgspec.Struct, frozen=True):
    """What is asked of its author."""

    note: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class UndoneTelling(msgspec.Struct, frozen=True):
    """The correction or decision (edit) to take back."""

    edit: str


def recorded(said: Said, state: State) -> Decision:
    """A visit at a known door. Two workers at one door on one day: both stand."""
    header, body = said.header, said.body
    if header.entity != header.id or header.grid is None:
        raise Quarantined("bad_body")
    _check(said, body)
    door = state.find("door", header.grid, body.household)
    if door is None:
        raise Quarantined("unknown_entity")
    visit = _visit(said, body, door.grid, _whose(header, state))
    changes = [
        Change(Key("visit", door.grid, header.id), visit),
        Change(Key("door", door.grid, body.household), after_visit(door, visit, state.utc_offset_min)),
    ]
    return Decision([*changes, *stands_in(said, door.grid)])


def corrected(said: Said, state: State) -> Decision:
    """Its author tells a visit anew, over the telling they had in view. Tellings that nobody replaced stand side by
    side; the newest is shown and a person settles it."""
    header, body = said.header, said.body
    _check(said, body)
    visit = _visit_known(header, state)
    if state.get("door", visit.grid, body.household) is None:
        raise Quarantined("unknown_entity")
    if header.author != visit.author:
        raise Quarantined("not_author")
    told = _told(visit, state)
    return _tell(said, visit, [*told, telling(said, _json(_with_words(body, told, said)), len(told) + 1)], state)


def _with_words(body: Body, told: list[Revision], said: Said) -> Body:
    """A private telling without a word of its own keeps those of the one it replaces: its author's phone could not
    show them."""
    if not body.private or body.text or body.who_met or body.asks or body.blobs:
        return body
    seen = said.over.get("revision", ())
    for revision in reversed(told):
        before = msgspec.json.decode(revision.body, type=Body)
        if revision.edit in seen and before.private:
            words = {"text": before.text, "who_met": before.who_met, "asks": before.asks, "blobs": before.blobs}
            return msgspec.structs.replace(body, **words)
    return body


def settled(said: Said, state: State) -> Decision:
    """A leader, or whoever made the visit, says which of several tellings is the one: it is told again, over all that
    they had in view. Nothing of the others is lost."""
    header, body = said.header, said.body
    visit = _visit_known(header, state)
    if not said.decides and header.author != visit.author:
        raise Quarantined("needs_decision")
    told = _told(visit, state)
    chosen = next((revision for revision in told if revision.edit == body.shown), None)
    if chosen is None:
        raise Quarantined("unknown_entity")
    return _tell(said, visit, [*told, telling(said, chosen.body, len(told) + 1)], state)


def undone(said: Said, state: State) -> Decision:
    """A correction or a decision between tellings is taken back: what it had replaced stands again."""
    header, body = said.header, said.body
    visit = _visit_known(header, state)
    told = _told(visit, state)
    again = [msgspec.structs.replace(each, undone=each.undone or each.edit == body.edit) for each in told]
    of = next((each for each in told if each.edit == body.edit and each.covers), None)
    if of is None:
        raise Quarantined("unknown_entity")
    if not said.decides and header.author != of.author:
        raise Quarantined("needs_decision")
    return _tell(said, visit, again, state)


def kept(said: Said, state: State) -> Decision:
    """What a visit promised is done, without another visit. Promised anew for another day, it waits again."""
    visit, body = _visit_known(said.header, state), said.body
    if body.on != visit.follow_up_on:
        return Decision([])
    done = Kept(body.on, said.by, said.times.effective_ms, body.note)
    now = msgspec.structs.replace(as_told(visit, state), kept=done, rev=said.position)
    visits = {**state.held("visit", visit.grid, visit.household), visit.id: now}
    door = of_visits(visit.grid, visit.household, visits.values(), said.position, state.utc_offset_min)
    at = (visit.grid, visit.id)
    return Decision([Change(Key("visit", *at), now), Change(Key("door", visit.grid, visit.household), door)])


def reviewed(said: Said, state: State) -> Decision:
    """Somebody who decides has read it."""
    return _read(said, state, None)


def returned(said: Said, state: State) -> Decision:
    """They ask something of its author, whose answer is a correction."""
    if not said.body.note.strip():
        raise Quarantined("bad_body")
    return _read(said, state, said.body.note)


def _read(said: Said, state: State, note: str | None) -> Decision:
    """The last word about the telling that is shown counts; who had another in view has not read this one. Nobody
    reads their own."""
    header, visit = said.header, _visit_known(said.header, state)
    if not said.decides or header.author in (visit.author, visit.on_behalf_of):
        raise Quarantined("needs_decision")
    if visit.edit not in said.over.get("revision", ()):
        return Decision([])
    review = Review(header.id, visit.edit, said.by, said.times.received_ms, note)
    now = msgspec.structs.replace(as_told(visit, state), review=review, rev=said.position)
    return Decision([Change(Key("visit", visit.grid, visit.id), now)])


def _visit_known(header: Header, state: State) -> Visit:
    visit = state.find("visit", header.grid, header.entity)
    if visit is None:
        raise Quarantined("unknown_entity")
    assert isinstance(visit, Visit)
    return visit


def _told(visit: Visit, state: State) -> list[Revision]:
    return list(state.get("revisions", visit.grid, visit.id) or [_first(visit)])


def _tell(said: Said, visit: Visit, told: list[Revision], state: State) -> Decision:
    """The visit by its tellings: those that no standing one replaces stand, the newest is shown. Where that is of a
    door which has gone to another grid meanwhile, the visit goes after it. Where it was its door's newest visit and is
    no more, the one that is now is sent to phones: their copy may have been cut without."""
    heads = heads_of(told)
    shown = heads[0]
    told = [msgspec.structs.replace(revision, shown=revision.edit == shown.edit) for revision in told]
    now = _retold(visit, heads, len(told), said.position)
    home = state.find("door", visit.grid, now.household)
    if home is not None and home.grid != visit.grid:
        now = msgspec.structs.replace(now, grid=home.grid, grid_then=visit.grid_then or visit.grid)
    changes: list[Change] = _goes(visit, now, said) if now.grid != visit.grid else []
    changes += [Change(Key("visit", now.grid, visit.id), now), Change(Key("revisions", now.grid, visit.id), told)]
    for grid, household in dict.fromkeys(((visit.grid, visit.household), (now.grid, now.household))):
        visits = state.held("visit", grid, household)
        before = newest(visits.values())
        visits.pop(visit.id, None)
        if (now.grid, now.household) == (grid, household):
            visits[visit.id] = now
        after = newest(visits.values())
        if after is not None and after.id != visit.id and before is not None and before.id == visit.id:
            again = msgspec.structs.replace(as_told(after, state), rev=said.position)
            changes.append(Change(Key("visit", grid, after.id), again))
        door = of_visits(grid, household, visits.values(), said.position, state.utc_offset_min)
        changes.append(Change(Key("door", grid, household), door))
    return Decision(changes, contested=len({revision.body for revision in heads}) > 1)


def _goes(visit: Visit, now: Visit, said: Said) -> list[Change]:
    """It leaves the grid where it stood; what names it there finds it where it goes."""
    gone = [Change(Key(kind, visit.grid, visit.id), Gone(said.position)) for kind in ("visit", "revisions")]
    return [*gone, Change(Key("moved", None, visit.id), now.grid)]


def _check(said: Said, body: Body) -> None:
    """A promise for a day that exists. Raises Quarantined(bad_body).

    A visit in the future is its author's word too: a phone whose clock is a day fast must not lose what was written.
    """
    if body.follow_up_on is not None:
        try:
            date.fromisoformat(body.follow_up_on)
        except ValueError:
            raise Quarantined("bad_body") from None
    if body.blobs:
        check_blobs(body.blobs)


def _whose(header: Header, state: State) -> Person | None:
    """Who went, where somebody else of their community writes it down for them."""
    if not isinstance(header.on_behalf_of, str):
        return None
    went, wrote = (state.get("person", None, each) for each in (header.on_behalf_of, header.author))
    if went is None or wrote is None or went.community != wrote.community:
        return None
    assert isinstance(went, Person)
    return went


def _visit(said: Said, body: Body, grid: str, went: Person | None) -> Visit:
    header, times = said.header, said.times
    behalf = header.on_behalf_of
    return Visit(
        grid,
        header.entity,
        body.household,
        said.position,
        said.position,
        1,
        header.id,
        header.author,
        went.name if went else said.by,
        None if behalf is msgspec.UNSET else behalf,
        header.device,
        body.mode,
        body.result,
        body.occurred_at_ms,
        times.claimed_ms,
        times.effective_ms,
        times.received_ms,
        body.text,
        body.who_met,
        body.companions,
        _said_asks(body.asks),
        body.care,
        body.follow_up_on,
        body.imported.source if body.imported else None,
        body.imported.row if body.imported else None,
        None if grid == header.grid else header.grid,
        body.blobs,
        body.private,
        said.by if went else None,
    )


def _said_asks(asks: Asks | None) -> dict[str, str]:
    if asks is None:
        return {}
    named = (("difficulty", asks.difficulty), ("need", asks.need), ("idea", asks.idea), ("effect", asks.effect))
    return {name: words for name, words in named if words}


def _retold(visit: Visit, heads: list[Revision], revision: int, rev: int) -> Visit:
    shown = heads[0]
    body = msgspec.json.decode(shown.body, type=Body)
    return msgspec.structs.replace(
        visit,
        household=body.household,
        rev=rev,
        revision=revision,
        edit=shown.edit,
        mode=body.mode,
        result=body.result,
        occurred_at_ms=body.occurred_at_ms,
        text=body.text,
        who_met=body.who_met,
        companions=body.companions,
        asks=_said_asks(body.asks),
        care=body.care,
        follow_up_on=body.follow_up_on,
        blobs=body.blobs,
        private=body.private,
        heads=[each.edit for each in heads] if len(heads) > 1 else [],
    )


def _first(visit: Visit) -> Revision:
    imported = Imported(visit.source, visit.source_row or 0) if visit.source else None
    body = Body(
        visit.household,
        visit.occurred_at_ms,
        visit.mode,  # type: ignore[arg-type]
        visit.result,  # type: ignore[arg-type]
        visit.text,
        visit.who_met,
        visit.companions,
        Asks(**visit.asks) if visit.asks else None,
        visit.care,  # type: ignore[arg-type]
        visit.follow_up_on,
        imported,
        visit.blobs,
        visit.private,
    )
    times = (visit.claimed_ms, visit.effective_ms, visit.received_ms)
    return Revision(1, visit.id, visit.author, visit.device, *times, [], _json(body), True, visit.position)


def _json(body: Body) -> str:
    return msgspec.json.encode(body).decode()


def _needs_door(header: Header, body: Body) -> Iterable[Key]:
    door = Key("door", header.grid, body.household)
    return (door, Key("person", None, header.on_behalf_of)) if isinstance(header.on_behalf_of, str) else (door,)


def _needs_visit(header: Header, body: Any) -> Iterable[Key]:
    at = (header.grid, header.entity)
    return (Key("visit", *at), Key("revisions", *at), Key("moved", None, header.entity))


def _needs_visit_and_door(header: Header, body: Body) -> Iterable[Key]:
    return (*_needs_visit(header, body), Key("door", header.grid, body.household))


KINDS = {
    "visit.recorded": rule(Body, recorded, _needs_door, stands_at("household"), phones=True),
    "visit.corrected": rule(Body, corrected, _needs_visit_and_door, phones=True),
    "visit.settled": rule(Settled, settled, _needs_visit, phones=True),
    "visit.kept": rule(SaidKept, kept, _needs_visit, phones=True),
    "visit.reviewed": rule(Reviewed, reviewed, _needs_visit),
    "visit.returned": rule(Returned, returned, _needs_visit),
    "visit.undone": rule(UndoneTelling, undone, _needs_visit, phones=True),
}
