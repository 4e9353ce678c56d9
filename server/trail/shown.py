"""One edit of a trail in plain words: who wrote what on which phone, three times, what it had seen, what proves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from server.aside import REASONS
from server.journal import NOBODY, RESTRICTED
from server.localtime import local_iso
from server.trail.store import DECISIONS
from server.views.common import ASKS
from server.views.people import HOUSEHOLD_FACTS, RESIDENT_FACTS, TAGS, as_text
from server.views.visit_form import RESULTS

Row = dict[str, Any]

KINDS = (
    "visit.recorded", "visit.corrected", "visit.settled", "visit.undone", "household.added", "household.stated",
    "household.undone", "resident.added", "resident.stated", "resident.tagged", "resident.undone", "building.added",
    "building.moved", "pair.judged", "daily_log.sent", "order.answered", "patrol.started",
    "patrol.ended", "patrol.noted", "patrol.withdrawn", "visit.kept", "visit.reviewed",
    "visit.returned", *DECISIONS,
)  # fmt: skip
"""Kinds whose words may be read by whoever may read what they are about. Of any other the trail says that it was."""
CALLED = (*KINDS, "record.opened")
"""Kinds that have a name of their own here."""
OWN_REASONS = ("needs_decision", "already_in", "restricted_off", "decided")
MODES = ("door", "weekend", "reception", "night")
VERDICTS = ("same", "different", "open")
APART_MS = 60_000


def may_tell(row: Row) -> bool:
    """Whether the words of an edit may be shown, and leave as a file. What is no JSON is told under no name: nobody can
    say what is in it."""
    said = row["said"]
    return said is not None and row["kind"] in KINDS and "" not in said and not _names_restricted(said)


def _names_restricted(value: Any) -> bool:
    """Whether a tag that is kept apart stands anywhere in it as a word of its own."""
    if isinstance(value, dict):
        return any(_names_restricted(each) for each in (*value.keys(), *value.values()))
    if isinstance(value, list):
        return any(map(_names_restricted, value))
    return isinstance(value, str) and value.removeprefix("tag:") in RESTRICTED


def shown_edits(rows: Sequence[Row], utc_offset_min: int) -> list[Row]:
    """The edits as lines, numbered as the trail goes."""
    numbers = {row["id"]: n for n, row in enumerate(rows, 1)}
    return [_edit(row, n, rows, numbers, utc_offset_min) for n, row in enumerate(rows, 1)]


def _edit(row: Row, n: int, rows: Sequence[Row], numbers: Mapping[str, int], offset: int) -> Row:
    late_ms = row["received_ms"] - row["effective_ms"]
    return {
        "n": n,
        "id": row["id"],
        "what": row["kind"].replace(".", "_") if row["kind"] in CALLED else "other",
        "by": row["by"] or "",
        "nobody": row["author"] == NOBODY,
        "behalf": row["behalf"],
        "phone": row["label"] if row["device_kind"] == "phone" else None,
        "by_phone": row["device_kind"] == "phone",
        "imported": bool((row["said"] or {}).get("imported")),
        "claimed": local_iso(row["claimed_ms"], offset),
        "clock": _clock(row, offset),
        "effective": local_iso(row["effective_ms"], offset),
        "received": local_iso(row["received_ms"], offset),
        "held": _held(row),
        "late": late_ms >= APART_MS,
        "outcome": row["outcome"],
        "reason": _reason(row["reason"]) if row["outcome"] == "quarantined" else None,
        "unseen": _unseen(row, rows[: n - 1]),
        "over": sorted(_over(row["header"], numbers)),
        "position": row["position"],
        "covered": row["covered"],
        "covered_at": local_iso(row["covered_ms"], offset) if row["covered_ms"] is not None else None,
        "without": _without(row),
        **(_said(row["said"]) if may_tell(row) else {}),
    }


def _clock(row: Row, offset: int) -> str | None:
    """What the phone's own clock said, where it was set right by what it knew of the server's."""
    at_ms = row["header"]["at_ms"]
    return local_iso(at_ms, offset) if abs(row["claimed_ms"] - at_ms) >= APART_MS else None


def _held(row: Row) -> str | None:
    """Why the time taken as true is not the one that the phone told."""
    if row["effective_ms"] == row["claimed_ms"]:
        return None
    return "desk.times.held_later" if row["effective_ms"] > row["claimed_ms"] else "desk.times.held_earlier"


def _reason(reason: str | None) -> str:
    if reason in OWN_REASONS:
        return f"trail.reason.{reason}"
    return f"desk.aside.{reason if reason in REASONS else 'other'}"


def _unseen(row: Row, before: Sequence[Row]) -> list[int] | None:
    """The edits of this trail that the author's device had not by then; what it had written itself it had. None where
    what it had was told of another log."""
    seen: Row = row["header"]["seen"]
    if seen["size"] and seen["log"] != row["log"]:
        return None
    own = (row["device"], row["n"])
    return [
        n
        for n, each in enumerate(before, 1)
        if each["position"] >= seen["size"] and not (each["device"] == own[0] and each["n"] < own[1])
    ]


def _over(header: Row, numbers: Mapping[str, int]) -> set[int]:
    """The edits of this trail that it names as seen and replaced."""
    return {numbers[edit] for edits in header["over"].values() for edit in edits if edit in numbers}


def _without(row: Row) -> str | None:
    """Why there are no words: erased, sealed and never opened, or not for this page."""
    if row["body"] is None:
        return "erased"
    if not row["salt"]:
        return "sealed"
    return None if may_tell(row) else "withheld"


def fields_of(row: Row) -> set[str]:
    """The facts that an edit speaks of."""
    said = row["said"] or {}
    named = set(_object(said, "facts"))
    return named | {said["field"]} if isinstance(said.get("field"), str) else named


def _said(said: Row) -> Row:
    """What it says, as far as pages have words for it. A body that broke the rules may hold anything: only what has the
    right shape is taken."""
    facts, asks = _object(said, "facts"), _object(said, "asks")
    fields = dict.fromkeys((*HOUSEHOLD_FACTS, *RESIDENT_FACTS))
    return {
        "facts": [{"field": each, "value": as_text(facts[each])} for each in fields if _plain(facts, each)],
        "added": _tags(said.get("tags") or said.get("add")),
        "removed": _tags(said.get("remove")),
        "undone": _undone(said.get("field")),
        "result": _one_of(said, "result", RESULTS),
        "mode": _one_of(said, "mode", MODES),
        "verdict": _one_of(said, "verdict", VERDICTS),
        "private": said.get("private") is True,
        "text": _text(said, "text"),
        "why": _text(said, "reason"),
        "who_met": _text(said, "who_met"),
        "asks": {ask: asks[ask] for ask in ASKS if _text(asks, ask)},
    }


def _object(said: Row, name: str) -> Row:
    value = said.get(name)
    return value if isinstance(value, dict) else {}


def _plain(facts: Row, field: str) -> bool:
    return field in facts and isinstance(facts[field], str | int | bool | None)


def _tags(named: Any) -> list[str]:
    return [tag for tag in TAGS if isinstance(named, list) and tag in named]


def _undone(field: Any) -> str | None:
    """What was taken back, as the key of its words."""
    if not isinstance(field, str):
        return None
    tag = field.removeprefix("tag:")
    if tag != field:
        return f"word.tag.{tag}" if tag in TAGS else None
    if field == "deceased":
        return "desk.fact.deceased"
    return f"word.fact.{field}" if field in HOUSEHOLD_FACTS or field in RESIDENT_FACTS else None


def _one_of(said: Row, name: str, known: Iterable[str]) -> str | None:
    value = said.get(name)
    return value if isinstance(value, str) and value in known else None


def _text(said: Row, name: str) -> str | None:
    value = said.get(name)
    return value if isinstance(value, str) and value else None
