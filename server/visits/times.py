"""The times of a visit in plain words: what the phone wrote, what is taken as true, when it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from server.localtime import local_day, local_iso, told_hour

EXACT_MS = 60_000
"""A clock within a minute is a good clock, and an edit that came within a minute came at once."""

TOLD_MS = 2 * 60_000
"""A visit written down within two minutes needs no line of its own for when it happened."""


@dataclass(frozen=True)
class Note:
    """Words of the catalogue about a time; `span` is a length of time told with words of its own."""

    key: str
    span: tuple[str, int] | None = None
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One of the times: `name` is occurred, phone, effective or received; `at` local ISO text."""

    name: str
    at: str
    day: bool
    note: Note | None = None


@dataclass(frozen=True)
class Written:
    """What is known of when a visit was written. Everything ms UTC but `offset_ms`, server minus phone."""

    occurred_at_ms: int
    at_ms: int
    offset_ms: int | None
    claimed_ms: int
    effective_ms: int
    received_ms: int
    by_phone: bool
    imported_row: int | None = None


def explain(written: Written, utc_offset_min: int) -> list[Line]:
    """The lines to show, in the order things happened.

    A phone gives three: its own clock, the time taken as true (claimed, held between its last contact and the
    receipt), and the receipt. What was typed on our own pages or imported has a receipt alone. When it happened is
    the author's word, and has a line only where it differs.
    """
    moments = [written.occurred_at_ms, written.received_ms]
    days = {local_day(ms, utc_offset_min) for ms in moments}
    dated = len(days) > 1

    def line(name: str, ms: int, note: Note | None = None) -> Line:
        return Line(name, local_iso(ms, utc_offset_min), dated or local_day(ms, utc_offset_min) not in days, note)

    if written.imported_row is not None:
        told = Note("desk.times.imported", args={"row": written.imported_row})
        happened = line("occurred", written.occurred_at_ms)
        if not told_hour(happened.at, imported=True):
            happened = replace(happened, at=happened.at[:10], day=True)
        return [happened, line("received", written.received_ms, told)]
    lines = []
    if abs(written.occurred_at_ms - written.effective_ms) >= TOLD_MS:
        lines.append(line("occurred", written.occurred_at_ms, Note("desk.times.own_word")))
    if not written.by_phone:
        return [*lines, line("received", written.received_ms, Note("desk.times.page"))]
    return [
        *lines,
        line("phone", written.at_ms, _clock(written.offset_ms)),
        line("effective", written.effective_ms, _taken(written)),
        line("received", written.received_ms, _delay(written.received_ms - written.effective_ms)),
    ]


def _clock(offset_ms: int | None) -> Note:
    """How far the phone's clock was off when it last asked."""
    if offset_ms is None:
        return Note("desk.times.clock_unknown")
    if abs(offset_ms) < 500:
        return Note("desk.times.clock_exact")
    if abs(offset_ms) < EXACT_MS:
        return Note("desk.times.clock_good", span_of(abs(offset_ms)))
    return Note("desk.times.clock_slow" if offset_ms > 0 else "desk.times.clock_fast", span_of(abs(offset_ms)))


def _taken(written: Written) -> Note | None:
    """Why the time taken as true is not simply what the phone wrote."""
    if written.effective_ms > written.claimed_ms:
        return Note("desk.times.held_later")
    if written.effective_ms < written.claimed_ms:
        return Note("desk.times.held_earlier")
    return Note("desk.times.corrected") if abs(written.claimed_ms - written.at_ms) >= EXACT_MS else None


def _delay(delay_ms: int) -> Note:
    if delay_ms < EXACT_MS:
        return Note("desk.times.at_once")
    return Note("desk.times.delayed", span_of(delay_ms))


def span_of(ms: int) -> tuple[str, int]:
    """A length of time in the unit people would say it in: seconds, minutes, hours (to 48), days."""
    for unit, size, end in (("seconds", 1000, 60), ("minutes", 60_000, 60), ("hours", 3_600_000, 48)):
        if (count := max(1, round(ms / size))) < end:
            return unit, count
    return "days", round(ms / 86_400_000)
