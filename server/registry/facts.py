"""Facts as the desk reads them: what stands, what is only proposed, who wrote each, when, and what they had in view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from server.localtime import local_iso
from server.views.common import Row, heads
from server.views.people import HOUSEHOLD_FACTS, RESIDENT_FACTS, TAGS, as_text

Shown = dict[str, Any]


def facts_of(row: Row, fields: Iterable[str], offset: int) -> list[Shown]:
    """Every fact of a household or a resident that somebody has stated."""
    return [_fact(field, known, offset) for field in fields if (known := heads(row, field))]


def leaving_of(resident: Row, offset: int) -> list[Shown]:
    """The tags somebody wants taken off, with who said so and when. Any other tag is nobody's business here."""
    asked = resident.get("leaving") or {}
    return [{"tag": tag, "heads": [_said(head, offset) for head in asked[tag]]} for tag in TAGS if asked.get(tag)]


def waiting(rows: Iterable[Row]) -> set[str]:
    """The edits among these households and residents that wait for a decision."""
    asked = [heads for row in rows for part in ("facts", "leaving") for heads in (row.get(part) or {}).values()]
    return {head["edit"] for heads in asked for head in heads if head.get("proposed")}


def _fact(field: str, known: Sequence[Row], offset: int) -> Shown:
    """One fact. `open` says that people differ, or that one of its values waits for a decision; what it would replace
    stands first, if only that nobody had said."""
    values = {as_text(head.get("value")) for head in known if not head.get("proposed")}
    nothing: list[Shown] = [{**_said({}, offset), "saw": [], "unseen": []}] if not values else []
    return {
        "field": field,
        "value": as_text(known[0].get("value")) if values else "",
        "values": len(values),
        "open": len(values) > 1 or any(head.get("proposed") for head in known),
        "asked": [_said(head, offset) for head in known if head.get("proposed")],
        "heads": nothing + [{**_said(head, offset), **_view(head, known)} for head in known],
    }


def _said(head: Row, offset: int) -> Shown:
    at_ms = head.get("at_ms")
    return {
        "value": as_text(head.get("value")),
        "by": head.get("by") or "",
        "at": local_iso(at_ms, offset) if at_ms else None,
        "proposed": bool(head.get("proposed")),
    }


def _view(head: Row, known: Sequence[Row]) -> Shown:
    """What the author had in view, and whose values they could not: neither of the two had seen the other's."""
    saw = head.get("saw") or ()
    apart = [other for other in known if other is not head and not (_saw(head, other) or _saw(other, head))]
    return {
        "saw": [{"value": as_text(each.get("value")), "by": each.get("by") or ""} for each in saw],
        "unseen": list(dict.fromkeys(other.get("by") or "" for other in apart)),
    }


def _saw(head: Row, other: Row) -> bool:
    return any(each["edit"] == other["edit"] for each in head.get("saw") or ())


__all__ = ["HOUSEHOLD_FACTS", "RESIDENT_FACTS", "facts_of", "leaving_of", "waiting"]
