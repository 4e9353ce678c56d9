"""Real signers: processes that hold the log's key alone."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from server.settings import ROOT
from server.signer.question import Grown, question
from sync.ledger.checkpoint import Checkpoint
from sync.ledger.tiles import joined
from sync.ledger.tree import consistency, leaf_hash, root_of

START_S = 30
LOG = "sifang/019a0b1c-0000-7000-8000-0000000000aa"


@dataclass(frozen=True)
class Past:
    """A log by its leaves' hashes, as whoever asks a signer may make it up."""

    leaves: Sequence[bytes]
    origin: str = LOG

    def at(self, size: int) -> Checkpoint:
        """Its checkpoint at this size."""
        return Checkpoint(self.origin, size, root_of(self._nodes, size))

    def grown(self, old: int, size: int) -> str:
        """What a signer is asked that signed `old` leaves of it last."""
        return question(self.at(size), Grown(old, consistency(self._nodes, old, size)))

    def _nodes(self, level: int, index: int) -> bytes:
        return joined(list(self.leaves[index << level : (index + 1) << level]))


def past(name: str, count: int = 1100) -> Past:
    """Some leaves of that name."""
    return Past([leaf_hash(f"{name} {n}".encode()) for n in range(count)])


@dataclass
class Signer:
    """A signer's folder, and its process while it runs."""

    folder: Path
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.folder / "socket"

    @property
    def key(self) -> Path:
        """Where its key lies."""
        return self.folder / "log.key"

    @property
    def told(self) -> list[dict[str, Any]]:
        """The lines of its own log."""
        return [json.loads(line) for line in (self.folder / "lines").read_text().splitlines()]

    def start(self) -> None:
        """Start the process and wait until it answers."""
        command = [sys.executable, "-m", "server", "signer", "--socket", str(self.socket), "--key", str(self.key)]
        own = {name: value for name, value in os.environ.items() if not name.startswith("SIFANG_")}
        with (self.folder / "lines").open("a") as lines:
            self.process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=lines, stderr=lines)
        end = time.monotonic() + START_S
        while True:
            assert self.process.poll() is None, (self.folder / "lines").read_text()
            try:
                self.ask("")
                return
            except OSError:
                assert time.monotonic() < end, (self.folder / "lines").read_text()
                time.sleep(0.02)

    def kill(self) -> None:
        """As when the power goes."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def ask(self, text: str | bytes) -> Any:
        """One question, as anybody who reaches the socket may ask it."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(10)
            line.connect(str(self.socket))
            line.sendall(text if isinstance(text, bytes) else text.encode())
            line.shutdown(socket.SHUT_WR)
            raw = b""
            while piece := line.recv(65536):
                raw += piece
        return json.loads(raw)


@contextmanager
def signing() -> Iterator[Signer]:
    """A signer in a folder of its own, killed at the end."""
    # Not under tmp_path: a socket's path has at most 107 bytes.
    with tempfile.TemporaryDirectory(prefix="signer") as folder:
        signer = Signer(Path(folder))
        signer.start()
        try:
            yield signer
        finally:
            signer.kill()
