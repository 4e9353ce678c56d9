"""A device's chain inside one transaction, and what passes between the exchange and the journal about it."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from server.journal.pull import News
from sync.chain import Head
from sync.entities import Device
from sync.fold import Read


@dataclass(slots=True)
class Push:
    """A phone's run of edits, authenticated and read, with the statement that signed it. `unsent` is None where
    somebody else carried them in: the phone itself was not heard of. `held`: the checkpoint that it holds, by origin,
    size and root."""

    device: str
    reads: list[Read]
    statement: str
    signature: bytes
    nonce_ms: int
    unsent: int | None
    held: tuple[str, int, str] | None = None


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An edit as journaled."""

    n: int
    hash: bytes
    position: int
    received_ms: int
    outcome: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of a push: an entry for each of its edits, the chain's head, the device to go on as if the
    chain forked, and whether it is out of use; its person's scopes and the news of its transaction, complete once that
    has committed."""

    entries: list[Entry]
    head: Head
    successor: str | None
    revoked: bool
    scopes: list[str]
    news: News


@dataclass(slots=True)
class Chain:
    """A device in this transaction, with its chain as it grows."""

    device: Device
    n: int
    hash: bytes | None
    nonce_floor_ms: int
    last_seen_ms: int
    unsent: int
    recent: dict[int, Entry] = field(default_factory=dict)
    forked: dict[bytes, tuple[int, int, str]] | None = None  # hash → n, position, successor
    grown: bool = False
    held: tuple[str, int, str] | None = None


class ChainGap(Exception):
    """The device sent a number too high; `expected` comes next."""

    def __init__(self, expected: int) -> None:
        super().__init__(f"expected {expected}")
        self.expected = expected


class UnknownDevice(Exception):
    """No such device is enrolled."""
