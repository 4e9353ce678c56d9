"""The suggestion box: what could be easier, said at a desk as on a phone, and read by the station."""

from server.suggestions.pages import routes

__all__ = ["routes"]
