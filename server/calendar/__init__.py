"""The working calendar and the time limits at the desk: everybody sees them, an administrator changes them."""

from server.calendar.pages import routes

__all__ = ["routes"]
