"""Whistles at the desk: who waits for what, and the steps of committee, department and leaders."""

from server.whistles.pages import routes

__all__ = ["routes"]
