"""Ids that the same content always gets, so that importing it twice cannot make it twice."""

from __future__ import annotations

import hashlib
import uuid


def made_from(timestamp_ms: int, *content: object) -> str:
    """An id in the shape of a UUIDv7 whose random part is the SHA-256 of `content`."""
    digest = hashlib.sha256("\n".join(str(part) for part in content).encode()).digest()
    value = (timestamp_ms & ((1 << 48) - 1)) << 80 | int.from_bytes(digest[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def time_of(id_: str) -> int:
    """The milliseconds a UUIDv7 begins with: what belongs to a grid sorts after it."""
    return uuid.UUID(id_).int >> 80
