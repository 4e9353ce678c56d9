"""What a phone makes of a server's word on the log: it holds a longer past that contains the one it knew, or it doubts.

The twin in web/phone/ledger/receive.js does the same, held to it by the same vectors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sync.ledger.checkpoint import Checkpoint, open_checkpoint
from sync.ledger.leaf import leaf_data
from sync.ledger.note import Check, VerifierKey
from sync.ledger.tree import is_consistent, leaf_hash, root_of_cover
from sync.strict import Malformed

ORIGIN_CHARS_MAX = 200
"""As long as a request may name it."""
OUTCOMES = ("accepted", "contested", "duplicate", "quarantined")
REASON = re.compile("[a-z_]+")


class Doubt(Exception):
    """The past that the server tells of is not proved to be the one this phone knows. `code`: `not_signed` (no
    checkpoint, or not by a key of the log), `shorter`, `other_past` (not grown out of what was held), `other_log`
    (another log, and not grown out of it), `not_in` (what was pushed is not proved to be there)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Told:
    """The server's word: a signed checkpoint, its proof from the one held, the cover of the edits of this exchange."""

    checkpoint: str
    consistency: Sequence[bytes] = ()
    cover: Sequence[bytes] = ()


@dataclass(frozen=True)
class Placed:
    """Where an edit stands, and what became of it: the answer of the exchange."""

    edit: bytes
    received_ms: int
    outcome: str
    reason: str | None


def believe(
    held: Checkpoint | None, told: Told, placed: Iterable[tuple[int, Placed]], keys: Sequence[bytes], check: Check
) -> Checkpoint:
    """The checkpoint to hold from now on; `placed` with their positions, those below its size are proved to be in it.
    `keys`: the public keys of the log. Raises Doubt."""
    checkpoint = _opened(told.checkpoint, keys, check)
    if held is not None:
        if checkpoint.origin == held.origin and checkpoint.size < held.size:
            raise Doubt("shorter")
        if not is_consistent(held.size, held.root, checkpoint.size, checkpoint.root, told.consistency):
            raise Doubt("other_past" if checkpoint.origin == held.origin else "other_log")
    leaves = _leaves(placed, checkpoint.size)
    if leaves and root_of_cover(leaves, checkpoint.size, told.cover) != checkpoint.root:
        raise Doubt("not_in")
    return checkpoint


def _leaves(placed: Iterable[tuple[int, Placed]], size: int) -> dict[int, bytes]:
    """The leaves that must be there. In one place stands one edit: a second one there would hide the first."""
    leaves: dict[int, bytes] = {}
    for position, each in placed:
        if not _is_word(each) or position < 0:
            raise Doubt("not_in")
        if position < size:
            leaf = leaf_hash(leaf_data(each.edit, each.received_ms, each.outcome, each.reason))
            if leaves.setdefault(position, leaf) != leaf:
                raise Doubt("not_in")
    return leaves


def _is_word(each: Placed) -> bool:
    """Whether the log can say this of an edit: a leaf does not tell where the outcome ends and the reason begins."""
    if each.outcome not in OUTCOMES or each.received_ms < 0:
        return False
    return each.reason is None or (each.outcome == "quarantined" and REASON.fullmatch(each.reason) is not None)


def _opened(note: str, keys: Sequence[bytes], check: Check) -> Checkpoint:
    """A log's key bears its log's name: the same public key serves the log that follows it after a restore."""
    origin = note.partition("\n")[0]
    if len(origin) > ORIGIN_CHARS_MAX:
        raise Doubt("not_signed")
    try:
        return open_checkpoint(note, [VerifierKey(origin, 1, key) for key in keys], check)[0]
    except Malformed:
        raise Doubt("not_signed") from None
