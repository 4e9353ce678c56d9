"""What a visit may say of its photos and voice notes, and that every telling keeps its own."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sync.entities import Blob
from sync.rules.blobs import check_blobs
from sync.rules.visit import Body
from sync.state import Quarantined

NAMES = [f"{sign}{'A' * 42}" for sign in "ABCDEFG"]


def blob(n: int, type_: str = "image/jpeg", **more: Any) -> dict[str, Any]:
    """A photo, or a voice note of a second."""
    speaks = {"ms": 1000} if type_.startswith("audio/") else {}
    return {"sha256": NAMES[n], "type": type_, "bytes": 1000, **speaks, **more}


def read(blobs: list[dict[str, Any]]) -> list[Blob]:
    """The blobs of a body, read and checked as the fold does."""
    said = {"household": "h", "occurred_at_ms": 1, "mode": "door", "result": "met", "blobs": blobs}
    body = msgspec.json.decode(msgspec.json.encode(said), type=Body)
    check_blobs(body.blobs)
    return body.blobs


PHOTOS = [blob(0), blob(1, "image/webp"), blob(2, "image/png")]
VOICES = [blob(3, "audio/webm"), blob(4, "audio/mp4")]


@pytest.mark.parametrize("blobs", [[], PHOTOS, VOICES, PHOTOS + VOICES, [blob(0, "audio/ogg")]])
def test_three_photos_and_two_voice_notes_stand(blobs: list[dict[str, Any]]) -> None:
    assert len(read(blobs)) == len(blobs)


@pytest.mark.parametrize("blobs", [
    [*PHOTOS, blob(5)],
    [*VOICES, blob(5, "audio/ogg")],
    [blob(0), blob(0)],
    [blob(0, ms=1000)],
    [blob(0, "audio/webm", ms=65_001)],
    [blob(0, "image/svg+xml")],
    [blob(0, bytes=0)],
    [blob(0, bytes=2 * 1024 * 1024 + 1)],
    [blob(0, sha256=NAMES[0][:42])],
    [blob(0, sha256=NAMES[0][:42] + "B")],
    [blob(0, sha256="../" + NAMES[0][3:])],
    [blob(0, sha256=NAMES[0] + "\n")],
    [{"sha256": NAMES[0]}],
])  # fmt: skip
def test_what_breaks_a_limit_is_a_bad_body(blobs: list[dict[str, Any]]) -> None:
    with pytest.raises((Quarantined, msgspec.ValidationError)):
        read(blobs)
