"""Whistles at the desk: the committee responds and dispatches, departments report, everybody reads the whole trail."""

from server.whistles import pages, pictures
from server.whistles.pictures import told_in
from server.whistles.pressing import count as pressing
from server.whistles.pressing import told as pressing_told
from server.whistles.pressing import unseen

routes = [*pages.routes, *pictures.routes]

__all__ = ["pressing", "pressing_told", "routes", "told_in", "unseen"]
