"""A server of its own process, as `python -m server serve` runs it, for the length of a measurement."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from server.app import create_app
from server.settings import from_environment


@contextmanager
def served(data: Path, url: str | None = None, module: str = "bench.served") -> Iterator[tuple[int, int]]:
    """Serve the installation in this folder, its database at `url` if that is not there; yields port and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = {**os.environ, "SIFANG_DATA": str(data)}
    environment.pop("SIFANG_DATABASE_URL", None)
    if url is not None:
        environment["SIFANG_DATABASE_URL"] = url
    server = subprocess.Popen([sys.executable, "-m", module, str(port)], env=environment)
    try:
        for _ in range(1200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).read()
                break
            except OSError:
                time.sleep(0.05)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


def rss_mb_max(process: int) -> float:
    """The most memory a process has held, in MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def cpu_s(process: int) -> float:
    """Processor seconds a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def serve(port: int) -> None:
    """Serve what the environment names, until told to stop."""
    app = create_app(from_environment())
    uvicorn.run(app, port=port, log_level="warning", access_log=False, server_header=False)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
