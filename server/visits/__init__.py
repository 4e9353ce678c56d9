"""Visits as the desk reads them."""

from server.visits.pages import routes

__all__ = ["routes"]
