"""Photos and voice notes on their way to a backup and back: files under the hex of their SHA-256, copied once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

NAME_CHARS = 64
UNFINISHED = ".part"


def stored(folder: Path) -> Iterator[Path]:
    """Every whole blob of a folder, in its 256 folders."""
    for drawer in sorted(folder.glob("[0-9a-f][0-9a-f]")):
        yield from (path for path in sorted(drawer.iterdir()) if len(path.name) == NAME_CHARS)


@dataclass
class Photos:
    """Blobs from one folder to another. What is there is not looked at again while this object lives."""

    source: Path
    target: Path
    damaged: list[str] = field(default_factory=list)
    _looked: dict[str, int] = field(default_factory=dict)

    def copy(self) -> int:
        """Copy what is missing, durably, and read it back; how many files that were. What does not have the hash it
        is named by is left out and told in `damaged`. Raises OSError."""
        copied = 0
        for drawer in sorted(self.source.glob("[0-9a-f][0-9a-f]")):
            # A folder is as new as the newest name in it.
            changed = drawer.stat().st_mtime_ns
            if self._looked.get(drawer.name) == changed:
                continue
            there = self.target / drawer.name
            held = {path.name for path in there.iterdir()} if there.is_dir() else set()
            for path in sorted(drawer.iterdir()):
                if len(path.name) == NAME_CHARS and path.name not in held:
                    copied += self._copy(path, there / path.name)
            self._looked[drawer.name] = changed
        return copied

    def _copy(self, path: Path, to: Path) -> bool:
        data = path.read_bytes()
        if sha256(data).hexdigest() != path.name:
            if path.name not in self.damaged:
                self.damaged.append(path.name)
            return False
        to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = to.with_name(to.name + UNFINISHED)
        with open(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "r+b") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            file.seek(0)
            if file.read() != data:
                raise OSError(5, f"{to.name} does not come back as it was written")
        unfinished.rename(to)
        descriptor = os.open(to.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        return True
