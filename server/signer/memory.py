"""What a signer has signed: of each log the largest size and its root, beside its key and on the disk before anybody
has the signature. What is signed next is proved to go on from it. So neither a server in wrong hands nor a database
that was put back or rewritten gets a second past signed."""

from __future__ import annotations

import fcntl
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.log_keys import write_safely
from server.signer.question import Grown
from sync.ledger.checkpoint import Checkpoint
from sync.ledger.tree import is_consistent


class Refused(Exception):
    """A signer does not sign this. `code`: `no_checkpoint`, `other_log` (not the one it signs), `smaller` than before,
    `unproved` (it asks for the proof that this goes on from the last), `other_root`: it does not go on from it; `size`:
    of the last that it signed."""

    def __init__(self, code: str, size: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.size = size


class Memory:
    """The last that was signed, in a file. The first log that asks is the one; another needs a person's word."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def take(self, checkpoint: Checkpoint, grown: Grown | None = None) -> None:
        """This will be signed next: kept, durably. `grown` proves that it goes on from the last. Raises Refused."""
        root = b64encode(checkpoint.root).decode()
        with self._alone():
            held = self._read()
            if held and checkpoint.origin not in held:
                raise Refused("other_log")
            size, before = held.get(checkpoint.origin, (0, root))
            if checkpoint.size < size:
                raise Refused("smaller", size)
            if size and not _goes_on(checkpoint, size, b64decode(before), grown):
                raise Refused("other_root", size)
            if (checkpoint.size, root) != held.get(checkpoint.origin):
                self._write({**held, checkpoint.origin: (checkpoint.size, root)})

    def adopt(self, origin: str) -> None:
        """Somebody at this machine says that this log is signed as well: one that goes on after a restore."""
        with self._alone():
            held = self._read()
            if origin not in held:
                self._write({**held, origin: (0, b64encode(bytes(32)).decode())})

    def _read(self) -> dict[str, tuple[int, str]]:
        try:
            said = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        return {origin: (int(size), str(root)) for origin, (size, root) in said.items()}

    def _write(self, held: dict[str, tuple[int, str]]) -> None:
        write_safely(self._path, json.dumps(held).encode())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One at a time, whichever process asks."""
        lock = os.open(self._path.with_name(f"{self._path.name}.lock"), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def _goes_on(checkpoint: Checkpoint, size: int, before: bytes, grown: Grown | None) -> bool:
    """Whether it begins with what was signed last. Raises Refused where that was not shown."""
    if checkpoint.size == size:
        return checkpoint.root == before
    if grown is None or grown.old != size:
        raise Refused("unproved", size)
    return is_consistent(size, before, checkpoint.size, checkpoint.root, grown.proof)
