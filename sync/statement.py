"""The head statement: a device's one signed sentence about its chain, fresh by the server's nonce.

It authenticates the whole exchange. It covers all earlier edits through `prev`, and cannot be replayed: a nonce
counts once for a new statement, and again only for the same one (a retry whose answer was lost).
"""

from __future__ import annotations

import hmac
import re
from hashlib import sha256

import msgspec

from sync import strict
from sync.edit import b64u, unb64u
from sync.strict import INTEGER_MAX, Malformed, is_uuid

PREFIX = b"sifang-head-v1\n"
STATEMENT_BYTES_MAX = 1024
SIGNATURE_BYTES = 64
PUBLIC_KEY_BYTES = 65
NONCE_BYTES = 24

_HASH = re.compile(r"[A-Za-z0-9_-]{43}")


class Statement(msgspec.Struct, frozen=True, gc=False):
    """What the device says: its last edit in this exchange (or the last one acknowledged), and its newest."""

    v: int
    device: str
    n: int
    hash: str | None
    top: int
    nonce: str
    at_ms: int


_decode = msgspec.json.Decoder(Statement).decode
_encode = msgspec.json.Encoder().encode


def signed_bytes(statement: bytes) -> bytes:
    """What the device signs (ECDSA P-256, SHA-256)."""
    return PREFIX + statement


def make_statement(statement: Statement) -> bytes:
    """The statement's bytes, as the phone makes them."""
    return _encode(statement)


def read_statement(raw: bytes) -> Statement:
    """The fields of a statement. Raises Malformed."""
    if len(raw) > STATEMENT_BYTES_MAX:
        raise Malformed("too_large", f"a statement has at most {STATEMENT_BYTES_MAX} bytes")
    try:
        statement = _decode(raw)
    except RecursionError:
        raise Malformed("too_deep", "a statement is flat") from None
    except msgspec.ValidationError as error:
        raise Malformed("bad_shape", f"statement: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed("bad_json", f"statement: {error}") from None
    if _encode(statement) != raw:
        strict.read(raw)
    ordered = 0 <= statement.n <= statement.top <= INTEGER_MAX and 0 <= statement.at_ms <= INTEGER_MAX
    if statement.v != 1 or not is_uuid(statement.device) or not ordered:
        raise Malformed("bad_shape", "statement: v, device, n, top or at_ms")
    if (statement.hash is None) != (statement.n == 0) or (statement.hash and not _HASH.fullmatch(statement.hash)):
        raise Malformed("bad_shape", "statement: hash is null for n 0 and a hash for every other")
    return statement


def make_nonce(secret: bytes, device: str, issued_ms: int) -> str:
    """A nonce for this device: 8 bytes of time, big-endian, and 16 bytes of HMAC-SHA256 under the installation's
    secret. The server need not remember it."""
    return b64u(issued_ms.to_bytes(8, "big") + _seal(secret, device, issued_ms))


def read_nonce(secret: bytes, device: str, nonce: str) -> int | None:
    """When this server made the nonce for this device; None when it did not."""
    try:
        raw = unb64u(nonce, NONCE_BYTES)
    except Malformed:
        return None
    issued_ms = int.from_bytes(raw[:8], "big")
    return issued_ms if hmac.compare_digest(raw[8:], _seal(secret, device, issued_ms)) else None


def _seal(secret: bytes, device: str, issued_ms: int) -> bytes:
    return hmac.digest(secret, f"nonce\n{device}\n{issued_ms}".encode(), sha256)[:16]
