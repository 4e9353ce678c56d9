"""What was written is forced onto the disk before anybody is told that it is kept."""

from __future__ import annotations

import os
from pathlib import Path


def force(path: Path) -> None:
    """Wait until the disk holds a file's bytes, or a folder's names. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
