"""Who works here: what each is and for what, who stands in for whom, who is let in, and who is out of use."""

from server.staff import beginning, changes, home, pages, recoveries, stand_ins

routes = [
    *pages.routes,
    *changes.routes,
    *stand_ins.routes,
    *recoveries.routes,
    *home.routes,
    *beginning.routes,
]

__all__ = ["routes"]
