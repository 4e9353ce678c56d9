"""Residents: who lives behind a door, as far as a neighbour may know, and which care they are due."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec

from sync.edit import Header
from sync.entities import Head, Past, Resident
from sync.rules import facts
from sync.rules.facts import PastFacts, Register
from sync.rules.rule import Decision, Imported, Said, Undone, rule, stands_at, stands_in
from sync.rules.table import RESIDENT, TAG_MADE_MS, TAGS
from sync.state import Change, Key, Quarantined, State

Tag = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\Z")]
TAG = "tag:"
"""Before a tag's name, in `over` and among past statements."""


class Added(msgspec.Struct, frozen=True):
    household: str
    facts: dict[str, Any]
    tags: list[Tag] = []
    imported: Imported | None = None


class Stated(msgspec.Struct, frozen=True):
    facts: dict[str, Any]
    imported: Imported | None = None


class Tagged(msgspec.Struct, frozen=True):
    add: list[Tag] = []
    remove: list[Tag] = []


def listed(tags: Iterable[str], said: Said) -> list[str]:
    """The tags that may be kept, in order. Raises Quarantined(unknown_tag) for any other, unless those are left out
    because the edit took effect by older rules or a leader let it in."""
    named = list(dict.fromkeys(tags))
    known = [tag for tag in named if tag in TAGS]
    if known != named and not said.lenient:
        raise Quarantined("unknown_tag")
    return known


def added(said: Said, state: State) -> Decision:
    """A person of a known household is entered."""
    header, body = said.header, said.body
    if header.entity != header.id or header.grid is None:
        raise Quarantined("bad_body")
    facts.check(body.facts, RESIDENT)
    door = state.find("door", header.grid, body.household)
    if door is None:
        raise Quarantined("unknown_entity")
    known = facts.first_facts(body.facts, said.word)
    tags = {tag: [header.id] for tag in sorted(listed(body.tags, said))}
    source, row = (body.imported.source, body.imported.row) if body.imported else (None, None)
    resident = Resident(door.grid, header.entity, body.household, known, tags, source, row, said.position)
    made = Change(Key("resident", door.grid, header.entity), resident)
    return Decision([made, *stands_in(said, door.grid)])


def stated(said: Said, state: State) -> Decision:
    """Somebody says what they know of a person. What they had not in view stands beside it."""
    header, body = said.header, said.body
    facts.check(body.facts, RESIDENT)
    resident, past = _known(header, state)
    now, before = facts.state_facts(resident.facts, past, body.facts, RESIDENT, said.word, state)
    changed = msgspec.structs.replace(resident, facts=now, rev=said.position)
    return Decision(_changes(changed, before), any(facts.contested(now[field]) for field in body.facts))


def tagged(said: Said, state: State) -> Decision:
    """Tags are added and removed. An addition that the remover had not seen stays; one that they had goes only when a
    leader decides so: until then the removal is proposed, and the tag stands."""
    header, body = said.header, said.body
    resident, past = _known(header, state)
    for tag in listed((*body.remove, *body.add), said):
        register = _register(resident, past, tag)
        seen = [each for each in said.over.get(f"{TAG}{tag}", ()) if each in register.all]
        if tag in body.remove:
            _state(register, False, seen, said, state)
        if tag in body.add:
            _state(register, True, seen, said, state)
        resident, past = _settled(resident, past, tag, register)
    changed = msgspec.structs.replace(resident, rev=said.position)
    return Decision(_changes(changed, past), any(tag in changed.leaving for tag in (*body.remove, *body.add)))


def _state(register: Register, value: bool, seen: list[str], said: Said, state: State) -> None:
    """Somebody says that a tag holds, or that it does not. What holds is taken back by a removal alone; a proposed
    removal by its author, or by a decision either way."""
    word = said.word
    proposed = not value and not word.decides and any(register.all[each].head.value for each in seen)
    for each in seen:
        head = register.all[each].head
        holds = head.value and not value and not proposed
        asked = head.proposed and (word.decides or facts.is_own(each, word, state))
        if holds or asked:
            register.cover(each, word.edit)
    # Of an addition that stands only the id is kept.
    register.add(Head(word.edit, True, "", 0) if value else Head(word.edit, False, word.by, word.at_ms, proposed))


def undone(said: Said, state: State) -> Decision:
    """A statement or a change of tags is taken back: what it had replaced stands again."""
    header, body = said.header, said.body
    resident, past = _known(header, state)
    if body.field in RESIDENT:
        field = RESIDENT[body.field]
        now, before = facts.undo_fact(resident.facts, past, body.field, body.edit, field, said.word, state)
        changed = msgspec.structs.replace(resident, facts=now, rev=said.position)
        return Decision(_changes(changed, before), facts.contested(now.get(body.field, ())))
    if not body.field.startswith(TAG):
        raise Quarantined("bad_body")
    tag = body.field.removeprefix(TAG)
    if not listed([tag], said):
        return Decision([Change(Key("resident", resident.grid, resident.id), resident)])
    register = _register(resident, past, tag)
    if body.edit not in register.all:
        raise Quarantined("unknown_entity")
    _may_undo(register.all[body.edit].head, said, state)
    register.undo(body.edit)
    resident, past = _settled(resident, past, tag, register)
    return Decision(_changes(msgspec.structs.replace(resident, rev=said.position), past), tag in resident.leaving)


def _may_undo(head: Head, said: Said, state: State) -> None:
    """Only a leader takes back what another said, and who added a tag only while that is fresh: later its removal is
    proposed like anybody's. Raises Quarantined(needs_decision)."""
    facts.may_decide(head.edit, said.word, state)
    if head.value and not said.word.decides:
        made = state.get("journaled", None, head.edit)
        if said.times.effective_ms - made.at_ms > TAG_MADE_MS:
            raise Quarantined("needs_decision")


def _register(resident: Resident, past: PastFacts, tag: str) -> Register:
    """All that was said of one tag: true where it was added, false where it was removed."""
    additions = [Head(edit, True, "", 0) for edit in resident.tags.get(tag, ())]
    return Register([*additions, *resident.leaving.get(tag, ())], past.get(f"{TAG}{tag}", ()))


def _settled(resident: Resident, past: PastFacts, tag: str, register: Register) -> tuple[Resident, PastFacts]:
    """The resident with what now stands of one tag, and all the rest of what was said of it."""
    standing = register.heads()
    additions = sorted(head.edit for head in standing if head.value)
    asked = [head for head in standing if head.proposed]
    shown = {*additions, *(head.edit for head in asked)}
    before = [register.all[edit] for edit in sorted(register.all) if _is_past(register.all[edit], shown)]
    tags = {**resident.tags, tag: additions}
    leaving = {**resident.leaving, tag: asked}
    changed = msgspec.structs.replace(
        resident,
        tags={each: tags[each] for each in sorted(tags) if tags[each]},
        leaving={each: leaving[each] for each in sorted(leaving) if leaving[each]},
    )
    return changed, {**past, f"{TAG}{tag}": before} if before else past


def _is_past(said: Past, shown: set[str]) -> bool:
    return bool(said.covered_by) or said.undone or said.head.edit not in shown


def _known(header: Header, state: State) -> tuple[Resident, PastFacts]:
    resident = state.find("resident", header.grid, header.entity)
    if resident is None:
        raise Quarantined("unknown_entity")
    return resident, state.get("past", resident.grid, header.entity) or {}


def _changes(resident: Resident, past: PastFacts) -> list[Change]:
    changed = Change(Key("resident", resident.grid, resident.id), resident)
    return [changed, *facts.past_change(resident.grid, resident.id, past)]


def _needs_door(header: Header, body: Added) -> Iterable[Key]:
    return (Key("door", header.grid, body.household),)


def _needs_resident(header: Header, body: Any) -> Iterable[Key]:
    at = (header.grid, header.entity)
    return (Key("resident", *at), Key("past", *at), Key("moved", None, header.entity))


KINDS = {
    "resident.added": rule(Added, added, _needs_door, stands_at("household"), phones=True),
    "resident.stated": rule(Stated, stated, _needs_resident, phones=True),
    "resident.tagged": rule(Tagged, tagged, _needs_resident, phones=True),
    "resident.undone": rule(Undone, undone, _needs_resident, phones=True),
}
