"""Who is looked in on, as the desk sees it: pairs formed and ended, whose check is due, what was found."""

from server.care.pages import routes, urgent
from server.care.store import unseen

__all__ = ["routes", "unseen", "urgent"]
