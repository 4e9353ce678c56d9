"""The key that phones seal to: without it a capsule made for the old server could never be opened by the new one.

`secret.key` stays behind: a restored server makes another, and phones ask for one fresh nonce.
"""

from __future__ import annotations

import os
from pathlib import Path

SEAL = "seal.key"


def copy_key(source: Path, target: Path) -> bool:
    """Copy the key from one folder to another if it is there and not the same; durably, for its owner's eyes."""
    try:
        data = (source / SEAL).read_bytes()
    except FileNotFoundError:
        return False
    to = target / SEAL
    if to.exists() and to.read_bytes() == data:
        return False
    unfinished = to.with_suffix(".new")
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(to)
    return True
