"""One visit: what was said, every revision of it, and when it happened, was written and came."""

from __future__ import annotations

from .blobs import blobs_told
from .common import ASKS, Context, Params, Row, Rows, by_id, day_of, first, frame, local, offset_of
from .items import turns_of
from .people import head_of

NEEDS = {"grid": "all", "building": "all", "household": "here", "visit": "here", "item": "here"}
TEMPLATE = "field/visit.html"

WRITTEN_APART_MS = 60_000  # a minute between knocking and writing needs no word
LONG_CHARS, LONG_LINES = 140, 6


def view(rows: Rows, now_ms: int, params: Params) -> Context | None:
    """The visit asked for with its revisions, the newest first; None when this phone does not hold it."""
    visit = first(rows, "visit", params.get("visit"))
    if visit is None:
        return None
    household = first(rows, "household", visit["household"])
    if household is None:
        return None
    offset = offset_of(rows, params)
    older = [row for row in rows.get("revision", ()) if row["id"] == visit["id"]]
    older = sorted(older, key=lambda row: int(row.get("revision") or 1), reverse=True)
    mine = next((row for row in older if _edit(row) == _edit(visit)), visit)
    return {
        **frame(rows, now_ms, params, "doors"),
        "household": head_of(household, by_id(rows, "building").get(household["building"])),
        "visit": {**visit_line(visit, offset, params.get("blobs")), "asked": asked_of(visit, params)},
        "turns": turns_of(rows, visit, offset),
        "new_id": params.get("new_id") or "",
        "mine": own(visit, params),
        "kept": not mine.get("on_server"),
        # Of one's own tellings alone the phone asks for a proof.
        "proof": mine.get("proof") and ("wait" if params.get("doubt") else mine["proof"]),
        "times": _times(
            {**mine, **visit, "received_ms": None if visit.get("unsent") else mine.get("received_ms")}, offset
        ),
        "revisions": [
            {**visit_line(row, offset), "n": int(row.get("revision") or 1), "times": _times(row, offset)}
            for row in older
            if _edit(row) != _edit(visit)
        ],
        "earlier": int(visit.get("revision") or 1) - 1,
    }


def own(visit: Row, params: Params) -> bool:
    """Whether the reader may tell it anew: a visit is its author's own, others' corrections are set aside."""
    person = params.get("person")
    return not person or visit.get("author") in (None, person)


def asked_of(visit: Row, params: Params) -> Context | None:
    """What the station asks of it: its author alone can answer, by telling it anew."""
    asked = visit.get("asked")
    return {"by": asked["by"], "note": asked["note"]} if asked and own(visit, params) else None


def is_long(text: str) -> bool:
    """Whether words fill more than some six lines of a phone: the time line folds them."""
    return len(text) > LONG_CHARS or text.count("\n") >= LONG_LINES


def _edit(visit: Row) -> str:
    return str(visit.get("edit") or visit["id"])


def visit_line(visit: Row, offset: int, known: Row | None = None) -> Context:
    """A visit as the time line shows it; `known` says which of its photos and voice notes wait."""
    asks = visit.get("asks") or {}
    received_ms = visit.get("received_ms")
    happened = day_of(visit["occurred_at_ms"], offset)
    late = received_ms is not None and day_of(received_ms, offset) != happened
    return {
        "id": visit["id"],
        "result": visit["result"],
        "mode": visit["mode"],
        "at": local(visit["occurred_at_ms"], offset),
        "by": visit.get("by") or "",
        "text": visit.get("text") or "",
        "long": is_long(visit.get("text") or ""),
        "asks": [{"ask": ask, "text": asks[ask], "long": is_long(asks[ask])} for ask in ASKS if asks.get(ask)],
        "care": visit.get("care"),
        "follow_up_on": visit.get("follow_up_on"),
        "who_met": visit.get("who_met") or "",
        "companions": visit.get("companions") or [],
        "late": local(received_ms, offset) if late and not visit.get("imported") else None,
        "imported": bool(visit.get("imported")),
        "unsent": bool(visit.get("unsent")),
        "corrected": int(visit.get("revision") or 1) > 1,
        "blobs": blobs_told(visit.get("blobs"), known),
        "private": bool(visit.get("private")),
        "entered_by": visit.get("entered_by") or "",
    }


def _times(visit: Row, offset: int) -> Context:
    """The three times where they differ: when it happened, when the phone wrote it, when the server had it."""
    occurred_ms, at_ms = visit["occurred_at_ms"], visit.get("at_ms")
    wrote_ms = None if at_ms is None else at_ms + (visit.get("offset_ms") or 0)
    counted_ms, received_ms = visit.get("effective_ms"), visit.get("received_ms")
    return {
        "happened": local(occurred_ms, offset),
        "wrote": local(wrote_ms, offset)
        if wrote_ms is not None and abs(wrote_ms - occurred_ms) > WRITTEN_APART_MS
        else None,
        "counted": local(counted_ms, offset)
        if counted_ms is not None and wrote_ms is not None and abs(counted_ms - wrote_ms) > WRITTEN_APART_MS
        else None,
        "received": local(received_ms, offset),
        "clock_s": None if visit.get("offset_ms") is None else abs(visit["offset_ms"]) // 1000,
    }
