"""What people say on their phones: every kind of edit, the careless ones and the senseless ones among them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from simulator.ground import Ground, Person
from simulator.phone import Saying
from simulator.store import Store
from simulator.view import View, read

TEXTS = ("灯坏了三天", "漏雨 <b>&amp;</b>", "𠮷野家门口", "‮右到左", "好", "两行\n第二行\t", "长" * 90)
PHONES = ("000-0000-0001", "000-0000-0002", None, "000-0000-0003")
OCCUPANCIES = ("owner", "rented", "vacant", "shop", "vacant", "unknown")
TAGS = ("elder_alone", "disabled", "floating")
RESULTS = ("met", "no_answer", "refused", "inconvenient", "vacant", "moved")
HOUR_MS = 3_600_000


class Worker:
    """Somebody with a phone in the hand, about to say something."""

    def __init__(self, store: Store, ground: Ground, people: list[Person], now_ms: int, dice: Random) -> None:
        self.view = View(store)
        self.store, self.ground, self.people = store, ground, people
        self.now_ms, self.dice = now_ms, dice

    def say(self) -> Saying:
        """Something: a visit where nothing else is at hand."""
        kind = self.dice.choices(KINDS, WEIGHTS)[0]
        return SAYS[kind](self) or self.visit()

    # ------------------------------------------------------------ visits

    def visit(self) -> Saying:
        """A visit at some door, known from the phone or from the paper list."""
        seen = self.view.pick("household", self.dice)
        own = next(person.grids for person in self.people if person.id == self.store.person)
        paper = [home for home in self.ground.homes if home[0] in own] or self.ground.homes
        grid, household = seen[:2] if seen else self.dice.choice(paper)
        return Saying("visit.recorded", grid, self._visit(household))

    def _visit(self, household: str) -> dict[str, Any]:
        dice = self.dice
        body: dict[str, Any] = {
            "household": household,
            "occurred_at_ms": min(max(self.now_ms - dice.choice((0, 0, 1, 30, 3000)) * HOUR_MS, 0), 4_102_444_800_000),
            "mode": dice.choice(("door", "weekend", "reception", "night")),
            "result": dice.choice(RESULTS),
        }
        if dice.random() < 0.5:
            body["text"] = dice.choice(TEXTS)
        if dice.random() < 0.2:
            body |= {"who_met": "陈奶奶", "companions": ["老孙"], "asks": {"need": dice.choice(TEXTS)}}
        if dice.random() < 0.2:
            body["care"] = dice.choice(("ok", "watch", "urgent"))
        if dice.random() < 0.2:
            body["follow_up_on"] = dice.choice(("2027-02-01", "2027-03-15"))
        return body

    def correct(self) -> Saying | None:
        """One's own visit told anew, over all tellings in view or only the one that was open."""
        mine = self.view.own(("visit.recorded",))
        if not mine:
            return None
        visit = self.dice.choice(mine)
        tellings = self._tellings(visit.id)
        elsewhere = self.view.pick("household", self.dice)
        # Now and then it was another door.
        moved = elsewhere is not None and self.dice.random() < 0.1
        body = self._visit(elsewhere[1] if elsewhere and moved else _home(visit.b))
        return Saying("visit.corrected", visit.grid, body, visit.id, {"revision": self._seen(tellings)})

    def _tellings(self, visit: str) -> list[str]:

        row = self.store.rows["visit"].get(visit)
        return self.view.tellings(read(row.raw) if row else {}, visit)

    def settle(self) -> Saying | None:
        """One of several tellings is the one: a leader's word, or the author's; sometimes of somebody who may not."""
        found = self.view.pick("visit", self.dice)
        if found is None:
            return None
        grid, visit, row = found
        tellings = self.view.tellings(row, visit)
        return Saying("visit.settled", grid, {"shown": self.dice.choice(tellings)}, visit, {"revision": tellings})

    def retract(self) -> Saying | None:
        """A correction or decision taken back."""
        later = self.view.own(("visit.corrected", "visit.settled"))
        if not later:
            return None
        taken = self.dice.choice(later)
        return Saying("visit.undone", taken.grid, {"edit": taken.id}, taken.entity)

    # ------------------------------------------------------------ facts and tags

    def state(self) -> Saying | None:
        """A fact of a household."""
        field = self.dice.choice(("phone", "phone", "contact", "note", "headcount"))
        values: dict[str, Any] = {
            "phone": self.dice.choice(PHONES),
            "contact": self.dice.choice(("陈家", "马家")),
            "note": self.dice.choice(TEXTS),
            "headcount": self.dice.randrange(9),
        }
        return self._state("household", field, values[field])

    def vacate(self) -> Saying | None:
        """Who lives there: an empty home is only proposed."""
        return self._state("household", "occupancy", self.dice.choice(OCCUPANCIES))

    def move(self) -> Saying | None:
        """Moved out or died: only proposed."""
        field = self.dice.choice(("lives_here", "deceased", "phone"))
        value = self.dice.choice(PHONES) if field == "phone" else self.dice.random() < 0.5
        return self._state("resident", field, value)

    def _state(self, kind: str, field: str, value: Any) -> Saying | None:
        found = self.view.pick(kind, self.dice)
        if found is None:
            return None
        grid, entity, row = found
        over = {field: self._seen(self.view.heads(row, entity, field))}
        return Saying(f"{kind}.stated", grid, {"facts": {field: value}}, entity, over)

    def undo(self) -> Saying | None:
        """One's own or somebody else's statement taken back."""
        kind = self.dice.choice(("household", "resident"))
        found = self.view.pick(kind, self.dice)
        if found is None:
            return None
        grid, entity, row = found
        fields = [field for field, heads in row.get("facts", {}).items() if isinstance(heads, list)]
        field = self.dice.choice(fields or ["phone"])
        heads = self.view.heads(row, entity, field)
        if kind == "resident" and self.dice.random() < 0.4:
            tag = self.dice.choice(TAGS)
            field, heads = f"tag:{tag}", self.view.tag(row, entity, tag)
        if not heads:
            return None
        return Saying(f"{kind}.undone", grid, {"field": field, "edit": self.dice.choice(heads)}, entity)

    def tag(self) -> Saying | None:
        """A tag is added, or removed, or added to decide against a removal."""
        found = self.view.pick("resident", self.dice)
        if found is None:
            return None
        grid, entity, row = found
        tag = self.dice.choice(TAGS)
        seen = self._seen(self.view.tag(row, entity, tag))
        add, remove = self.dice.choice((([tag], []), ([], [tag]), ([], [tag]), ([tag], [])))
        over = {f"tag:{tag}": seen} if seen and (remove or self.dice.random() < 0.5) else {}
        return Saying("resident.tagged", grid, {"add": add, "remove": remove}, entity, over)

    # ------------------------------------------------------------ things

    def resident(self) -> Saying | None:
        """Somebody new at a door."""
        found = self.view.pick("household", self.dice)
        if found is None:
            return None
        body = {"household": found[1], "facts": {"name": "新人", "lives_here": True}, "tags": [self.dice.choice(TAGS)]}
        return Saying("resident.added", found[0], body)

    def household(self) -> Saying | None:
        """A door that nobody had entered."""
        found = self.view.pick("building", self.dice)
        if found is None:
            return None
        room = str(self.dice.randrange(100, 999))
        body = {"building": found[1], "room": room, "kind": "home", "floor": 2, "facts": {"contact": "新户"}}
        return Saying("household.added", found[0], body)

    def building(self) -> Saying | None:
        """A building that nobody had entered."""
        found = self.view.pick("building", self.dice)
        return (
            Saying("building.added", found[0], {"quarters": "槐安小区", "name": "新楼", "sort": 9}) if found else None
        )

    def nonsense(self) -> Saying:
        """What no rule can take: kept all the same."""
        visit = self.visit()
        other = self.dice.choice(self.ground.grids)
        unknown = "00000000-0000-7000-8000-000000000000"
        return self.dice.choice(
            (
                Saying("household.stated", visit.grid, {"facts": {"phone": 3}}, visit.body["household"]),
                Saying("household.stated", visit.grid, {"facts": {"mood": "好"}}, visit.body["household"]),
                Saying("visit.recorded", visit.grid, {**visit.body, "household": unknown}),
                Saying("visit.recorded", other, visit.body),
                Saying("grid.added", None, {"name": "没有的网格"}),
                Saying("edit.released", visit.grid, {"position": 3}, unknown),
                Saying("visit.corrected", visit.grid, visit.body, unknown, {"revision": [unknown]}),
            )
        )

    def newer(self) -> Saying:
        """What a later client says: kinds, versions and keys that this server has never heard of."""
        visit = self.visit()
        return self.dice.choice(
            (
                Saying("visit.photographed", visit.grid, {"sha256": "00" * 32}, v=1),
                Saying("visit.recorded", visit.grid, {**visit.body, "weather": {"sky": ["雨"]}}, v=2),
                Saying("visit.recorded", visit.grid, {**visit.body, "weather": {"sky": ["雨"]}}, more={"zone": "+08"}),
                Saying("note.written", None, {"text": "给以后"}),
            )
        )

    def _seen(self, named: list[str]) -> list[str]:
        """All in view, or what was in view when the form was opened a while ago."""
        if not named or self.dice.random() < 0.75:
            return named
        return [each for each in named if self.dice.random() < 0.6]


def _home(body: str) -> str:

    household: str = read(body)["household"]
    return household


SAYS: dict[str, Callable[[Worker], Saying | None]] = {
    "visit": Worker.visit,
    "correct": Worker.correct,
    "settle": Worker.settle,
    "retract": Worker.retract,
    "state": Worker.state,
    "vacate": Worker.vacate,
    "move": Worker.move,
    "undo": Worker.undo,
    "tag": Worker.tag,
    "resident": Worker.resident,
    "household": Worker.household,
    "building": Worker.building,
    "nonsense": Worker.nonsense,
    "newer": Worker.newer,
}
KINDS = tuple(SAYS)
WEIGHTS = (6, 4, 2, 2, 6, 3, 3, 3, 4, 1, 1, 1, 2, 2)
