"""Logs of days as the desk reads them: what waits to be read, one opened, read with one key or returned."""

from server.logs.pages import routes, unread

__all__ = ["routes", "unread"]
