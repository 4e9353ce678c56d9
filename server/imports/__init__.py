"""Ledgers of a station, XLSX or CSV, brought into the registry as edits."""

from server.imports.pages import routes

__all__ = ["routes"]
