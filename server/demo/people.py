"""Who lives behind the doors of the demo: surname and title only, phones that ring nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from server.demo.place import CHILDREN, FLOORS, SURNAMES, TRADES, Plot
from server.demo.story import STORY_GRID, TOLD_DOORS

RENTED, VACANT = 0.20, 0.12
TAGGED = (
    ("独居老人", (6, 10)),
    ("残疾人", (5, 5)),
    ("低保户", (6, 6)),
    ("空巢老人", (4, 7)),
    ("退役军人", (2, 4)),
    ("留守儿童", (0, 1)),
)


@dataclass
class Dweller:
    """One person: as the neighbours call them."""

    name: str
    relation: str
    born: int
    phone: str = ""
    tags: list[str] = field(default_factory=list)
    note: str = ""


@dataclass
class Door:
    """One door of the demo with who lives behind it. `block` is 0 for shops and bungalows of their own."""

    block: int
    entrance: int
    room: str
    occupancy: str = "自住"
    people: list[Dweller] = field(default_factory=list)
    shop: str = ""
    avoided: bool = False

    @property
    def place(self) -> str:
        """3幢2单元501, 门面3号, 17号."""
        return f"{self.block}幢{self.entrance}单元{self.room}" if self.block else self.room

    @property
    def cared_for(self) -> bool:
        """Whether somebody here is to be called on more often."""
        return any(tag in {"独居老人", "残疾人", "低保户", "空巢老人"} for person in self.people for tag in person.tags)


class Phones:
    """Numbers that cannot be dialled, each once."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> str:
        """000-0000-0001, 000-0000-0002 …"""
        self.last += 1
        return f"000-0000-{self.last:04d}"


def settle(plot: Plot, random: Random, phones: Phones, year: int) -> list[Door]:
    """Every door of a grid, with its people."""
    doors = [
        Door(block, entrance, f"{floor}0{along}")
        for block, entrances in enumerate(plot.blocks, 1)
        for entrance, wide in enumerate(entrances, 1)
        for floor in range(1, FLOORS + 1)
        for along in range(1, wide + 1)
    ]
    story = plot.name == STORY_GRID
    _shops(doors, plot, random)
    kept = {door.place for door in doors if story and _told(door)}
    homes = [door for door in doors if not door.shop]
    free = [door for door in homes if door.place not in kept]
    for door in random.sample(free, round(len(homes) * VACANT)):
        door.occupancy = "空置"
    lived_in = [door for door in free if door.occupancy == "自住"]
    for door in random.sample(lived_in, round(len(homes) * RENTED)):
        door.occupancy = "出租"
    doors += [Door(0, 0, f"{number}号") for number in range(1, plot.bungalows + 1)]
    doors += [Door(len(plot.blocks) - 1, number, "地下室1", "出租") for number in range(1, plot.basements + 1)]
    for door in doors:
        if door.occupancy != "空置" and not door.shop:
            door.people = _household(door.occupancy, random, phones, year)
    if story:
        _tell(doors, phones, year)
    _tag([door for door in doors if door.people and door.place not in kept], random, year)
    _avoid(doors, plot, random)
    return doors


def _told(door: Door) -> bool:
    return (door.block, door.entrance, door.room) in TOLD_DOORS


def _shops(doors: list[Door], plot: Plot, random: Random) -> None:
    """Ground-floor homes turned into shops, and a row of shop fronts where there are many."""
    trades = random.sample(TRADES, len(TRADES))
    ground = [door for door in doors if door.room == "102" and door.entrance == 1]
    for door in ground[: max(plot.shops - 3, 0) + (plot.shops == 2)]:
        door.shop, door.occupancy = trades.pop(), "商铺"
    if plot.shops >= 3:
        doors += [Door(0, 0, f"门面{n}号", "商铺", shop=trades.pop()) for n in range(1, 4)]


def _household(occupancy: str, random: Random, phones: Phones, year: int) -> list[Dweller]:
    surname, other = random.sample(SURNAMES, 2)
    if occupancy == "出租":
        born = year - random.randint(22, 45)
        head = Dweller(f"小{surname}", "承租人", born, phones.next())
        mates = [Dweller(f"小{other}", random.choice(("配偶", "同住")), born + random.randint(-4, 4))]
        child = [Dweller(random.choice(CHILDREN), "子女", year - random.randint(1, 12))]
        return [head, *(mates if random.random() < 0.6 else []), *(child if random.random() < 0.25 else [])]
    age = random.choice((random.randint(62, 84), random.randint(45, 61), random.randint(30, 44)))
    man = random.random() < 0.5
    head = Dweller(surname + _title(age, man, random), "户主", year - age, phones.next())
    people = [head]
    if random.random() < 0.72:
        mate = age + random.randint(-4, 4)
        phone = phones.next() if random.random() < 0.4 else ""
        people.append(Dweller(other + _title(mate, not man, random), "配偶", year - mate, phone))
    if age >= 62:
        if random.random() < 0.28:
            people.append(Dweller(f"小{surname}", "子女", year - age + random.randint(24, 34), phones.next()))
            if random.random() < 0.6:
                people.append(Dweller(random.choice(CHILDREN), "孙子女", year - random.randint(2, 15)))
    elif random.random() < 0.62:
        born = year - max(1, age - random.randint(25, 33))
        grown = year - born >= 18
        name = f"小{surname}" if grown else random.choice(CHILDREN)
        people.append(Dweller(name, "子女", born, phones.next() if grown else ""))
        if age < 45 and random.random() < 0.3:
            people.append(Dweller(f"{surname}奶奶", "母亲", year - age - random.randint(22, 30)))
    names: dict[str, Dweller] = {}
    for person in people:
        names.setdefault(person.name, person)
    return list(names.values())


def _title(age: int, man: bool, random: Random) -> str:
    if age >= 62:
        return (
            random.choice(("大爷", "大爷", "师傅", "老师")) if man else random.choice(("奶奶", "奶奶", "阿姨", "老师"))
        )
    if age >= 45:
        return random.choice(("师傅", "叔", "老师")) if man else random.choice(("阿姨", "大姐", "老师"))
    return random.choice(("哥", "师傅", "先生")) if man else random.choice(("姐", "女士", "老师"))


def _tell(doors: list[Door], phones: Phones, year: int) -> None:
    """The households of the design samples."""
    by_place = {(door.block, door.entrance, door.room): door for door in doors}

    def put(place: tuple[int, int, str], *people: Dweller, occupancy: str = "自住") -> None:
        by_place[place].people = list(people)
        by_place[place].occupancy = occupancy

    put((3, 2, "501"), Dweller("陈奶奶", "户主", year - 79, phones.next(), ["独居老人"], "女儿在外地，每周日来电话"))
    put((2, 3, "601"), Dweller("马师傅", "户主", year - 58, phones.next()), Dweller("何阿姨", "配偶", year - 56))
    put(
        (4, 2, "302"),
        Dweller("小许", "户主", year - 33, phones.next()),
        Dweller("小秦", "配偶", year - 32),
        Dweller("果果", "子女", year - 7),
    )
    put((1, 2, "102"), Dweller("刘阿姨", "户主", year - 60, phones.next()))
    put(
        (1, 1, "101"),
        Dweller("郑师傅", "户主", year - 52, phones.next(), ["残疾人"], "坐轮椅"),
        Dweller("苏大姐", "配偶", year - 50),
    )
    put((6, 1, "301"), Dweller("周大爷", "户主", year - 71, phones.next()), Dweller("金奶奶", "配偶", year - 70))
    put(
        (6, 4, "403"),
        Dweller("小任", "承租人", year - 31, phones.next(), ["流动人口"]),
        Dweller("小柳", "配偶", year - 29),
        Dweller("豆豆", "子女", year - 5),
        occupancy="出租",
    )
    couple = ["空巢老人"]
    put(
        (3, 1, "402"),
        Dweller("吴大爷", "户主", year - 76, phones.next(), couple, "刚出院，走路慢"),
        Dweller("冯奶奶", "配偶", year - 74, "", couple),
    )
    put((7, 2, "201"), Dweller("韩女士", "户主", year - 39, phones.next()), Dweller("安安", "子女", year - 10))


def _tag(doors: list[Door], random: Random, year: int) -> None:
    """Tags on those they fit, as many as a grid of this size has."""
    old_alone = [door for door in doors if len(door.people) == 1 and year - door.people[0].born >= 65]
    for door in doors:
        if len(old_alone) >= 10:
            break
        # Not every grid happens to have enough old people on their own; then a couple's other half has gone.
        if door not in old_alone and year - door.people[0].born >= 65 and len(door.people) == 2:
            door.people = door.people[:1]
            old_alone.append(door)
    couples = [d for d in doors if len(d.people) == 2 and all(year - person.born >= 60 for person in d.people)]
    rented = [door for door in doors if door.occupancy == "出租"]
    fitting = {
        "独居老人": old_alone,
        "空巢老人": couples,
        "留守儿童": [d for d in doors if d.people[-1].name in CHILDREN],
    }
    for tag, (least, most) in TAGGED:
        among = fitting.get(tag, doors)
        for door in random.sample(among, min(random.randint(least, most), len(among))):
            person = door.people[-1] if tag == "留守儿童" else door.people[0]
            person.tags.append(tag)
    for door in random.sample(rented, min(8, len(rented))):
        door.people[0].tags.append("流动人口")


def _avoid(doors: list[Door], plot: Plot, random: Random) -> None:
    """The doors that nobody got to for three months."""
    story = plot.name == STORY_GRID
    open_doors = [door for door in doors if door.people and not (story and _told(door))]
    block, count = plot.bare
    there = [door for door in open_doors if door.block == block]
    chosen = random.sample(there, min(count, len(there)))
    rest = [door for door in open_doors if door not in chosen and not door.cared_for]
    for door in [*chosen, *random.sample(rest, plot.overdue - len(chosen))]:
        door.avoided = True
