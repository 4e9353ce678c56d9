"""The street every schedule begins on: one community, three grids, its people and doors, journaled once and copied."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import create_engine

from server import schema
from server.journal import Draft
from server.settings import Settings
from simulator.disk import Disk
from simulator.entropy import determined, new_id
from simulator.loop import Loop
from simulator.station import processes

BEGUN_MS = 1_800_000_000_000
UTC_OFFSET_MIN = 480
DAY_MS = 24 * 3600 * 1000
SECRET = b"a secret for the simulator only."
PEOPLE = (
    ("王站长", "station_master", (0, 1, 2)),
    ("孙立", "grid_leader", (0, 1)),
    ("赵敏", "grid_worker", (0,)),
    ("钱进", "grid_worker", (0,)),
    ("李梅", "grid_worker", (0, 1)),
    ("周强", "grid_worker", (1,)),
    ("吴芳", "volunteer", (0, 2)),
)
HOMES = ((0, "501"), (0, "502"), (1, "101"), (1, "102"), (2, "3号"))
RESIDENTS = (("陈奶奶", 0), ("马师傅", 1), ("何师傅", 2), ("唐阿姨", 4))


@dataclass
class Person:
    """Somebody who carries a phone, and the grids they may see."""

    id: str
    name: str
    role: str
    grids: list[str]


@dataclass
class Ground:
    """The ids of what was there before, the file that holds it, and one that holds empty tables."""

    file: Path
    empty: Path
    community: str = ""
    grids: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    homes: list[tuple[str, str]] = field(default_factory=list)  # grid, household
    size: int = 0


@dataclass
class _Told:
    now_ms: int
    dice: Random


def lay(folder: Path, loop: Loop) -> Ground:
    """Journal the ground in a new database of this folder."""
    file, empty = folder / "ground.db", folder / "empty.db"
    engine = create_engine(f"sqlite:///{empty}")
    schema.metadata.create_all(engine)
    engine.dispose()
    shutil.copyfile(empty, file)
    told = _Told(BEGUN_MS - 100 * DAY_MS, Random(4))
    ground = Ground(folder / "begun.db", empty)
    drafts = list(_drafts(ground, told))
    settings = Settings(f"sqlite+aiosqlite:///{file}", folder, SECRET)
    disk = Disk(file)
    (process,) = processes(disk, settings, loop, 1)

    async def begin() -> None:
        await process.start()
        receipts = await process.do(process.journal.commit(drafts))
        assert all(receipt.outcome == "accepted" for receipt in receipts), receipts
        ground.size = await process.do(process.journal.size())
        disk.copy(ground.file)
        await process.kill()

    with determined(told):
        loop.run_until_complete(begin())
    return ground


def _drafts(ground: Ground, told: _Told) -> list[Draft]:
    drafts: list[Draft] = []

    def add(kind: str, body: dict[str, Any], grid: str | None = None, own: bool = False) -> str:
        id_ = new_id(told.now_ms + len(drafts), told.dice)
        author = ground.people[0].id if ground.people else id_
        drafts.append(Draft(kind, id_, id_ if own else grid, author, body, id=id_))
        return id_

    community = ground.community = add("community.added", {"name": "榆桥社区"})
    for number in range(3):
        body = {"community": community, "name": f"第{'一二三'[number]}网格", "sort": number}
        ground.grids.append(add("grid.added", body, own=True))
    for name, role, numbers in PEOPLE:
        grids = [ground.grids[number] for number in numbers]
        id_ = add("person.added", {"name": name, "role": role, "community": community, "grids": grids})
        ground.people.append(Person(id_, name, role, grids))
    buildings = [
        add("building.added", {"quarters": "槐安小区", "name": f"{number}幢", "sort": number}, grid)
        for number, grid in enumerate(ground.grids)
    ]
    for number, room in HOMES:
        grid = ground.grids[number]
        body = {"building": buildings[number], "entrance": "1", "room": room, "kind": "home"}
        facts = {"contact": "老住户", "occupancy": "owner"}
        ground.homes.append((grid, add("household.added", {**body, "facts": facts}, grid)))
    for name, home in RESIDENTS:
        grid, household = ground.homes[home]
        body = {"household": household, "facts": {"name": name, "lives_here": True}, "tags": ["elder_alone"]}
        add("resident.added", body, grid)
    return drafts
