"""Buildings and households as the desk reads them."""

from server.registry import pages, record

routes = [*pages.routes, *record.routes]

__all__ = ["routes"]
