"""How people, phones and desks come in: entered once by the station, then a one-time link."""

from server.join import pages, people, phones

routes = [*pages.routes, *phones.routes, *people.routes]

__all__ = ["routes"]
