"""What a witness keeps on its own disk: the log's keys as it first saw them, the last it cosigned, all it ever did."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import msgspec

from server.forced import force

STATE, LOCK, COSIGNED, EVIDENCE = "witness.json", "lock", "cosigned", "refused"


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`key`: this witness's own public key, `keys`: the log's, all as they are written down; `note`: what was cosigned
    last."""

    key: str
    keys: list[str]
    note: str | None = None


class Broken(Exception):
    """The state cannot be read. It is never taken for a beginning: whoever could break it would be believed anew."""


class Folder:
    """Where all of it lies."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One witness at a time. Raises BlockingIOError while there is another."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.path / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield

    def read(self) -> Kept | None:
        """What was kept; None where nothing ever was. Raises Broken."""
        try:
            return msgspec.json.decode((self.path / STATE).read_bytes(), type=Kept)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.MsgspecError) as error:
            raise Broken(str(error)) from None

    def keep(self, kept: Kept) -> None:
        """Before anybody is shown what it says."""
        write(self.path / STATE, msgspec.json.format(msgspec.json.encode(kept), indent=2) + b"\n")

    def keep_cosigned(self, log: str, size: int, note: str) -> Path:
        """One more of those that were cosigned."""
        path = self.path / COSIGNED / f"{log}-{size:012d}.txt"
        write(path, note.encode())
        return path

    def keep_evidence(self, code: str, held: str | None, told: str) -> Path:
        """Both checkpoints, of which one lies; the same pair once."""
        mark = sha256(f"{held}\n{told}".encode()).hexdigest()[:12]
        path = self.path / EVIDENCE / f"{code}-{mark}"
        if not path.exists():
            write(path / "held.txt", (held or "").encode())
            write(path / "told.txt", told.encode())
        return path


def write(path: Path, data: bytes) -> None:
    """All of it or nothing, and on the disk before this returns. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f"{path.name}.new")
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)
    force(path.parent)
