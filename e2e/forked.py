"""A server process that starts quickly: forked from one that has imported everything, then the same `serve` as ever.

Nothing else is shared: each opens the database, migrates, listens and dies by itself. `python -m e2e.forked` is the
one that forks; it is told what to do line by line.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, NoReturn

IMPORTED = (
    "server.__main__",
    "alembic.command",
    "aiosqlite",
    "uvloop",
    "httptools",
    "uvicorn.protocols.http.httptools_impl",
)
ASKED_EVERY_S = 0.01


class Forker:
    """The process that forks."""

    def __init__(self) -> None:
        told = [sys.executable, "-m", "e2e.forked"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(told, stdin=pipe, stdout=pipe, text=True, cwd=Path(__file__).parent.parent)
        self._lock = Lock()

    def ask(self, **asked: Any) -> Any:
        """What it answers to one line."""
        with self._lock:
            assert self._process.stdin
            assert self._process.stdout
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()
            return json.loads(self._process.stdout.readline())

    def start(self, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> Forked:
        """One more server."""
        pid = self.ask(arguments=list(arguments), environment=dict(environment), log=str(log))
        return Forked(self, pid)

    def close(self) -> None:
        """End it, and whatever it forked that still runs."""
        self._process.communicate()


class Forked:
    """One server, as far as it is asked the questions of a `Popen`."""

    def __init__(self, forker: Forker, pid: int) -> None:
        self._forker = forker
        self._pid = pid
        self._code: int | None = None

    def send_signal(self, sig: int, /) -> None:
        """Let it have a signal."""
        if self.poll() is None:
            os.kill(self._pid, sig)

    def wait(self, timeout: float | None = None) -> int:
        """Until it has ended; its exit code, negative for a signal."""
        end = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if end is not None and time.monotonic() > end:
                raise subprocess.TimeoutExpired("serve", timeout or 0)
            time.sleep(ASKED_EVERY_S)
        return code

    def poll(self) -> int | None:
        """Its exit code, if it has ended."""
        if self._code is None:
            self._code = self._forker.ask(ended=self._pid)
        return self._code


def _serve(arguments: list[str], environment: dict[str, str], log: str) -> NoReturn:
    nothing, written = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    for descriptor, source in ((0, nothing), (1, written), (2, written)):
        os.dup2(source, descriptor)
    os.environ.clear()
    os.environ.update(environment)
    from server.__main__ import main

    code = 1
    try:
        code = main(arguments)
    finally:
        os._exit(code)


def _fork_as_told() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in IMPORTED:
        importlib.import_module(name)
    running: set[int] = set()
    for line in sys.stdin:
        asked = json.loads(line)
        if "ended" in asked:
            pid, status = os.waitpid(asked["ended"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if pid else None
            running -= {pid}
        else:
            answer = os.fork()
            if answer == 0:
                _serve(**asked)
            running.add(answer)
        print(json.dumps(answer), flush=True)
    # Whoever asked is gone, perhaps killed: nobody else ends these.
    for pid in running:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    _fork_as_told()
