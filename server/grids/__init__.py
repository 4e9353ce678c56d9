"""Grids drawn anew: who looks after which, which buildings belong to which."""

from server.grids.pages import routes

__all__ = ["routes"]
