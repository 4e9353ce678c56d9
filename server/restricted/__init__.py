"""Restricted tags: switched on by the station, said at the desk, seen for a while by whoever says why."""

from server.restricted.pages import routes

__all__ = ["routes"]
