"""From what somebody pressed to the edits that say so, and from such an edit to the one that takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from server.conflicts.entries import SET_ASIDE, Entry
from server.journal import Draft

Row = dict[str, Any]

REASON_CHARS_MAX = 500
COUNTED = {"headcount": (0, 999), "birth_year": (1850, 2200)}
WRITTEN = {"contact": 60, "phone": 30, "note": 500, "name": 60, "relation": 30, "headcount": 3, "birth_year": 4}
"""Facts of which a leader may know better than both sides, and how much they may write."""
POSITION_DIGITS = 18
STEP = "step"
"""Under this name of `over` a decision about what was set aside tells the last one its author saw."""
UNDOES = {"household.stated": "household.undone", "resident.stated": "resident.undone"}


class NotAChoice(Exception):
    """Nothing of the kind can be chosen here; or `reason`: it must be said why."""

    def __init__(self, reason: bool = False) -> None:
        super().__init__()
        self.reason = reason


def decide(
    entry: Entry, choice: str, words: str, author: str, id_: str, steps: Mapping[int, str | None]
) -> list[Draft]:
    """The edits of a decision, in the decider's name. `words`: the reason, or the value that neither side wrote. `id_`
    is the id of the first, so that a form sent twice decides once. `steps`: the last step that the decider's page
    showed of what was set aside. Raises NotAChoice."""
    if entry.kind in SET_ASIDE:
        return _aside(entry, choice, words.strip(), author, id_, steps)
    kind, entity, body, over = _said(entry, choice, words.strip())
    return [Draft(kind, entity, entry.grid, author, body, over, id=id_)]


def _said(entry: Entry, choice: str, words: str) -> tuple[str, str, dict[str, Any], dict[str, list[str]]]:
    heads = {str(row["seen"]): row for row in entry.rows}
    match entry.kind:
        case "fact" if choice in heads:
            body = {"facts": {entry.what: heads[choice]["value"]}}
            return f"{entry.whose}.stated", entry.row["id"], body, {entry.what: sorted(heads)}
        case "fact" if choice == "nothing" and entry.over_nothing:
            # Nothing was known, and nothing is: what was proposed is not so.
            return f"{entry.whose}.stated", entry.row["id"], {"facts": {entry.what: None}}, {entry.what: sorted(heads)}
        case "fact" if choice == "other" and entry.what in WRITTEN and words:
            body = {"facts": {entry.what: _own(entry.what, words)}}
            return f"{entry.whose}.stated", entry.row["id"], body, {entry.what: sorted(heads)}
        case "tag" if choice in ("keep", "remove"):
            tags = {"add" if choice == "keep" else "remove": [entry.what]}
            return "resident.tagged", entry.row["id"], tags, {f"tag:{entry.what}": sorted(heads)}
        case "telling" if choice in heads:
            return "visit.settled", entry.about, {"shown": choice}, {"revision": sorted(heads)}
        case "visits" | "homes" if choice in ("same", "different"):
            a, b = entry.about.split(".")
            of = "visit" if entry.kind == "visits" else "household"
            return "pair.judged", a, {"of": of, "a": a, "b": b, "verdict": choice}, {}
    raise NotAChoice


def _own(field: str, words: str) -> str | int:
    """A value of the leader's own: what the rules would not take is not tried. Raises NotAChoice."""
    if len(words) > WRITTEN[field]:
        raise NotAChoice(reason=True)
    if field not in COUNTED:
        return words
    least, most = COUNTED[field]
    if not (words.isascii() and words.isdigit() and least <= int(words) <= most):
        raise NotAChoice(reason=True)
    return int(words)


def _aside(
    entry: Entry, choice: str, reason: str, author: str, id_: str, steps: Mapping[int, str | None]
) -> list[Draft]:
    """A branch is released or declined in one go, in the order it was written."""
    if choice not in ("released", "declined"):
        raise NotAChoice
    if choice == "declined" and not reason:
        raise NotAChoice(reason=True)
    why = {"reason": reason[:REASON_CHARS_MAX]} if reason else {}
    drafts = []
    for number, row in enumerate(entry.rows):
        body, over = {"position": row["position"], **why}, _over(steps.get(row["position"]))
        # The others' ids follow from the first: sent twice, they too are known.
        own = str(UUID(int=UUID(id_).int + number))
        drafts.append(Draft(f"edit.{choice}", row["id"], row["grid"], author, body, over, id=own))
    return drafts


def _over(step: str | None) -> dict[str, list[str]]:
    return {STEP: [step] if step is not None else []}


def told_steps(steps: Mapping[int, str | None]) -> str:
    """Last steps as a form carries them: `12` where none was taken, `13:…` with the edit that was it."""
    return " ".join(f"{position}:{step}" if step else str(position) for position, step in steps.items())


def read_steps(text: str) -> dict[int, str | None]:
    """Last steps read back; what is none is left out."""
    found: dict[int, str | None] = {}
    for each in text.split():
        position, _, step = each.partition(":")
        if position.isascii() and position.isdigit() and len(position) <= POSITION_DIGITS:
            found[int(position)] = step or None
    return found


def take_back(made: Row, author: str) -> list[Draft]:
    """The edits that take a decision back; none where there are none such. `made`: its kind, entity, grid, id and body;
    of an edit that was released, those of the edit."""
    kind, entity, grid, body = made["kind"], made["entity"], made["grid"], made["body"]
    if kind in UNDOES:
        fields = [*body.get("facts", ())]
        said = [{"field": field, "edit": made["id"]} for field in fields]
        return [Draft(UNDOES[kind], entity, grid, author, each) for each in said]
    if kind == "resident.tagged":
        tags = dict.fromkeys((*body.get("add", ()), *body.get("remove", ())))
        said = [{"field": f"tag:{tag}", "edit": made["id"]} for tag in tags]
        return [Draft("resident.undone", entity, grid, author, each) for each in said]
    if kind in ("visit.settled", "visit.corrected"):
        return [Draft("visit.undone", entity, grid, author, {"edit": made["id"]})]
    if kind == "pair.judged":
        return [Draft("pair.judged", entity, grid, author, {**body, "verdict": "open"})]
    if kind == "edit.declined":
        return [Draft("edit.reopened", entity, grid, author, {"position": body["position"]}, _over(made["id"]))]
    return []
