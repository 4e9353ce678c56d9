"""Homes of a ledger against the homes of the registry: what is new, what is stated otherwise, what stays."""

from __future__ import annotations

from typing import Any

from server.identity import made_from, time_of
from server.imports.addresses import Address
from server.imports.choice import Choice
from server.imports.homes import Fact, Home, Person
from server.imports.places import NotPlaced, find_building, find_home, grid_of, quarters_of, sort_of
from server.imports.registry import Head, KnownBuilding, KnownGrid, KnownHome, KnownResident, Registry, Value
from server.imports.remarks import Remark
from server.imports.report import Change, Report
from server.imports.words import key
from server.journal import Draft


class HomePlanner:
    """Adds homes one by one to `drafts` and to the report."""

    def __init__(self, registry: Registry, choice: Choice, source: str, report: Report) -> None:
        self.registry, self.choice, self.source, self.report = registry, choice, source, report
        self.drafts: list[Draft] = []
        self.named: set[str] = set()
        self.grids: set[str] = set()
        self.peopled: dict[str, KnownHome] = {}
        self.people: set[str] = set()

    def add(self, home: Home) -> None:
        """One home of the ledger; what cannot be placed is remarked and nothing of it comes in."""
        try:
            grid = grid_of(self.registry, home.grid, home.address, self.choice.grid)
            building = find_building(self.registry, grid, home.address)
            known = find_home(self.registry, building, home.address) if building else None
        except NotPlaced as why:
            self.report.remark(Remark("problem", why.code, home.row, home.sheet, why.args_))
            return
        building = building or self._new_building(grid, home.address, home.management)
        # Two spellings of one door, brought together only by the registry.
        again = known is not None and known.id in self.named
        if known is None:
            known = self._new_home(building, home)
        else:
            self._state_home(known, home, again)
        self.named.add(known.id)
        self.grids.add(grid.id)
        for person in home.people:
            resident = self._person(known, home, person)
            self.people.add(resident)
            self._apart(known, resident, person)
            self.peopled[known.id] = known

    def count_unnamed(self) -> None:
        """Homes of the same grids that the ledger does not mention, and people of homes whose people it lists: they
        stay, and the report says how many."""
        homes = [home for home in self.registry.homes if home.grid in self.grids]
        self.report.unnamed_homes = sum(home.id not in self.named for home in homes)
        there = (resident for home in self.peopled.values() for resident in home.residents if not resident.deceased)
        self.report.unnamed_people = sum(resident.id not in self.people for resident in there)

    def _imported(self, row: int) -> dict[str, Any]:
        return {"source": self.source, "row": row}

    def _draft(self, kind: str, entity: str, grid: str, body: dict[str, Any], **rest: Any) -> None:
        self.drafts.append(Draft(kind, entity, grid, self.choice.author, body, **rest))

    def _new_building(self, grid: KnownGrid, address: Address, management: str | None) -> KnownBuilding:
        name = address.building or "商铺"
        quarters = quarters_of(self.registry, grid, address)
        id_ = made_from(time_of(grid.id), "building", grid.id, key(quarters), key(name))
        known = [building.management for building in self.registry.buildings if key(building.quarters) == key(quarters)]
        management = management or next((each for each in known if each), None)
        building = KnownBuilding(id_, grid.id, quarters, name, management, planned=True)
        body: dict[str, Any] = {"quarters": quarters, "name": name, "sort": sort_of(name, address.block)}
        if management:
            body["management"] = management
        self._draft("building.added", id_, grid.id, {**body, "kind": address.block}, id=id_)
        self.registry.add_building(building)
        self.report.create("building")
        self.report.new_buildings.append(f"{grid.name} {quarters}{name}")
        return building

    def _new_home(self, building: KnownBuilding, home: Home) -> KnownHome:
        place = home.address
        id_ = made_from(time_of(building.grid), "household", building.id, place.entrance, key(place.room))
        body: dict[str, Any] = {"building": building.id, "room": place.room, "kind": place.kind}
        if place.entrance:
            body["entrance"] = place.entrance
        if place.floor is not None:
            body["floor"] = place.floor
        body |= {"facts": home.facts, "imported": self._imported(home.row)}
        self._draft("household.added", id_, building.grid, body, id=id_)
        known = KnownHome(id_, building.grid, building.id, place.entrance, place.room, planned=True)
        known.facts = {name: [Head(id_, value)] for name, value in home.facts.items()}
        self.registry.add_home(known)
        self.report.create("household")
        return known

    def _state_home(self, known: KnownHome, home: Home, again: bool) -> None:
        said = None if again else known.said
        stated, over = self._compare(known.facts, said, home.facts, home, home.row, "")
        if stated:
            body = {"facts": stated, "imported": self._imported(home.row)}
            self._draft("household.stated", known.id, known.grid, body, over=over)
        elif again:
            args: dict[str, str | int] = {"door": home.address.short()}
            self.report.remark(Remark("note", "same_door", home.row, home.sheet, args))
        else:
            self.report.leave("household")

    def _person(self, known: KnownHome, home: Home, person: Person) -> str:
        """The resident that this person is, by id."""
        resident = _resident(known, person)
        facts: dict[str, Fact] = {"name": person.name, **person.facts}
        if person.age is not None and not (resident and resident.facts.get("birth_year")):
            facts.setdefault("birth_year", self.choice.now.year - person.age)
        if resident is None:
            return self._new_resident(known, person, facts)
        del facts["name"]
        stated, over = self._compare(resident.facts, resident.said, facts, home, person.row, person.name)
        if stated:
            body = {"facts": stated, "imported": self._imported(person.row)}
            self._draft("resident.stated", resident.id, known.grid, body, over=over)
        fresh = [tag for tag in person.tags if tag not in resident.tags]
        if fresh:
            self._draft("resident.tagged", resident.id, known.grid, {"add": fresh, "remove": []})
            for tag in fresh:
                place = home.address.short()
                self.report.change(Change(person.row, home.sheet, place, person.name, "tag", None, tag))
        if not stated and not fresh:
            self.report.leave("resident")
        return resident.id

    def _apart(self, known: KnownHome, resident: str, person: Person) -> None:
        """Restricted tags go to their own place: those that are there already stay."""
        had = self.registry.apart.get(resident, set())
        tags = sorted({*had, *person.apart})
        if set(tags) == had:
            return
        self.registry.apart[resident] = set(tags)
        id_ = made_from(time_of(resident), "restricted", self.source, resident, *tags)
        body = {"resident": resident, "tags": tags, "imported": self._imported(person.row)}
        self._draft("resident.restricted", id_, known.grid, body, id=id_)

    def _new_resident(self, known: KnownHome, person: Person, facts: dict[str, Fact]) -> str:
        year = facts.get("birth_year", "")
        twin = any(key(other.name) == key(person.name) for other in known.residents)
        content = ("resident", known.id, key(person.name), *([year] if twin else []))
        id_ = made_from(time_of(known.id), *content)
        body: dict[str, Any] = {"household": known.id, "facts": facts, "tags": person.tags}
        self._draft("resident.added", id_, known.grid, {**body, "imported": self._imported(person.row)}, id=id_)
        heads = {name: [Head(id_, value)] for name, value in facts.items()}
        known.residents.append(KnownResident(id_, heads, set(person.tags)))
        self.report.create("resident")
        return id_

    def _compare(
        self,
        heads_of: dict[str, list[Head]],
        said: dict[str, Value] | None,
        facts: dict[str, Fact],
        home: Home,
        row: int,
        who: str,
    ) -> tuple[dict[str, Fact], dict[str, list[str]]]:
        """The facts this ledger changes, and the heads they replace. A blank never erases: blanks are not in `facts`.

        A value that ledgers said before and somebody has changed since is old news: the registry keeps the newer.
        A fact that people have left standing in two ways is theirs to settle, not a file's.
        `said` is None when an earlier row of this file has spoken of the same home: it is not contradicted.
        """
        stated: dict[str, Fact] = {}
        over: dict[str, list[str]] = {}
        place = home.address.short()
        for name, value in facts.items():
            heads = heads_of.get(name, [])
            if heads and any(head.value == value for head in heads):
                continue
            shown = heads[0] if heads else None
            args: dict[str, str | int] = {"door": place, "field": name, "value": _word(value)}
            if said is None and heads:
                self.report.remark(Remark("note", "said_above", row, home.sheet, args))
            elif len({_word(head.value) for head in heads}) > 1 or any(head.proposed for head in heads):
                self.report.remark(Remark("note", "contested", row, home.sheet, args))
            elif shown and said is not None and (said.get(name) == value or self.report.known_source):
                args |= {"kept": _word(shown.value), "by": shown.by}
                self.report.remark(Remark("note", "kept_newer", row, home.sheet, args))
            else:
                stated[name] = value
                if heads:
                    over[name] = [head.edit for head in heads]
                old = shown.value if shown else None
                by, at_ms = (shown.by, shown.at_ms) if shown else ("", 0)
                self.report.change(Change(row, home.sheet, place, who, name, old, value, by, at_ms))
                # So that a second row about the same home compares with this one.
                heads_of[name] = [Head("", value)]
        return stated, over


def _word(value: Value) -> str | int:
    return "" if value is None else str(value) if isinstance(value, bool) else value


def _resident(known: KnownHome, person: Person) -> KnownResident | None:
    """The resident meant: one name at one door, told apart by year of birth where both have one."""
    year = person.facts.get("birth_year")
    for resident in known.residents:
        if key(resident.name) != key(person.name):
            continue
        born = resident.facts.get("birth_year")
        if year is None or not born or born[0].value == year or len(known.residents) == 1:
            return resident
    return None
