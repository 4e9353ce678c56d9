"""Verification orders at the desk: doors picked on the board, answers read door by door, confirmed by a key."""

from server.orders.pages import routes

__all__ = ["routes"]
