"""A small community for the stories: two grids, three buildings, people with names, a few visits of the past.

`SIFANG_DATA=folder python -m e2e.prepare` migrates an empty database there and fills it.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uuid_utils import uuid7

from server.clock import now_ms
from server.commands import opened, upgrade
from server.journal import Draft
from server.settings import from_environment

DAY_MS = 24 * 3600 * 1000
PEOPLE = {
    "3-2-501": ("陈奶奶", 1944, ["elder_alone"], "000-0000-0001"),
    "3-1-402": ("吴大爷", 1948, ["elder_couple"], "000-0000-0012"),
    "3-1-101": ("马师傅", 1961, [], "000-0000-0021"),
    "4-1-302": ("林女士", 1990, [], "000-0000-0033"),
}
VISITS = [
    ("3-2-501", 6, "met", "door", "厕所灯坏三天，不敢自己换。想有人陪去量血压。"),
    ("3-2-501", 13, "no_answer", "weekend", ""),
    ("3-1-402", 8, "met", "door", "老两口，大爷刚出院，走路慢。"),
    ("3-1-101", 44, "met", "night", "顶楼漏雨，找过物业两回。"),
    ("4-1-302", 96, "no_answer", "door", "对门说回老家收庄稼。"),
]


def _id() -> str:
    return str(uuid7())


class Community:
    """Collects the drafts, so that all of them are journaled in one go."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.author = _id()
        self.homes: dict[str, tuple[str, str]] = {}

    def add(self, kind: str, grid: str | None, body: dict[str, Any], author: str | None = None) -> str:
        """One edit that creates an entity; returns the entity's id."""
        made = _id()
        self.drafts.append(Draft(kind, made, grid or None, author or self.author, body, id=made))
        return made

    def building(self, grid: str, name: str, sort: int, entrances: int, floors: int, rooms: int) -> None:
        """A block of flats with all its doors."""
        building = self.add("building.added", grid, {"quarters": "槐安小区", "name": f"{name}幢", "sort": sort})
        for entrance in range(1, entrances + 1):
            for floor in range(1, floors + 1):
                for room in range(1, rooms + 1):
                    self.home(grid, building, name, str(entrance), floor, f"{floor}0{room}")

    def home(self, grid: str, building: str, name: str, entrance: str, floor: int, room: str) -> None:
        """One door, with whoever lives behind it."""
        label = f"{name}-{entrance}-{room}"
        person = PEOPLE.get(label)
        facts: dict[str, Any] = {"occupancy": "owner"}
        if person:
            facts |= {"contact": person[0], "phone": person[3], "headcount": 1}
        where = {"building": building, "entrance": entrance, "floor": floor, "room": room, "kind": "home"}
        household = self.add("household.added", grid, {**where, "facts": facts})
        self.homes[label] = (grid, household)
        if person:
            about = {"name": person[0], "birth_year": person[1], "phone": person[3], "relation": "本人"}
            self.add("resident.added", grid, {"household": household, "facts": about, "tags": person[2]})


def _drafts(now: int) -> list[Draft]:
    made = Community()
    community = made.add("community.added", None, {"name": "榆桥社区", "street": "榆桥街道"})
    grids = {}
    for sort, name in ((3, "第三网格"), (4, "第四网格")):
        grid = _id()
        body = {"community": community, "name": name, "quarters": "槐安小区", "sort": sort}
        made.drafts.append(Draft("grid.added", grid, grid, made.author, body, id=grid))
        grids[name] = grid
    people = {}
    for person, role, of in (
        ("王站长", "station_master", list(grids.values())),
        ("小赵", "grid_worker", [grids["第三网格"]]),
        ("老孙", "grid_worker", [grids["第三网格"]]),
        ("小吴", "grid_worker", [grids["第四网格"]]),
    ):
        body = {"name": person, "role": role, "community": community, "grids": of}
        people[person] = made.add("person.added", None, body)
    fire = made.add("department.added", None, {"name": "消防", "community": community}, people["王站长"])
    desks: tuple[tuple[str, dict[str, Any]], ...] = (
        ("小梅", {"role": "dispatcher"}),
        ("老魏", {"role": "dept_handler", "department": fire}),
    )
    for person, more in desks:
        made.add("person.added", None, {"name": person, "community": community, "grids": [], **more})
    made.building(grids["第三网格"], "3", 3, 3, 6, 3)
    made.building(grids["第三网格"], "4", 4, 2, 6, 2)
    made.building(grids["第四网格"], "1", 1, 2, 4, 2)
    for building in [draft for draft in made.drafts if draft.kind == "building.added"][:2]:
        code = {"code": f"23456789abc{building.body['sort']}"}
        told = Draft("building.coded", building.entity, building.grid, people["王站长"], code, id=_id())
        made.drafts.append(told)
    for label, days, result, mode, text in VISITS:
        grid, household = made.homes[label]
        body = {"household": household, "occurred_at_ms": now - days * DAY_MS, "mode": mode, "result": result}
        made.add("visit.recorded", grid, body | ({"text": text} if text else {}), people["小赵"])
    return made.drafts


async def _fill() -> None:
    async with opened(from_environment()) as here:
        receipts = await here.journal.commit(_drafts(now_ms()))
        wrong = [receipt for receipt in receipts if receipt.outcome != "accepted"]
        if wrong:
            raise SystemExit(f"The stories' community was not taken: {wrong[:3]}")


if __name__ == "__main__":
    upgrade(from_environment())
    asyncio.run(_fill())
