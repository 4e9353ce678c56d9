"""The rows of a household ledger, brought together: one home a door, with its facts and its people."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from server.imports import values
from server.imports.addresses import Address, grid_key
from server.imports.cells import Line
from server.imports.columns import Unread, joined
from server.imports.layout import Layout
from server.imports.remarks import Remark
from server.imports.words import key, text

NAME_MAX, PHONE_MAX, RELATION_MAX, NOTE_MAX = 60, 30, 30, 10_000
Fact = str | int | bool
_NAMES = re.compile(r"[、,，;；/]+")
HEADS = {"户主", "本人", "业主", "户主本人", "承租人", "租户", "房主", "户代表"}


@dataclass
class Person:
    """One resident as the ledger has them; blank facts are absent. `apart`: restricted tags."""

    row: int
    name: str
    facts: dict[str, Fact] = field(default_factory=dict)
    age: int | None = None
    tags: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)

    @property
    def head(self) -> bool:
        """Whether the ledger names this person as the head of the household."""
        return self.facts.get("relation") in HEADS


@dataclass
class Home:
    """One door as the ledger has it; blank facts are absent."""

    row: int
    sheet: str
    grid: str
    address: Address
    management: str | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)


class HomeReader:
    """Turns lines into homes; `remarks` say what was not understood and what was left out."""

    def __init__(
        self, layout: Layout, sheet: str, this_year: int, one_person_a_row: bool, *, restricted: bool = False
    ) -> None:
        self.layout, self.sheet, self.this_year = layout, sheet, this_year
        self.restricted = restricted
        self.one_person_a_row = one_person_a_row
        self.remarks: list[Remark] = []

    def remark(self, level: str, code: str, row: int, **args: str | int) -> None:
        """Keep a remark about a row of this sheet."""
        self.remarks.append(Remark(level, code, row, self.sheet, args))

    def read(self, line: Line) -> Home | None:
        """The home of one row with the person in it, if any; None when its address was not understood."""
        parts = {name: line.cell(name) for name in ("address", "quarters", "building", "entrance", "floor", "room")}
        if not any(text(part) for part in parts.values()):
            self.remark("problem", "no_address", line.row)
            return None
        address = joined(**parts)
        if isinstance(address, Unread):
            self.remark("problem", address.code, line.row, **address.args)
            return None
        if len(address.room) > 20 or len(address.building) > 20 or len(address.quarters) > 60:
            self.remark("problem", "address", line.row, value=address.short()[:60])
            return None
        grid = grid_key(line.cell("grid")) if line.has("grid") else address.grid or self.layout.grid
        home = Home(line.row, self.sheet, grid, address, values.management(line.cell("management")))
        self._state_home(line, home)
        home.people.extend(self._people(line, home))
        return home

    def _state_home(self, line: Line, home: Home) -> None:
        facts = home.facts
        contact = line.line("contact") or ("" if self.one_person_a_row else line.line("name"))
        if contact:
            facts["contact"] = contact[:NAME_MAX]
        if line.has("occupancy"):
            lives = values.occupancy(line.cell("occupancy"))
            if lives is None:
                self.remark("note", "occupancy", line.row, value=line.line("occupancy")[:30])
            else:
                facts["occupancy"] = lives
        if line.has("headcount"):
            count = values.headcount(line.cell("headcount"))
            if count is None:
                self.remark("note", "headcount", line.row, value=line.line("headcount")[:30])
            else:
                facts["headcount"] = count
        if not self.one_person_a_row:
            self._state_phone_and_note(line, facts)
        # A vacant home has nobody to be called by; "空置" in the name column is no name.
        if facts.get("occupancy") == "shop" and home.address.kind == "home":
            home.address = _as_shop(home.address)

    def _state_phone_and_note(self, line: Line, facts: dict[str, Fact]) -> None:
        phone = line.line("phone")
        if values.telephone(phone):
            facts["phone"] = phone[:PHONE_MAX]
        elif values.yes(phone) is not False and phone:
            self.remark("note", "phone", line.row, value=phone[:30])
        note = self._free(line, "note")
        if note:
            facts["note"] = note

    def _free(self, line: Line, name: str) -> str:
        words, taken = values.masked(line.words(name))
        for kind in taken:
            self.remark("privacy", f"masked_{kind}", line.row)
        return words[:NOTE_MAX]

    def _people(self, line: Line, home: Home) -> list[Person]:
        names = [name for name in _NAMES.split(line.line("name")) if name]
        if self.one_person_a_row and len(names) > 1:
            # A cell that lists the family says who lives there, and of nobody more than the name.
            self._state_phone_and_note(line, home.facts)
            if any(self._tags(line)):
                self.remark("note", "whose", line.row)
            return [Person(line.row, name[:NAME_MAX]) for name in dict.fromkeys(names)]
        person = self._person(line, home)
        return [person] if person else []

    def _person(self, line: Line, home: Home) -> Person | None:
        tags, apart = self._tags(line)
        name = line.line("name") if self.one_person_a_row else line.line("contact") or line.line("name")
        facts: dict[str, Fact] = {}
        if line.has("relation"):
            facts["relation"] = line.line("relation")[:RELATION_MAX]
        if line.has("birth"):
            year = values.birth_year(line.cell("birth"), self.this_year)
            if year is None:
                self.remark("note", "birth", line.row, value=line.line("birth")[:30])
            else:
                facts["birth_year"] = year
        lives_here = values.yes(line.cell("lives_here")) if line.has("lives_here") else None
        if lives_here is not None:
            facts["lives_here"] = lives_here
        age = values.headcount(line.cell("age")) if line.has("age") else None
        if not name:
            if tags or apart or (self.one_person_a_row and facts):
                self.remark("note", "nobody", line.row)
            if self.one_person_a_row:
                self._state_phone_and_note(line, home.facts)
            return None
        shop = "shop" in (home.address.kind, home.facts.get("occupancy"))
        if self.one_person_a_row and shop and not (facts or tags or apart):
            # The name over the shop, not somebody who lives there.
            home.facts.setdefault("contact", name[:NAME_MAX])
            self._state_phone_and_note(line, home.facts)
            return None
        if self.one_person_a_row:
            self._state_phone_and_note(line, facts)
        elif not (tags or apart or facts or age is not None):
            return None
        return Person(line.row, name[:NAME_MAX], facts, age, tags, apart)

    def _tags(self, line: Line) -> tuple[list[str], list[str]]:
        """The tags a line names, and the restricted ones, where they are kept at all."""
        kept, restricted, unknown = values.tags(line.words("tags")) if line.has("tags") else ([], [], [])
        for column in line.values:
            if column.startswith("tag:") and values.yes(line.cell(column)):
                kept.append(column.removeprefix("tag:"))
        if restricted:
            # The word itself stays out of the report as well.
            self.remark("privacy", "restricted_apart" if self.restricted else "restricted_tag", line.row)
        for word in unknown:
            self.remark("note", "tag", line.row, value=word[:20])
        apart = [values.RESTRICTED_OF[values.tag_key(word)] for word in restricted] if self.restricted else []
        return list(dict.fromkeys(kept)), list(dict.fromkeys(apart))


def _as_shop(address: Address) -> Address:
    return Address(**{**address.__dict__, "kind": "shop"})


def one_person_a_row(lines: list[Line]) -> bool:
    """Whether the ledger gives each resident a row: it says how they are related, or doors repeat under names."""
    if any(line.has("relation") for line in lines):
        return True
    if not any("name" in line.values for line in lines):
        return False
    if any("contact" in line.values for line in lines):
        return True
    doors = [
        tuple(key(line.cell(part)) for part in ("grid", "quarters", "address", "building", "entrance", "room"))
        for line in lines
        if line.has("name")
    ]
    names = {(door, line.line("name")) for door, line in zip(doors, (x for x in lines if x.has("name")), strict=True)}
    # The same person twice at one door is a duplicate row, not a second person.
    return len(names) - len(set(doors)) >= max(1, len(doors) // 20)


def gathered(homes: list[Home], remark: list[Remark]) -> list[Home]:
    """Rows about one door made one home. What says nothing new is a duplicate; what contradicts is told apart."""
    found: dict[tuple[str, ...], Home] = {}
    for home in homes:
        place = (home.grid, home.address.quarters, *home.address.door)
        first = found.setdefault(place, home)
        if first is home:
            continue
        differing = {name for name, value in home.facts.items() if first.facts.get(name, value) != value}
        if differing - {"note"}:
            args: dict[str, str | int] = {"first": first.row, "door": home.address.short()}
            remark.append(Remark("problem", "contradicts", home.row, home.sheet, args))
            continue
        added = {name: value for name, value in home.facts.items() if name not in first.facts}
        if "note" in differing:
            added["note"] = f"{first.facts['note']}；{home.facts['note']}"[:NOTE_MAX]
        first.facts.update(added)
        new_people = _add_people(first, home, remark)
        if not added and not new_people:
            args = {"first": first.row, "door": home.address.short()}
            remark.append(Remark("note", "duplicate", home.row, home.sheet, args))
    for home in found.values():
        _head_speaks(home)
    return list(found.values())


def _add_people(first: Home, home: Home, remark: list[Remark]) -> int:
    count = 0
    for person in home.people:
        twin = next((known for known in first.people if same_person(known, person)), None)
        if twin is None:
            first.people.append(person)
            count += 1
            continue
        fresh = {name: value for name, value in person.facts.items() if name not in twin.facts}
        fresh_tags = [tag for tag in person.tags if tag not in twin.tags]
        fresh_apart = [tag for tag in person.apart if tag not in twin.apart]
        twin.facts.update(fresh)
        twin.tags.extend(fresh_tags)
        twin.apart.extend(fresh_apart)
        count += bool(fresh or fresh_tags or fresh_apart)
    return count


def same_person(one: Person, other: Person) -> bool:
    """One name at one door is one person, unless two years of birth say otherwise."""
    years = {one.facts.get("birth_year"), other.facts.get("birth_year")} - {None}
    return key(one.name) == key(other.name) and len(years) < 2


def _head_speaks(home: Home) -> None:
    """A household is called by its head, or by the first of its people, unless the ledger says otherwise."""
    heads = [person for person in home.people if person.head] or home.people
    if not heads:
        return
    head = heads[0]
    home.facts.setdefault("contact", head.name)
    if "phone" in head.facts:
        home.facts.setdefault("phone", head.facts["phone"])
