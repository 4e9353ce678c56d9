"""The 12345 hotline: its tickets from its program, those to be placed by hand, answers back; and a group's message."""

from server.hotline import api, messages, pages

routes = [*pages.routes, *messages.routes, *api.routes]

__all__ = ["routes"]
