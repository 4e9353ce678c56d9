"""Care pairs and care checks: who looks in on whom, how often, and what was found there.

A leader forms a pair and ends it. A check is its author's record: it stands also where its pair was ended meanwhile.
Why somebody is looked in on stands apart and is sent to no phone, so that a neighbour who helps never learns it.
Source: the field's cadences (80 and alone, dementia, severe illness weekly; key cases monthly; general quarterly;
within a day of a major change).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec

from sync.edit import Header
from sync.entities import Blob, CareCheck, CarePair, CareReason
from sync.rules.blobs import BLOBS_MAX, check_blobs
from sync.rules.rule import Decision, Said, rule, stands_at, stands_in
from sync.rules.visit import OCCURRED_MS_MAX, LongText
from sync.state import Change, Gone, Key, Quarantined, State

Cadence = Literal["weekly", "monthly", "quarterly"]
Reason = Literal["alone_80", "dementia", "illness", "alone", "disabled", "hardship", "child", "other"]
"""Why. None of the restricted tags is among them: how often those are looked in on is not for the community to say."""

CARERS = ("volunteer", "building_leader", "grid_worker", "grid_leader")
"""Who may be the one that looks in."""

Note = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class Formed(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whom (`resident`, or whoever lives at the `household`), by whom, how often. `major`: something has just changed
    for them, so somebody looks in within a day."""

    household: str
    carer: str
    cadence: Cadence
    resident: str | None = None
    reason: Reason | None = None
    major: bool = False


class Changed(msgspec.Struct, frozen=True, omit_defaults=True):
    """How often from now on and why, all of it."""

    cadence: Cadence
    reason: Reason | None = None
    major: bool = False


class Ended(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why it is over, for the desk."""

    note: Note | None = None


class Made(msgspec.Struct, frozen=True, omit_defaults=True):
    """How they were found, by a knock (door), by telephone or met somewhere."""

    pair: str
    state: Literal["ok", "watch", "urgent"]
    occurred_at_ms: Annotated[int, msgspec.Meta(ge=0, le=OCCURRED_MS_MAX)]
    text: LongText | None = None
    way: Literal["door", "phone", "met"] | None = None
    blobs: Annotated[list[Blob], msgspec.Meta(max_length=BLOBS_MAX)] = []


class Nothing(msgspec.Struct, frozen=True):
    """All there is to say stands in the header."""


def formed(said: Said, state: State) -> Decision:
    """A leader entrusts somebody of the grid to a worker, or to a neighbour who helps."""
    header, body = said.header, said.body
    if header.entity != header.id or header.grid is None:
        raise Quarantined("bad_body")
    if not said.decides:
        raise Quarantined("needs_decision")
    home = state.find("household", header.grid, body.household)
    grid = home and state.get("grid", None, home.grid)
    carer = state.get("person", None, body.carer)
    if home is None or grid is None or carer is None:
        raise Quarantined("unknown_entity")
    if carer.role not in CARERS or carer.community != grid.community:
        raise Quarantined("bad_body")
    if body.resident is not None:
        resident = state.get("resident", home.grid, body.resident)
        if resident is None or resident.household != home.id:
            raise Quarantined("unknown_entity")
    now_ms = said.times.received_ms
    place = (home.grid, header.entity, home.id, body.resident, carer.id, carer.name, body.cadence)
    pair = CarePair(*place, now_ms, said.by, said.position, now_ms if body.major else None)
    reason = CareReason(home.grid, pair.id, body.reason, None, said.position)
    return Decision([*_now(pair), Change(Key("care_reason", home.grid, pair.id), reason), *stands_in(said, home.grid)])


def changed(said: Said, state: State) -> Decision:
    """A leader says how often from now on; after a major change somebody looks in within a day."""
    pair, body = _pair(said, state), said.body
    major_ms = said.times.received_ms if body.major else pair.major_ms
    now = msgspec.structs.replace(pair, cadence=body.cadence, major_ms=major_ms, rev=said.position)
    why = state.get("care_reason", pair.grid, pair.id)
    why = msgspec.structs.replace(why, reason=body.reason, rev=said.position)
    return Decision([*_now(now), Change(Key("care_reason", pair.grid, pair.id), why)])


def ended(said: Said, state: State) -> Decision:
    """A leader ends it. What was found stands, and what was found before and comes later will."""
    pair = _pair(said, state)
    if pair.ended_ms is not None:
        return Decision([])
    over = {"ended_ms": said.times.received_ms, "ended_by": said.by, "rev": said.position}
    why = state.get("care_reason", pair.grid, pair.id)
    why = msgspec.structs.replace(why, note=said.body.note, rev=said.position)
    return Decision([*_now(msgspec.structs.replace(pair, **over)), Change(Key("care_reason", pair.grid, pair.id), why)])


def made(said: Said, state: State) -> Decision:
    """Somebody was looked in on. Where the pair was ended meanwhile, what they say stands and says so."""
    header, body = said.header, said.body
    if header.entity != header.id or header.grid is None:
        raise Quarantined("bad_body")
    check_blobs(body.blobs)
    pair = state.find("care_pair", header.grid, body.pair)
    if pair is None:
        raise Quarantined("unknown_entity")
    times = (body.occurred_at_ms, said.times.effective_ms, said.times.received_ms)
    who = (header.author, said.by)
    check = CareCheck(
        pair.grid,
        header.entity,
        pair.household,
        pair.id,
        pair.carer,
        *who,
        body.state,
        body.way,
        body.text,
        *times,
        said.position,
        pair.ended_ms is not None,
        blobs=body.blobs,
    )
    changes = [Change(Key("care_check", pair.grid, check.id), check), *_own(check)]
    if _newer(check, pair):
        pair = msgspec.structs.replace(pair, check=check.id, state=check.state, checked_ms=check.occurred_at_ms)
    changes += _now(msgspec.structs.replace(pair, rev=said.position))
    return Decision([*changes, *stands_in(said, pair.grid)])


def undone(said: Said, state: State) -> Decision:
    """Its author, or a leader, takes a check back: it stays, crossed out, and counts no more."""
    header = said.header
    check = state.find("care_check", header.grid, header.entity)
    if check is None:
        raise Quarantined("unknown_entity")
    if header.author != check.author and not said.decides:
        raise Quarantined("needs_decision")
    if check.undone_ms is not None:
        return Decision([])
    back = {"undone_ms": said.times.received_ms, "undone_by": said.by, "rev": said.position}
    check = msgspec.structs.replace(check, **back)
    changes = [Change(Key("care_check", check.grid, check.id), check), *_own(check)]
    pair = state.get("care_pair", check.grid, check.pair)
    if pair is not None and pair.check == check.id:
        at = state.held("care_check", check.grid, check.household).values()
        left = [each for each in at if each.pair == pair.id and each.undone_ms is None and each.id != check.id]
        last = max(left, key=lambda each: (each.occurred_at_ms, each.id), default=None)
        found = (last.id, last.state, last.occurred_at_ms) if last else (None, None, None)
        found_now = dict(zip(("check", "state", "checked_ms"), found, strict=True))
        changes += _now(msgspec.structs.replace(pair, **found_now, rev=said.position))
    return Decision(changes)


def entrusted_to(header: Header, body: Any, state: State) -> str | None:
    """Whose word counts about this pair or check though they may not walk its grid: who looks in there, or who said
    it."""
    if isinstance(body, Made):
        pair = state.find("care_pair", header.grid, body.pair)
        if pair is None and state.get("erased", None, body.pair) is not None:
            return header.author  # nobody knows any more whose it was: it waits for a person, as all that comes so late
        return pair.carer if pair is not None else None
    check = state.find("care_check", header.grid, header.entity)
    return check.author if check is not None else None


def goes(grid: str, household: str, to: str, rev: int, state: State) -> list[Change]:
    """A home's pairs and checks go with it to another grid."""
    changes: list[Change] = []
    for kind in ("care_pair", "care_check"):
        for each in state.held(kind, grid, household).values():
            here = msgspec.structs.replace(each, grid=to, rev=rev)
            changes += [Change(Key(kind, grid, each.id), Gone(rev)), Change(Key(kind, to, each.id), here)]
            changes.append(Change(Key("moved", None, each.id), to))
            changes += _own(here) if kind == "care_check" else []
            why = state.get("care_reason", grid, each.id) if kind == "care_pair" else None
            if why is not None:
                there = msgspec.structs.replace(why, grid=to, rev=rev)
                changes += [Change(Key("care_reason", grid, each.id), Gone(rev))]
                changes += [Change(Key("care_reason", to, each.id), there)]
    return changes


def _own(check: CareCheck) -> list[Change]:
    """What somebody found at a home of theirs is told to their own phone."""
    if check.author != check.carer:
        return []
    return [Change(Key("paired_check", None, f"{check.author} {check.id}"), check)]


def _now(pair: CarePair) -> list[Change]:
    return [Change(Key("care_pair", pair.grid, pair.id), pair)]


def _newer(check: CareCheck, pair: CarePair) -> bool:
    told = (pair.checked_ms, pair.check)
    return told[0] is None or (check.occurred_at_ms, check.id) > told


def _pair(said: Said, state: State) -> CarePair:
    pair = state.find("care_pair", said.header.grid, said.header.entity)
    if pair is None:
        raise Quarantined("unknown_entity")
    if not said.decides:
        raise Quarantined("needs_decision")
    assert isinstance(pair, CarePair)
    return pair


def _needs_formed(header: Header, body: Formed) -> Iterable[Key]:
    known = (Key("household", header.grid, body.household), Key("person", None, body.carer))
    return (*known, Key("grid", None, header.grid or ""))


def _needs_pair(header: Header, body: Any) -> Iterable[Key]:
    return (Key("care_pair", header.grid, header.entity), Key("care_reason", header.grid, header.entity))


def _needs_made(header: Header, body: Made) -> Iterable[Key]:
    return (Key("care_pair", header.grid, body.pair),)


def _needs_check(header: Header, body: Nothing) -> Iterable[Key]:
    return (Key("care_check", header.grid, header.entity),)


KINDS = {
    "care_pair.formed": rule(Formed, formed, _needs_formed, stands_at("household")),
    "care_pair.changed": rule(Changed, changed, _needs_pair),
    "care_pair.ended": rule(Ended, ended, _needs_pair),
    "care_check.made": rule(Made, made, _needs_made, stands_at("pair"), phones=True, entrusted=entrusted_to),
    "care_check.undone": rule(Nothing, undone, _needs_check, phones=True, entrusted=entrusted_to),
}
