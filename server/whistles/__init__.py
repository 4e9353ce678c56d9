"""Whistles at the desk: who waits for what, and the steps of committee, department and leaders."""

from server.whistles import board, pages, routing_pages
from server.whistles.keeping import as_whistles_move

routes = [*board.routes, *pages.routes, *routing_pages.routes]

__all__ = ["as_whistles_move", "routes"]
