"""Somebody new in a household."""

from __future__ import annotations

from .common import Context, Params, Rows, by_id, first, frame
from .people import TAGS, first_wrong, form_state, head_of

NEEDS = {"grid": "all", "building": "all", "household": "here"}
TEMPLATE = "field/resident_form.html"

INPUTS = ("name", "relation", "birth_year", "phone", "lives_here", "note")


def view(rows: Rows, now_ms: int, params: Params) -> Context | None:
    """An empty form; None when there is no such door."""
    household = first(rows, "household", params.get("household"))
    if household is None:
        return None
    sent = params.get("values") or (params.get("draft") or {}).get("values") or {}
    ticked = sent.get("tags") or []
    return {
        **frame(rows, now_ms, params, "doors"),
        "household": head_of(household, by_id(rows, "building").get(household["building"])),
        "values": form_state(params, INPUTS, {"lives_here": "yes"}),
        "tags": [{"tag": tag, "had": tag in ticked} for tag in TAGS],
        "wrong": first_wrong(params, INPUTS),
        "errors": params.get("errors") or {},
        "new_id": params.get("new_id") or "",
    }
