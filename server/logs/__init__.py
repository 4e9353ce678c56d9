"""Logs of days: sent by themselves in the evening, and as the desk reads them, with one key or returned."""

from server.logs.evening import as_evenings_come
from server.logs.pages import routes, unread

__all__ = ["as_evenings_come", "routes", "unread"]
