"""Live updates for open desk pages."""

from server.live.pages import routes

__all__ = ["routes"]
