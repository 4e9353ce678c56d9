"""A door's summary: the newest contact, knock, care state and promise of all its visits, in any order of arrival."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sync.entities import Door, Visit
from sync.times import local_day

CONTACT = ("met", "inconvenient")
"""Results that paint a door: somebody answered and spoke."""
Promise = tuple[str | None, int | None, str | None]
"""The day promised, when it was promised, and by which visit."""


def closed_door(grid: str, household: str, rev: int) -> Door:
    """A door nobody has knocked at yet."""
    return Door(grid, household, None, None, None, None, None, None, None, None, None, None, None, rev)


def after_visit(door: Door, visit: Visit, utc_offset_min: int) -> Door:
    """The door once this visit counts as well. Every field is a maximum over (occurred_at_ms, visit id), so the
    order of arrival cannot matter."""
    when, id_ = visit.occurred_at_ms, visit.id
    contact_ms, met_ms = door.contact_ms, door.met_ms
    if visit.result in CONTACT and (contact_ms is None or when > contact_ms):
        contact_ms = when
    if visit.result == "met" and (met_ms is None or when > met_ms):
        met_ms = when
    knock = (door.knock_ms, door.knock_result, door.knock_visit)
    if _newer(when, id_, door.knock_ms, door.knock_visit):
        knock = (when, visit.result, id_)
    care = (door.care, door.care_ms, door.care_visit)
    if visit.care is not None and _newer(when, id_, door.care_ms, door.care_visit):
        care = (visit.care, when, id_)
    promise = (door.promise_on, door.promise_ms, door.promise_visit)
    if visit.follow_up_on is not None and _newer(when, id_, door.promise_ms, door.promise_visit):
        done = visit.kept is not None and visit.kept.on == visit.follow_up_on
        promise = (None if done else visit.follow_up_on, when, id_)
    return Door(
        door.grid, door.id, contact_ms, *knock, *care, *_standing(promise, met_ms, utc_offset_min), met_ms, visit.rev
    )


def _standing(promise: Promise, met_ms: int | None, utc_offset_min: int) -> Promise:
    """A promise is kept once somebody is met on its day or later. Which visit made it stays known: an older promise
    that still arrives was replaced by it."""
    on, made_ms, visit = promise
    if on is None or made_ms is None or met_ms is None or met_ms <= made_ms:
        return promise
    return (None, made_ms, visit) if local_day(met_ms, utc_offset_min) >= on else promise


def of_visits(grid: str, household: str, visits: Iterable[Visit], rev: int, utc_offset_min: int) -> Door:
    """The door from all its visits, for when one of them was corrected."""
    door = closed_door(grid, household, rev)
    for visit in visits:
        door = after_visit(door, visit, utc_offset_min)
    return msgspec.structs.replace(door, rev=rev)


def _newer(when: int, id_: str, than_ms: int | None, than_id: str | None) -> bool:
    return than_ms is None or when > than_ms or (when == than_ms and id_ > (than_id or ""))
