"""When somebody is to be looked in on again: by how often, by what was found last, and by what has changed for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .common import Context, Params, Row
from .doors_at import days_since

CADENCE_DAYS = {"weekly": 7, "monthly": 30, "quarterly": 90}
CADENCES = ("weekly", "monthly", "quarterly")
STATES = ("ok", "watch", "urgent")
WAYS = ("door", "phone", "met")


def care_due(pair: Mapping[str, Any], door: Row | Params, today: int, offset: int) -> Context:
    """How somebody was found last and how many days ago, and why they are to be looked in on now, if they are. What a
    visit says of their state counts as a look, and the newer of the two is shown."""
    last_ms, state = pair.get("checked_ms"), pair.get("state")
    care_ms = door.get("care_ms")
    if care_ms is not None and (last_ms is None or care_ms > last_ms):
        last_ms, state = care_ms, door.get("care")
    days = days_since(last_ms, today, offset)
    return {"state": state, "last_ms": last_ms, "days": days, "due": _why(pair, last_ms, days)}


def _why(pair: Mapping[str, Any], last_ms: int | None, days: int | None) -> str | None:
    if pair.get("ended_ms") is not None:
        return None
    if last_ms is None or days is None:
        return "never"
    major_ms = pair.get("major_ms")
    if major_ms is not None and last_ms < major_ms:
        return "major"
    return "time" if days >= CADENCE_DAYS[pair["cadence"]] else None
