"""Real server processes, as many as one likes on one database."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from server.settings import ROOT

START_S = 60


def environment(data: Path, url: str) -> dict[str, str]:
    """What a process of this installation is started with."""
    return {**os.environ, "SIFANG_DATA": str(data), "SIFANG_DATABASE_URL": url, "SIFANG_DEMO": "1"}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(data: Path, url: str, processes: int = 1, options: Sequence[str] = ()) -> Iterator[list[str]]:
    """Start them all at once; yields their addresses when they answer, ends them afterwards."""
    with ExitStack() as stack:
        started = []
        for number in range(processes):
            port = _free_port()
            log = stack.enter_context((data / f"server{number}.log").open("w"))
            command = [sys.executable, "-m", "server", "serve", "--port", str(port), *options]
            process = subprocess.Popen(command, cwd=ROOT, env=environment(data, url), stdout=log, stderr=log)
            stack.callback(_end, process)
            started.append((f"http://127.0.0.1:{port}", process, data / f"server{number}.log"))
        for address, process, path in started:
            _await(address, process, path)
        yield [address for address, _, _ in started]


def _await(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            if httpx.get(f"{address}/health", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"no answer from {address}: {log.read_text()}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
