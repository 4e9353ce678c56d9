"""Patrols as the desk reads them: seven days, what was noted, nobody compared."""

from server.patrols.pages import routes

__all__ = ["routes"]
