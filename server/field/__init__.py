"""The field: a worker's pages and forms, drawn by the server where no phone does it."""

from server.field.pages import routes

__all__ = ["routes"]
