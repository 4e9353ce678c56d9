"""How many photos and voice notes one visit may name, and how."""

from __future__ import annotations

from collections.abc import Sequence

from sync.entities import Blob
from sync.state import Quarantined

PHOTOS_MAX, VOICES_MAX = 3, 2
BLOBS_MAX = PHOTOS_MAX + VOICES_MAX


def check_blobs(blobs: Sequence[Blob]) -> None:
    """Few photos and voice notes, each once, and a length for those that speak alone. Raises Quarantined(bad_body)."""
    voices = sum(blob.spoken for blob in blobs)
    few = voices <= VOICES_MAX and len(blobs) - voices <= PHOTOS_MAX
    if not few or len({blob.sha256 for blob in blobs}) < len(blobs):
        raise Quarantined("bad_body")
    if any(blob.ms is not None and not blob.spoken for blob in blobs):
        raise Quarantined("bad_body")
