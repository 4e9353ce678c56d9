"""What asks became, at the desk: found by kind, state and building, moved on with a note, and put on paper."""

from server.items.pages import routes

__all__ = ["routes"]
