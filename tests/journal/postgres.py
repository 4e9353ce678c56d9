"""A PostgreSQL server of our own for the length of a test run, where its binaries are installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def _as_postgres() -> list[str]:
    # The server refuses to run as root.
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


@contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """Start a server on a free port; yields an address without a database name. Not durable it is quick: tests only."""
    programs = binaries()
    assert programs is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        if prefix := _as_postgres():
            shutil.chown(folder, "postgres")
        else:
            prefix = []
        quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "check": True}
        initdb = [programs / "initdb", "-D", data, "-U", "sifang", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run([*prefix, *initdb], **quiet)  # type: ignore[call-overload]
        options = f"-p {port} -k {folder} -c fsync={'on' if durable else 'off'} -c listen_addresses=127.0.0.1"
        control = [*prefix, programs / "pg_ctl", "-D", data, "-w"]
        subprocess.run([*control, "-o", options, "-l", Path(folder) / "log", "start"], **quiet)  # type: ignore[call-overload]
        try:
            yield f"postgresql+asyncpg://sifang@127.0.0.1:{port}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]
