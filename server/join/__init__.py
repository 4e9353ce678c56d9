"""How a phone or a desk comes in: a one-time link, used once."""

from server.join import pages, phones

routes = [*pages.routes, *phones.routes]

__all__ = ["routes"]
