"""The desk's server on a real port, and a real Chromium."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from httpx import AsyncClient
from playwright.async_api import Browser, async_playwright

from server import clock
from server.app import create_app
from server.serving import Server
from server.settings import Settings
from tests.chromium import executable
from tests.journal.conftest import Station, new_database


class Quiet(Server):
    """A server inside the test: it says when it is up, and signals stay the test runner's."""

    up: asyncio.Event

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        self.up.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield


@asynccontextmanager
async def serving(settings: Settings, port: int) -> AsyncIterator[Any]:
    """The application on a port of this machine."""
    app = create_app(settings)
    config = uvicorn.Config(app, port=port, log_level="warning", lifespan="on", timeout_graceful_shutdown=5)
    server = Quiet(config)
    server.up = asyncio.Event()
    task = asyncio.create_task(server.serve())
    await server.up.wait()
    try:
        yield app
    finally:
        server.handle_exit(signal.SIGTERM, None)
        await task


@pytest.fixture
async def station(tmp_path: Path, empty_sqlite: Path, request: pytest.FixtureRequest) -> AsyncIterator[Station]:
    """The station, served on a real port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address = f"http://localhost:{port}"
    url = await new_database("sqlite", tmp_path, empty_sqlite, request)
    settings = Settings(url, tmp_path, b"a secret for tests only.........", public_url=address)
    async with serving(settings, port) as app, AsyncClient(base_url=address, timeout=30) as http:
        station = Station(app, http, settings, now_ms=clock.now_ms())
        await station.begin()
        yield station


@pytest.fixture(scope="module")
async def started() -> AsyncIterator[Browser]:
    """A real Chromium for the tests of one file."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        yield opened
        await opened.close()


@pytest.fixture
async def browser(started: Browser, station: Station) -> AsyncIterator[Browser]:
    """Chromium, in which nobody has opened a window yet; windows know nothing of each other, and are closed before the
    station is, which else waits for them."""
    yield started
    for window in started.contexts:
        await window.close()
