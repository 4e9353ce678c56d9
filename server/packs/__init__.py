"""Packs for meetings, composed of what is there already; minutes, and what follows from them."""

from server.packs.minutes import routes as minutes_routes
from server.packs.pages import routes as pack_routes

routes = [*pack_routes, *minutes_routes]

__all__ = ["routes"]
