"""Two households that may be one: what speaks for it and against it, each with a weight that a person can follow.

Nothing is decided here. A pair is worth a look when its weights reach `WORTH_A_LOOK`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from server.conflicts.alike import Alike
from server.conflicts.spelling import BUNGALOWS, SHOP, SHOPS, Door, common_name, digits, door, names, surnames

WEIGHTS = {
    "same_door": 8,
    "no_entrance": 5,
    "shop_in_block": 5,
    "unsaid_entrance": 3,
    "swapped": 3,
    "one_off": 2,
    "crossed": 2,
    "other_row": 2,
    "turned": 1,
    "other_entrance": 1,
    "other_building": 1,
    "odd_room": 2,
    "same_contact": 2,
    "rare_contact": 1,
    "same_phone": 3,
    "same_person": 2,
    "other_contact": -2,
    "other_phone": -1,
}
"""How much each sign says. The first eleven are about the door, one of them at most; the rest about who is there."""

WORTH_A_LOOK = 5
SHARED_PHONE = 3
"""A number that so many homes give is an office's, not a family's."""


@dataclass(frozen=True)
class Home:
    """A household as the register has it. `people`: name and year of birth of those who live there."""

    id: str
    quarters: str
    building: str
    entrance: str
    room: str
    contact: str = ""
    phone: str = ""
    people: frozenset[tuple[str, int | None]] = frozenset()

    @property
    def door(self) -> Door:
        """Where it is, as it compares."""
        return door(self.quarters, self.building, self.entrance, self.room)


@dataclass(frozen=True)
class _Known:
    """A home read once."""

    id: str
    door: Door
    names: frozenset[str]
    phone: str
    people: frozenset[tuple[str, int | None]]


def alike(homes: Iterable[Home]) -> list[Alike]:
    """The pairs among the homes of one grid that are worth a look, the likeliest first."""
    known = [_Known(home.id, home.door, names(home.contact), digits(home.phone), home.people) for home in homes]
    around = _Around(known)
    found = [Alike(min(a.id, b.id), max(a.id, b.id), around.signs(a, b)) for a, b in _candidates(known)]
    return sorted(
        (each for each in found if each.score >= WORTH_A_LOOK), key=lambda each: (-each.score, each.a, each.b)
    )


class _Around:
    """What the other homes of the grid tell about two of them."""

    def __init__(self, homes: list[_Known]) -> None:
        self._phones = Counter(home.phone for home in homes if home.phone)
        self._names = Counter(name for home in homes for name in home.names)
        self._last = Counter(_column(home.door) for home in homes)
        self._floors: dict[tuple[str, str], int] = {}
        for (quarters, building, _), floors in self._last.items():
            self._floors[quarters, building] = max(floors, self._floors.get((quarters, building), 0))
        self._shops = Counter((home.door.quarters, home.door.room) for home in homes)
        self._rooms = Counter((home.door.quarters, home.door.building, home.door.room) for home in homes)

    def signs(self, a: _Known, b: _Known) -> dict[str, int]:
        """What speaks for the two being one home, and what against."""
        place = self._place(a.door, b.door)
        if place is None:
            return {}
        found = [place]
        if place in ("swapped", "one_off") and any(self._odd(each.door) for each in (a, b)):
            found.append("odd_room")
        found += self._who(a, b)
        return {sign: WEIGHTS[sign] for sign in found}

    def _odd(self, place: Door) -> bool:
        """A number that no other floor has, in a building where floors are alike."""
        house = (place.quarters, place.building)
        return self._last[_column(place)] == 1 and self._floors[house] > 2

    def _place(self, a: Door, b: Door) -> str | None:
        if sign := self._row(a, b):
            return sign
        if a.quarters != b.quarters:
            return None
        same_building, same_entrance, same_room = a.building == b.building, a.entrance == b.entrance, a.room == b.room
        if same_room and same_building and same_entrance:
            return "same_door"
        if same_room and same_building:
            if a.entrance and b.entrance:
                return "other_entrance"
            # With a third door of that number nobody knows which one is meant.
            alone = self._rooms[a.quarters, a.building, a.room] == 2
            return "no_entrance" if alone else "unsaid_entrance"
        if same_room and {a.building, a.entrance} == {b.building, b.entrance}:
            return "crossed"
        if same_room and same_entrance:
            return "other_building"
        if same_building and same_entrance:
            return slip(a.room, b.room)
        return None

    def _row(self, a: Door, b: Door) -> str | None:
        """Whether the two have one number in two rows of the grid, or in a block and the row of shops beside it."""
        if a.room != b.room or (a.quarters, a.building) == (b.quarters, b.building):
            return None
        if a.building == b.building in (BUNGALOWS, SHOPS):
            return "other_row"
        if not a.room.startswith(SHOP) or a.quarters != b.quarters or SHOPS not in (a.building, b.building):
            return None
        return "shop_in_block" if self._shops[a.quarters, a.room] == 2 else "other_row"

    def _who(self, a: _Known, b: _Known) -> Iterator[str]:
        same_phone = bool(a.phone) and a.phone == b.phone
        if same_phone and self._phones[a.phone] < SHARED_PHONE:
            yield "same_phone"
        if a.phone and b.phone and not same_phone:
            yield "other_phone"
        common = _common(a.names, b.names)
        if common:
            yield "same_contact"
            if all(self._names[name] <= 2 and not common_name(name) for name in common):
                yield "rare_contact"
        elif a.names and b.names and not surnames(a.names) & surnames(b.names):
            yield "other_contact"
        if any(year is not None for _, year in a.people & b.people):
            yield "same_person"


def slip(one: str, other: str) -> str | None:
    """Which slip of the finger makes one room number of the other: two figures swapped, side by side or not
    (`turned`), or one wrong, left out or typed twice. Only numbers are told apart by a slip: 501A is not 501, and
    numbers of one or two figures all are alike."""
    if not (one.isdigit() and other.isdigit()) or max(len(one), len(other)) < 3:
        return None
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) == 1:
        return "one_off" if any(long[:at] + long[at + 1 :] == short for at in range(len(long))) else None
    if len(short) != len(long):
        return None
    differ = [at for at in range(len(one)) if one[at] != other[at]]
    if len(differ) == 1:
        return "one_off"
    if len(differ) != 2 or one[differ[0]] != other[differ[1]] or one[differ[1]] != other[differ[0]]:
        return None
    return "swapped" if differ[1] == differ[0] + 1 else "turned"


def _common(a: frozenset[str], b: frozenset[str]) -> frozenset[str]:
    """Names that both say, whole or one within the other (陈奶奶, 陈奶奶家)."""
    return frozenset(one for one in a for other in b if one == other or one in other or other in one)


def _column(place: Door) -> tuple[str, str, str]:
    """Doors one above the other: the room without its floor."""
    return (place.quarters, place.building, place.room[-2:] if len(place.room) > 2 else place.room)


def _candidates(homes: list[_Known]) -> Iterator[tuple[_Known, _Known]]:
    """Pairs that have anything in common: each is looked at once, and most of a grid's pairs never."""
    buckets: dict[tuple[object, ...], list[_Known]] = {}
    for home in homes:
        for key in _keys(home):
            buckets.setdefault(key, []).append(home)
    seen = set()
    for bucket in buckets.values():
        for a, b in combinations(bucket, 2):
            pair = (a.id, b.id) if a.id < b.id else (b.id, a.id)
            if a.id != b.id and pair not in seen:
                seen.add(pair)
                yield a, b


def _keys(home: _Known) -> Iterator[tuple[object, ...]]:
    place = home.door
    quarters, building, entrance, room = place.quarters, place.building, place.entrance, place.room
    yield ("room", quarters, building, room)
    if building in (BUNGALOWS, SHOPS) or room.startswith(SHOP):
        yield ("row", BUNGALOWS if building == BUNGALOWS else SHOPS, room)
    for known in (*home.names, home.phone):
        if known:
            yield ("elsewhere", quarters, room, known)
    if room.isdigit():
        here = (quarters, building, entrance)
        yield ("turned", *here, "".join(sorted(room)))
        yield ("whole", *here, room)
        for at in range(len(room)):
            without = room[:at] + room[at + 1 :]
            yield ("wrong", *here, at, without)
            yield ("whole", *here, without)
