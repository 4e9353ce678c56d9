"""The log as anybody may see it: what was signed, the tiles it is made of, and counts that name nobody."""

from server.ledger.pages import routes

__all__ = ["routes"]
