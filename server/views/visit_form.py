"""Writing a visit down, and correcting one: the result in one tap, everything else as one likes."""

from __future__ import annotations

from .blobs import blobs_told, read_blobs, write_blobs
from .common import (
    ASKS,
    Context,
    Params,
    Row,
    Rows,
    by_id,
    date_text,
    day_of,
    first,
    frame,
    local,
    mode_of,
    offset_of,
    part_of_day,
    weekday_of,
)
from .day import is_of
from .people import first_wrong, form_state, head_of
from .visit import own

NEEDS = {"grid": "all", "building": "all", "household": "here", "visit": "here", "door": "here"}
TEMPLATE = "field/visit_form.html"

RESULTS = ("met", "no_answer", "inconvenient", "refused", "vacant", "moved")
MODES = ("door", "weekend", "reception", "night")
CARES = ("ok", "watch", "urgent")
INPUTS = (
    "result",
    "mode",
    *ASKS,
    "text",
    "care",
    "follow_up",
    "follow_up_on",
    "companions",
    "who_met",
    "occurred_at",
    "blobs",
    "private",
)
SATURDAY = 6


def view(rows: Rows, now_ms: int, params: Params) -> Context | None:
    """An empty form, a half-written one brought back, or one that corrects a visit. None when there is no such door."""
    old = first(rows, "visit", params.get("visit"))
    household = first(rows, "household", old["household"] if old else params.get("household"))
    if household is None or (params.get("visit") and (old is None or not own(old, params))):
        return None
    offset = offset_of(rows, params)
    today = day_of(now_ms, offset)
    mode = mode_of(now_ms, offset)
    choices = _next_days(today)
    given = (
        _of_visit(old, offset, choices)
        if old
        else {"mode": mode, "companions": _beside(rows, params, household, today, offset)}
    )
    values = form_state(params, INPUTS, given)
    # A draft keeps what is ticked as a list.
    values["private"] = "yes" if values["private"] in ("yes", ["yes"]) else ""
    draft = params.get("draft")
    promise_on = (first(rows, "door", household["id"]) or {}).get("promise_on") or ""
    return {
        **frame(rows, now_ms, params, "doors"),
        "household": head_of(household, by_id(rows, "building").get(household["building"])),
        "correcting": old and {"id": old["id"], "revision": _in_view(old, params), "at": given["occurred_at"]},
        "new_id": params.get("new_id") or "",
        "values": values,
        "errors": params.get("errors") or {},
        "wrong": first_wrong(params, INPUTS),
        "results": RESULTS,
        "modes": MODES,
        "cares": CARES,
        "asks": ASKS,
        "mode_why": {"mode": mode, "on": date_text(today), "part": part_of_day(now_ms, offset)},
        "days": choices,
        # Met before that day or not, the promise stands: whoever sets no other day must know.
        "promised": promise_on if promise_on > date_text(today) and not old else "",
        "picked": values["follow_up"] == "pick",
        "today": date_text(today),
        "latest": (local(now_ms, offset) or "")[:16],
        "draft": draft and {"at": local(draft["saved_ms"], offset)},
        "blobs": blobs_told(read_blobs(str(values["blobs"]))),
        # On a phone photos are kept before the form is sent; elsewhere they travel with it.
        "keeps": bool(params.get("keeps")),
    }


def _beside(rows: Rows, params: Params, household: Row, today: int, offset: int) -> str:
    """Who was along when they were here before on the same day: they need not be named again."""
    here = [
        visit
        for visit in rows.get("visit", ())
        if visit["household"] == household["id"]
        and is_of(visit, params.get("person"))
        and day_of(visit["occurred_at_ms"], offset) == today
    ]
    last = max(here, key=lambda visit: (visit["occurred_at_ms"], visit["id"]), default=None)
    return "、".join((last or {}).get("companions") or ())


def _in_view(visit: Row, params: Params) -> str:
    """The tellings a correction replaces, all that stand: frozen when its form was first opened."""
    sent, draft = params.get("values") or {}, (params.get("draft") or {}).get("values") or {}
    standing = ",".join(visit.get("heads") or ())
    return str(sent.get("over") or draft.get("over") or standing or visit.get("edit") or visit["id"])


def _next_days(today: int) -> list[Context]:
    """Two days worth one tap: this day next week, and the coming Saturday (never today)."""
    saturday = today + ((SATURDAY - weekday_of(today)) % 7 or 7)
    days = sorted({saturday, today + 7})
    return [{"on": date_text(day), "near": "saturday" if day == saturday else "week"} for day in days]


def _of_visit(visit: Row, offset: int, choices: list[Context]) -> Context:
    """A visit as its form holds it."""
    asks = visit.get("asks") or {}
    follow_up_on = visit.get("follow_up_on") or ""
    offered = any(choice["on"] == follow_up_on for choice in choices)
    return {
        "result": visit["result"],
        "mode": visit["mode"],
        **{ask: asks.get(ask) for ask in ASKS},
        "text": visit.get("text"),
        "care": visit.get("care"),
        "follow_up": follow_up_on if offered or not follow_up_on else "pick",
        "follow_up_on": follow_up_on,
        "companions": "、".join(visit.get("companions") or ()),
        "who_met": visit.get("who_met"),
        "occurred_at": (local(visit["occurred_at_ms"], offset) or "")[:16],
        "blobs": write_blobs(visit.get("blobs") or ()),
        "private": "yes" if visit.get("private") else "",
    }
