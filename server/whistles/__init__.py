"""Whistles at the desk: the committee responds and dispatches, departments report, everybody reads the whole trail."""

from server.whistles import board, pages, pictures, routing_pages
from server.whistles.keeping import as_whistles_move
from server.whistles.pictures import told_in
from server.whistles.pressing import count as pressing
from server.whistles.pressing import told as pressing_told
from server.whistles.pressing import unseen

routes = [*board.routes, *pictures.routes, *pages.routes, *routing_pages.routes]

__all__ = ["as_whistles_move", "pressing", "pressing_told", "routes", "told_in", "unseen"]
