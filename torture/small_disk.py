"""A disk of its own that can be made full and given room again: a small tmpfs, for which one must be root."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

ROOM_BYTES = 1 << 28
"""What is free when nobody has filled it: whatever was written meanwhile, the disk grows along."""
PAGE_BYTES = 4096


class SmallDisk:
    """A tmpfs mounted at `path`, an empty folder. Full means full: what the kernel answers is ENOSPC."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        _run("mount", "-t", "tmpfs", "-o", f"size={ROOM_BYTES},mode=0777", "tmpfs", str(path))

    def fill(self, left_bytes: int) -> None:
        """Leave no more room than this."""
        size = -(-(self._used() + left_bytes) // PAGE_BYTES) * PAGE_BYTES
        try:
            self._resize(size)
        except subprocess.CalledProcessError:
            # Somebody wrote meanwhile, and a disk is never smaller than what lies on it.
            self.fill(left_bytes)

    def free(self) -> None:
        """Somebody made room."""
        self._resize(self._used() + ROOM_BYTES)

    def close(self) -> None:
        """Give everything back; what lay there is gone."""
        _run("umount", "--lazy", str(self.path))

    def _used(self) -> int:
        at = os.statvfs(self.path)
        return (at.f_blocks - at.f_bfree) * at.f_frsize

    def _resize(self, size: int) -> None:
        _run("mount", "-o", f"remount,size={size}", str(self.path))


@cache
def may_mount() -> bool:
    """Whether this machine lets us have one."""
    try:
        with TemporaryDirectory() as folder:
            SmallDisk(Path(folder) / "disk").close()
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
