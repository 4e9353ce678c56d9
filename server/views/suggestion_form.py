"""What could be easier: one box for words. It keeps the name of the page it is about, and leads back to that page."""

from __future__ import annotations

import re

from .common import Context, Params, Rows, frame
from .people import first_wrong, form_state

NEEDS = {"grid": "all"}
TEMPLATE = "field/suggestion_form.html"

INPUTS = ("text",)
OTHER = "other"
WITHOUT = ("suggestion_form", "missing", "elder_suggestion", "elder_missing")
"""Pages that ask nobody what could be easier: this one, and one that is not there, which tells no address."""
_NAME = re.compile("[a-z_]{1,40}")
_PLACES = {"/field/": re.compile("/field(/.*)?"), "/elder/": re.compile("/elder(/.*)?")}


def page_of(said: str) -> str:
    """A page by its name; what is no name may be an address, and says nothing here."""
    return said if _NAME.fullmatch(said) else OTHER


def back_to(said: str, home: str = "/field/") -> str:
    """The page somebody came from, one of the field's, or a volunteer's."""
    return said if _PLACES[home].fullmatch(said) else home


def after(back: str, edit: str) -> str:
    """The page somebody came from, told what was kept."""
    return f"{back}{'&' if '?' in back else '?'}suggested={edit}"


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """An empty box, or what was half-written about the same page."""
    sent = params.get("values") or params
    grids = rows.get("grid") or [{}]
    return {
        **frame(rows, now_ms, params, "more"),
        "page": page_of(sent.get("page") or ""),
        "back": back_to(sent.get("back") or ""),
        "grid": grids[0].get("id") or "",
        "values": form_state(params, INPUTS, {}),
        "wrong": first_wrong(params, INPUTS),
        "errors": params.get("errors") or {},
        "new_id": params.get("new_id") or "",
    }
