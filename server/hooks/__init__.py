"""Group robots: what waits for somebody is said in the group of those who work there."""

from server.hooks.pages import routes
from server.hooks.sending import Hooks, as_things_come

__all__ = ["Hooks", "as_things_come", "routes"]
