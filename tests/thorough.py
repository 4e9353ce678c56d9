"""How much of what takes minutes is tried: a share in every run, all of it by `make thorough` (in `make nightly`)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

THOROUGH = "SIFANG_THOROUGH" in os.environ

T = TypeVar("T")


def some(items: Sequence[T], one_in: int) -> list[T]:
    """One in so many of them, always the same; all where all is tried."""
    return list(items if THOROUGH else items[::one_in])


def chosen(name: str, one_in: int) -> bool:
    """Whether a case of this name is among those that every run tries."""
    return THOROUGH or crc32(name.encode()) % one_in == 0
