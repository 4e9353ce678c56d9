"""What a phone keeps to show that this installation enrolled it: a server restored from before then may read it.

`<JSON, base64url>.<HMAC-SHA-256 of it under the installation's secret, base64url>`.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import json
from base64 import urlsafe_b64decode

from server.join.digits import b64u

_PURPOSE = b"enrolment certificate\0"


def make_certificate(secret: bytes, device: str, person: str, public_key: str, log: str, now_ms: int) -> str:
    """The certificate of a device."""
    told = {"v": 1, "device": device, "person": person, "public_key": public_key, "log": log, "enrolled_ms": now_ms}
    raw = json.dumps(told, separators=(",", ":")).encode()
    return f"{b64u(raw)}.{b64u(_mark(secret, raw))}"


def read_certificate(secret: bytes, text: str) -> dict[str, object] | None:
    """What a certificate of ours says; None when it is not ours."""
    said = text.partition(".")[0]
    try:
        raw = urlsafe_b64decode(said + "=" * (-len(said) % 4))
    except (ValueError, binascii.Error):
        return None
    # Compared as it is spelled: there is one text for each certificate.
    if not hmac.compare_digest(f"{b64u(raw)}.{b64u(_mark(secret, raw))}".encode(), text.encode()):
        return None
    told: dict[str, object] = json.loads(raw)
    return told


def _mark(secret: bytes, raw: bytes) -> bytes:
    return hmac.digest(secret, _PURPOSE + raw, hashlib.sha256)
