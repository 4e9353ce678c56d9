"""Photos and voice notes as forms write them and pages tell of them: how many, and how many have arrived.

Twin of web/phone/views/blobs.js.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

Blob = Mapping[str, Any]

PHOTOS_MAX, VOICES_MAX = 3, 2
BYTES_MAX = 2 * 1024 * 1024
VOICE_MS_MAX = 65_000

_ONE = re.compile(
    r"([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])"
    r"\.(image/jpeg|image/webp|image/png|audio/webm|audio/mp4|audio/ogg)"
    r"\.([1-9][0-9]{0,6})(?:\.([1-9][0-9]{0,4}))?"
)


def spoken(blob: Blob) -> bool:
    """Whether it is a voice note, not a photo."""
    return str(blob["type"]).startswith("audio/")


def read_blobs(text: str) -> list[dict[str, Any]]:
    """What a form's field holds, `sha256.type.bytes[.ms]` with commas between: each once, as many as a visit may have.
    What cannot be read is nobody's photo."""
    blobs: list[dict[str, Any]] = []
    for part in text.split(","):
        found = _ONE.fullmatch(part)
        if found is None:
            continue
        sha256, type_, size, ms = found.groups()
        blob: dict[str, Any] = {"sha256": sha256, "type": type_, "bytes": int(size), **({"ms": int(ms)} if ms else {})}
        like = sum(spoken(each) == spoken(blob) for each in blobs)
        fits = blob["bytes"] <= BYTES_MAX and like < (VOICES_MAX if spoken(blob) else PHOTOS_MAX)
        timed = ms is None or (spoken(blob) and int(ms) <= VOICE_MS_MAX)
        if fits and timed and all(each["sha256"] != sha256 for each in blobs):
            blobs.append(blob)
    return blobs


def write_blobs(blobs: Iterable[Blob]) -> str:
    """The same as a form's field."""
    return ",".join(
        ".".join(str(blob[name]) for name in ("sha256", "type", "bytes", "ms") if blob.get(name)) for blob in blobs
    )


def blobs_told(blobs: Iterable[Blob] | None, known: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
    """What a page tells of a visit's photos and voice notes; None when it has none. `known` is what this phone (or the
    server) knows of them: on the phone of whoever made them some may still wait."""
    all_ = [_told(blob, (known or {}).get(blob["sha256"]) or {}) for blob in blobs or ()]
    if not all_:
        return None
    sorts = []
    for kind in ("photo", "voice"):
        some = [blob for blob in all_ if blob["kind"] == kind]
        for n, blob in enumerate(some, 1):
            blob["n"] = n
        there = sum(not blob["waiting"] and not blob["refused"] for blob in some)
        if some:
            sorts.append({"kind": kind, "n": len(some), "there": there, "arrived": there == len(some)})
    return {"all": all_, "sorts": sorts}


def _told(blob: Blob, here: Mapping[str, Any]) -> dict[str, Any]:
    ms = blob.get("ms")
    return {
        "sha256": blob["sha256"],
        "kind": "voice" if spoken(blob) else "photo",
        # Half a second more counts, as in JavaScript.
        "s": max(1, (ms + 500) // 1000) if ms else 0,
        "waiting": bool(here.get("todo")),
        "refused": here.get("refused") or "",
        "n": 0,
    }
