"""Where the bytes lie: one file a hash, in folders of 256, written whole before anybody is told that it is there.

`<folder>/ab/abcdef…` holds a blob under the hex of its SHA-256 (file systems may not tell capitals apart).
`<folder>/parts/<device>.<hex>` is what has come so far from one device. Several processes may share the folder.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from server.blobs.media import check
from server.blobs.refused import Refused
from server.forced import force

PART_S_MAX = 30 * 24 * 3600
ON_WAY_MS = 24 * 3600 * 1000
"""A photo comes right after its visit; what has not come in a day is not on its way, it is missing."""
SPARE_BYTES = 256 * 1024 * 1024
"""Photos leave this much of the disk to the journal."""


class DiskFull(Exception):
    """There is no room left for photos."""


class Elsewhere(Exception):
    """A piece does not begin where the last one ended; `have` bytes are here."""

    def __init__(self, have: int) -> None:
        super().__init__(have)
        self.have = have


class Mismatch(Exception):
    """The bytes that came do not have the hash they were announced with."""


def name_of(data: bytes) -> str:
    """The name of these bytes: their SHA-256, base64url."""
    return urlsafe_b64encode(sha256(data).digest()).decode().rstrip("=")


def _hex(name: str) -> str:
    return urlsafe_b64decode(name + "=").hex()


def waiting(blobs: Blobs, said: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Of the photos and voice notes that visits or their tellings name, those that have not come yet, as pages ask."""
    names = {str(blob["sha256"]) for each in said for blob in each.get("blobs") or ()}
    return {name: {"todo": 1} for name in sorted(names) if not blobs.is_whole(name)}


class Blobs:
    """The blobs of one installation. Names are SHA-256 in base64url, 43 characters, checked by the caller."""

    def __init__(self, folder: Path, spare_bytes: int = SPARE_BYTES) -> None:
        self.folder = folder
        self.spare_bytes = spare_bytes

    def path(self, name: str) -> Path:
        """Where a blob lies, or would."""
        digest = _hex(name)
        return self.folder / digest[:2] / digest

    def is_whole(self, name: str) -> bool:
        """Whether all of it is here."""
        return self.path(name).is_file()

    def have(self, device: str, name: str) -> int:
        """How many bytes of it have come from this device so far."""
        try:
            return self._part(device, name).stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, device: str, name: str, first: int, piece: bytes) -> int:
        """Put a piece behind those before it; returns how many bytes there are now. Raises Elsewhere, DiskFull."""
        part = self._part(device, name)
        with _full_disk_told():
            if first == 0 and not part.exists():
                self._begin()
            with part.open("ab") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                have = file.seek(0, os.SEEK_END)
                if have != first:
                    raise Elsewhere(have)
                try:
                    file.write(piece)
                    file.flush()
                except OSError:
                    # Half a piece is none: the phone sends it again from its beginning.
                    with suppress(OSError):
                        file.truncate(have)
                    raise
                return have + len(piece)

    def finish(self, device: str, name: str, kind: str) -> None:
        """All pieces are here: look at them, and keep them durably under their name. Raises Mismatch, Refused and
        DiskFull; then nothing is kept."""
        part = self._part(device, name)
        try:
            data = part.read_bytes()
        except FileNotFoundError:
            if self.is_whole(name):
                return  # the same piece twice at once: the other one was quicker
            raise Elsewhere(0) from None
        try:
            if name_of(data) != name:
                raise Mismatch
            check(data, kind)
        except (Mismatch, Refused):
            part.unlink(missing_ok=True)
            raise
        with _full_disk_told():
            self._keep(part, self.path(name))

    def put(self, data: bytes) -> str:
        """Keep checked bytes durably; returns their name. Raises DiskFull."""
        name = name_of(data)
        if not self.is_whole(name):
            with _full_disk_told():
                self._begin()
                part = self._part(f"page-{os.getpid()}-{os.urandom(8).hex()}", name)
                part.write_bytes(data)
                self._keep(part, self.path(name))
        return name

    def drop_others(self, named: Iterable[str], before_s: float) -> int:
        """Remove every blob that is not among the `named` and was put here before a moment; returns how many went."""
        kept = {_hex(name) for name in named}
        gone = 0
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            if path.name not in kept and path.stat().st_mtime < before_s:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def drop(self, names: Iterable[str]) -> int:
        """Remove these blobs, and what has come of them so far; returns how many were whole."""
        gone = 0
        for name in names:
            path = self.path(name)
            gone += path.is_file()
            for each in (path, *self.folder.glob(f"parts/*.{_hex(name)}")):
                each.unlink(missing_ok=True)
        return gone

    def _part(self, device: str, name: str) -> Path:
        return self.folder / "parts" / f"{device}.{_hex(name)}"

    def _begin(self) -> None:
        """Before something new: room for it, and none held by what nobody went on with."""
        parts = self.folder / "parts"
        parts.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(parts).free < self.spare_bytes:
            raise DiskFull
        found = [(part, part.stat().st_mtime) for part in parts.iterdir()]
        newest = max((when for _, when in found), default=0.0)
        for part, when in found:
            # Measured by the newest, not by a clock that may have jumped.
            if when < newest - PART_S_MAX:
                part.unlink(missing_ok=True)

    def _keep(self, part: Path, path: Path) -> None:
        """The bytes on the disk, then the name, then the folder that holds the name."""
        made = not path.parent.exists()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        force(part)
        os.replace(part, path)
        force(path.parent)
        if made:
            force(path.parent.parent)


@contextmanager
def _full_disk_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull from error
        raise
