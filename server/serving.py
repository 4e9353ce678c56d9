"""uvicorn, with two things more: lines that stay open (server/live) are told when the server is asked to stop, and a
Unix socket is for its owner and group alone."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette


class Server(uvicorn.Server):
    """Ends open lines at once, where uvicorn alone would wait for them until it loses patience."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Somebody asked the process to stop."""
        app = self.config.app
        if isinstance(app, Starlette):
            app.state.closing = True
        super().handle_exit(sig, frame)


def run(app: Starlette, *, uds: str | None = None, **options: Any) -> None:
    """Serve until asked to stop, at an address or a Unix socket; the options are uvicorn's, its messages go where
    ours go (server/events.py)."""
    # Whose word for an address counts is our own setting (server/proxies.py), never the default of a library.
    quiet: dict[str, Any] = {"log_config": None, "log_level": "warning", "access_log": False, "proxy_headers": False}
    server = Server(uvicorn.Config(app, **quiet, **options))
    if uds is None:
        server.run()
        return
    server.run(sockets=[_unix_socket(Path(uds))])


def _unix_socket(path: Path) -> socket.socket:
    """A socket that its owner and group may reach and nobody else, from its first moment. One that was left behind is
    taken away."""
    if path.is_socket():
        path.unlink()
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o117)
    try:
        listening.bind(str(path))
    finally:
        os.umask(before)
    return listening
