"""How much of what takes minutes is tried: a share in every run, all of it by `make thorough` (in `make nightly`).

A run of whole folders leaves out what is marked `thorough` (a story most of whose road another one walks) and, of the
pages that every database shows alike, three of four on PostgreSQL. Whoever names a file gets all of it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import pytest

THOROUGH = "SIFANG_THOROUGH" in os.environ
PAGES = ("tests/conflicts/", "tests/desk/", "tests/field/", "tests/join/", "tests/passkeys/", "tests/staff/")
ONE_IN = 4

T = TypeVar("T")


def some(items: Sequence[T], one_in: int) -> list[T]:
    """One in so many of them, always the same; all where all is tried."""
    return list(items if THOROUGH else items[::one_in])


def chosen(name: str, one_in: int) -> bool:
    """Whether a case of this name is among those that every run tries."""
    return THOROUGH or crc32(name.encode()) % one_in == 0


def _in_every_run(item: pytest.Item) -> bool:
    if item.get_closest_marker("thorough"):
        return False
    return not (item.nodeid.startswith(PAGES) and "postgresql" in item.name) or chosen(item.nodeid, ONE_IN)


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out what this run does not try."""
    if THOROUGH or any(Path(arg.partition("::")[0]).is_file() for arg in config.args):
        return
    left = [item for item in items if not _in_every_run(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if _in_every_run(item)]
