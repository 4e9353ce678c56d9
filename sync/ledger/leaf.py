"""What the log says of one edit: that this edit came then, and this became of it.

A leaf is a hash over random ids and salts, so leaves may be public; an edit given another receipt time or another
outcome has another leaf.
"""

from __future__ import annotations

from hashlib import sha256

PREFIX = b"sifang-leaf-v1\n"


def leaf_data(edit: bytes, received_ms: int, outcome: str, reason: str | None) -> bytes:
    """The log's entry for an edit, 32 bytes: SHA-256 over the prefix, the edit's hash (32 bytes), the receipt time (8
    bytes, big-endian), the outcome and, where there is one, a newline and the reason (ASCII)."""
    said = outcome if reason is None else f"{outcome}\n{reason}"
    return sha256(PREFIX + edit + received_ms.to_bytes(8, "big") + said.encode()).digest()
