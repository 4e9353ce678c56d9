"""Two pages without a door of their own: an address that is not here, and a grid that has not arrived yet."""

from __future__ import annotations

from .common import Context, Params, Rows, frame

NEEDS = {"grid": "all"}
MISSING_TEMPLATE = "field/missing.html"
ARRIVING_TEMPLATE = "field/arriving.html"


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """The frame, whether a door was asked for, and by whom the page is drawn: the server has everything, a phone may
    still be fetching. `typed`: what was written in a form that was not taken."""
    asked = {"of_door": bool(params.get("of_door")), "served": bool(params.get("served"))}
    return {**frame(rows, now_ms, params, "today"), **asked, "typed": list(params.get("typed") or ())}
