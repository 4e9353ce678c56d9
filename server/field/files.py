"""Which forms of the field bring photos and voice notes, from browsers that keep nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from server.views.blobs import read_blobs, write_blobs

FORMS = (
    "visit",
    "correction",
    "patrol_note",
    "whistle",
    "log",
    "care",
    "order_answer",
    "mediation",
    "item_told",
    "whistle_move",
    "whistle_told",
)
ENOUGH = ("patrol_note", "order_answer", "mediation")
"""Forms of which a photo or a voice note says enough."""


def named_before(data: Mapping[str, Sequence[str]], told: Mapping[str, Any] | None) -> str:
    """Of the photos and voice notes a form names, those that what it tells anew had: others must come as files."""
    before = {blob["sha256"] for blob in (told or {}).get("blobs") or ()}
    named = read_blobs(next(iter(data.get("blobs") or ()), ""))
    return write_blobs(blob for blob in named if blob["sha256"] in before)
