"""Whistles at the desk: the committee responds and dispatches, departments report, everybody reads the whole trail."""

from server.whistles.pages import routes
from server.whistles.pressing import count as pressing
from server.whistles.pressing import told as pressing_told
from server.whistles.pressing import unseen

__all__ = ["pressing", "pressing_told", "routes", "unseen"]
