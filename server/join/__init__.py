"""How people, phones and desks come in: entered once by the station, then a one-time link or code, and two screens
compared."""

from server.join import desks, enrolling, meeting_pages, pages, phones
from server.join.store import desk_link

routes = [
    *pages.routes,
    *enrolling.routes,
    *desks.routes,
    *meeting_pages.routes,
    *phones.routes,
]

__all__ = ["desk_link", "routes"]
