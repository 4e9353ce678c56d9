"""A small reader of LevelDB's files, as browsers write them: each block of a table, each record of a log, inflated.

Only for searching: keys and values are not told apart, nothing is merged, deleted entries are read like any other.
Formats: table_format.md and log_format.md of LevelDB; Snappy's format_description.txt.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

FOOTER_BYTES, TRAILER_BYTES = 48, 5
LOG_BLOCK_BYTES, LOG_HEADER_BYTES = 32 * 1024, 7
MAGIC = 0xDB4775248B80FB57.to_bytes(8, "little")
SNAPPY = 1
LITERAL, SHORT_COPY, LONG_COPY = 0, 1, 2
LONG_LITERAL = 60


def contents(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """What the tables and logs under a folder say, file by file."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".ldb", ".sst"):
            yield path, table(path.read_bytes())
        elif path.suffix == ".log" and path.stem.isdigit():
            yield path, log(path.read_bytes())


def table(raw: bytes) -> bytes:
    """All entries of a table, keys whole; nothing of a file that was cut off."""
    if raw[-8:] != MAGIC:
        return b""
    footer = raw[-FOOTER_BYTES:]
    at = _skip_handle(footer, 0)
    index = _block(raw, *_handle(footer, at))
    blocks = [_block(raw, *_handle(handle, 0)) for _, handle in _entries(index)]
    return b"".join(key + b"\n" + value + b"\n" for block in blocks for key, value in _entries(block))


def log(raw: bytes) -> bytes:
    """All records of a log, their fragments joined."""
    found = bytearray()
    for start in range(0, len(raw), LOG_BLOCK_BYTES):
        block = raw[start : start + LOG_BLOCK_BYTES]
        at = 0
        while at + LOG_HEADER_BYTES <= len(block):
            size = int.from_bytes(block[at + 4 : at + 6], "little")
            found += block[at + LOG_HEADER_BYTES : at + LOG_HEADER_BYTES + size]
            at += LOG_HEADER_BYTES + size
            if not size:
                break
    return bytes(found)


def _block(raw: bytes, offset: int, size: int) -> bytes:
    block = raw[offset : offset + size]
    return unsnapped(block) if raw[offset + size] == SNAPPY else block


def _entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Keys share their beginning with the one before."""
    restarts = int.from_bytes(block[-4:], "little")
    end, at, key = len(block) - 4 * (restarts + 1), 0, b""
    while at < end:
        shared, at = _varint(block, at)
        fresh, at = _varint(block, at)
        size, at = _varint(block, at)
        key = key[:shared] + block[at : at + fresh]
        yield key, block[at + fresh : at + fresh + size]
        at += fresh + size


def _handle(raw: bytes, at: int) -> tuple[int, int]:
    offset, at = _varint(raw, at)
    size, _ = _varint(raw, at)
    return offset, size


def _skip_handle(raw: bytes, at: int) -> int:
    _, at = _varint(raw, at)
    _, at = _varint(raw, at)
    return at


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = raw[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def unsnapped(raw: bytes) -> bytes:
    """A Snappy block inflated; what can be read of one that is broken."""
    size, at = _varint(raw, 0)
    out = bytearray()
    while at < len(raw) and len(out) < size:
        tag = raw[at]
        at += 1
        if tag & 3 == LITERAL:
            length = tag >> 2
            if length >= LONG_LITERAL:
                more = length - LONG_LITERAL + 1
                length = int.from_bytes(raw[at : at + more], "little")
                at += more
            out += raw[at : at + length + 1]
            at += length + 1
            continue
        if tag & 3 == SHORT_COPY:
            length, offset, at = 4 + ((tag >> 2) & 7), ((tag >> 5) << 8) | raw[at], at + 1
        else:
            wide = 2 if tag & 3 == LONG_COPY else 4
            length, offset, at = 1 + (tag >> 2), int.from_bytes(raw[at : at + wide], "little"), at + wide
        if not 0 < offset <= len(out):
            return bytes(out)
        for _ in range(length):
            out.append(out[-offset])
    return bytes(out)
