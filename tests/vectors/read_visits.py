"""Visits that the station asks about: rows of the golden contexts."""

from __future__ import annotations

from typing import Any

from tests.neighbourhood import NOW_MS
from tests.vectors.logs import ME, days

ASKED = {"by": "王站长", "at_ms": NOW_MS - 60_000, "note": "灯修了\n没有"}


def asked_days() -> dict[str, Any]:
    """One visit of theirs is asked about, one of a colleague's, one whose home is not here, and one of last week."""
    rows = days()
    asked = {1, 6, 7, 8}
    rows["visit"] = [{**each, **({"asked": ASKED} if n in asked else {})} for n, each in enumerate(rows["visit"], 1)]
    return rows


READ: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("what the station asks, today", "today", ME, {"rows": asked_days()}),
    ("what the station asks, at its home", "household", {**ME, "household": "h0"}, {"rows": asked_days()}),
    ("what the station asks, on the visit", "visit", {**ME, "visit": asked_days()["visit"][0]["id"]},
     {"rows": asked_days()}),
]  # fmt: skip
