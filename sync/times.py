"""When an edit was made: what the phone claims, what we go by, when it reached us."""

from __future__ import annotations

from datetime import date

import msgspec

from sync.edit import Header

EPOCH_DAY = date(1970, 1, 1).toordinal()
DAY_MS = 86_400_000


class Times(msgspec.Struct, frozen=True, gc=False):
    """*claimed*: the phone's clock, set right by what it last knew of ours. *effective*: claimed, held between the
    receipt of the last edit the phone had seen and this edit's own receipt. *received*: ours. All in ms UTC."""

    claimed_ms: int
    effective_ms: int
    received_ms: int


def claimed_ms(header: Header) -> int:
    """The phone's clock plus its distance to ours at the last exchange."""
    return header.at_ms + (header.offset_ms or 0)


def times_of(header: Header, seen_ms: int, received_ms: int) -> Times:
    """A lying clock reaches back no further than `seen_ms`: the receipt of the last edit the phone had seen, or its
    enrolment while it had seen none. It never reaches past the receipt."""
    claimed = claimed_ms(header)
    return Times(claimed, min(max(claimed, seen_ms), received_ms), received_ms)


def local_day(ms: int, utc_offset_min: int) -> str:
    """`2026-11-20`: the installation's own day that a moment of this or the next century falls on."""
    return date.fromordinal(EPOCH_DAY + (ms + utc_offset_min * 60_000) // DAY_MS).isoformat()
