"""Buildings and households as the desk reads them."""

from server.registry.pages import routes

__all__ = ["routes"]
