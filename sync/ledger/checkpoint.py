"""A checkpoint (C2SP tlog-checkpoint): how long the log is, and the one hash that stands for all of it."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from sync.ledger.note import Check, Note, VerifierKey, read_note, signers
from sync.ledger.tree import HASH_BYTES
from sync.strict import INTEGER_MAX, Malformed

_TEXT = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n")


@dataclass(frozen=True)
class Checkpoint:
    """Which log, its number of edits, the root over them. Ours have no further lines."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that a note's text says. Raises Malformed."""
    found = _TEXT.fullmatch(text)
    if found is None or int(found[2]) > INTEGER_MAX:
        raise Malformed("bad_shape", "a checkpoint is an origin, a size and a root")
    checkpoint = Checkpoint(found[1], int(found[2]), b64decode(found[3]))
    if len(checkpoint.root) != HASH_BYTES or checkpoint.text() != text:
        raise Malformed("bad_shape", "a checkpoint's root is not base64 of 32 bytes in its one spelling")
    return checkpoint


def open_checkpoint(text: str, keys: Sequence[VerifierKey], check: Check) -> tuple[Checkpoint, Note]:
    """A checkpoint signed by one of the log's keys, and the note it came as. The log's keys bear its origin's name.
    Raises Malformed: `bad_signature` where none of them signed it."""
    note = read_note(text)
    checkpoint = read_checkpoint(note.text)
    if not any(key.name == checkpoint.origin for key in signers(note, keys, check)):
        raise Malformed("bad_signature", "a checkpoint is not signed by a key of its log")
    return checkpoint, note
