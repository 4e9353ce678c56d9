"""A backup on the disk: the journal as a chain of frames in segment files that are only ever appended to.

`<target>/<log>/<first position>.segment` begins with `MAGIC` and the digest before it; then frame after frame: first
position, number of edits, bytes of the payload, digest, payload. Each digest covers the one before it, so that nothing
can be missing, changed or out of order unnoticed. Whatever is written is on the disk before it counts (fsync) and is
read back from there.
"""

from __future__ import annotations

import fcntl
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from struct import Struct

from server.forced import force

MAGIC = b"sifang segment 1\n"
SEGMENT_BYTES = 16 * 1024 * 1024
"""A segment that has grown past this is closed; the next frame begins another."""
PAYLOAD_BYTES_MAX = 2**31
_DIGEST_BYTES = 32
_HEAD = Struct(">QII")
HEAD_BYTES = len(MAGIC) + _DIGEST_BYTES
ENDING = ".segment"


@dataclass(frozen=True)
class Frame:
    """Some edits in a row, and the digest of everything up to them."""

    first: int
    count: int
    digest: bytes
    payload: bytes


class Damaged(Exception):
    """A segment does not hold what was written to it."""

    def __init__(self, path: Path, after: int, why: str) -> None:
        super().__init__(f"{path.name}, byte {after}: {why}")
        self.path = path
        self.after = after


class Torn(Damaged):
    """The last frame was cut short: its writer was interrupted, and whoever goes on drops it."""


def frames(path: Path) -> Iterator[Frame]:
    """The frames of one segment, each checked against its digest. Raises Damaged, Torn."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        digest = _digest_before(path, file.read(HEAD_BYTES))
        while (at := file.tell()) < size:
            head = file.read(_HEAD.size + _DIGEST_BYTES)
            if len(head) < _HEAD.size + _DIGEST_BYTES:
                raise Torn(path, at, "cut short")
            first, count, length = _HEAD.unpack_from(head)
            if at + len(head) + length > size or length > PAYLOAD_BYTES_MAX:
                raise _beyond(path, at, file.read(PAYLOAD_BYTES_MAX))
            payload = file.read(length)
            digest = _digest(digest, head[: _HEAD.size], payload)
            if digest != head[_HEAD.size :]:
                raise Damaged(path, at, "the SHA-256 does not fit")
            yield Frame(first, count, digest, payload)


def _beyond(path: Path, at: int, rest: bytes) -> Damaged:
    """A frame that should be longer than its file: its writer was interrupted, or its length is not what was written.
    Payloads are deflated, and say themselves where they end."""
    inflater = zlib.decompressobj()
    with suppress(zlib.error):
        inflater.decompress(rest)
    return Damaged(path, at, "its length does not fit") if inflater.eof else Torn(path, at, "cut short")


def _digest_before(path: Path, begin: bytes) -> bytes:
    if len(begin) < HEAD_BYTES:
        raise Torn(path, 0, "cut short")
    if not begin.startswith(MAGIC):
        raise Damaged(path, 0, "not a segment of a backup")
    return begin[len(MAGIC) :]


def _digest(before: bytes, head: bytes, payload: bytes) -> bytes:
    return sha256(before + head + payload).digest()


def begin_digest(log: str) -> bytes:
    """The digest before the first frame of a log."""
    return sha256(log.encode()).digest()


def segments(folder: Path) -> list[Path]:
    """A log's segments in order."""
    return sorted(folder.glob(f"*{ENDING}"))


def put_aside(folder: Path) -> list[tuple[int, Path]]:
    """Damaged segments that were put aside, to be written anew: the first position of each, and its file. One that was
    cut off as it began held nothing."""
    found = [path for path in sorted(folder.glob(f"*{ENDING}.damaged*")) if path.stat().st_size > HEAD_BYTES]
    return [(int(path.name.partition(".")[0]), path) for path in found]


def read_log(folder: Path) -> Iterator[Frame]:
    """Every frame of a log from position 0. A last frame that was cut short ends it; anything else raises Damaged."""
    expected, digest = 0, begin_digest(folder.name)
    found = segments(folder)
    for path in found:
        try:
            with path.open("rb") as file:
                before = _digest_before(path, file.read(HEAD_BYTES))
            if before != digest:
                raise Damaged(path, 0, "it does not follow the segment before it")
            for frame in frames(path):
                if frame.first != expected:
                    raise Damaged(path, 0, f"position {expected} is missing")
                expected, digest = frame.first + frame.count, frame.digest
                yield frame
        except Torn:
            if path != found[-1]:
                raise
            return


class Shelf:
    """One log's segments, open for appending."""

    def __init__(self, target: Path, log: str) -> None:
        self.folder = target / log
        self.next = 0
        self.put_aside: list[str] = []
        self._digest = begin_digest(log)
        self._path: Path | None = None
        self.last: Frame | None = None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One writer at a time. Raises BlockingIOError while there is another."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield

    def resume(self, *, everything: bool = False) -> int:
        """Look through the newest segment, or through `everything`, and be ready to go on; the next position. A frame
        that was cut short is dropped; a damaged segment and those after it are put aside, to be written anew."""
        found = segments(self.folder)
        self.next, self._digest, self._path, self.last = 0, begin_digest(self.folder.name), None, None
        for number, path in enumerate(found):
            if not everything and path != found[-1]:
                continue
            try:
                self._look(path, number, everything)
            except Torn as torn:
                if path == found[-1] and torn.after:
                    os.truncate(path, torn.after)
                    return self.next
                return self._drop(found[number:], everything)
            except Damaged:
                return self._drop(found[number:], everything)
        return self.next

    def _look(self, path: Path, number: int, everything: bool) -> None:
        first = int(path.name.removesuffix(ENDING))
        with path.open("rb") as file:
            before = _digest_before(path, file.read(HEAD_BYTES))
        if (everything or number == 0) and (before != self._digest or first != self.next):
            raise Damaged(path, 0, "it does not follow the segment before it")
        self.next, self._digest, self._path = first, before, path
        for frame in frames(path):
            if frame.first != self.next:
                raise Damaged(path, 0, f"position {self.next} is missing")
            self.next, self._digest, self.last = frame.first + frame.count, frame.digest, frame

    def _drop(self, bad: list[Path], everything: bool) -> int:
        for path in bad:
            aside = path.with_suffix(f"{ENDING}.damaged")
            number = 1
            while aside.exists():
                aside = path.with_suffix(f"{ENDING}.damaged{(number := number + 1)}")
            path.rename(aside)
            self.put_aside.append(aside.name)
        return self.resume(everything=everything)

    def append(self, first: int, count: int, payload: bytes) -> None:
        """Write a frame, force it to the disk, and read it back from there. Raises OSError with nothing kept,
        Damaged when the disk does not answer what it was given."""
        assert first == self.next, "frames follow each other"
        head = _HEAD.pack(first, count, len(payload))
        digest = _digest(self._digest, head, payload)
        path = self._path
        if path is None or path.stat().st_size > SEGMENT_BYTES:
            path = self.folder / f"{first:012d}{ENDING}"
            _append(path, MAGIC + self._digest)
            force(self.folder)
        at = path.stat().st_size
        _append(path, head + digest + payload)
        _read_back(path, at, head + digest + payload)
        self._path, self._digest, self.next = path, digest, first + count


def _append(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        except OSError:
            # The disk is full, or gone: what was written of it would only be in the way.
            with suppress(OSError):
                os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)


def _read_back(path: Path, at: int, data: bytes) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        # Without this the answer would come from memory and say nothing about the disk.
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        if os.pread(descriptor, len(data), at) != data:
            raise Damaged(path, at, "the disk does not hold what was written to it")
    finally:
        os.close(descriptor)
