"""The four digits that both screens show, and why another phone cannot make them agree.

A short authentication string, commit before reveal. The phone binds itself to its key and to a nonce of its own before
it knows the server's nonce; the digits come of all three under the link's secret. Whoever stands between, or races with
a key of their own, has one blind chance in ten thousand for each link: docs/security/enrolment.md. The same words in
`web/phone/digits.js`; `tests/vectors/digits.json` holds the two together.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

NONCE_BYTES = 16
_BOUND, _SHOWN = "sifang-enrolment-commitment-1", "sifang-enrolment-digits-1"
_NONCE = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]")
_COMMITMENT = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")


def b64u(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def new_nonce() -> str:
    """128 random bits, base64url."""
    return b64u(secrets.token_bytes(NONCE_BYTES))


def is_nonce(said: str) -> bool:
    """Whether this is a nonce in its one spelling."""
    return _NONCE.fullmatch(said) is not None


def is_commitment(said: str) -> bool:
    """Whether this could be what a phone bound itself to."""
    return _COMMITMENT.fullmatch(said) is not None


def commitment(public_key: str, phone_nonce: str) -> str:
    """What a phone says first: it can have no other key and no other nonce afterwards."""
    return b64u(hashlib.sha256(f"{_BOUND}\n{public_key}\n{phone_nonce}".encode()).digest())


def digits(token: str, public_key: str, phone_nonce: str, server_nonce: str) -> str:
    """Four digits: the first 32 bits of an HMAC-SHA-256 under the link's token, by ten thousand."""
    told = f"{_SHOWN}\n{public_key}\n{phone_nonce}\n{server_nonce}".encode()
    mark = hmac.digest(token.encode(), told, hashlib.sha256)
    return f"{int.from_bytes(mark[:4], 'big') % 10_000:04}"
