"""JPEG: a row of segments, each with a marker; between them the scans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from server.blobs.refused import Refused

SOI, EOI, SOS, DAC, DNL = 0xD8, 0xD9, 0xDA, 0xCC, 0xDC
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, DAC}
ALONE = frozenset([0x01, *range(0xD0, 0xD8)])
"""Markers without a length: TEM and the restarts."""
TABLES = frozenset([0xC4, DAC, 0xDB, 0xDD])
DRAWING = TABLES | FRAMES | {SOS, EOI, SOI}
"""What drawing takes. JFIF's, the colour profile's and Adobe's own segments are looked at below; EXIF, XMP, IPTC,
comments, previews and whatever follows the end are not."""
SEGMENTS_MAX = 4096


class Segment(NamedTuple):
    """A marker with what follows it, or (`marker` 0) the bytes of a scan."""

    marker: int
    start: int
    end: int


def segments(data: bytes) -> Iterator[Segment]:
    """The picture from its beginning to its end. Raises Refused(broken)."""
    if data[:2] != b"\xff\xd8":
        raise Refused("broken")
    yield Segment(SOI, 0, 2)
    at = 2
    for _ in range(SEGMENTS_MAX):
        start = at
        while data[at : at + 2] == b"\xff\xff":  # fill bytes
            at += 1
        if data[at : at + 1] != b"\xff" or at + 1 >= len(data):
            raise Refused("broken")
        marker = data[at + 1]
        at += 2
        if marker == EOI:
            yield Segment(EOI, start, at)
            return
        if marker not in ALONE:
            length = int.from_bytes(data[at : at + 2], "big")
            if marker in (0, SOI) or length < 2 or at + length > len(data):
                raise Refused("broken")
            at += length
        yield Segment(marker, start, at)
        if marker == SOS:
            end = _end_of_scan(data, at)
            yield Segment(0, at, end)
            at = end
    raise Refused("broken")


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands: 0xFF 0x00 is a byte of the scan, restarts belong to it."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Refused("broken")
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height: the largest that any frame names. Raises Refused(broken)."""
    width = height = 0
    for part in segments(data):
        if part.marker == DNL:  # the height told after the scan: nobody writes that
            raise Refused("broken")
        if part.marker in FRAMES:
            found = _frame(_said(data, part))
            width, height = max(width, found[0]), max(height, found[1])
    if not width or not height:
        raise Refused("broken")
    return width, height


def _said(data: bytes, part: Segment) -> bytes:
    """A segment without its fill bytes, marker and length."""
    return data[part.start : part.end].lstrip(b"\xff")[3:]


def _frame(said: bytes) -> tuple[int, int]:
    if len(said) < 6:
        raise Refused("broken")
    return int.from_bytes(said[3:5], "big"), int.from_bytes(said[1:3], "big")


def without_metadata(data: bytes) -> bytes:
    """The picture alone: segments that drawing does not take are left out, and whatever follows the end. Raises
    Refused(broken)."""
    return b"".join(data[part.start : part.end] for part in segments(data) if _draws(data, part))


def _draws(data: bytes, part: Segment) -> bool:
    if part.marker == 0 or part.marker in DRAWING or part.marker in ALONE:
        return True
    said = _said(data, part)
    if part.marker == 0xE0:  # JFIF without a preview
        return said[:5] == b"JFIF\0" and len(said) == 14
    return (part.marker == 0xE2 and said[:12] == b"ICC_PROFILE\0") or (part.marker == 0xEE and said[:5] == b"Adobe")
