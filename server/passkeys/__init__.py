"""Passkeys: how people come to the desk, and how they say once more that it is they."""

from server.passkeys.pages import routes

__all__ = ["routes"]
