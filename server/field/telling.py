"""A visit as its form tells it, and whether that is what stands there already. Twin of web/phone/telling.js."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.field.sheet import Sheet
from server.views.blobs import read_blobs, write_blobs
from server.views.common import ASKS, local, mode_of
from server.views.visit_form import CARES, MODES, RESULTS

NAME_CHARS_MAX = 60
QUICK = ("no_answer", "all_well")
MINUTE_CHARS = len("2026-11-20T10:36")
PLAIN = ("household", "occurred_at_ms", "mode", "result", "text", "who_met", "care", "follow_up_on")


def visit_body(sheet: Sheet, about: Mapping[str, Any], household: str, was_ms: int | None) -> dict[str, Any]:
    """The visit's body; `was_ms` keeps the seconds of a time that was not touched."""
    now_ms, offset_min = about["now_ms"], about["offset_min"]
    quick = sheet.choice("quick", QUICK)
    result = {"no_answer": "no_answer", "all_well": "met"}.get(quick or "") or sheet.choice("result", RESULTS)
    if result is None:
        sheet.wrong("result", "form.result")
    occurred_ms = sheet.moment("occurred_at", now_ms, offset_min)
    if occurred_ms is None:
        occurred_ms = now_ms if was_ms is None else was_ms
    elif was_ms is not None and minute(was_ms, offset_min) == minute(occurred_ms, offset_min):
        occurred_ms = was_ms
    asks = {name: words for name in ASKS if (words := sheet.words(name))}
    follow_up_on = _follow_up(sheet, minute(occurred_ms, offset_min)[:10])
    return {
        "household": household,
        "occurred_at_ms": occurred_ms,
        "mode": sheet.choice("mode", MODES) or mode_of(occurred_ms, offset_min),
        "result": result,
        **given("text", sheet.words("text")),
        **given("who_met", sheet.line("who_met", NAME_CHARS_MAX)),
        **given("companions", sheet.names("companions")),
        **given("asks", asks),
        **given("care", sheet.choice("care", CARES) or ("ok" if quick == "all_well" else None)),
        **given("follow_up_on", follow_up_on),
        **given("blobs", read_blobs(sheet.raw("blobs"))),
        **({"private": True} if sheet.raw("private") == "yes" else {}),
    }


def minute(ms: int, offset_min: int) -> str:
    """A moment in local time as forms write it."""
    return (local(ms, offset_min) or "")[:MINUTE_CHARS]


def _follow_up(sheet: Sheet, visited_on: str) -> str | None:
    """The day promised: one of those offered, or the one picked. Never before the visit."""
    chosen = sheet.raw("follow_up")
    offered = chosen not in ("", "pick")
    name = "follow_up" if offered else "follow_up_on"
    if sheet.has("follow_up") and chosen == "":
        return None
    if chosen == "pick" and not sheet.words("follow_up_on"):
        sheet.wrong("follow_up_on", "form.which_day")
        return None
    day = sheet.day(name)
    if day is not None and day < visited_on:
        sheet.wrong("follow_up_on", "form.before")
        return None
    return day


def same_telling(body: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Whether a visit is told just as it stands. Where several tellings stand, telling one again settles it."""
    return len(old.get("heads") or ()) < 2 and _told(body) == _told(old)


def _told(visit: Mapping[str, Any]) -> list[Any]:
    asks = visit.get("asks") or {}
    plain = [visit.get(name) or "" for name in PLAIN] + [asks.get(ask) or "" for ask in ASKS]
    private = bool(visit.get("private"))
    return [*plain, list(visit.get("companions") or ()), write_blobs(visit.get("blobs") or ()), private]


def given(name: str, value: Any) -> dict[str, Any]:
    """A key for a value that was given; nothing for nothing."""
    return {} if value is None or value in ([], {}) else {name: value}
