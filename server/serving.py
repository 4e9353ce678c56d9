"""uvicorn, with one thing more: lines that stay open (server/live) are told when the server is asked to stop."""

from __future__ import annotations

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


def run(app: Starlette, **options: Any) -> None:
    """Serve until asked to stop; the options are uvicorn's."""
    Server(uvicorn.Config(app, **options)).run()
