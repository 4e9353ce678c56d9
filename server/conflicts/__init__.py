"""The conflict desk: what rules cannot decide, in words, for the person who can."""

from server.conflicts.pages import routes, waiting_count

__all__ = ["routes", "waiting_count"]
