"""What volunteers noticed and sent, as the station reads it and takes it up."""

from server.reports.pages import routes

__all__ = ["routes"]
