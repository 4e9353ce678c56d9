"""What a signer is asked: a checkpoint, and before it what proves that it goes on from the last that was signed.

As a witness is asked (C2SP tlog-witness): `old`, a size and the hashes of the consistency proof, a line each; an empty
line; the checkpoint's text. Without a proof the text stands alone: the first that is asked for, or the last once more.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from sync.ledger.checkpoint import Checkpoint, read_checkpoint
from sync.strict import INTEGER_MAX, Malformed

HASHES_MAX = 63
BYTES_MAX = 4096
"""Of a whole question; a proof of 63 hashes and a checkpoint are shorter."""
_PROOF = re.compile(rf"old ([1-9][0-9]{{0,15}})\n((?:[A-Za-z0-9+/]{{43}}=\n){{0,{HASHES_MAX}}})\n")


@dataclass(frozen=True)
class Grown:
    """That a tree goes on from the one of `old` leaves."""

    old: int
    proof: Sequence[bytes] = ()


def question(checkpoint: Checkpoint, grown: Grown | None = None) -> str:
    """As it is asked."""
    if grown is None:
        return checkpoint.text()
    hashes = "".join(f"{b64encode(each).decode()}\n" for each in grown.proof)
    return f"old {grown.old}\n{hashes}\n{checkpoint.text()}"


def read_question(asked: bytes) -> tuple[Checkpoint, Grown | None]:
    """Raises Malformed."""
    if len(asked) > BYTES_MAX:
        raise Malformed("bad_shape", "a question is short")
    try:
        text = asked.decode()
    except UnicodeDecodeError:
        raise Malformed("bad_shape", "a question is UTF-8") from None
    before = _PROOF.match(text)
    if before is None:
        return read_checkpoint(text), None
    if int(before[1]) > INTEGER_MAX:
        raise Malformed("bad_shape", "a size is a number")
    grown = Grown(int(before[1]), [b64decode(line) for line in before[2].split()])
    return read_checkpoint(text[before.end() :]), grown
