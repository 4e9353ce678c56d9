"""The field: a worker's pages and forms and a volunteer's, drawn by the server where no phone does it;
visits written down for others."""

from server.field import behalf, elder, pages

routes = [*pages.routes, *behalf.routes, *elder.routes]

__all__ = ["routes"]
