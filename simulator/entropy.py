"""Chance and time under one number: ids, salts and clocks of the server come from the schedule's own dice."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any, Protocol

from server import clock

CHANCE = ("uuid7", "urandom")
"""What modules of the journal call chance by."""


class Told(Protocol):
    """What the server is told instead of chance and time."""

    now_ms: int
    dice: Random


def new_id(now_ms: int, dice: Random) -> str:
    """A UUIDv7 of this moment (RFC 9562 §5.7)."""
    hexes = f"{now_ms:012x}7{dice.getrandbits(12):03x}{0x8 | dice.getrandbits(2):x}{dice.getrandbits(60):015x}"
    return f"{hexes[:8]}-{hexes[8:12]}-{hexes[12:16]}-{hexes[16:20]}-{hexes[20:]}"


@contextmanager
def determined(told: Told) -> Iterator[None]:
    """Production code sees this clock and these dice for the length of the block."""

    def uuid7() -> str:
        return new_id(told.now_ms, told.dice)

    chance = {"uuid7": uuid7, "urandom": lambda count: told.dice.randbytes(count)}
    journal = [module for name, module in sys.modules.items() if name.startswith("server.journal")]
    patches: list[tuple[Any, str, Any]] = [
        (module, name, chance[name]) for module in journal for name in CHANCE if hasattr(module, name)
    ]
    patches.append((clock, "now_ms", lambda: told.now_ms))
    kept = [(module, name, getattr(module, name)) for module, name, _ in patches]
    for module, name, value in patches:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, name, value in kept:
            setattr(module, name, value)
