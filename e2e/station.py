"""A real installation in a folder of its own, and the server process that stories stop, kill and start."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from sqlalchemy import select

from e2e.forked import Forker
from e2e.link import Link
from e2e.webdriver import free_port
from server import schema
from server.clock import now_ms
from server.db import Database
from server.join.store import create_link

ROOT = Path(__file__).resolve().parent.parent
START_S_MAX = 120.0


class Running(Protocol):
    """What is asked of the server process."""

    def send_signal(self, sig: int, /) -> None:
        """Let it have a signal."""

    def wait(self, timeout: float | None = None) -> int:
        """Until it has ended."""

    def poll(self) -> int | None:
        """Its exit code, if it has ended."""


class Station:
    """One installation: its data, its server process, and the link through which browsers reach it.

    Browsers open `url` (the link's port), so the link can go down while the server lives; `stop()` and `kill()` end
    the server process itself. With a `forker` the process begins with everything imported.
    """

    def __init__(self, data: Path, forker: Forker | None = None) -> None:
        self.data = data
        self.forker = forker
        self.server_port = free_port()
        self.link_port = free_port()
        self.link = Link(self.link_port, self.server_port)
        self.process: Running | None = None
        data.mkdir(parents=True, exist_ok=True)

    @property
    def url(self) -> str:
        """The address browsers open."""
        return f"http://localhost:{self.link_port}"

    @property
    def straight(self) -> str:
        """The address of a desk whose line holds while the link of the phones is down."""
        return f"http://localhost:{self.server_port}"

    @property
    def environment(self) -> dict[str, str]:
        """What the installation's commands find in their environment."""
        return {**os.environ, "SIFANG_DATA": str(self.data), "SIFANG_PUBLIC_URL": self.url, "SIFANG_DEMO": "1"}

    @property
    def told(self) -> list[str]:
        """The command that serves it."""
        return ["serve", "--port", str(self.server_port), "--public-url", self.url]

    @property
    def log(self) -> Path:
        """What the server process says."""
        return self.data / "server.log"

    def command(self, *arguments: str) -> str:
        """Run a module of ours against this installation; returns what it printed."""
        run = [sys.executable, "-m", *arguments]
        done = subprocess.run(run, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stdout}{done.stderr}")
        return done.stdout

    def join_link(self, purpose: str, name: str) -> str:
        """A one-time link for a person's phone or desk."""
        # Playwright keeps a loop of its own in this thread.
        with ThreadPoolExecutor(1) as beside:
            token = beside.submit(asyncio.run, self._invited(purpose, name)).result()
        return f"{self.url}/join/{token}"

    async def _invited(self, purpose: str, name: str) -> str:
        db = Database(f"sqlite+aiosqlite:///{self.data / 'sifang.db'}")
        try:
            async with db.writing() as connection:
                found = select(schema.person.c.id).where(schema.person.c.name == name)
                person = (await connection.execute(found)).scalar_one()
                return await create_link(connection, person, purpose, now_ms())
        finally:
            await db.close()

    def start(self) -> None:
        """Start the server process and wait until it answers."""
        self.spawn()
        self.wait()

    def spawn(self) -> None:
        """Start the server process, whatever becomes of it."""
        if self.forker:
            self.process = self.forker.start(self.told, self.environment, self.log)
        else:
            self.spawn_anew()

    def spawn_anew(self) -> None:
        """As `spawn`, by the command line from nothing."""
        run = [sys.executable, "-m", "server", *self.told]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(run, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def wait(self) -> None:
        """Until the server answers; raises with its last words when it ends instead."""
        assert self.process
        end = time.monotonic() + START_S_MAX
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.server_port}/health", timeout=START_S_MAX).close()
                return
            except (OSError, urllib.error.URLError):
                if time.monotonic() > end or self.process.poll() is not None:
                    raise RuntimeError(self.log.read_text()[-2000:]) from None
                time.sleep(0.05)

    def stop(self) -> None:
        """End the server process as an operator would."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL: no chance to finish anything."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process:
            self.process.send_signal(how)
            self.process.wait(15)
            self.process = None

    def close(self) -> None:
        """End everything that was started."""
        self.kill()
        self.link.close()
