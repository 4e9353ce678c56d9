"""When a group is left in peace: from nine in the evening until eight, but for what is urgent (DOMAIN §1 row 42)."""

from __future__ import annotations

from server.localtime import DAY_MS, day_start_ms, local_day, local_iso

FROM, UNTIL = "21:00", "08:00"
UNTIL_MS = 8 * 3_600_000


def allowed_ms(ms: int, utc_offset_min: int, *, urgent: bool) -> int:
    """The first moment from this one on at which it may be said."""
    hour = local_iso(ms, utc_offset_min)[11:16]
    if urgent or UNTIL <= hour < FROM:
        return ms
    morning_ms = day_start_ms(local_day(ms, utc_offset_min), utc_offset_min) + UNTIL_MS
    return morning_ms if hour < UNTIL else morning_ms + DAY_MS
