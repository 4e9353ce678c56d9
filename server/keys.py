"""The installation's keys as files: the newest makes, the ones before it are believed until their time is over.

`secret.key` is the newest; one that was replaced lies beside it as `secret.key.<until_ms>.old`. Every process sees a
new one at its next use: it is looked for, not remembered.
"""

from __future__ import annotations

import math
import os
import re
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from server import clock
from server.forced import force

KEY_BYTES = 32
BITS_LEAST = 100
"""Of 32 random bytes by the frequency of their values: 150 and more; of a word said four times: 90."""
_HEX = re.compile(rb"\s*[0-9a-fA-F]{64,}\s*")
_LOWER, _UPPER = re.compile(rb"[a-z]"), re.compile(rb"[A-Z]")
_TEXT = re.compile(rb"[\x09-\x0d\x20-\x7e]*")
_BASE64 = re.compile(rb"\s*[\w+/=-]{43,}\s*", re.ASCII)


class WeakSecret(ValueError):
    """The installation's secret could be guessed; the words are for whoever runs the server."""


def is_guessable(secret: bytes) -> bool:
    """Whether this was typed, counted or repeated, not drawn."""
    steps = bytes((after - before) % 256 for before, after in pairwise(secret))
    if min(_bits(secret), _bits(steps)) < BITS_LEAST or _repeats(secret):
        return True
    if not _TEXT.fullmatch(secret) or _HEX.fullmatch(secret):
        return False
    mixed = all(kind.search(secret) for kind in (_LOWER, _UPPER))
    return not (_BASE64.fullmatch(secret) and mixed)


def _bits(values: bytes) -> float:
    """How much these values could tell, by how often each comes."""
    counts = Counter(values)
    return -sum(count * math.log2(count / len(values)) for count in counts.values())


def _repeats(secret: bytes) -> bool:
    """Whether it is one piece said again and again."""
    return secret in (secret + secret)[1:-1]


def checked(secret: bytes, where: str) -> bytes:
    """The secret, if nobody can guess it. Raises WeakSecret."""
    if len(secret) < KEY_BYTES:
        raise WeakSecret(
            f"{where} holds {len(secret)} bytes, {KEY_BYTES} random ones are needed: remove it, and one is made.\n"
            f"{where} 只有 {len(secret)} 个字节，要 {KEY_BYTES} 个随机的：删掉它，会重新生成。"
        )
    if is_guessable(secret):
        raise WeakSecret(
            f"{where} is not random and could be guessed: remove it, and one is made.\n"
            f"{where} 不是随机的，猜得出来：删掉它，会重新生成。"
        )
    return secret


def drawn() -> bytes:
    """A new secret."""
    return secrets.token_bytes(KEY_BYTES)


class KeyFile:
    """One key's file, with those that were replaced lately."""

    def __init__(self, path: Path, make: Callable[[], bytes] = drawn) -> None:
        self.path = path
        self._make = make
        self._seen: tuple[int, int] | None = None
        self._held: list[tuple[float, bytes]] = []

    def good(self) -> Sequence[bytes]:
        """What is believed now, the newest first; made when there is none yet. Raises WeakSecret."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _begin(self.path, self._make())
            found = self.path.stat()
        seen = (found.st_ino, found.st_mtime_ns)
        if seen != self._seen:
            newest = checked(self.path.read_bytes(), str(self.path))
            self._held = [(math.inf, newest), *((until, path.read_bytes()) for until, path in self._replaced())]
            self._seen = seen
        now_ms = clock.now_ms()
        return [key for until, key in self._held if until > now_ms]

    def rotate(self, overlap_ms: int) -> int:
        """Make a new one; the one until now is believed for so long. Returns until when."""
        before, until_ms = self.good()[0], clock.now_ms() + overlap_ms
        # The old one is safe beside it before the new one takes its place.
        _write(self._old(until_ms), before)
        self._put(self._make())
        return until_ms

    def _put(self, key: bytes) -> None:
        fresh = self.path.with_name(f"{self.path.name}.new")
        fresh.unlink(missing_ok=True)
        _write(fresh, key)
        os.replace(fresh, self.path)
        force(self.path.parent)

    def succeed(self, fresh: bytes, beside: bytes, overlap_ms: int) -> int:
        """`fresh` is the key from now on, `beside` is good with it for so long; every other is out at once. There may
        be none yet. Returns until when."""
        until_ms = clock.now_ms() + overlap_ms
        over = self.replaced()
        _write(self._old(until_ms), beside)
        # Before the new one is in place: whoever looks then looks at these as well, and not again.
        for path in over:
            path.unlink()
        self._put(fresh)
        return until_ms

    def retire(self) -> int:
        """Destroy those whose time is over; returns how many."""
        over = [path for until, path in self._replaced() if until <= clock.now_ms()]
        for path in over:
            path.unlink()
        return len(over)

    def replaced(self) -> list[Path]:
        """The files of those that were replaced, the newest first."""
        return [path for _, path in self._replaced()]

    def _old(self, until_ms: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{until_ms}.old")

    def _replaced(self) -> list[tuple[int, Path]]:
        named = re.compile(re.escape(self.path.name) + r"\.(\d{1,15})\.old")
        found = ((named.fullmatch(path.name), path) for path in self.path.parent.iterdir())
        return sorted(((int(match[1]), path) for match, path in found if match), reverse=True)


def _begin(path: Path, key: bytes) -> None:
    """The first key. Of several processes that begin at once one makes it, and none sees half of it."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    _write(draft, key)
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _write(path: Path, key: bytes) -> None:
    """A new file that only its owner may read, safe on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
