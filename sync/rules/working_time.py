"""Working time: which days are worked besides what is published, from when until when, and how long matters may take.

It is the whole installation's, so an administrator's word counts, and the last one. What is due by it is worked out
where it is read: no edit holds a deadline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal

import msgspec

from sync.edit import Header
from sync.entities import TimeLimit, Workday, WorkHours
from sync.rules.roles import stands
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State

CHANGING = ("admin",)
Day = Annotated[str, msgspec.Meta(pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}\Z")]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
SPANS = r"^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}( [0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}){0,2}\Z"
LONGEST = 366
"""No limit of more units than days in a year."""


class DaySet(msgspec.Struct, frozen=True):
    """Whether a local day is worked from now on; None: as published again."""

    day: Day
    works: bool | None
    reason: Reason


class HoursSet(msgspec.Struct, frozen=True):
    """From the local day `first` on people work in these spans, one to three, as `08:30-12:00 14:30-18:00`."""

    first: Day
    spans: Annotated[str, msgspec.Meta(pattern=SPANS)]
    reason: Reason


class LimitSet(msgspec.Struct, frozen=True):
    """How long a matter of this category and urgency may take; `amount` None: as at first again."""

    category: Annotated[str, msgspec.Meta(pattern=r"^W[0-9]{2}\Z")]
    urgency: Literal["danger", "urgent", "normal", "complex"]
    amount: Annotated[int, msgspec.Meta(ge=1, le=LONGEST)] | None
    unit: Literal["minute", "hour", "day", "working_hour", "working_day"]
    reason: Reason


def day_set(said: Said, state: State) -> Decision:
    """A day is worked or not, whatever its weekday and the holidays say."""
    body = _asked(said, state)
    if not _is_day(body.day):
        raise Quarantined("bad_body")
    now = Workday(body.day, body.works, body.reason, said.by, said.times.received_ms, said.position)
    return Decision([Change(Key("workday", None, now.id), now)])


def hours_set(said: Said, state: State) -> Decision:
    """Other hours begin with a day; said again of that day they take the place of the ones before."""
    body = _asked(said, state)
    edges = re.findall("[0-9]{2}:[0-9]{2}", body.spans)
    hours = all(a < b for a, b in pairwise(edges)) and edges[-1] <= "24:00"
    if not _is_day(body.first) or not hours or any(edge[3:] > "59" for edge in edges):
        raise Quarantined("bad_body")
    now = WorkHours(body.first, body.spans, body.reason, said.by, said.times.received_ms, said.position)
    return Decision([Change(Key("work_hours", None, now.id), now)])


def limit_set(said: Said, state: State) -> Decision:
    """A kind of matter may take longer or shorter from now on, also one that is already under way."""
    body = _asked(said, state)
    place = (f"{body.category}.{body.urgency}", body.category, body.urgency)
    now = TimeLimit(*place, body.amount, body.unit, body.reason, said.by, said.times.received_ms, said.position)
    return Decision([Change(Key("time_limit", None, now.id), now)])


def _asked(said: Said, state: State) -> Any:
    """What is asked, by somebody whose word changes it."""
    header = said.header
    if header.entity != header.id or header.grid is not None or not said.body.reason.strip():
        raise Quarantined("bad_body")
    if not stands(state.get("person", None, header.author), CHANGING):
        raise Quarantined("needs_decision")
    return said.body


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _needs(header: Header, body: Any) -> Iterable[Key]:
    return (Key("person", None, header.author),)


KINDS = {
    "workday.set": rule(DaySet, day_set, _needs),
    "work_hours.set": rule(HoursSet, hours_set, _needs),
    "time_limit.set": rule(LimitSet, limit_set, _needs),
}
