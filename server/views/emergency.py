"""Somebody is in danger: three numbers and the one on duty, as large as the page."""

from __future__ import annotations

from .common import Context, Params, Rows, frame

NEEDS = {"grid": "all"}
TEMPLATE = "field/emergency.html"

NUMBERS = ("110", "119", "120")


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """The numbers to call, and where to write down afterwards what happened."""
    return {
        **frame(rows, now_ms, params, "today"),
        "numbers": NUMBERS,
        "duty": params.get("duty") or "",
        "written": bool(params.get("written")),
        "household": params.get("household") or "",
    }
