"""Edits and signatures as a phone makes them (web/phone/edit.js): bytes made once, dice in place of chance."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from simulator.store import Record
from sync.edit import b64u
from sync.statement import signed_bytes

_encode = msgspec.json.Encoder().encode
_ALGORITHM = ec.ECDSA(SHA256(), deterministic_signing=True)


def hashed(header: str) -> str:
    """An edit's name: SHA-256 over its header."""
    return b64u(sha256(header.encode()).digest())


def make_edit(said: dict[str, Any], salt: bytes, body: dict[str, Any], more: dict[str, Any] | None = None) -> Record:
    """An edit at a known place of the chain; `said` are the header's fields in order, `more` later keys."""
    text = _encode(body)
    digest = b64u(sha256(salt + text).digest())
    header = _encode({"edit": 1, **said, "body_hash": digest, **(more or {})}).decode()
    return Record(
        said["device"],
        said["n"],
        said["id"],
        hashed(header),
        header,
        text.decode(),
        b64u(salt),
        said["kind"],
        said["entity"],
        said["grid"],
        said["at_ms"],
        said["over"],
    )


@lru_cache(maxsize=100)
def key(number: int) -> ec.EllipticCurvePrivateKey:
    """The device key of this number: the same in every run."""
    return ec.derive_private_key(7919 + number, ec.SECP256R1())


@lru_cache(maxsize=100)
def public_key(number: int) -> str:
    """The raw point, base64url."""
    return b64u(key(number).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def sign(number: int, statement: bytes) -> str:
    """ECDSA P-256 over SHA-256, raw r‖s."""
    r, s = decode_dss_signature(key(number).sign(signed_bytes(statement), _ALGORITHM))
    return b64u(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
