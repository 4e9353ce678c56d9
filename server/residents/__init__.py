"""What residents say and order without an account: the pages behind a notice board's code, and the sheet to print."""

from server.residents.notices import routes as notice_routes
from server.residents.pages import routes as resident_routes

routes = [*resident_routes, *notice_routes]

__all__ = ["routes"]
