"""PNG: a signature and a row of chunks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from server.blobs.refused import Refused

SIGNATURE = b"\x89PNG\r\n\x1a\n"
DRAWING = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"})
"""What drawing takes. Texts, times, EXIF are not among it, nor the colour profile, which can hold anything packed."""
CHUNKS_MAX = 65_536


class Chunk(NamedTuple):
    name: bytes
    start: int
    end: int


def chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks up to the end of the picture. Raises Refused(broken)."""
    if data[:8] != SIGNATURE:
        raise Refused("broken")
    at = 8
    for _ in range(CHUNKS_MAX):
        name, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4], "big")
        if len(name) < 4 or end > len(data):
            raise Refused("broken")
        yield Chunk(name, at, end)
        if name == b"IEND":
            return
        at = end
    raise Refused("broken")


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height. Raises Refused(broken)."""
    first = next(chunks(data))
    if first.name != b"IHDR" or first.end - first.start != 25:
        raise Refused("broken")
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def without_metadata(data: bytes) -> bytes:
    """The picture alone, without texts, times and EXIF. Raises Refused(broken)."""
    return SIGNATURE + b"".join(data[chunk.start : chunk.end] for chunk in chunks(data) if chunk.name in DRAWING)
