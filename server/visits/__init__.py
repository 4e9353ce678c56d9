"""Visits as the desk reads them: the list, each read or asked about, and pictures of them."""

from server.visits import pages, pictures, reading
from server.visits.reading import unread

routes = [*pages.routes, *reading.routes, *pictures.routes]

__all__ = ["routes", "unread"]
