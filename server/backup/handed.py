"""Checkpoints that somebody kept elsewhere, on paper or in a file, handed to a command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from server.backup.words import Words, complain


def read_handed(paths: Sequence[Path], words: Words) -> list[str] | None:
    """Their texts; None, and which, when one cannot be read."""
    texts = []
    for path in paths:
        try:
            texts.append(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            complain(words("audit.no_file", path=str(path)))
            return None
    return texts
