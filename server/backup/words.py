"""What the commands say, in the reader's language, and how far they are."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, TextIO

from server import i18n

STEP = 1000


class Words(Protocol):
    """`words("shipped", edits=3)`."""

    def __call__(self, key: str, **args: Any) -> str: ...


def words_of(lang: str) -> Words:
    """The catalogue of one language, for `backup.command.…`."""

    def words(key: str, **args: Any) -> str:
        return i18n.t(lang, f"backup.command.{key}", args)

    return words


def progress_of(words: Words, to: TextIO) -> Callable[[int, int], None]:
    """Tells how many edits are folded: in place on a terminal, elsewhere now and then."""
    told = 0

    def progress(done: int, size: int) -> None:
        nonlocal told
        if done < size and done - told < (STEP if to.isatty() else STEP * 50):
            return
        told = 0 if done >= size else done
        if to.isatty():
            to.write("\r" + words("folded", done=done, size=size) + ("\n" if done >= size else ""))
        elif size > STEP * 50:
            to.write(words("folded", done=done, size=size) + "\n")
        to.flush()

    return progress


def moment(ms: int, utc_offset_min: int) -> str:
    """A moment in the installation's own time."""
    return (datetime.fromtimestamp(ms / 1000, UTC) + timedelta(minutes=utc_offset_min)).strftime("%Y-%m-%d %H:%M:%S")


def complain(text: str) -> None:
    """Say what went wrong where errors are looked for."""
    print(text, file=sys.stderr)


def printable(about: Mapping[str, Any]) -> dict[str, Any]:
    """What phones and files say, without what a terminal would obey."""
    return {
        name: ascii(value) if isinstance(value, str) and not value.isprintable() else value
        for name, value in about.items()
    }


def read_bounded(path: Path, bytes_max: int) -> bytes:
    """A file that somebody handed in, as far as one byte more than is allowed. Raises OSError."""
    with path.open("rb") as file:
        return file.read(bytes_max + 1)
