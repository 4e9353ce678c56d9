"""WebP: a RIFF file of chunks; one that is more than a plain picture begins with VP8X."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from server.blobs.refused import Refused

DRAWING = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"})
PICTURES = frozenset({b"VP8 ", b"VP8L"})
EXIF_FLAG, XMP_FLAG, ANIMATION_FLAG = 0x08, 0x04, 0x02
CHUNKS_MAX = 1000


class Chunk(NamedTuple):
    name: bytes
    start: int
    end: int


def chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks of the file, `end` without padding. Raises Refused(broken)."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or end > len(data):
        raise Refused("broken")
    at = 12
    for _ in range(CHUNKS_MAX):
        if at >= end:
            return
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + length > end:
            raise Refused("broken")
        yield Chunk(data[at : at + 4], at, at + 8 + length)
        at += 8 + length + length % 2
    raise Refused("broken")


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height: the largest that any part names. Raises Refused(broken), Refused(kind) for moving pictures."""
    width = height = pictures = 0
    for name, start, end in chunks(data):
        if name in (b"ANIM", b"ANMF"):
            raise Refused("kind")
        if name not in (b"VP8 ", b"VP8L", b"VP8X"):
            continue
        found = _size(name, data[start + 8 : end])
        width, height, pictures = max(width, found[0]), max(height, found[1]), pictures + (name in PICTURES)
    if pictures != 1:
        raise Refused("broken")
    return width, height


def _size(name: bytes, body: bytes) -> tuple[int, int]:
    if len(body) < 10 and not (name == b"VP8L" and len(body) >= 5):
        raise Refused("broken")
    if name == b"VP8X":
        if body[0] & ANIMATION_FLAG:
            raise Refused("kind")
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if name == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        if body[0] != 0x2F:
            raise Refused("broken")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if body[3:6] != b"\x9d\x01\x2a":
        raise Refused("broken")
    return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF


def without_metadata(data: bytes) -> bytes:
    """The picture alone, without EXIF, XMP and chunks we do not know. Raises Refused(broken)."""
    kept = b""
    for name, start, end in chunks(data):
        if name not in DRAWING:
            continue
        body = data[start + 8 : end]
        if name == b"VP8X" and body:
            body = bytes([body[0] & ~(EXIF_FLAG | XMP_FLAG)]) + body[1:]
        kept += name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
    return b"RIFF" + (4 + len(kept)).to_bytes(4, "little") + b"WEBP" + kept
