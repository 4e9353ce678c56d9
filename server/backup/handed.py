"""Checkpoints that somebody kept elsewhere, on paper or in a file, handed to a command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from server.backup.words import Words, complain, read_bounded

CHECKPOINT_BYTES_MAX = 1024 * 1024
"""More than any checkpoint with all who cosigned it."""


def read_handed(paths: Sequence[Path], words: Words) -> list[str] | None:
    """Their texts; None, and which, when one cannot be read."""
    texts = []
    for path in paths:
        try:
            raw = read_bounded(path, CHECKPOINT_BYTES_MAX)
            if len(raw) > CHECKPOINT_BYTES_MAX:
                raise ValueError(path)
            texts.append(raw.decode("utf-8"))
        except (OSError, ValueError):
            complain(words("audit.no_file", path=str(path)))
            return None
    return texts
