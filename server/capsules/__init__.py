"""Capsules: files of unsent edits that somebody carries in at the desk."""

from server.capsules.pages import routes

__all__ = ["routes"]
