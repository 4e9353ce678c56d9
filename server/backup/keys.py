"""The keys that phones seal to, and those that sign the log: without them a capsule made for the old server could never
be opened by the new one, and no phone would believe what that one says of the past.

`secret.key` stays behind: a restored server makes another, and phones ask for one fresh nonce.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from server.keys import KeyFile
from server.log_keys import beside, of_seeds, read_known

SEAL, LOG, LOG_PUBLIC = "seal.key", "log.key", "log.public"


def copy_keys(source: Path, target: Path) -> None:
    """Copy a key's file, those of the keys it replaced, and what they said of each other, to lie beside each other;
    what is over goes from there as well."""
    for path in (source, *KeyFile(source).replaced(), beside(source)):
        if path.exists():
            _copy(path, target.with_name(path.name.replace(source.name, target.name, 1)))
    KeyFile(target).retire()


def log_keys_in(target: Path) -> Sequence[bytes]:
    """The public keys that ever signed the log, as a backup knows them; nothing where it knows none."""
    path = target / LOG
    known = of_seeds(KeyFile(path).good(), path) if path.exists() else read_known(target / LOG_PUBLIC)
    return known.ever


def copy_public(source: Path, target: Path) -> None:
    """Copy what a signer told of the log's keys: its key is in no backup, but what it signed can be checked."""
    if source.exists():
        _copy(source, target)


def _copy(path: Path, to: Path) -> None:
    """Copy a file if it is not the same; durably, for its owner's eyes."""
    data = path.read_bytes()
    if to.exists() and to.read_bytes() == data:
        return
    unfinished = to.with_name(f"{to.name}.new")
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(to)
