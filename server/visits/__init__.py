"""Visits as the desk reads them: the list, and pictures of it."""

from server.visits import pages, pictures

routes = [*pages.routes, *pictures.routes]

__all__ = ["routes"]
