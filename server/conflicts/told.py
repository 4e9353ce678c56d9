"""Questions and edits in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from server.aside import reason_of
from server.conflicts.decided import Decided
from server.conflicts.entries import Entry
from server.doors import door_name, door_number
from server.i18n import t
from server.localtime import local_iso
from server.views.people import TAGS, as_text

Row = Mapping[str, Any]

WHAT = {
    "visit.recorded": "visit",
    "visit.corrected": "correction",
    "building.added": "building",
    "household.added": "home",
    "household.stated": "facts",
    "resident.added": "person",
    "resident.stated": "facts",
    "resident.tagged": "tags",
    "suggestion.made": "suggestion",
    "daily_log.sent": "log",
    "order.answered": "order",
    "order.reported": "order",
    "patrol.started": "patrol",
    "patrol.ended": "patrol",
    "patrol.noted": "patrol_note",
    "patrol.withdrawn": "patrol_note",
    "action.done": "action",
    "care_check.made": "care",
    "care_check.undone": "care",
    "visit.kept": "kept",
    **{f"whistle.{done}": "whistle" for done in ("raised", "moved", "dispatched", "told")},
    **{f"item.{done}": "item" for done in ("raised", "moved", "rated", "told", "withdrawn")},
}
MARKS = {"fact": "differ", "tag": "differ", "telling": "differ", "fork": "unsent", "aside": "late",
         "visits": "promise", "homes": "vacant"}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """One reader's language and clock."""

    lang: str
    utc_offset_min: int

    def say(self, key: str, **args: Any) -> str:
        """Words of this desk's own."""
        return t(self.lang, f"conflicts.{key}", args)

    def at(self, ms: int | None) -> str | None:
        """A moment as templates take it."""
        return local_iso(ms, self.utc_offset_min) if ms is not None else None

    def number(self, row: Row) -> str:
        """3-2-501."""
        return door_number(row["building_name"], row["entrance"], row["room"])

    def door(self, row: Row) -> str:
        """3幢2单元501."""
        named = {"building": row["building_name"], "entrance": row["entrance"], "room": row["room"]}
        return door_name(self.lang, **named)

    def called(self, row: Row) -> str:
        """3-2-501 陈奶奶."""
        return f"{self.number(row)} {row['contact'] or ''}".rstrip()

    def who(self, entry: Entry) -> str:
        """Who or what an entry is about, as a sentence begins."""
        row = entry.row
        name = row.get("name") if entry.whose == "resident" else row.get("contact")
        return name or self.number(row)

    def fact(self, field: str) -> str:
        """A fact's name."""
        return self.say(f"fact.{field}")

    def tag(self, tag: str) -> str:
        """A tag's name; one that is nobody's business here has none."""
        return t(self.lang, f"word.tag.{tag}") if tag in TAGS else self.say("tag.closed")

    def value(self, field: str, value: Any) -> str:
        """A fact's value."""
        text = as_text(value)
        if text == "":
            return self.say("value.none")
        if field in ("lives_here", "deceased"):
            return self.say(f"value.{field}.{'yes' if value else 'no'}")
        if field == "occupancy":
            return t(self.lang, f"word.occupancy.{text}")
        if field == "headcount":
            return t(self.lang, "desk.household.heads", {"n": value})
        if field == "birth_year":
            return t(self.lang, "desk.household.born", {"year": text})
        return text

    def sentence(self, entry: Entry) -> str:
        """The question in one sentence, for the list."""
        rows, row = entry.rows, entry.row
        match entry.kind:
            case "fact":
                return self._of_fact(entry)
            case "tag":
                asked = next(head for head in rows if head.get("proposed"))
                return self.say("say.tag", who=self.who(entry), by=asked["by"], tag=self.tag(entry.what))
            case "telling":
                return self.say("say.telling", door=self.number(row), by=row["by_name"], n=len(rows))
            case "fork":
                return self.say("say.fork", by=row["by"] or self.say("nobody"), n=len(rows))
            case "aside":
                return self.say("say.aside", by=row["by"] or self.say("nobody"), what=self.what(row["kind"]))
            case "visits":
                return self.say("say.visits", door=self.number(row))
        return self.say("say.homes", a=self.number(rows[0]), b=self.number(rows[1]))

    def _of_fact(self, entry: Entry) -> str:
        heads, field, who = entry.rows, entry.what, self.who(entry)
        asked = next((head for head in heads if head.get("proposed")), None)
        if asked is not None:
            said = self.value(field, asked["value"])
            return self.say("say.asked", who=who, by=asked["by"], fact=self.fact(field), value=said)
        people = list(dict.fromkeys(head["by"] for head in heads))
        if len(people) == 1:
            return self.say("say.fact_alone", who=who, fact=self.fact(field), by=people[0], n=len(heads))
        return self.say("say.fact", who=who, fact=self.fact(field), a=people[0], b=people[1])

    def question(self, entry: Entry) -> str:
        """The same as a question, for the heading."""
        row, rows = entry.row, entry.rows
        match entry.kind:
            case "fact":
                asks = any(head.get("proposed") for head in rows)
                return self.say("ask.asked" if asks else "ask.fact", who=self.who(entry), fact=self.fact(entry.what))
            case "tag":
                return self.say("ask.tag", who=self.who(entry), tag=self.tag(entry.what))
            case "telling":
                return self.say("ask.telling", door=self.number(row), by=row["by_name"])
            case "fork" | "aside":
                return self.say(f"ask.{entry.kind}", n=len(rows))
            case "visits":
                return self.say("ask.visits", door=self.number(row))
        return self.say("ask.homes", a=self.number(rows[0]), b=self.number(rows[1]))

    def what(self, kind: str) -> str:
        """What an edit is: a visit, a correction, facts …"""
        return self.say(f"what.{WHAT.get(kind, 'other')}")

    def reason(self, reason: str | None) -> str:
        """Why something was set aside."""
        known = reason if reason in ("needs_decision", "already_in") else reason_of(reason)
        return self.say(f"reason.{known}")

    def beside(self, comments: Iterable[Row]) -> list[dict[str, Any]]:
        """What was proposed and not taken: by whom, what, when and why it changed nothing. Of what was said of a whole
        branch in one go there is one line."""
        said = {(one["at_ms"], one["by"], one["step"], one["reason"], one["why"]): one for one in comments}
        return [
            {
                "says": self.say(f"beside.{one['step']}", by=one["by"] or self.say("nobody")),
                "reason": one["reason"],
                "at": self.at(one["at_ms"]),
                "why": self.say(f"beside.why.{one['why']}"),
            }
            for one in said.values()
        ]

    def decision(self, each: Decided) -> str:
        """What was decided, in one sentence."""
        made, body = each.made, each.made["body"]
        row = each.about
        who = (row["resident"] or row["contact"] or self.number(row)) if row else self.say("nobody")
        match made["kind"]:
            case "household.stated" | "resident.stated":
                field, value = next(iter(body["facts"].items()))
                return self.say("decided.fact", who=who, fact=self.fact(field), value=self.value(field, value))
            case "resident.tagged":
                kept = next(iter(body.get("add", ())), None)
                tag = self.tag(kept or next(iter(body.get("remove", ())), ""))
                return self.say("decided.kept" if kept else "decided.removed", who=who, tag=tag)
            case "visit.settled":
                return self.say("decided.telling", who=who)
            case "pair.judged":
                return self.say(f"decided.{body['of']}.{body['verdict']}", who=who)
        what = self.what(each.of["kind"]) if each.of else self.say("what.other")
        by = (each.of or {}).get("by") or self.say("nobody")
        return self.say(f"decided.{made['kind'].removeprefix('edit.')}", by=by, what=what, n=1 + len(each.others))
