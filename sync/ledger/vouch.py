"""One key of the log speaks for another: the one before for the one that follows, the active one for the reserve.

A signature beside another on a checkpoint would not do: whoever hands a note on can add a line to it. The twin in
web/phone/ledger/vouch.js does the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sync.edit import b64u
from sync.ledger.note import Check

LOG, RESERVE, BEFORE = "log", "reserve", "before"
"""What a key is for: to sign the log, or to take over when that one is lost or stolen. One that signed before and is
believed no more is named for whoever audits: to phones it says nothing."""


@dataclass(frozen=True)
class Vouch:
    """`by` says that `key` is the log's as well, and for what. Keys are public ones, 32 bytes."""

    key: bytes
    use: str
    by: bytes
    signature: bytes


def vouched_text(key: bytes, use: str) -> bytes:
    """What is signed; no checkpoint reads like it."""
    return f"sifang-log-key-v1\n{use}\n{b64u(key)}\n".encode()


def trusted(
    keys: Sequence[bytes], reserve: Sequence[bytes], vouched: Iterable[Vouch], check: Check
) -> tuple[list[bytes], list[bytes]]:
    """The keys and the reserve keys that count for a phone that believes these. A reserve it holds speaks for the one
    that follows it, and nobody else does: whoever has stolen the active key cannot put his own in its place."""
    now, spare, left = list(keys), list(reserve), list(vouched)
    # One change after the other: a phone that was away for long follows several. Each word counts once.
    while (said := next((each for each in left if _counts(each, now, spare, check)), None)) is not None:
        left.remove(said)
        if said.use == LOG:
            now.append(said.key)
        else:
            spare = [said.key]
    return now, spare


def _counts(vouch: Vouch, now: Sequence[bytes], spare: Sequence[bytes], check: Check) -> bool:
    if vouch.use == LOG:
        may = vouch.key not in now and vouch.by in (*now, *spare)
    else:
        may = vouch.use == RESERVE and vouch.key not in spare and vouch.by in (spare or now)
    return may and check(vouch.by, vouch.signature, vouched_text(vouch.key, vouch.use))
