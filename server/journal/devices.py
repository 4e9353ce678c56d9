"""Who is exchanging: the device a head statement names, its key, its person, and whether the nonce is fresh."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from server.journal.pull import ScopeState, scopes_of, visible_scopes
from server.journal.sql import Store
from server.journal.tables import PERSON, person_of
from sync.statement import signed_bytes

_ALGORITHM = ec.ECDSA(SHA256())
_COLUMNS = (
    "d.public_key, d.n, d.hash, d.nonce_floor_ms, d.opener, d.revoked_ms, h.log, h.size, h.backed_up_through, "
    f"{', '.join(f'p.{name}' for name in PERSON)}"
)


@dataclass(frozen=True, slots=True)
class Caller:
    """A device at one moment, with the journal's head and the scopes it may see then: none while it is
    out of use, by itself or with its person. `stands`: its person, where they stand in for somebody just now."""

    public_key: bytes
    n: int
    hash: bytes | None
    nonce_floor_ms: int
    opener: str | None
    revoked: bool
    log: str
    size: int
    backed_up_through: int
    scopes: list[ScopeState]
    stands: str | None


def find_caller(store: Store, device: str) -> Caller | None:
    """The phone of this id; None when none is enrolled under it."""
    row = store.row(
        f"SELECT {_COLUMNS} FROM journal_head h JOIN device d ON d.id = $1 LEFT JOIN person p ON p.id = d.person",
        device,
    )
    if row is None or row[0] is None:
        return None
    key, n, digest, floor, opener, revoked_ms, log, size, backed_up_through, *known = row
    person = person_of(known) if known[0] is not None else None
    revoked = revoked_ms is not None or (person is not None and person.ended_ms is not None)
    scopes = [] if revoked or person is None else visible_scopes(store, scopes_of(person.id, person.walked))
    stands = person.id if person is not None and person.lent and not revoked else None
    return Caller(bytes(key), n, digest, floor, opener, revoked, log, size, backed_up_through, scopes, stands)


@lru_cache(maxsize=20_000)
def _key(public_key: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_key)


def is_signed(public_key: bytes, statement: bytes, signature: bytes) -> bool:
    """Whether this key signed the head statement."""
    return is_signed_by(public_key, signed_bytes(statement), signature)


def is_signed_by(public_key: bytes, said: bytes, signature: bytes) -> bool:
    """Whether this key signed these bytes (ECDSA P-256 over SHA-256, raw r‖s)."""
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        _key(public_key).verify(encode_dss_signature(r, s), said, _ALGORITHM)
    except (InvalidSignature, ValueError):
        return False
    return True
