"""The trail of one thing: every edit about it in the log's order, and that as a file which proves itself."""

from server.trail.pages import routes

__all__ = ["routes"]
