"""Milliseconds as the installation's own days and clocks (`utc_offset_min`, 480 = China)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

DAY_MS = 24 * 3600 * 1000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_S, LAST_S = -719_162 * 86_400, 2_932_897 * 86_400 - 1
"""The calendar's first and last second, years 1 to 9999. A clock that tells a time beyond is shown at the edge."""


def local_iso(ms: int, utc_offset_min: int) -> str:
    """`2026-11-20T10:36:12`: local wall clock as ISO text, the form templates take."""
    local_s = ms // 1000 + utc_offset_min * 60
    return (EPOCH + timedelta(seconds=min(max(local_s, FIRST_S), LAST_S))).replace(tzinfo=None).isoformat()


def local_day(ms: int, utc_offset_min: int) -> str:
    """`2026-11-20`: the local day a moment falls on."""
    return local_iso(ms, utc_offset_min)[:10]


def day_start_ms(day: str, utc_offset_min: int) -> int:
    """When a local day begins.

    Raises:
        ValueError: `day` is not YYYY-MM-DD.
    """
    midnight = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    return int(midnight.timestamp() * 1000) - utc_offset_min * 60_000


def days_between(earlier: str, later: str) -> int:
    """Whole local days from one day to another."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def day_before(day: str, days: int) -> str:
    """The local day so many days earlier."""
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def told_hour(at: str, imported: bool) -> bool:
    """Whether a moment's hour was told. A ledger on paper knows the day alone: the importer puts noon for it."""
    return not (imported and at.endswith("T12:00:00"))
