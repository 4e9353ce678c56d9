"""Photos and voice notes on their way to a backup and back: files under the hex of their SHA-256, copied once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from server import clock
from server.forced import force

NAME_CHARS = 64
UNFINISHED = ".part"
DAMAGED = ".damaged"
SETTLED_MS = 10_000
"""A folder that changed less than this ago may change again within the same tick of its clock: it is looked at anew."""


def stored(folder: Path) -> Iterator[Path]:
    """Every whole blob of a folder, in its 256 folders."""
    for drawer in sorted(folder.glob("[0-9a-f][0-9a-f]")):
        yield from (path for path in sorted(drawer.iterdir()) if len(path.name) == NAME_CHARS)


@dataclass
class Photos:
    """Blobs from one folder to another. What is there is not looked at again while this object lives. `aside`: what is
    damaged at its source is put aside there, so that the server says it lacks it, and a phone that has it sends it."""

    source: Path
    target: Path
    aside: bool = False
    damaged: list[str] = field(default_factory=list)
    _looked: dict[str, int] = field(default_factory=dict)

    def copy(self) -> int:
        """Copy what is missing, durably, and read it back; how many files that were. What does not have the hash it
        is named by is left out and told in `damaged`. Raises OSError."""
        copied = 0
        self.damaged.clear()
        for drawer in sorted(self.source.glob("[0-9a-f][0-9a-f]")):
            # A folder is as new as the newest name in it.
            changed = drawer.stat().st_mtime_ns
            if self._looked.get(drawer.name) == changed:
                continue
            there = self.target / drawer.name
            held = _held(there)
            for path in sorted(drawer.iterdir()):
                if len(path.name) == NAME_CHARS and path.name not in held:
                    copied += self._copy(path, there / path.name)
            if changed // 1_000_000 < clock.now_ms() - SETTLED_MS:
                self._looked[drawer.name] = changed
        return copied

    def verify(self) -> list[str]:
        """Read back all that was ever copied; what is damaged is put aside, to be copied anew: its names now."""
        bad = [path for path in stored(self.target) if sha256(path.read_bytes()).hexdigest() != path.name]
        self._looked.clear()
        return [_put_aside(path).name for path in bad]

    def _copy(self, path: Path, to: Path) -> bool:
        data = path.read_bytes()
        if sha256(data).hexdigest() != path.name:
            self.damaged.append(path.name)
            if self.aside:
                _put_aside(path)
            return False
        made = not to.parent.exists()
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
        for folder in to.parents[: 3 if made else 1]:
            force(folder)
        return True


def _held(folder: Path) -> set[str]:
    """The names in a folder, forced to its disk: somebody before us may have ended between a name and that."""
    if not folder.is_dir():
        return set()
    names = {path.name for path in folder.iterdir()}
    force(folder)
    return names


def _put_aside(path: Path) -> Path:
    return path.rename(path.with_name(path.name + DAMAGED))
