"""How the phones of one's grids fare, what to do about each, and what waits in the grids of who is away."""

from server.phones.pages import routes

__all__ = ["routes"]
