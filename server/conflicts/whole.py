"""Every word of an edit: what we know in our words, everything else under the name that its phone gave it.

A body that broke the rules, or of a kind from a newer phone, may hold anything: nobody decides about it unread.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from server.conflicts.told import Words
from server.i18n import t
from server.text import date
from server.views.people import OCCUPANCIES
from server.views.visit_form import MODES, RESULTS
from server.views.walks import WHAT

Row = dict[str, Any]

ASKS = ("difficulty", "need", "idea", "effect")
CARE = ("ok", "watch", "urgent")
FACTS = ("contact", "phone", "occupancy", "headcount", "note", "name", "relation", "birth_year", "lives_here",
         "deceased")  # fmt: skip
DOORS = {"household.added": ("entrance", "room"), "building.added": ("quarters", "name")}
"""What of an address people write themselves."""
LED = ("household", "building")
"""Ids that lead to the door, which is told by its address."""


class Whole:
    """An edit's body while it is told: what has been told is taken out of `rest`."""

    def __init__(self, words: Words, body: Row) -> None:
        self.words = words
        self.rest = dict(body)
        self.lines: list[Row] = []

    def tell(self, text: str, name: str | None = None) -> None:
        """One line, under a name where the text alone does not say what it is."""
        self.lines.append({"name": name, "text": text})

    def take(self, name: str, *choices: str) -> str | None:
        """A field that is text, or one of these words; None, and it stays, where it is something else."""
        value = self.rest.get(name)
        if not isinstance(value, str) or (choices and value not in choices):
            return None
        del self.rest[name]
        return value or None


def whole(words: Words, kind: str, body: Row | None) -> Row:
    """What an edit says: `lines` in our words, `raw` as it was written, `occurred` the day its author tells of."""
    if body is None:
        return {"lines": [{"name": None, "text": words.say("erased")}], "raw": [], "occurred": None}
    told = Whole(words, body)
    occurred = told.rest.pop("occurred_at_ms") if _is_moment(body.get("occurred_at_ms")) else None
    for name in LED:
        told.take(name)
    if kind.startswith("visit."):
        _visit(told)
    if kind == "suggestion.made":
        _suggestion(told)
    if kind == "patrol.noted":
        _note(told)
    if kind == "action.done" and (note := told.take("note")):
        told.tell(note)
    if kind in DOORS:
        _door(told, DOORS[kind])
    _facts(told)
    _tags(told)
    return {"lines": told.lines, "raw": list(_raw(told.rest)), "occurred": words.at(occurred)}


def _is_moment(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _visit(told: Whole) -> None:
    lang = told.words.lang
    chosen = [(name, told.take(name, *choices)) for name, choices in (("result", RESULTS), ("mode", MODES))]
    if said := [t(lang, f"word.{name}.{value}") for name, value in chosen if value]:
        told.tell(t(lang, "word.comma").join(said))
    if text := told.take("text"):
        told.tell(text)
    asks = told.rest.get("asks")
    if isinstance(asks, dict):
        told.rest["asks"] = {name: words for name, words in asks.items() if not _is_ask(name, words)}
        for name in ASKS:
            if _is_ask(name, asks.get(name)):
                told.tell(asks[name], t(lang, f"word.ask.{name}"))
    if met := told.take("who_met"):
        told.tell(met, t(lang, "desk.visit.who_met"))
    beside = told.rest.get("companions")
    if isinstance(beside, list) and all(isinstance(each, str) for each in beside):
        del told.rest["companions"]
        if beside:
            told.tell(t(lang, "word.and").join(beside), t(lang, "desk.visit.companions"))
    if care := told.take("care", *CARE):
        told.tell(t(lang, f"word.care.{care}"), t(lang, "desk.visit.care"))
    if day := told.take("follow_up_on"):
        told.tell(date(lang, day), t(lang, "desk.visit.next"))
    _blobs(told)


def _suggestion(told: Whole) -> None:
    if text := told.take("text"):
        told.tell(text)
    if page := told.take("page"):
        told.tell(page, told.words.say("said_on"))


def _note(told: Whole) -> None:
    """What was come across on a patrol: which one it was says nothing here."""
    told.take("patrol")
    if what := told.take("what", *WHAT):
        told.tell(t(told.words.lang, f"patrol.what.{what}"))
    if text := told.take("text"):
        told.tell(text)
    if entrance := told.take("entrance"):
        told.tell(entrance, told.words.say("door.entrance"))
    if isinstance(floor := told.rest.get("floor"), int) and not isinstance(floor, bool):
        del told.rest["floor"]
        told.tell(str(floor), told.words.say("door.floor"))
    _blobs(told)


def _is_ask(name: str, words: Any) -> bool:
    return name in ASKS and isinstance(words, str) and words != ""


def _blobs(told: Whole) -> None:
    blobs = told.rest.get("blobs")
    if not isinstance(blobs, list) or not all(isinstance(each, dict) for each in blobs):
        return
    del told.rest["blobs"]
    spoken = sum(str(each.get("type")).startswith("audio/") for each in blobs)
    for name, n in (("visit.photos", len(blobs) - spoken), ("visit.voices", spoken)):
        if n:
            told.tell(t(told.words.lang, name, {"n": n}))


def _door(told: Whole, parts: tuple[str, ...]) -> None:
    for name in parts:
        if said := told.take(name):
            told.tell(said, told.words.say(f"door.{name}"))


def _facts(told: Whole) -> None:
    facts = told.rest.pop("facts", None)
    if not isinstance(facts, dict):
        if facts is not None:
            told.rest["facts"] = facts
        return
    for name, value in facts.items():
        if _fits(name, value):
            told.tell(told.words.value(name, value), told.words.fact(name))
        else:
            told.rest[name if name not in told.rest else f"facts.{name}"] = value


def _fits(name: str, value: Any) -> bool:
    """Whether we have words for this value of this fact."""
    if value is None or name not in FACTS:
        return name in FACTS
    if name in ("lives_here", "deceased"):
        return isinstance(value, bool)
    if name == "occupancy":
        return value in OCCUPANCIES
    return isinstance(value, str | int) and not isinstance(value, bool)


def _tags(told: Whole) -> None:
    for which in ("add", "remove", "tags"):
        named = told.rest.get(which)
        if isinstance(named, list) and all(isinstance(each, str) for each in named):
            del told.rest[which]
            for tag in named:
                told.tell(told.words.say(f"line.{which}", tag=told.words.tag(tag)))


def _raw(rest: Row) -> Iterator[Row]:
    """What nothing here has words for, by its path: lists put together, what is empty left out."""
    found: dict[str, list[str]] = {}
    left: list[tuple[str, Any]] = [*reversed(rest.items())]
    while left:
        path, value = left.pop()
        if isinstance(value, dict):
            left += [(f"{path}.{name}" if path else name, each) for name, each in reversed(value.items())]
        elif isinstance(value, list):
            left += [(path, each) for each in reversed(value)]
        elif value is not None and value != "":
            found.setdefault(path, []).append(value if isinstance(value, str) else json.dumps(value))
    return ({"name": path, "text": "\n".join(texts)} for path, texts in found.items())
