"""How one door stands today: how worn its paint is, what hangs on it, and whether somebody should knock."""

from __future__ import annotations

from typing import Any

from .common import Context, Row, date_text, day_of, differs, heads, shown

STEP_DAYS = (30, 60, 90)  # looks: ≤ 30, ≤ 60, ≤ 90 days, then bare
CARE_DAYS = {"urgent": 7, "watch": 30}  # DOMAIN §3.2: high risk weekly, key monthly
CONTACT = ("met", "inconvenient")  # results that paint a door
MARKS = ("due", "promise", "unsent", "differ", "care")  # most urgent first; a door shows two, its name says all
BRIEF_CHARS_MAX = 6
ROOM_WIDE_MAX = 4  # digits beside each other on a door
REASONS = ("promise", "care", "never", "long")


def step_of(days: int | None) -> int:
    """How worn a door's paint is: 1 fresh … 4 bare."""
    if days is None:
        return 4
    return next((step for step, limit in enumerate(STEP_DAYS, 1) if days <= limit), 4)


def unpainted(household: Row) -> str | None:
    """Why a door takes no paint: a shop, or nobody lives there."""
    occupancy = shown(household, "occupancy")
    if household.get("kind") == "shop" or occupancy == "shop":
        return "shop"
    return "vacant" if occupancy == "vacant" else None


def days_since(ms: int | None, today: int, offset: int) -> int | None:
    """Whole local days from a moment to today, never below nought (a phone's clock may run ahead)."""
    return None if ms is None else max(0, today - day_of(ms, offset))


def reason_of(household: Row, door: Row, today: int, offset: int) -> str | None:
    """Why somebody should knock today: a promise that has come due, care, never seen, or not for long."""
    promise_on = door.get("promise_on")
    if promise_on and promise_on <= date_text(today):
        return "promise"
    days = days_since(door.get("contact_ms"), today, offset)
    limit = CARE_DAYS.get(door.get("care") or "")
    if limit is not None and (days is None or days >= limit):
        return "care"
    if unpainted(household):
        return None
    if days is None:
        return "never"
    return "long" if days > STEP_DAYS[-1] else None


def due_order(door: Row, reason: str) -> tuple[Any, ...]:
    """Who is knocked for first: promises (today's, then the latest), care (urgent first), then the longest unseen."""
    contact_ms = door.get("contact_ms") or 0
    if reason == "promise":
        return (0, -int(door["promise_on"].replace("-", "")), contact_ms)
    if reason == "care":
        return (1, 0 if door["care"] == "urgent" else 1, contact_ms)
    return (2, 0, contact_ms)


def knocked_without(door: Row) -> str | None:
    """The result of a knock since the last meeting that met nobody: shown apart, it paints nothing."""
    knock_ms, result = door.get("knock_ms"), door.get("knock_result")
    if knock_ms is None or result is None or result in CONTACT or knock_ms <= (door.get("contact_ms") or 0):
        return None
    return str(result)


def look_of(household: Row, door: Row, today: int, offset: int) -> Context:
    """A door as drawn anywhere: its step, the word under its number, its marks, and what its name must say."""
    days = days_since(door.get("contact_ms"), today, offset)
    why_bare = unpainted(household)
    if why_bare:
        label = why_bare
    elif days is None:
        label = "never"
    else:
        label = "days" if days else "today"
    reason = reason_of(household, door, today, offset)
    promise_on = door.get("promise_on")
    hung = {
        "due": reason in ("care", "never", "long") or (reason == "promise" and promise_on != date_text(today)),
        "promise": bool(promise_on),
        "unsent": bool(household.get("unsent") or door.get("unsent")),
        "differ": any(differs(household, field) for field in household.get("facts") or {}),
        "care": door.get("care") in CARE_DAYS,
    }
    marks = [mark for mark in MARKS if hung[mark]]
    return {
        "id": household["id"],
        "room": household.get("room") or "",
        "brief": _brief(household.get("room") or ""),
        "long": _wide(household.get("room") or "") > ROOM_WIDE_MAX,
        "age": 0 if why_bare else step_of(days),
        "label": label,
        "days": days or 0,
        "marks": marks[1::-1],
        "says": marks,
        "knock": knocked_without(door),
        "due": reason is not None,
    }


def _brief(room: str) -> str:
    """A number short enough for a door: long ones keep their end, which tells them apart, if need be below."""
    return room if len(room) <= BRIEF_CHARS_MAX else f"{room[:2]}…\u200b{room[-3:]}"


def _wide(room: str) -> int:
    """How wide a number stands: a Chinese sign takes the room of two digits."""
    return sum(1 if sign.isascii() else 2 for sign in room)


def person_of(household: Row) -> str:
    """What the household is called: its contact, or nothing."""
    known = heads(household, "contact")
    return str(known[0].get("value") or "") if known else ""
