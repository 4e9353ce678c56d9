"""Small pictures and sounds, made of bytes: no camera was there, and no library."""

from __future__ import annotations

import struct
import zlib

GPS = b"Exif\0\0" + b"II*\0\x08\0\0\0" + b"GPS 31.2304 N 121.4737 E Xiaomi 14"


def jpeg_segment(marker: int, body: bytes) -> bytes:
    """0xFF, marker, length, body."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(
    width: int = 8, height: int = 8, *, extra: bytes = b"", tail: bytes = b"", scan: bytes = b"\x12\xff\0\x34"
) -> bytes:
    """A JPEG as its marks tell it; `extra` stands where cameras put EXIF, `tail` after the end."""
    jfif = jpeg_segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    tables = jpeg_segment(0xDB, b"\0" + b"\x10" * 64)
    frame = jpeg_segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0")
    huffman = jpeg_segment(0xC4, b"\0" + b"\0" * 16)
    start = jpeg_segment(0xDA, b"\x01\x01\0\0\x3f\0")
    return b"\xff\xd8" + jfif + extra + tables + frame + huffman + start + scan + b"\xff\xd9" + tail


def huge_jpeg(width: int, height: int) -> bytes:
    """A grey JPEG that decodes at any size: two bits a block, "as the last one" and "nothing more"."""
    jfif = jpeg_segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    tables = jpeg_segment(0xDB, b"\0" + b"\x10" * 64)
    frame = jpeg_segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0")
    one_code = b"\x01" + b"\0" * 15 + b"\0"
    huffman = jpeg_segment(0xC4, b"\0" + one_code) + jpeg_segment(0xC4, b"\x10" + one_code)
    start = jpeg_segment(0xDA, b"\x01\x01\0\0\x3f\0")
    blocks = -(-width // 8) * -(-height // 8)
    return b"\xff\xd8" + jfif + tables + frame + huffman + start + b"\0" * -(-blocks // 4) + b"\xff\xd9"


def webm(ms: int, bytes_more: int = 0) -> bytes:
    """A voice note that says how long it speaks, and holds one packet of silence; `bytes_more` of nothing follow."""

    def box(name: str, body: bytes) -> bytes:
        return bytes.fromhex(name) + struct.pack(">Q", len(body) | 1 << 56) + body

    names = [("4286", b"\1"), ("42f7", b"\1"), ("42f2", b"\4"), ("42f3", b"\x08"), ("4282", b"webm")]
    head = box("1a45dfa3", b"".join(box(*each) for each in (*names, ("4287", b"\4"), ("4285", b"\2"))))
    info = box("2ad7b1", b"\x0f\x42\x40") + box("4489", struct.pack(">d", ms)) + box("4d80", b"t") + box("5741", b"t")
    sound = box("e1", box("b5", struct.pack(">d", 48_000)) + box("9f", b"\1"))
    opus = box("63a2", b"OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0")
    track = box("d7", b"\1") + box("73c5", b"\1") + box("83", b"\2") + box("86", b"A_OPUS") + opus + sound
    cluster = box("e7", b"\0") + box("a3", b"\x81\0\0\x80\xf8\xff\xfe")
    filler = box("ec", b"\0" * bytes_more) if bytes_more else b""
    segment = box("1549a966", info) + box("1654ae6b", box("ae", track)) + box("1f43b675", cluster) + filler
    return head + box("18538067", segment)


def png_chunk(name: bytes, body: bytes) -> bytes:
    """Length, name, body, CRC."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 2, height: int = 2, *, extra: bytes = b"") -> bytes:
    """A grey PNG that decodes."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress((b"\0" + b"\x80" * min(width, 16)) * min(height, 16))
    return b"\x89PNG\r\n\x1a\n" + header + extra + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def webp_chunk(name: bytes, body: bytes) -> bytes:
    """Name, length, body, padded to even."""
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def webp(width: int = 8, height: int = 8, *, extra: bytes = b"", flags: int | None = None) -> bytes:
    """A lossy WebP as its marks tell it; with `flags` one that begins with VP8X."""
    picture = webp_chunk(b"VP8 ", b"\x10\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height) + b"\x07" * 9)
    sides = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    first = b"" if flags is None else webp_chunk(b"VP8X", bytes([flags, 0, 0, 0]) + sides)
    body = b"WEBP" + first + picture + extra
    return b"RIFF" + struct.pack("<I", len(body)) + body


WEBM = (
    b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webmB\x87\x81\x04" + b"A_OPUS" * 50
)
OGG = b"OggS\0\x02" + b"\0" * 22 + b"OpusHead" + b"\x07" * 300
MP4 = b"\0\0\0\x18ftypM4A \0\0\0\0M4A isom" + b"\0\0\x01\0mdat" + b"\x07" * 248
