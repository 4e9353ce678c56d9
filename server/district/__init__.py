"""The district's desk: numbers of every community, and one record opened with a reason that stands in the journal."""

from server.district.pages import routes

__all__ = ["routes"]
