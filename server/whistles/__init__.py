"""Whistles at the desk: who waits for what, and the steps of committee, department and leaders."""

from server.whistles import pages, pictures
from server.whistles.pictures import told_in

routes = [*pages.routes, *pictures.routes]

__all__ = ["routes", "told_in"]
