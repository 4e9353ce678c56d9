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
def served(data: Path) -> Iterator[int]:
    """Serve the installation in this folder; yields the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = {**os.environ, "SIFANG_DATA": str(data)}
    environment.pop("SIFANG_DATABASE_URL", None)
    server = subprocess.Popen([sys.executable, "-m", "bench.served", str(port)], env=environment)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).read()
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def rss_mb(port_owner: int) -> float:
    """Resident memory of a process, MB."""
    for line in Path(f"/proc/{port_owner}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    uvicorn.run(
        create_app(from_environment()),
        port=int(sys.argv[1]),
        log_level="warning",
        access_log=False,
        server_header=False,
    )
