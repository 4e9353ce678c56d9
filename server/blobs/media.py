"""What a file is, by its own marks: kind, size in pixels, and whether anything in it tells more than the picture.

Pure functions over bytes that anybody may have made. JPEG: ITU T.81, annex B. PNG: W3C PNG, chunks. WebP: RFC 9649.
"""

from __future__ import annotations

from server.blobs import jpeg, png, webp
from server.blobs.refused import Refused

SIDE_MAX = 4096
HEAD_BYTES = 4096
"""Where a file of sound says what is in it."""

_PICTURES = {"image/jpeg": jpeg, "image/png": png, "image/webp": webp}
_MP4_PLACES = (b"\xa9xyz", b"loci")
"""The boxes in which a recorder writes down where it was (3GPP TS 26.244, QuickTime)."""


def kind_of(data: bytes) -> str | None:
    """The type of a photo or voice note; None for everything else."""
    if data[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    if data[:8] == png.SIGNATURE:
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[:4] == b"\x1aE\xdf\xa3" and b"webm" in data[:64]:
        return None if b"V_VP" in data[:HEAD_BYTES] or b"V_AV1" in data[:HEAD_BYTES] else "audio/webm"
    if data[:4] == b"OggS":
        return None if b"theora" in data[:HEAD_BYTES] else "audio/ogg"
    if data[4:8] == b"ftyp":
        return None if b"hdlr\0\0\0\0\0\0\0\0vide" in data else "audio/mp4"
    return None


def check(data: bytes, kind: str) -> None:
    """Raises Refused unless this is of that kind, of few enough pixels, and tells no more than it shows."""
    if kind_of(data) != kind:
        raise Refused("kind")
    picture = _PICTURES.get(kind)
    if picture is None:
        if kind == "audio/mp4" and any(mark in data for mark in _MP4_PLACES):
            raise Refused("metadata")
        return
    width, height = picture.size_of(data)
    if not (0 < width <= SIDE_MAX and 0 < height <= SIDE_MAX):
        raise Refused("pixels")
    if picture.without_metadata(data) != data:
        raise Refused("metadata")


def cleaned(data: bytes) -> tuple[str, bytes]:
    """The kind of a file that somebody chose, and the file without what it tells beside the picture. Raises Refused."""
    kind = kind_of(data)
    if kind is None:
        raise Refused("kind")
    picture = _PICTURES.get(kind)
    if picture is not None:
        data = picture.without_metadata(data)
    check(data, kind)
    return kind, data
