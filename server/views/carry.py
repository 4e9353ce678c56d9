"""Carrying for a colleague: take their sealed file, and read what became of those taken before."""

from __future__ import annotations

from .common import Context, Params, Row, Rows, day_of, frame, local, offset_of

NEEDS = {"grid": "all"}
TEMPLATE = "field/carry.html"

PROBLEMS = ("not_capsule", "not_sealed_to_us", "unknown_device", "bad_signature", "chain_gap")


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """The form, and what this phone carries or has carried, the newest first."""
    offset = offset_of(rows, params)
    carried = [_line(one, day_of(now_ms, offset), offset) for one in params.get("carried") or ()]
    return {
        **frame(rows, now_ms, params, "more"),
        # Without a phone's own store the server takes the file in at once.
        "on_phone": bool(params.get("on_phone")),
        "carried": carried[::-1],
        "wrong": params.get("wrong") or None,
    }


def _line(one: Row, today: int, offset: int) -> Context:
    sent_ms, problem = one.get("sent_ms"), one.get("problem")
    at_ms = one["kept_ms"] if sent_ms is None else sent_ms
    return {
        "id": one["id"],
        "name": one.get("name") or "",
        "at": local(at_ms, offset),
        "today": day_of(at_ms, offset) == today,
        "sent": sent_ms is not None,
        "problem": (problem if problem in PROBLEMS else "other") if problem else None,
        "fresh": one.get("fresh") or 0,
        "known": one.get("known") or 0,
        "aside": one.get("aside") or 0,
        "fork": bool(one.get("fork")),
    }
