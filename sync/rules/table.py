"""What becomes of each thing when people differ: the merge rules, in one table.

`TABLE` names every kind of thing with its rule, the edits that say it, and who settles it; `RULES` says each rule in
words. `told` prints both as sync/README.md holds them, and tests/vectors/rules.json tells every line as a scenario.
Source: the field's conflict rules (moving out, death and the end of care always go to a person).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from sync.edit import TEXT_CHARS_MAX

Check = Callable[[Any], bool]


def text(chars_max: int) -> Check:
    """A text of one to `chars_max` code points."""
    return lambda value: isinstance(value, str) and 0 < len(value) <= chars_max and "\x00" not in value


def number(least: int, most: int) -> Check:
    """An integer between two."""
    return lambda value: type(value) is int and least <= value <= most


def one_of(*words: str) -> Check:
    """One of a few ASCII words."""
    return lambda value: isinstance(value, str) and value in words


def truth(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


class Field(NamedTuple):
    """A field's values, its rule, and for *ask* the values that are only proposed."""

    check: Check
    rule: Literal["keep", "ask"] = "keep"
    asks: tuple[Any, ...] = ()


HOUSEHOLD: Mapping[str, Field] = {
    "contact": Field(text(60)),
    "phone": Field(text(30)),
    "occupancy": Field(one_of("owner", "rented", "vacant", "shop", "unknown"), "ask", ("vacant",)),
    "headcount": Field(number(0, 999)),
    "note": Field(text(TEXT_CHARS_MAX)),
}
RESIDENT: Mapping[str, Field] = {
    "name": Field(text(60)),
    "relation": Field(text(30)),
    "birth_year": Field(number(1850, 2200)),
    "phone": Field(text(30)),
    "lives_here": Field(truth, "ask", (False,)),
    "deceased": Field(truth, "ask", (True,)),
    "note": Field(text(TEXT_CHARS_MAX)),
}

TAGS = (
    "elder_alone",
    "elder_couple",
    "disabled",
    "low_income",
    "left_behind_child",
    "child_hardship",
    "bereaved_parents",
    "veteran",
    "floating",
)
"""What may be said of a resident in a word. No other tag is kept."""
RESTRICTED = ("mental_illness", "community_correction", "released")
"""What is said at the desk alone, where a community has switched it on, and never reaches a phone."""

DECIDING = ("grid_leader", "station_master")
"""Roles whose word settles what a rule asks."""
TAG_MADE_MS = 86_400_000
"""How long whoever added a tag may take that back by themselves: a day, for a slip of the finger."""

RULES = {
    "keep": "Every value that nobody has seen and replaced stands, the newest is shown; stated again over all of them, "
    "one stands.",
    "ask": "The same, but the values named here are only proposed, whatever stood before or if nothing did: that "
    "stands on and is shown until it is decided.",
    "add-wins": "An addition stands until a removal that had it in view; a removal is only proposed until it is "
    "decided. For a day whoever added it takes that back alone.",
    "retold": "Only its author tells it anew; tellings that none replaces stand beside each other, the newest is "
    "shown.",
    "seen": "Each stands until one takes its place whose author had it in view; those that none had stand beside each "
    "other.",
    "both": "Two that look alike both stand; the last word says whether they are one.",
    "newest": "What the newest visit or check that speaks of it says, by when it happened.",
    "promise": "The newest promise, until somebody is met on its day or later.",
    "aside": "No effect until it is released; declined, it can be opened again.",
    "proposal": "A step is taken when its author had seen the last one and a way leads on from there; any other "
    "changes nothing and stays beside the case as a comment.",
    "last": "The last word counts; what phones say by an older one still finds the place.",
    "for good": "It counts until it is taken away, and never again after that.",
    "days": "From its first day to its last; the server says when each has come, and the station may end it before.",
    "two": "One asks and another confirms, neither of them the one it is for; a day later it is too old.",
    "list": "Each stands, in the order in which they came.",
    "once": "Said once, when it begins.",
}

Settles = Literal[
    "anyone of the grid",
    "a leader",
    "a leader or its author",
    "the station",
    "its owner or the station",
    "two of the desk",
    "an administrator",
    "an administrator or the committee",
    "whose step it is",
    "nobody",
]


class Thing(NamedTuple):
    """One line of the table: a kind of thing, its rule, the edits that say it, who settles it where people differ, and
    for *ask* the values that ask."""

    what: str
    rule: str
    kinds: tuple[str, ...]
    settles: Settles
    asks: tuple[Any, ...] = ()


def _facts(whose: str, fields: Mapping[str, Field]) -> Iterator[Thing]:
    kinds = (f"{whose}.added", f"{whose}.stated", f"{whose}.undone")
    for name, (_, rule, asks) in fields.items():
        yield Thing(f"{whose}.{name}", rule, kinds, "a leader" if asks else "anyone of the grid", asks)


ASIDE = ("edit.released", "edit.declined", "edit.reopened")
TOLD = ("visit.recorded", "visit.corrected", "visit.settled", "visit.undone")

ORDER_STEPS = ("order.issued", "order.reported", "order.confirmed", "order.redo", "order.withdrawn")

TABLE: tuple[Thing, ...] = (
    *_facts("household", HOUSEHOLD),
    *_facts("resident", RESIDENT),
    Thing("resident.tags", "add-wins", ("resident.added", "resident.tagged", "resident.undone"), "a leader"),
    Thing("resident.restricted", "last", ("resident.restricted",), "a leader"),
    Thing("visit", "retold", TOLD, "a leader or its author"),
    Thing("door.contact", "newest", TOLD, "nobody"),
    Thing("door.knock", "newest", TOLD, "nobody"),
    Thing("door.care", "newest", TOLD, "nobody"),
    Thing("door.promise", "promise", TOLD, "nobody"),
    Thing("door.promise: that it is done", "last", ("visit.kept",), "nobody"),
    Thing("visit: that it was read", "last", ("visit.reviewed", "visit.returned"), "a leader"),
    Thing("daily log", "retold", ("daily_log.sent",), "nobody"),
    Thing("daily log: its review", "proposal", ("daily_log.reviewed", "daily_log.returned"), "a leader"),
    Thing("verification order", "proposal", ORDER_STEPS, "a leader"),
    Thing("verification order: its day", "last", ("order.extended",), "a leader"),
    Thing("verification order: its answers", "seen", ("order.answered",), "nobody"),
    Thing("patrol", "list", ("patrol.started",), "nobody"),
    Thing("patrol: its end", "proposal", ("patrol.ended",), "nobody"),
    Thing("patrol note", "retold", ("patrol.noted", "patrol.withdrawn"), "nobody"),
    Thing("item", "once", ("item.raised",), "nobody"),
    Thing("item: its state", "proposal", ("item.moved", "item.withdrawn"), "a leader or its author"),
    Thing("item: what is told of it", "list", ("item.told", "item.rated"), "nobody"),
    Thing("whistle", "once", ("whistle.raised",), "nobody"),
    Thing("whistle: its state", "proposal", ("whistle.moved", "whistle.dispatched"), "whose step it is"),
    Thing("whistle: what is told of it", "list", ("whistle.told", "whistle.rated"), "nobody"),
    Thing("whistle: its receipt", "once", ("whistle.receipted",), "nobody"),
    Thing("whistle: how to reach its resident", "last", ("whistle.reachable",), "nobody"),
    Thing("whistle: how to reach its resident: the end", "for good", ("records.erased",), "the station"),
    Thing("building: its code", "last", ("building.coded",), "the station"),
    Thing("pair", "both", ("pair.judged",), "a leader"),
    Thing("edit set aside", "aside", ASIDE, "a leader"),
    Thing("edit set aside: its steps", "proposal", ASIDE, "a leader"),
    Thing("building.grid", "last", ("building.moved",), "the station"),
    Thing("person.grids", "last", ("person.assigned", "person.changed"), "the station"),
    Thing("person.role", "last", ("person.changed",), "the station"),
    Thing("person.use", "last", ("person.ended", "person.returned"), "the station"),
    Thing("stand-in", "days", ("person.stood_in", "stand_in.began", "stand_in.ended"), "the station"),
    Thing("stand-in: what was handed over", "list", ("person.handed_over",), "nobody"),
    Thing(
        "recovery",
        "two",
        ("recovery.asked", "recovery.confirmed", "recovery.used", "recovery.dropped"),
        "two of the desk",
    ),
    Thing("record opened", "list", ("record.opened",), "nobody"),
    Thing("device.use", "last", ("device.revoked", "device.reinstated"), "the station"),
    Thing("device.doubt", "list", ("device.doubt_settled",), "the station"),
    Thing("passkey", "for good", ("passkey.added", "passkey.removed"), "its owner or the station"),
    Thing("building", "once", ("building.added",), "nobody"),
    Thing("household's door", "once", ("household.added",), "nobody"),
    Thing("community.restricted", "last", ("community.restricted",), "the station"),
    Thing("community", "once", ("community.added",), "the station"),
    Thing("grid", "once", ("grid.added",), "the station"),
    Thing("department", "once", ("department.added",), "the station"),
    Thing("person", "once", ("person.added",), "the station"),
    Thing("device", "once", ("device.enrolled",), "the station"),
    Thing("what was looked at and taken out", "once", ("restricted.viewed", "export.made"), "nobody"),
    Thing("visit: its end", "for good", ("records.erased",), "the station"),
    Thing("words: their end", "for good", ("words.erased",), "the station"),
    Thing("journal", "once", ("rules.version", "server.restored"), "nobody"),
    Thing("care pair", "for good", ("care_pair.formed", "care_pair.ended"), "a leader"),
    Thing("care pair: how often", "last", ("care_pair.formed", "care_pair.changed"), "a leader"),
    Thing("care pair: how they were found", "newest", ("care_check.made", "care_check.undone"), "nobody"),
    Thing("care check", "for good", ("care_check.made", "care_check.undone"), "a leader or its author"),
    Thing("report", "list", ("report.made",), "nobody"),
    Thing("report: its taking back", "for good", ("report.withdrawn",), "nobody"),
    Thing("report: its answer", "last", ("report.answered",), "a leader"),
    Thing("hotline ticket", "once", ("hotline_ticket.received",), "nobody"),
    Thing("suggestion", "list", ("suggestion.made",), "nobody"),
    Thing("suggestion: its end", "for good", ("records.erased",), "the station"),
    Thing("case: its end", "for good", ("records.erased",), "the station"),
    Thing("meeting", "retold", ("meeting.held",), "a leader"),
    Thing("action", "proposal", ("action.set", "action.done"), "a leader"),
    Thing("working time", "last", ("workday.set", "work_hours.set"), "an administrator"),
    Thing("time limit", "last", ("time_limit.set",), "an administrator"),
    Thing("routing rule", "last", ("routing_rule.set",), "an administrator or the committee"),
)

WEIGHED = frozenset(
    kind
    for thing in TABLE
    if "leader" in thing.settles
    for kind in thing.kinds
    if not kind.endswith((".added", ".recorded"))
)
"""Kinds of edit of which it matters whether their author's word decides: not what a thing begins with."""


def told() -> list[str]:
    """The table in Markdown: a line a thing, then every rule in words."""
    lines = ["| What | Rule | Said by | Settled by |", "|---|---|---|---|"]
    for thing in TABLE:
        values = ", ".join(str(value).lower() for value in thing.asks)
        rule = f"*{thing.rule}*{f': {values}' if values else ''}"
        lines.append(f"| {thing.what} | {rule} | {', '.join(f'`{kind}`' for kind in thing.kinds)} | {thing.settles} |")
    return [*lines, "", *(f"- *{rule}*: {words}" for rule, words in RULES.items())]
