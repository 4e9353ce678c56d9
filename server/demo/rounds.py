"""Ninety days of a worker's rounds: which doors, when, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from server.demo import notes
from server.demo.people import Door, Dweller
from server.demo.place import Plot
from server.demo.story import STORY, STORY_GRID

DAYS = 90


@dataclass
class Knock:
    """One knock at a door. Words are as a ledger has them."""

    door: Door
    at: datetime
    result: str
    mode: str
    words: str = ""
    who: str = ""
    companion: str = ""
    asks: dict[str, str] = field(default_factory=dict)
    care: str = ""
    follow_up: date | None = None


class Rounds:
    """Walks one grid day by day: a building or two each time, the doors longest without a visit first."""

    def __init__(self, plot: Plot, doors: list[Door], today: date, random: Random) -> None:
        self.plot, self.doors, self.today, self.random = plot, doors, today, random
        self.knocks: list[Knock] = []
        self.met_on: dict[int, date] = {}
        self.promised: dict[int, date] = {}
        self.told_on: dict[int, date] = {}
        self.blocks: dict[int, list[Door]] = {}
        for door in doors:
            self.blocks.setdefault(door.block, []).append(door)
        # How much faster a door comes to be waiting; nobody waits in an empty home.
        self.haste = {id(door): 0 if door.occupancy == "空置" else 3 if door.cared_for else 1 for door in doors}

    def walk(self) -> list[Knock]:
        """Every knock of the last ninety days and a few before, oldest first."""
        if self.plot.name == STORY_GRID:
            self._story()
        self._long_ago()
        for back in range(DAYS - 1, -1, -1):
            day = self.today - timedelta(days=back)
            if day.weekday() == 6 or (day.weekday() == 5 and self.random.random() < 0.5):
                continue
            self._day(day)
        self._reach_everyone()
        return sorted(self.knocks, key=lambda knock: knock.at)

    def _story(self) -> None:
        by_place = {(door.block, door.entrance, door.room): door for door in self.doors}
        for told in STORY:
            door = by_place[told.place]
            day = self.today - timedelta(days=told.days_ago)
            at = datetime.combine(day, time.fromisoformat(told.clock))
            follow_up = day + timedelta(days=told.follow_up_days) if told.follow_up_days else None
            knock = Knock(door, at, told.result, told.mode, told.words, told.who)
            knock.asks, knock.care, knock.follow_up = dict(told.asks), told.care, follow_up
            self.knocks.append(knock)
            self.told_on[id(door)] = day

    def _long_ago(self) -> None:
        """Some of the doors nobody gets to were called at before these three months."""
        for door in self.doors:
            if door.avoided and self.random.random() < 0.6:
                day = self.today - timedelta(days=self.random.randint(91, 140))
                self._knock(door, self._time(day, self.random.randint(0, 14)), "见到")

    def _day(self, day: date) -> None:
        count = self.random.randint(10, 19)
        due = [door for door in self.doors if self.promised.get(id(door)) == day and self.random.random() < 0.7]
        chosen = due[:count]
        while len(chosen) < count:
            chosen += self._some_of(self._building(day), day, count - len(chosen), chosen)
        for number, door in enumerate(chosen[:count]):
            # From a few days before its story a door is left to it.
            if day < self.told_on.get(id(door), date.max) - timedelta(days=4):
                self._knock(door, self._time(day, number), self._outcome(door, door in due))

    def _building(self, day: date) -> list[Door]:
        """A building, rather one where many doors have waited long."""
        weights = [sum(self._waited(door, day) for door in doors) ** 1.5 for doors in self.blocks.values()]
        return self.random.choices(list(self.blocks.values()), weights)[0]

    def _waited(self, door: Door, day: date) -> float:
        haste = self.haste[id(door)]
        if not haste:
            return 1.0
        met_on = self.met_on.get(id(door))
        return ((day - met_on).days + 1 if met_on else 61) * haste

    def _some_of(self, doors: list[Door], day: date, count: int, taken: list[Door]) -> list[Door]:
        free = [door for door in doors if door not in taken]
        # A draw weighted by waiting time: sort by random ** (1 / weight), largest first (Efraimidis and Spirakis).
        free.sort(key=lambda door: self.random.random() ** (1 / self._waited(door, day)), reverse=True)
        return free[: min(count, self.random.randint(5, 9))]

    def _time(self, day: date, number: int) -> datetime:
        """Mornings and afternoons; Saturdays in the morning; now and then after supper."""
        if day.weekday() < 5 and number >= 8:
            late = day.weekday() in {1, 3} and number >= 15
            begin, step = (time(19, 0), 11) if late else (time(14, 30), 15)
            place = number - (15 if late else 8)
        else:
            begin, step, place = time(8, 50), 17, number
        minutes = place * step + self.random.randint(0, step - 3)
        return datetime.combine(day, begin) + timedelta(minutes=minutes)

    def _outcome(self, door: Door, expected: bool) -> str:
        if door.occupancy == "空置":
            return "空房"
        if door.shop:
            return "见到" if self.random.random() < 0.8 else "没人应"
        roll = self.random.random()
        if door.avoided:
            return "没人应" if roll < 0.93 else "不愿开"
        likely = 0.85 if expected else 0.68 if door.cared_for else 0.55
        if roll < likely:
            return "见到"
        return "没人应" if roll < 0.94 else "不方便" if roll < 0.985 else "不愿开"

    def _mode(self, at: datetime) -> str:
        if at.hour >= 18:
            return "夜访"
        if at.weekday() >= 5:
            return "周末"
        return "来访" if self.random.random() < 0.02 else "入户"

    def _knock(self, door: Door, at: datetime, result: str) -> None:
        random = self.random
        knock = Knock(door, at, result, self._mode(at))
        grown = [person for person in door.people[:2] if self.today.year - person.born >= 20]
        if result == "见到":
            self.met_on[id(door)] = at.date()
            self.promised.pop(id(door), None)
            person = random.choice(grown) if grown else None
            knock.who = person.name if person and random.random() < 0.7 else ""
            self._say(knock, person)
        else:
            words = {
                "没人应": notes.NO_ANSWER,
                "不愿开": notes.REFUSED,
                "不方便": notes.INCONVENIENT,
                "空房": notes.VACANT,
            }
            knock.words = random.choice(words[result])
            if result in {"没人应", "不方便"} and not door.avoided and random.random() < 0.1:
                self._promise(knock, random.choice((2, 3, 5, 7)))
        if random.random() < 0.05:
            knock.companion = random.choice(("楼栋长老邓", "志愿者小鲁", "社区民警老范"))
        self.knocks.append(knock)

    def _say(self, knock: Knock, person: Dweller | None) -> None:
        random, door = self.random, knock.door
        if door.shop:
            knock.words = random.choice(notes.SHOP)
            return
        if random.random() < 0.8:
            old = person is not None and self.today.year - person.born >= 60
            said = notes.ANYBODY if random.random() < 0.6 else notes.OLD if old else notes.YOUNG
            knock.words = random.choice(said).format(who=person.name if person else "住户") + random.choice(notes.TAILS)
        if random.random() < 0.16:
            ask = random.choice(("difficulty", "difficulty", "need", "need", "idea", "effect"))
            knock.asks[ask] = random.choice(notes.ASKS[ask])
        if door.cared_for:
            knock.care = random.choices(("放心", "留意", "要紧"), (16, 6, 1))[0] if random.random() < 0.6 else ""
            if random.random() < 0.25:
                self._promise(knock, random.choice((7, 7, 14)))
        elif random.random() < 0.04:
            self._promise(knock, random.choice((2, 3, 5, 7, 14)))

    def _promise(self, knock: Knock, days: int) -> None:
        day = knock.at.date() + timedelta(days=days)
        knock.follow_up = day + timedelta(days=1) if day.weekday() == 6 else day
        self.promised[id(knock.door)] = knock.follow_up

    def _reach_everyone(self) -> None:
        """Whoever is not among the doors nobody got to was met at least once."""
        for door in self.doors:
            lived_in = bool(door.people or door.shop)
            if lived_in and not door.avoided and id(door) not in self.met_on and id(door) not in self.told_on:
                day = self.today - timedelta(days=self.random.randint(3, DAYS - 3))
                day -= timedelta(days=day.weekday() == 6)
                self._knock(door, self._time(day, self.random.randint(0, 14)), "见到")
