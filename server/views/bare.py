"""Two pages without a door of their own: an address that is not here, and a grid that has not arrived yet."""

from __future__ import annotations

from .common import Context, Params, Rows, frame

NEEDS = {"grid": "all"}
MISSING_TEMPLATE = "field/missing.html"
ARRIVING_TEMPLATE = "field/arriving.html"


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """The frame, and whether a door was asked for."""
    return {**frame(rows, now_ms, params, "today"), "of_door": bool(params.get("of_door"))}
