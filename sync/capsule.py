"""The capsule: unsent edits in one file, sealed to the server, that anybody may carry there; authorship intact.

A statement like the head statement, signed for this purpose alone, names the last edit in it. There is no nonce: a
capsule may lie in a drawer for a week, and carrying it in twice changes nothing.
"""

from __future__ import annotations

import msgspec

from sync import strict
from sync.strict import Malformed

PREFIX = b"sifang-capsule-v1\n"
FILE_BYTES_MAX = 8 * 1024 * 1024
INFLATED_BYTES_MAX = 16 * 1024 * 1024
EDITS_MAX = 2_000


class CapsuleHead(msgspec.Struct, frozen=True):
    """Who made it, and up to which edit; believed once its signature is checked."""

    statement: str
    signature: str


class Capsule(msgspec.Struct, frozen=True):
    """The file. `sealed` is base64url over gzip over `{"edits": [{"h", "s", "b"}]}`, sealed."""

    sifang: str
    v: int
    head: CapsuleHead
    sealed: str


_decode = msgspec.json.Decoder(Capsule).decode


def signed_capsule(statement: bytes) -> bytes:
    """What the device signs (ECDSA P-256, SHA-256)."""
    return PREFIX + statement


def read_capsule(raw: bytes) -> Capsule:
    """The file's parts. Raises Malformed: `not_capsule`, `too_large`."""
    if len(raw) > FILE_BYTES_MAX:
        raise Malformed("too_large", f"a capsule has at most {FILE_BYTES_MAX} bytes")
    try:
        capsule = _decode(raw)
        strict.read(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, Malformed):
        raise Malformed("not_capsule", "no capsule, or one that was cut short") from None
    if capsule.sifang != "capsule" or capsule.v != 1:
        raise Malformed("not_capsule", "not a capsule of version 1")
    return capsule
