"""One household as the desk reads it: people, facts with every value that stands, visits, and who changed what."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import RowMapping

from server.aside import reason_of
from server.localtime import local_day, local_iso, told_hour
from server.registry.facts import HOUSEHOLD_FACTS, RESIDENT_FACTS, facts_of, leaving_of, waiting
from server.views.common import date_text, day_of, shown
from server.views.doors_at import days_since, knocked_without, look_of
from server.views.people import TAGS, as_text, person_row

Shown = dict[str, Any]


def shown_household(
    household: Shown, door: Shown, residents: list[Shown], visits: list[RowMapping], history: list[RowMapping],
    now_ms: int, offset: int, *, private: bool = False,
) -> Shown:  # fmt: skip
    """Everything the page says, with times as local ISO text. `private`: the reader may read what was said for the
    station alone."""
    today = day_of(now_ms, offset)
    names = {resident["id"]: person_row(resident)["name"] for resident in residents}
    waits = waiting([household, *residents])
    contact_ms, knock_ms = door.get("contact_ms"), door.get("knock_ms")
    return {
        "look": look_of(household, door, today, offset),
        "days": days_since(contact_ms, today, offset),
        "contact_at": local_iso(contact_ms, offset) if contact_ms is not None else None,
        "knock": knocked_without(door),
        "knock_at": local_iso(knock_ms, offset) if knock_ms is not None else None,
        "promise_on": door.get("promise_on"),
        "promised": _promised(door.get("promise_on"), date_text(today)),
        "care": door.get("care") if door.get("care") in ("watch", "urgent") else None,
        "people": [_person(resident, offset) for resident in residents],
        "facts": facts_of(household, HOUSEHOLD_FACTS, offset),
        "visits": [_visit(visit, offset, private) for visit in visits],
        "history": [line for entry in history if (line := _change(entry, names, waits, offset))],
    }


def _person(resident: Shown, offset: int) -> Shown:
    """One of the people, with what others wrote differently of them and what waits for a decision."""
    return {
        **person_row(resident),
        "deceased": shown(resident, "deceased") is True,
        "disputed": [fact for fact in facts_of(resident, RESIDENT_FACTS, offset) if fact["open"]],
        "leaving": leaving_of(resident, offset),
    }


def _promised(promise_on: str | None, today: str) -> str | None:
    """Whether a promised day is still to come, is today, or has passed, as the phone tells it."""
    if not promise_on:
        return None
    if promise_on == today:
        return "today"
    return "ahead" if promise_on > today else "passed"


def _visit(visit: RowMapping, offset: int, private: bool) -> Shown:
    told = private or not visit["private"]
    at = local_iso(visit["occurred_at_ms"], offset)
    asks = msgspec.json.decode(visit["asks"])
    late = local_day(visit["received_ms"], offset) != at[:10]
    return {
        "href": f"/desk/visits/{visit['grid']}/{visit['id']}",
        "at": at,
        "clock": told_hour(at, visit["source"] is not None),
        "result": visit["result"],
        "mode": visit["mode"],
        "by": visit["by_name"],
        "entered_by": visit["entered_by"],
        "private": bool(visit["private"]),
        "said": visit["text"] if told else None,
        "asks": {name: words for name, words in asks.items() if words and told},
        "who_met": visit["who_met"] if told else None,
        "companions": msgspec.json.decode(visit["companions"]),
        "care": visit["care"],
        "follow_up_on": visit["follow_up_on"],
        "received": local_iso(visit["received_ms"], offset),
        "late": late and visit["source"] is None,
        "imported": visit["source"] is not None,
        "revision": visit["revision"],
    }


def _change(entry: RowMapping, names: dict[str, str], waits: set[str], offset: int) -> Shown | None:
    """One line of the history: when, who, and each field's new value; None where nothing may be shown."""
    # A body that was erased leaves its header: that something was written, and when.
    body = msgspec.json.decode(entry["body"]) if entry["body"] is not None else None
    said = body if isinstance(body, dict) else {}
    stated = said.get("facts")
    facts = [
        {"field": field, "value": as_text(value)}
        for field, value in (stated if isinstance(stated, dict) else {}).items()
        if field in HOUSEHOLD_FACTS or field in RESIDENT_FACTS
    ]
    added = [tag for tag in (said.get("tags") or said.get("add") or []) if tag in TAGS]
    removed = [tag for tag in said.get("remove") or [] if tag in TAGS]
    undone = _undone(said) if entry["kind"].endswith(".undone") else None
    if body is not None and entry["kind"] != "household.added" and not (facts or added or removed or undone):
        return None
    return {
        "at": local_iso(entry["effective_ms"], offset),
        "received": local_iso(entry["received_ms"], offset),
        "apart": entry["received_ms"] - entry["effective_ms"] >= 60_000,
        "by": entry["by"] or "",
        "what": entry["kind"].replace(".", "_"),
        "person": names.get(entry["entity"], ""),
        "facts": facts,
        "added": added,
        "removed": removed,
        "undone": undone,
        "imported": bool(said.get("imported")),
        "outcome": entry["outcome"],
        "reason": reason_of(entry["reason"]),
        "erased": body is None,
        "waits": entry["id"] in waits,
    }


def _undone(said: Shown) -> str | None:
    """What was taken back, as the key of its words; None where it may not be named."""
    field = str(said.get("field"))
    tag = field.removeprefix("tag:")
    if tag != field:
        return f"word.tag.{tag}" if tag in TAGS else None
    if field == "deceased":
        return "desk.fact.deceased"
    return f"word.fact.{field}" if field in HOUSEHOLD_FACTS or field in RESIDENT_FACTS else None
