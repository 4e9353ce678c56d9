"""Sealing to the server: what a phone closes for it, nobody on the way can read, not even the phone that carries it.

Ephemeral ECDH on P-256, HKDF-SHA256, AES-256-GCM. A sealed text is: 8 bytes of key id, 65 bytes of the ephemeral public
point, then the ciphertext with its tag. Key and nonce both come from the exchange, so no nonce is ever used twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

INFO = b"sifang-seal-v1"
ID_BYTES, POINT_BYTES, KEY_BYTES, NONCE_BYTES, SCALAR_BYTES = 8, 65, 32, 12, 32
SEAL_BYTES = ID_BYTES + POINT_BYTES + 16
"""By how much a sealed text is longer."""


class NotSealedToUs(Exception):
    """The text was closed for another server, or its bytes were changed on the way."""


@dataclass(frozen=True)
class SealKey:
    """The server's key pair for sealed texts."""

    private: EllipticCurvePrivateKey

    @property
    def public(self) -> bytes:
        """The raw point, 65 bytes."""
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def id(self) -> bytes:
        """The first 8 bytes of the SHA-256 of the public point."""
        return sha256(self.public).digest()[:ID_BYTES]

    def open(self, sealed: bytes) -> bytes:
        """What was sealed. Raises NotSealedToUs."""
        id_, point, text = (
            sealed[:ID_BYTES],
            sealed[ID_BYTES : ID_BYTES + POINT_BYTES],
            sealed[ID_BYTES + POINT_BYTES :],
        )
        if id_ != self.id:
            raise NotSealedToUs
        try:
            theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
            key, nonce = _derived(self.private.exchange(ECDH(), theirs), point, self.public)
            return AESGCM(key).decrypt(nonce, text, None)
        except (ValueError, InvalidTag):
            raise NotSealedToUs from None


def seal(text: bytes, public: bytes, ours: EllipticCurvePrivateKey | None = None) -> bytes:
    """Close a text for the server whose public point this is, as phones do it. `ours`: a key of this one use."""
    ours = ours or generate_private_key(SECP256R1())
    point = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = ours.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public))
    key, nonce = _derived(shared, point, public)
    return sha256(public).digest()[:ID_BYTES] + point + AESGCM(key).encrypt(nonce, text, None)


def _derived(shared: bytes, point: bytes, public: bytes) -> tuple[bytes, bytes]:
    made = HKDF(SHA256(), KEY_BYTES + NONCE_BYTES, salt=point + public, info=INFO).derive(shared)
    return made[:KEY_BYTES], made[KEY_BYTES:]


def open_sealed(keys: Iterable[SealKey], sealed: bytes) -> bytes:
    """What was sealed to any of these keys. Raises NotSealedToUs."""
    for key in keys:
        if key.id == sealed[:ID_BYTES]:
            return key.open(sealed)
    raise NotSealedToUs


def new_scalar() -> bytes:
    """A new private key, as it lies in its file."""
    return generate_private_key(SECP256R1()).private_numbers().private_value.to_bytes(SCALAR_BYTES, "big")


@lru_cache(maxsize=8)
def seal_key(scalar: bytes) -> SealKey:
    """The key pair of a scalar."""
    return SealKey(derive_private_key(int.from_bytes(scalar, "big"), SECP256R1()))
