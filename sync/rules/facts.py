"""Facts about households and residents: every value that nobody has seen and replaced stays a head.

A fact is a register of statements. One covers those its author had in view; one that is undone covers nothing any more.
What stands is what no standing cover covers: that is alike in every order of arrival, and keeps every value ever said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from sync.entities import Facts, Head, Past
from sync.rules.table import Field
from sync.state import Change, Key, Quarantined, State

PastFacts = dict[str, list[Past]]
"""By field, the statements that others covered or that were undone."""


class Word(msgspec.Struct, frozen=True):
    """Whose statement it is: the edit, its author and their name, its effective time, and whether their word settles
    what a rule asks. `over` names by field what they had in view."""

    edit: str
    author: str
    by: str
    at_ms: int
    decides: bool
    over: Mapping[str, list[str]]


def check(facts: Mapping[str, Any], fields: Mapping[str, Field]) -> None:
    """Every field known, every value of its kind, or null for "no longer known". Raises Quarantined(bad_body)."""
    for field, value in facts.items():
        if field not in fields or not (value is None or fields[field].check(value)):
            raise Quarantined("bad_body")


def order(head: Head) -> tuple[bool, int, str]:
    """The one to show first: what nobody has to confirm, then newest effective; the id decides between equals, alike
    in every arrival order."""
    return (head.proposed, -head.at_ms, head.edit)


def first_facts(facts: Mapping[str, Any], word: Word) -> Facts:
    """The facts that come with a household or a resident: there is nothing yet to replace."""
    return {field: [Head(word.edit, value, word.by, word.at_ms)] for field, value in facts.items()}


def state_facts(
    facts: Facts, past: PastFacts, stated: Mapping[str, Any], fields: Mapping[str, Field], word: Word, state: State
) -> tuple[Facts, PastFacts]:
    """The facts, and what stood before, after somebody stated some."""
    after, before = dict(facts), dict(past)
    for field, value in stated.items():
        register = Register(facts.get(field, ()), past.get(field, ()))
        register.state(value, value in fields[field].asks and value is not None, word, field, state)
        after[field], before[field] = register.heads(), register.past()
    return after, {field: entries for field, entries in before.items() if entries}


def undo_fact(
    facts: Facts, past: PastFacts, field: str, edit: str, asked: Field, word: Word, state: State
) -> tuple[Facts, PastFacts]:
    """The facts once a statement counts no more: what it covered stands again.

    Raises Quarantined: `unknown_entity` (no such statement, or it holds and had nothing before it), `needs_decision`
    (a rule asks, and neither is this a leader's word nor the statement one's own).
    """
    register = Register(facts.get(field, ()), past.get(field, ()))
    said = register.all.get(edit)
    if said is None or not (said.head.saw or said.head.proposed):
        raise Quarantined("unknown_entity")
    if asked.rule == "ask":
        may_decide(edit, word, state)
    register.undo(edit)
    after = {**facts, field: register.heads()}
    # A proposal over nothing leaves nothing behind.
    return {each: heads for each, heads in after.items() if heads}, {**past, field: register.past()}


def may_decide(edit: str, word: Word, state: State) -> None:
    """Only a leader takes back what another said where a rule asks. Raises Quarantined(needs_decision)."""
    if not word.decides and not is_own(edit, word, state):
        raise Quarantined("needs_decision")


def past_change(grid: str, entity: str, past: PastFacts) -> list[Change]:
    """What becomes of the statements that stood before."""
    return [Change(Key("past", grid, entity), past)] if past else []


class Register:
    """All statements of one field, while one of them is judged."""

    def __init__(self, heads: Iterable[Head], past: Iterable[Past]) -> None:
        self.all: dict[str, Past] = {head.edit: Past(head) for head in heads}
        # What was covered and stands again is in both.
        self.all.update((each.head.edit, each) for each in past)

    def state(self, value: Any, asks: bool, word: Word, field: str, state: State) -> None:
        """Add a statement, over those of the field that its author had in view."""
        seen = [self.all[each].head for each in word.over.get(field, ()) if each in self.all and each != word.edit]
        # Nobody moves out or dies on one worker's word, whatever stood before, or if nothing did.
        settled = any(not head.proposed for head in seen) and all(head.value == value for head in seen)
        proposed = asks and not word.decides and not settled
        for head in seen:
            # A proposal takes the place of its author's earlier one alone, and only a decision, or second thoughts of
            # whoever made it, takes a proposal's place.
            second_thoughts = head.proposed and is_own(head.edit, word, state)
            if word.decides or second_thoughts or not (proposed or head.proposed):
                self.cover(head.edit, word.edit)
        # Named heads in brief: what the author had before them, and what comes back if this is undone.
        saw = [msgspec.structs.replace(head, saw=[]) for head in sorted(seen, key=order)]
        self.all[word.edit] = Past(Head(word.edit, value, word.by, word.at_ms, proposed, saw))

    def add(self, head: Head) -> None:
        """Add something said that covers nothing."""
        self.all[head.edit] = Past(head)

    def cover(self, edit: str, by: str) -> None:
        """One statement takes the place of another, for as long as it is not undone."""
        old = self.all[edit]
        self.all[edit] = msgspec.structs.replace(old, covered_by=sorted({*old.covered_by, by}))

    def undo(self, edit: str) -> None:
        """A statement counts no more, nor does it cover anything."""
        self.all[edit] = msgspec.structs.replace(self.all[edit], undone=True)

    def heads(self) -> list[Head]:
        """What stands, the one to show first."""
        undone = {edit for edit, each in self.all.items() if each.undone}
        standing = [each.head for each in self.all.values() if not each.undone and undone.issuperset(each.covered_by)]
        return sorted(standing, key=order)

    def past(self) -> list[Past]:
        """What was ever covered or undone, in the order of ids."""
        return [self.all[edit] for edit in sorted(self.all) if self.all[edit].covered_by or self.all[edit].undone]


def is_own(edit: str, word: Word, state: State) -> bool:
    """Whether somebody made an edit themselves."""
    said = state.get("journaled", None, edit)
    return said is not None and said.author == word.author


def contested(heads: Sequence[Head]) -> bool:
    """Several heads that do not say the same, or one that only a decision can confirm."""
    return any(head.proposed or head.value != heads[0].value for head in heads)


def shown(facts: Facts, field: str) -> Any:
    """The value that is shown: of the first head. None where there is none, or where it only waits to be confirmed."""
    heads = facts.get(field)
    return heads[0].value if heads and not heads[0].proposed else None
