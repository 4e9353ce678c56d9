"""Signed notes (C2SP signed-note): a text, a blank line, and who signed it.

Ed25519 alone is known here, the log's own (type 1) and, for cosignatures, a witness's (type 4). The arithmetic is
handed in: this package computes hashes and nothing else.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

from sync.strict import Malformed

ED25519, COSIGNED = 1, 4
KEY_BYTES, ID_BYTES, SIGNATURE_BYTES, TIME_BYTES = 32, 4, 64, 8
NOTE_BYTES_MAX = 64 * 1024
SIGNATURES_MAX = 64
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")

Check = Callable[[bytes, bytes, bytes], bool]
"""(public key, signature, message): whether the signature is Ed25519's."""


@dataclass(frozen=True)
class VerifierKey:
    """Whose signature counts: a name, a type, a public key of 32 bytes."""

    name: str
    type: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The first four bytes of the SHA-256 over name, newline, type and key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:ID_BYTES]

    def __str__(self) -> str:
        """As it is written down: name+id+key."""
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.type]) + self.public).decode()}"


@dataclass(frozen=True)
class Signature:
    """One line below a note."""

    name: str
    id: bytes
    signature: bytes

    def line(self) -> str:
        """As it stands there, without the newline."""
        return f"— {self.name} {b64encode(self.id + self.signature).decode()}"


@dataclass(frozen=True)
class Note:
    """A text, its last newline included, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        """The note as it travels."""
        return f"{self.text}\n" + "".join(f"{each.line()}\n" for each in self.signatures)


def is_key_name(name: str) -> bool:
    """Whether a key may have this name."""
    return _NAME.fullmatch(name) is not None


def read_verifier_key(text: str) -> VerifierKey:
    """A key as it is written down. Raises Malformed."""
    name, _, rest = text.partition("+")
    id_, _, coded = rest.partition("+")
    raw = _unb64(coded)
    if len(raw) != 1 + KEY_BYTES or raw[0] not in (ED25519, COSIGNED) or not is_key_name(name):
        raise Malformed("bad_shape", "a verifier key is name+id+base64 of an Ed25519 key")
    key = VerifierKey(name, raw[0], raw[1:])
    if key.id.hex() != id_:
        raise Malformed("bad_shape", "a verifier key's id is not that of its name and key")
    return key


def read_note(text: str) -> Note:
    """A signed note, each byte of it accounted for. Raises Malformed."""
    if len(text.encode("utf-8", "replace")) > NOTE_BYTES_MAX:
        raise Malformed("too_large", f"a note has at most {NOTE_BYTES_MAX} bytes")
    body, blank, below = text.rpartition("\n\n")
    if not blank or not below.endswith("\n") or _CONTROL.search(text):
        raise Malformed("bad_shape", "a note is a text, a blank line, and signature lines")
    lines = below[:-1].split("\n")
    if len(lines) > SIGNATURES_MAX:
        raise Malformed("bad_shape", f"a note has at most {SIGNATURES_MAX} signatures")
    return Note(f"{body}\n", tuple(_signature(line) for line in lines))


def signers(note: Note, keys: Iterable[VerifierKey], check: Check) -> list[VerifierKey]:
    """Whose of these keys signed the note. Signatures of others are passed over; one in the name of a key that is not
    that key's spoils the note. Raises Malformed."""
    known = {(key.name, key.id): key for key in keys}
    signed: list[VerifierKey] = []
    for line in note.signatures:
        key = known.get((line.name, line.id))
        if key is None:
            continue
        message, raw = signed_message(note.text, key, line.signature)
        if len(raw) != SIGNATURE_BYTES or not check(key.public, raw, message):
            raise Malformed("bad_signature", f"a note's signature is not that of {key.name}")
        if key not in signed:
            signed.append(key)
    return signed


def signed_message(text: str, key: VerifierKey, signature: bytes) -> tuple[bytes, bytes]:
    """What was signed, and the Ed25519 signature itself: a cosignature says its time (seconds) before the text."""
    if key.type != COSIGNED:
        return text.encode(), signature
    return cosigned(text, int.from_bytes(signature[:TIME_BYTES], "big")), signature[TIME_BYTES:]


def cosigned(text: str, time_s: int) -> bytes:
    """What a witness signs of a checkpoint (C2SP tlog-cosignature)."""
    return f"cosignature/v1\ntime {time_s}\n{text}".encode()


def _signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, coded = rest.partition(" ")
    raw = _unb64(coded)
    if dash != "—" or not is_key_name(name) or len(raw) <= ID_BYTES:
        raise Malformed("bad_shape", "a signature line is a dash, a name and base64")
    return Signature(name, raw[:ID_BYTES], raw[ID_BYTES:])


def _unb64(text: str) -> bytes:
    """Standard base64 with padding, in its one spelling. Raises Malformed."""
    try:
        raw = b64decode(text, validate=True)
    except (NotBase64, ValueError):
        raise Malformed("bad_shape", "not base64") from None
    if b64encode(raw).decode() != text:
        raise Malformed("bad_shape", "not base64 in its one spelling")
    return raw
