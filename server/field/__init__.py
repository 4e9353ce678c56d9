"""The field: a worker's pages and forms, drawn by the server where no phone does it; visits written down for others."""

from server.field import behalf, pages

routes = [*pages.routes, *behalf.routes]

__all__ = ["routes"]
