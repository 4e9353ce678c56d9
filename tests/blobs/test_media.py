"""What a file is told by its own marks alone, and what it tells beside the picture goes: hostile files included."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.blobs.media import check, cleaned, kind_of
from server.blobs.refused import Refused
from tests.blobs.pictures import GPS, MP4, OGG, WEBM, jpeg, jpeg_segment, png, png_chunk, webp, webp_chunk

GOOD = [
    ("image/jpeg", jpeg()),
    ("image/jpeg", jpeg(4096, 4096)),
    ("image/jpeg", jpeg(scan=b"\xff\xd0\x01\xff\0\xff\xd7")),
    ("image/jpeg", jpeg(extra=jpeg_segment(0xE2, b"ICC_PROFILE\0\x01\x01abc") + b"\xff\xff\xff\xdd\0\x04\0\x08")),
    ("image/png", png()),
    ("image/webp", webp()),
    ("image/webp", webp(flags=0x10)),
    ("image/webp", webp(9, 9)),
    ("audio/webm", WEBM),
    ("audio/ogg", OGG),
    ("audio/mp4", MP4),
]


@pytest.mark.parametrize(("kind", "data"), GOOD)
def test_what_phones_make_is_taken_as_it_is(kind: str, data: bytes) -> None:
    assert kind_of(data) == kind
    check(data, kind)
    assert cleaned(data) == (kind, data)


TELLING = {
    "exif with a place": jpeg(extra=jpeg_segment(0xE1, GPS)),
    "xmp": jpeg(extra=jpeg_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0GPS ")),
    "iptc": jpeg(extra=jpeg_segment(0xED, b"Photoshop 3.0\0GPS ")),
    "comment": jpeg(extra=jpeg_segment(0xFE, b"GPS ")),
    "a preview in jfif": jpeg(extra=jpeg_segment(0xE0, b"JFXX\0\x10GPS ")),
    "after the end": jpeg(tail=b"\xff\xd8\xff GPS motion photo"),
    "between scans": jpeg(scan=b"\x01\xff\0" + jpeg_segment(0xE1, GPS) + jpeg_segment(0xDA, b"\x01\x01\0\0\x3f\0")),
    "fill bytes before exif": jpeg(extra=b"\xff\xff\xff" + jpeg_segment(0xE1, GPS)),
    "png text": png(extra=png_chunk(b"tEXt", b"Location\0GPS ")),
    "png exif": png(extra=png_chunk(b"eXIf", GPS)),
    "png of another's own": png(extra=png_chunk(b"vpAg", GPS)),
    "webp exif": webp(flags=0x08, extra=webp_chunk(b"EXIF", GPS)),
    "webp xmp": webp(flags=0x04, extra=webp_chunk(b"XMP ", b"GPS ")),
    "webp of another's own": webp(flags=0, extra=webp_chunk(b"maps", b"GPS ")),
    "webp after the end": webp() + b"GPS ",
}  # fmt: skip


@pytest.mark.parametrize("data", TELLING.values(), ids=TELLING)
def test_where_and_when_are_taken_out_of_a_picture(data: bytes) -> None:
    kind = kind_of(data)
    assert kind
    with pytest.raises(Refused, match="metadata"):
        check(data, kind)
    same, clean = cleaned(data)
    assert same == kind
    assert b"GPS" in data
    assert b"GPS" not in clean
    assert b"Xiaomi" not in clean
    assert cleaned(clean) == (kind, clean)


def test_a_place_in_a_recording_is_refused() -> None:
    with pytest.raises(Refused, match="metadata"):
        cleaned(MP4 + b"\0\0\0\x20moov\0\0\0\x18udta\0\0\0\x10\xa9xyz+31.2/")


HOSTILE = {
    "too wide": (jpeg(4097, 8), "pixels"),
    "too high": (png(8, 60_000), "pixels"),
    "a bomb": (png(4_000_000_000, 4_000_000_000), "pixels"),
    "large beside a small head": (webp(5000, 8, flags=None), "pixels"),
    "no pixels": (jpeg(0, 8), "broken"),
    "two frames, the second large": (jpeg(extra=jpeg_segment(0xC2, struct.pack(">BHHB", 8, 9, 9000, 1))), "pixels"),
    "frame too short": (jpeg(extra=jpeg_segment(0xC2, b"\x08\0")), "broken"),
    "cut": (jpeg()[:-4], "broken"),
    "cut in a segment": (jpeg()[:40], "broken"),
    "length of nothing": (b"\xff\xd8\xff\xe0\0\x01", "broken"),
    "png cut": (png()[:-3], "broken"),
    "png without a head": (b"\x89PNG\r\n\x1a\n" + png_chunk(b"IDAT", b""), "broken"),
    "webp that says more than came": (webp()[:-2], "broken"),
    "webp without a picture": (b"RIFF\x04\0\0\0WEBP", "broken"),
    "webp that moves": (webp(flags=0x02), "kind"),
    "a page": (b"<html><script>alert(1)</script>", "kind"),
    "a drawing with a script": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
    "a film": (b"\0\0\0\x18ftypisom" + b"hdlr\0\0\0\0\0\0\0\0vide", "kind"),
    "a film in webm": (WEBM[:60] + b"V_VP9", "kind"),
    "nothing": (b"", "kind"),
}


@pytest.mark.parametrize(("data", "why"), HOSTILE.values(), ids=HOSTILE)
def test_everything_else_is_refused_with_its_reason(data: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        cleaned(data)


def test_a_picture_by_another_name_is_refused() -> None:
    with pytest.raises(Refused, match="kind"):
        check(png(), "image/jpeg")


BEGINNINGS = [data[:cut] for _, data in GOOD for cut in (3, 12, 30)] + [b""]


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=200))
def test_no_bytes_do_more_than_be_refused(begin: bytes, rest: bytes) -> None:
    try:
        kind, clean = cleaned(begin + rest)
    except Refused:
        return
    check(clean, kind)
    assert cleaned(clean) == (kind, clean)


OWN = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""How the segments begin that drawing takes."""
MARKERS = st.sampled_from([0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xEF, 0xFE])
ADDED = st.tuples(MARKERS, st.binary(max_size=60)).filter(
    lambda said: not said[1].startswith(OWN.get(said[0], b"\xff" * 61))
)
DRAWN = st.builds(
    lambda marker, rest: (marker, OWN[marker] + rest), st.sampled_from([0xE2, 0xEE]), st.binary(max_size=60)
)
SEGMENTS = st.lists(st.tuples(st.booleans(), ADDED, DRAWN), max_size=6)


@given(SEGMENTS, st.binary(max_size=40))
def test_what_a_camera_adds_changes_nothing_of_the_picture(
    rows: list[tuple[bool, tuple[int, bytes], tuple[int, bytes]]], tail: bytes
) -> None:
    chosen = [(drawn, jpeg_segment(*(own if drawn else added))) for drawn, added, own in rows]
    everything = b"".join(segment for _, segment in chosen)
    own = b"".join(segment for drawn, segment in chosen if drawn)
    assert cleaned(jpeg(extra=everything, tail=tail)) == ("image/jpeg", jpeg(extra=own))


@given(st.binary(min_size=1, max_size=300), st.integers(0, 400))
def test_a_picture_with_a_byte_changed_never_breaks_the_reader(noise: bytes, at: int) -> None:
    for _, data in GOOD[:8]:
        place = at % len(data)
        try:
            cleaned(data[:place] + noise + data[place + len(noise) :])
        except Refused:
            continue
